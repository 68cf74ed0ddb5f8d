# A parameter is loaded once, the result is stored into a parameter that the caller makes.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32], s: pl.FP32) -> pl.Tensor[[64, 64], pl.FP32]:
        y = pl.add(x, x)
        z = pl.exp(pl.mul(pl.sub(y, x), s))
        return pl.maximum(z, pl.rsqrt(z, high_precision=True))

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[64, 64], pl.FP32]:
        return self.kernel(x, 2.0)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], s: pl.FP32, out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [64, 64])
        y = pl.tile.add(t, t)
        z = pl.tile.exp(pl.tile.muls(pl.tile.sub(y, t), s))
        tmp = pl.create_tile([64, 64], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        r = pl.tile.rsqrt(z, tmp)
        m = pl.tile.maximum(z, r)
        return pl.store(m, [0, 0], out)

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[64, 64], pl.FP32]:
        out = pl.create_tensor([64, 64], dtype=pl.FP32)
        return self.kernel(x, 2.0, out)
