# Nothing to do: what a call says it keeps, also what no rule would give.
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
        local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.no_dep, pl.adir.output]})
        return self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.no_dep]})


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
        local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.no_dep, pl.adir.output]})
        return self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.no_dep]})
