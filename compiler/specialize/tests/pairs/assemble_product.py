# summary: a matrix product put into a tile of the L1 memory
# entry: run
# arguments: x:f32[32,32] a:f32[32,16] b:f32[16,16] y:f32[32,32]
# reference: Reference
# edit: matmul(left, right) => matmul(left, left)
# path: ['kernel'].body[3].value.argument[1].argument[1]
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, a: pl.Tensor, b: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape, target_memory=pl.Mem.Mat)
    left = pl.move(pl.load(a, [0, 0], a.shape, target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
    right = pl.move(pl.load(b, [0, 0], b.shape, target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
    t = pl.tile.assemble(t, pl.matmul(left, right), [0, b.shape[1]])
    y = pl.store(pl.move(t, target_memory=pl.Mem.Vec), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, a: pl.Tensor, b: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, a, b, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            x: pl.Tensor[[32, 32], pl.FP32],
            a: pl.Tensor[[32, 16], pl.FP32],
            b: pl.Tensor[[16, 16], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        left = pl.move(pl.load(a, [0, 0], [32, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
        right = pl.move(pl.load(b, [0, 0], [16, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
        t = pl.tile.assemble(t, pl.matmul(left, right), [0, 16])
        y = pl.store(pl.move(t, target_memory=pl.Mem.Vec), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[32, 32], pl.FP32],
            a: pl.Tensor[[32, 16], pl.FP32],
            b: pl.Tensor[[16, 16], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = self.kernel(x, a, b, y)
        return y
