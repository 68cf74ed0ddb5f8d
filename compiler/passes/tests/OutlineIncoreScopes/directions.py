# Stored into: out if nothing is there yet, inout if something may be. Read: in.
import pypto.language as pl


@pl.program
class Before:
    @pl.function
    def main(
        self, x: pl.Tensor[[64, 64], pl.FP32], kept: pl.InOut[pl.Tensor[[64, 64], pl.FP32]], n: pl.Scalar[pl.INDEX]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        new = pl.create_tensor([64, 64], dtype=pl.FP32)
        with pl.incore():
            t = pl.load(x, [n, 0], [16, 64])
            for i in pl.range(4):
                new = pl.store(t, [0, 0], new)
            kept = pl.store(t, [0, 0], kept)
        return new


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main_incore_0(
        self,
        x: pl.Tensor[[64, 64], pl.FP32],
        n: pl.Scalar[pl.INDEX],
        new: pl.Out[pl.Tensor[[64, 64], pl.FP32]],
        kept: pl.InOut[pl.Tensor[[64, 64], pl.FP32]],
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        t = pl.load(x, [n, 0], [16, 64])
        for i in pl.range(4):
            new = pl.store(t, [0, 0], new)
        kept = pl.store(t, [0, 0], kept)
        return new

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(
        self, x: pl.Tensor[[64, 64], pl.FP32], kept: pl.InOut[pl.Tensor[[64, 64], pl.FP32]], n: pl.Scalar[pl.INDEX]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        new = pl.create_tensor([64, 64], dtype=pl.FP32)
        new = self.main_incore_0(x, n, new, kept)
        return new
