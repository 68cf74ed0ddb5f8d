# error: a kernel cannot scatter into global memory: load 'x' and store the result
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], i: pl.Tensor[[1, 64], pl.INT32], s: pl.Tensor[[64, 64], pl.FP32]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        return pl.tensor.scatter_update(x, dim=-2, index=i, src=s)
