# A round that leaves computes the condition as well: nobody asks, but it is carried.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        while pl.tensor.read(x, [0]) > 0.5:
            x = pl.exp(x)
            if n > 3:
                break
            x = pl.neg(x)
        return x


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        first = pl.tensor.read(x, [0])
        go = first > 0.5
        while go:
            x = pl.exp(x)
            if n > 3:
                last = pl.tensor.read(x, [0])
                go = last > 0.5
                break
            x = pl.neg(x)
            next = pl.tensor.read(x, [0])
            go = next > 0.5
        return x
