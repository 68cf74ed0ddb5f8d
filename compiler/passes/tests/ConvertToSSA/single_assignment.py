# Nothing to do: every variable is assigned once, and init_values say what is carried.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        for (y, m) in pl.while_(init_values=(x, n)):
            pl.cond(m > 0)
            z = pl.exp(y)
            w, k = pl.yield_(z, m - 1)
        return w


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        for (y, m) in pl.while_(init_values=(x, n)):
            pl.cond(m > 0)
            z = pl.exp(y)
            w, k = pl.yield_(z, m - 1)
        return w
