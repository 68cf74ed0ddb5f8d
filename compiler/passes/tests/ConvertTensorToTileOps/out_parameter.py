# What is assembled into a parameter is stored; what a kernel reads of it later is loaded again.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], n: pl.INDEX, out: pl.InOut[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        s = pl.tensor.read(x, [0, 0])
        before = pl.mul(out, s)
        out = pl.assemble(out, pl.slice(x, [16, 64], [n, 0], [n, 64]), [0, 0])
        out = pl.assemble(out, pl.add(out, before), [0, 0])
        return out


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], n: pl.INDEX, out: pl.InOut[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        s = pl.tensor.read(x, [0, 0])
        t = pl.load(out, [0, 0], [64, 64])
        before = pl.tile.muls(t, s)
        part = pl.load(x, [n, 0], [16, 64], [n, 64])
        out1 = pl.store(part, [0, 0], out)
        again = pl.load(out1, [0, 0], [64, 64])
        return pl.store(pl.tile.add(again, before), [0, 0], out1)
