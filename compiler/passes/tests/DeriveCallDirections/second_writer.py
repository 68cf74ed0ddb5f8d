# The first task writes into what is there; the second has to come after it.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        local = self.kernel(x, local)
        other = pl.create_tensor([64], dtype=pl.FP32)
        other = self.kernel(local, other)
        return self.kernel(other, local)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})
        other = pl.create_tensor([64], dtype=pl.FP32)
        other = self.kernel(local, other, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})
        return self.kernel(other, local, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
