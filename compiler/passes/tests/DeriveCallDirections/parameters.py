# Out, InOut and In parameters of the caller, a scalar, and a view of a parameter.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], n: pl.INDEX, out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function(type=pl.FunctionType.InCore)
    def change(self, x: pl.InOut[pl.Tensor[[64], pl.FP32]]):
        pl.store(pl.exp(pl.load(x, [0], [64])), [0], x)

    @pl.function
    def main(
        self,
        x: pl.Tensor[[2, 64], pl.FP32],
        out: pl.Out[pl.Tensor[[64], pl.FP32]],
        both: pl.InOut[pl.Tensor[[64], pl.FP32]],
        wide: pl.Out[pl.Tensor[[128], pl.FP32]],
    ) -> pl.Tensor[[64], pl.FP32]:
        both = self.kernel(out, 3, both)
        first = self.kernel(out, 4, pl.slice(wide, [64], [0]))
        second = self.kernel(out, 5, pl.slice(wide, [64], [64]))
        self.change(second)
        return self.kernel(both, 6, out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], n: pl.INDEX, out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function(type=pl.FunctionType.InCore)
    def change(self, x: pl.InOut[pl.Tensor[[64], pl.FP32]]):
        pl.store(pl.exp(pl.load(x, [0], [64])), [0], x)

    @pl.function
    def main(
        self,
        x: pl.Tensor[[2, 64], pl.FP32],
        out: pl.Out[pl.Tensor[[64], pl.FP32]],
        both: pl.InOut[pl.Tensor[[64], pl.FP32]],
        wide: pl.Out[pl.Tensor[[128], pl.FP32]],
    ) -> pl.Tensor[[64], pl.FP32]:
        both = self.kernel(out, 3, both, attrs={"arg_directions": [pl.adir.input, pl.adir.scalar, pl.adir.inout]})
        first = self.kernel(out, 4, pl.slice(wide, [64], [0]), attrs={"arg_directions": [pl.adir.input, pl.adir.scalar, pl.adir.output_existing]})
        second = self.kernel(out, 5, pl.slice(wide, [64], [64]), attrs={"arg_directions": [pl.adir.input, pl.adir.scalar, pl.adir.inout]})
        self.change(second, attrs={"arg_directions": [pl.adir.inout]})
        return self.kernel(both, 6, out, attrs={"arg_directions": [pl.adir.input, pl.adir.scalar, pl.adir.output_existing]})
