# A wrapper hands the room for a result through, and a slice of a slice starts where both lead.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32], n: pl.INDEX) -> pl.Tensor[[16, 16], pl.FP32]:
        part = pl.slice(x, [32, 32], [n, 16])
        return pl.exp(pl.slice(part, [16, 16], [4, n]))

    @pl.function(type=pl.FunctionType.Group)
    def group(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[16, 16], pl.FP32]:
        return self.kernel(x, 4)

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[16, 16], pl.FP32]:
        return self.group(x)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], n: pl.INDEX, out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]
    ) -> pl.Tensor[[16, 16], pl.FP32]:
        t = pl.load(x, [n + 4, 16 + n], [16, 16])
        return pl.store(pl.tile.exp(t), [0, 0], out)

    @pl.function(type=pl.FunctionType.Group)
    def group(
        self, x: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]
    ) -> pl.Tensor[[16, 16], pl.FP32]:
        return self.kernel(x, 4, out)

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[16, 16], pl.FP32]:
        out = pl.create_tensor([16, 16], dtype=pl.FP32)
        return self.group(x, out)
