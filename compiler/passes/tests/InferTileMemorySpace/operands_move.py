# A matmul reads from Left and Right, the vector unit from Vec.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        c = pl.matmul(x, x)
        d = pl.exp(c)
        return pl.store(d, [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        l = pl.tile.move(x, target_memory=pl.Mem.Left)
        r = pl.tile.move(x, target_memory=pl.Mem.Right)
        c = pl.matmul(l, r)
        v = pl.tile.move(c, target_memory=pl.Mem.Vec)
        d = pl.exp(v)
        return pl.store(d, [0, 0], out)
