# What a loop or branch hands on moves to the memory of what it stands for.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32], c: pl.BOOL) -> pl.Tensor[[64, 64], pl.FP32]:
        y = x
        for i in pl.range(4):
            y = pl.matmul(y, x)
        if c:
            z = pl.matmul(y, x)
        else:
            z = y
        return z


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], c: pl.BOOL, out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [64, 64])
        m = pl.load(x, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        for i, (y,) in pl.range(4, init_values=(t,)):
            p = pl.tile.matmul(y, m)
            q = pl.tile.move(p, target_memory=pl.Mem.Vec)
            y1 = pl.yield_(q)
        if c:
            p = pl.tile.matmul(y1, m)
            z = pl.yield_(p)
        else:
            q = pl.tile.move(y1, target_memory=pl.Mem.Acc)
            z = pl.yield_(q)
        return pl.store(z, [0, 0], out)
