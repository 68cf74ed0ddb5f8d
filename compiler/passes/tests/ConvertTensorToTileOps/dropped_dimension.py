# What an index picks from a dimension is loaded as one of it, wherever the dimension stands.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[4, 8, 64], pl.FP32], i: pl.Scalar[pl.INDEX], out: pl.Out[pl.Tensor[[4, 64], pl.FP32]]
    ) -> pl.Tensor[[4, 64], pl.FP32]:
        out = pl.assemble(out, pl.exp(x[0:4, i]), [0, 0])
        return out


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[4, 8, 64], pl.FP32], i: pl.Scalar[pl.INDEX], out: pl.Out[pl.Tensor[[4, 64], pl.FP32]]
    ) -> pl.Tensor[[4, 64], pl.FP32]:
        part = pl.load(x, [0, i, 0], [4, 1, 64])
        rows = pl.tile.reshape(part, [4, 64])
        out = pl.store(pl.exp(rows), [0, 0], out)
        return out
