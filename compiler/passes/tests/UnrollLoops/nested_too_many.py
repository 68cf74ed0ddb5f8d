# error: nested_too_many.py:11:13: error: pl.unroll has more than 4096 rounds, counted for each round of the loops around it
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def f(self, a: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]):
        r = out
        for i in pl.unroll(128):
            for j in pl.unroll(128):
                t = pl.load(a, [i % 64, 0], [1, 64])
                r = pl.store(t, [j % 64, 0], r)
        return r
