# Both sides of a branch hand on what either assigns.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        y = x
        if n > 3:
            y = pl.exp(y)
        elif n > 2:
            y = pl.neg(y)
        return y


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        if n > 3:
            a = pl.exp(x)
            y = pl.yield_(a)
        else:
            if n > 2:
                b = pl.neg(x)
                c = pl.yield_(b)
            else:
                c = pl.yield_(x)
            y = pl.yield_(c)
        return y
