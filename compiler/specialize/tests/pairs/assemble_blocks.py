# summary: two loops; the inner bound is a quotient
# entry: run
# arguments: x:f32[32,32] src:f32[32,16] y:f32[32,32]
# reference: Reference
# edit: b * 8 + i => b * 8 - i
# path: ['kernel'].body[2].body[0].body[0].value.args[3]
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, src: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape, target_memory=pl.Mem.Vec)
    s = pl.load(src, [0, 0], src.shape, target_memory=pl.Mem.Vec)
    inner = src.shape[0] // 4
    for b in pl.range(4):
        for i in pl.range(inner):
            at = b * inner + i
            row = pl.slice(s, [1, src.shape[1]], [at, 0])
            t = pl.tile.assemble(t, row, [at, 0])
    y = pl.store(t, [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, src: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, src, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            x: pl.Tensor[[32, 32], pl.FP32],
            src: pl.Tensor[[32, 16], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 32], target_memory=pl.Mem.Vec)
        s = pl.load(src, [0, 0], [32, 16], target_memory=pl.Mem.Vec)
        for b in pl.range(4):
            for i in pl.range(8):
                at = b * 8 + i
                row = pl.slice(s, [1, 16], [at, 0])
                t = pl.tile.assemble(t, row, [at, 0])
        y = pl.store(t, [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[32, 32], pl.FP32],
            src: pl.Tensor[[32, 16], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = self.kernel(x, src, y)
        return y
