# A branch does not follow the other one; what comes after may follow either.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], c: pl.BOOL) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        other = pl.create_tensor([64], dtype=pl.FP32)
        if c:
            local = self.kernel(x, local)
        else:
            local = self.kernel(x, local)
        local = self.kernel(x, local)
        if c:
            picked = pl.yield_(local)
        else:
            picked = pl.yield_(other)
        return self.kernel(x, picked)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], c: pl.BOOL) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        other = pl.create_tensor([64], dtype=pl.FP32)
        if c:
            local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})
        else:
            local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})
        local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
        if c:
            picked = pl.yield_(local)
        else:
            picked = pl.yield_(other)
        return self.kernel(x, picked, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
