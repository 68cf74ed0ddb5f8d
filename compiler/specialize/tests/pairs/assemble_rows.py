# summary: row by row in a loop whose bound is an extent
# entry: run
# arguments: x:f32[32,32] src:f32[32,16] y:f32[32,32]
# reference: Reference
# edit: pl.range(32) => pl.range(16)
# path: ['kernel'].body[2].stop
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, src: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape, target_memory=pl.Mem.Vec)
    s = pl.load(src, [0, 0], src.shape, target_memory=pl.Mem.Vec)
    for i in pl.range(src.shape[0]):
        row = pl.slice(s, [1, src.shape[1]], [i, 0])
        t = pl.tile.assemble(t, row, [i, 0])
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
        for i in pl.range(32):
            row = pl.slice(s, [1, 16], [i, 0])
            t = pl.tile.assemble(t, row, [i, 0])
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
