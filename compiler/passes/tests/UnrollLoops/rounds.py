# Every round with its number in the variable's place.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.unroll(1, 6, 2):
            x = pl.add(x, i)
        return x


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        x1 = pl.add(x, 1)
        x2 = pl.add(x1, 3)
        x3 = pl.add(x2, 5)
        return x3
