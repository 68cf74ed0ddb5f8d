# A product of batches reads its operands where every product does.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[2, 32, 32], pl.FP16], out: pl.Out[pl.Tensor[[2, 32, 32], pl.FP32]]
    ) -> pl.Tensor[[2, 32, 32], pl.FP32]:
        x = pl.load(a, [0, 0, 0], [2, 32, 32], target_memory=pl.Mem.Mat)
        c = pl.tile.batch_matmul(x, x)
        return pl.store(c, [0, 0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[2, 32, 32], pl.FP16], out: pl.Out[pl.Tensor[[2, 32, 32], pl.FP32]]
    ) -> pl.Tensor[[2, 32, 32], pl.FP32]:
        x = pl.load(a, [0, 0, 0], [2, 32, 32], target_memory=pl.Mem.Mat)
        left = pl.move(x, target_memory=pl.Mem.Left)
        right = pl.move(x, target_memory=pl.Mem.Right)
        c = pl.tile.batch_matmul(left, right)
        return pl.store(c, [0, 0, 0], out)
