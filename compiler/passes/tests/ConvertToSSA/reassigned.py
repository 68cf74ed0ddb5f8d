# Reading has made every assignment a variable of its own, and carried what the loop changes.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.range(3):
            x = pl.exp(x)
        x = pl.add(x, x)
        return x


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        for i, (y,) in pl.range(3, init_values=(x,)):
            z = pl.exp(y)
            w = pl.yield_(z)
        v = pl.add(w, w)
        return v
