# A loop that hands on another tensor than it started with: what comes after may write into either.
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
        initial = pl.create_tensor([64], dtype=pl.FP32)
        for i, (carried,) in pl.range(4, init_values=(initial,)):
            fresh = pl.create_tensor([64], dtype=pl.FP32)
            written = self.kernel(x, fresh)
            last = pl.yield_(written)
        return self.kernel(x, last)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        initial = pl.create_tensor([64], dtype=pl.FP32)
        for i, (carried,) in pl.range(4, init_values=(initial,)):
            fresh = pl.create_tensor([64], dtype=pl.FP32)
            written = self.kernel(x, fresh, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
            last = pl.yield_(written)
        return self.kernel(x, last, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
