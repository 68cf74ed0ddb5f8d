# Nothing to do: every operand lies where it is read.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        l = pl.move(x, target_memory=pl.Mem.Left)
        r = pl.move(x, target_memory=pl.Mem.Right)
        c = pl.matmul(l, r)
        return pl.store(c, [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        l = pl.move(x, target_memory=pl.Mem.Left)
        r = pl.move(x, target_memory=pl.Mem.Right)
        c = pl.matmul(l, r)
        return pl.store(c, [0, 0], out)
