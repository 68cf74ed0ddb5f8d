# Nothing to do: a condition on scalars is no call.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, n: pl.Scalar[pl.INDEX]) -> pl.Scalar[pl.INDEX]:
        while n < 10:
            n = n + 1
        return n


@pl.program
class Expected:
    @pl.function
    def main(self, n: pl.Scalar[pl.INDEX]) -> pl.Scalar[pl.INDEX]:
        while n < 10:
            n = n + 1
        return n
