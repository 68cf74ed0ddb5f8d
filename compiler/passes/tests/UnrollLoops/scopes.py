# A scope of the last round hands out nothing that nobody uses.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], y: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        z = pl.neg(x)
        w = pl.neg(y)
        for i in pl.unroll(2):
            with pl.incore():
                z = pl.exp(z)
                w = pl.add(w, z)
        return w


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], y: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        z = pl.neg(x)
        w = pl.neg(y)
        with pl.incore():
            z1 = pl.exp(z)
            w1 = pl.add(w, z1)
        with pl.incore():
            z2 = pl.exp(z1)
            w2 = pl.add(w1, z2)
        return w2
