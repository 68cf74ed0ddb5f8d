# Rounds of a sequential loop follow each other, those of a parallel one do not.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.INDEX) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        for i in pl.parallel(4):
            local = self.kernel(x, local)
        other = pl.create_tensor([64], dtype=pl.FP32)
        for i in pl.range(4):
            for j in pl.parallel(4):
                other = self.kernel(x, other)
        third = pl.create_tensor([64], dtype=pl.FP32)
        for (k,) in pl.while_(init_values=(0,)):
            pl.cond(k < n)
            third = self.kernel(x, third)
            k2 = pl.yield_(k + 1)
        return self.kernel(other, local)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.INDEX) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        for i in pl.parallel(4):
            local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})
        other = pl.create_tensor([64], dtype=pl.FP32)
        for i in pl.range(4):
            for j in pl.parallel(4):
                other = self.kernel(x, other, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
        third = pl.create_tensor([64], dtype=pl.FP32)
        for (k,) in pl.while_(init_values=(0,)):
            pl.cond(k < n)
            third = self.kernel(x, third, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
            k2 = pl.yield_(k + 1)
        return self.kernel(other, local, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})
