# error: pl.unroll has more than 4096 rounds; pl.range is not written out
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.unroll(4097):
            x = pl.exp(x)
        return x
