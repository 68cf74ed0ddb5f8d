# summary: one tile put into every column block
# entry: run
# arguments: x:f32[32,32] src:f32[32,8] y:f32[32,32]
# reference: Reference
# edit: c * 8 => c * 4
# path: ['kernel'].body[2].body[0].value.args[3]
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, src: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape, target_memory=pl.Mem.Vec)
    s = pl.load(src, [0, 0], src.shape, target_memory=pl.Mem.Vec)
    width = src.shape[1]
    for c in pl.range(x.shape[1] // width):
        t = pl.tile.assemble(t, s, [0, c * width])
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
            src: pl.Tensor[[32, 8], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 32], target_memory=pl.Mem.Vec)
        s = pl.load(src, [0, 0], [32, 8], target_memory=pl.Mem.Vec)
        for c in pl.range(4):
            t = pl.tile.assemble(t, s, [0, c * 8])
        y = pl.store(t, [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[32, 32], pl.FP32],
            src: pl.Tensor[[32, 8], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = self.kernel(x, src, y)
        return y
