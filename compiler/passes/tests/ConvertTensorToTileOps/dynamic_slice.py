# error: dynamic_slice.py:9:16: error: 'part' is pl.Tensor[[?, 64], pl.FP32], which a kernel would load as a whole
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32], n: pl.INDEX) -> pl.Tensor[[64, 64], pl.FP32]:
        part = pl.slice(x, [n, 64], [0, 0])
        return pl.add(x, pl.row_expand_mul(x, pl.row_sum(part)))
