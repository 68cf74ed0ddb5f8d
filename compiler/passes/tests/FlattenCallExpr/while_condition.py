# The condition is asked before the loop and at the end of each round.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        while pl.tensor.read(x, [0]) > 0.5:
            x = pl.exp(x)
        return x


@pl.program
class Expected:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        first = pl.tensor.read(x, [0])
        for (y, go) in pl.while_(init_values=(x, first > 0.5)):
            pl.cond(go)
            z = pl.exp(y)
            next = pl.tensor.read(z, [0])
            result, rest = pl.yield_(z, next > 0.5)
        return result
