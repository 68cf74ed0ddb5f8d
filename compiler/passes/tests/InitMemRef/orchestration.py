# Nothing to do: an orchestration holds no tiles.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, a: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[64, 64], pl.FP32]:
        b = pl.create_tensor([64, 64], dtype=pl.FP32)
        return b


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, a: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[64, 64], pl.FP32]:
        b = pl.create_tensor([64, 64], dtype=pl.FP32)
        return b
