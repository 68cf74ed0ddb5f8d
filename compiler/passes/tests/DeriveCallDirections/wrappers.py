# Group and Spmd functions do with their parameters what the kernels inside do.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function(type=pl.FunctionType.Spmd)
    def outer(self, x: pl.Tensor[[64], pl.FP32], y: pl.Tensor[[64], pl.FP32], z: pl.InOut[pl.Tensor[[64], pl.FP32]]):
        self.inner(x, y)
        self.inner(x, z)

    @pl.function(type=pl.FunctionType.Group)
    def inner(self, x: pl.Tensor[[64], pl.FP32], y: pl.Tensor[[64], pl.FP32]):
        a = self.kernel(x, y)

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64], pl.FP32], z: pl.Tensor[[64], pl.FP32]):
        local = pl.create_tensor([64], dtype=pl.FP32)
        self.outer(x, local, z)
        self.outer(x, local, z)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function(type=pl.FunctionType.Group)
    def inner(self, x: pl.Tensor[[64], pl.FP32], y: pl.Out[pl.Tensor[[64], pl.FP32]]):
        a = self.kernel(x, y, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})

    @pl.function(type=pl.FunctionType.Spmd)
    def outer(
        self,
        x: pl.Tensor[[64], pl.FP32],
        y: pl.Out[pl.Tensor[[64], pl.FP32]],
        z: pl.InOut[pl.Tensor[[64], pl.FP32]],
    ):
        self.inner(x, y, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing]})
        self.inner(x, z, attrs={"arg_directions": [pl.adir.input, pl.adir.inout]})

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64], pl.FP32], z: pl.Tensor[[64], pl.FP32]):
        local = pl.create_tensor([64], dtype=pl.FP32)
        self.outer(x, local, z, attrs={"arg_directions": [pl.adir.input, pl.adir.output_existing, pl.adir.inout]})
        self.outer(x, local, z, attrs={"arg_directions": [pl.adir.input, pl.adir.inout, pl.adir.inout]})
