# What is brought somewhere serves all that is behind it, but not what another branch reaches.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(self, a: pl.Tensor[[16, 16], pl.FP32], c: pl.BOOL, out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]):
        p = pl.load(a, [0, 0], [16, 16], target_memory=pl.Mem.Mat)
        if c:
            q = pl.add(p, p)
            out = pl.store(q, [0, 0], out)
        r = pl.mul(p, p)
        for i in pl.range(4):
            r = pl.mul(r, p)
        out = pl.store(r, [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(self, a: pl.Tensor[[16, 16], pl.FP32], c: pl.BOOL, out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]):
        p = pl.load(a, [0, 0], [16, 16], target_memory=pl.Mem.Mat)
        if c:
            v = pl.move(p, target_memory=pl.Mem.Vec)
            q = pl.add(v, v)
            out = pl.store(q, [0, 0], out)
        v = pl.move(p, target_memory=pl.Mem.Vec)
        r = pl.mul(v, v)
        for i in pl.range(4):
            r = pl.mul(r, v)
        out = pl.store(r, [0, 0], out)
