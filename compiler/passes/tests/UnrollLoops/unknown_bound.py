# error: UnrollLoops/unknown_bound.py:9:9: error: the stop of pl.unroll must be known before the program runs
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.unroll(n):
            x = pl.exp(x)
        return x
