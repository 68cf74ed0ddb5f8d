# error: tensor.read is inside a condition: FlattenCallExpr must move it out
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        while pl.tensor.read(x, [0]) > 0.5:
            x = pl.exp(x)
        return x
