# error: cannot be repeated to [64, 64]: one row or one column can
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32], s: pl.Tensor[[1, 1], pl.FP32]) -> pl.Tensor[[64, 64], pl.FP32]:
        return pl.add(x, s)
