# A parameter whose elements change is loaded again.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.InOut[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        before = pl.exp(x)
        pl.tensor.write(x, [0, 0], 1.0)
        return pl.add(before, x)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.InOut[pl.Tensor[[64, 64], pl.FP32]], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [64, 64])
        before = pl.tile.exp(t)
        pl.tensor.write(x, [0, 0], 1.0)
        again = pl.load(x, [0, 0], [64, 64])
        return pl.store(pl.tile.add(before, again), [0, 0], out)
