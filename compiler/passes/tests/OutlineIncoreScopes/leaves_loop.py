# error: a kernel cannot leave its caller's loop: put the loop into the scope, or this out of it
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.range(4):
            with pl.incore():
                x = pl.exp(x)
                if n > 3:
                    break
        return x
