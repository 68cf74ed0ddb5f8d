# A tile that comes from another core lies where it is used; it moves for every other use.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.AIC)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        t: pl.Tile[[32, 32], pl.FP16] = pl.tpop_from_aiv(split=0)
        c = pl.matmul(t, t)
        return pl.store(c, [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.AIC)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        t: pl.Tile[[32, 32], pl.FP16, pl.Mem.Left] = pl.tpop_from_aiv(split=0)
        r = pl.tile.move(t, target_memory=pl.Mem.Right)
        c = pl.matmul(t, r)
        return pl.store(c, [0, 0], out)
