# From the outside in: the inner loop's bound is the outer one's variable. No round is left of a loop without any.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.unroll(2):
            for j in pl.unroll(i + 1):
                x = pl.add(x, i * 10 + j)
        for k in pl.unroll(5, 2):
            x = pl.exp(x)
        return x


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        x1 = pl.add(x, 0 * 10 + 0)
        x2 = pl.add(x1, 1 * 10 + 0)
        x3 = pl.add(x2, 1 * 10 + 1)
        return x3
