# error: 'x' is pl.Tensor[[M, 64], pl.FP32], which a kernel would load as a whole: a tile's shape is static
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[pl.dynamic("M"), 64], pl.FP32]) -> pl.Tensor[[pl.dynamic("M"), 64], pl.FP32]:
        return pl.exp(x)
