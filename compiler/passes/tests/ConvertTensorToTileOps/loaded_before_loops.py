# What no round changes is loaded before the first one, from however deep inside; a view, and what is written, where it is.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[64], pl.FP32],
        y: pl.Tensor[[400, 64], pl.FP32],
        out: pl.InOut[pl.Tensor[[64], pl.FP32]],
    ) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.range(100):
            for j in pl.range(4):
                row = pl.slice(y, [64], [i * 4 + j, 0])
                out = pl.assemble(out, pl.add(pl.add(out, x), row), [0])
        return out


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[64], pl.FP32],
        y: pl.Tensor[[400, 64], pl.FP32],
        out: pl.InOut[pl.Tensor[[64], pl.FP32]],
    ) -> pl.Tensor[[64], pl.FP32]:
        t = pl.load(x, [0], [64])
        for i, (a,) in pl.range(100, init_values=(out,)):
            for j, (b,) in pl.range(4, init_values=(a,)):
                row = pl.tile.reshape(pl.load(y, [i * 4 + j, 0], [1, 64]), [64])
                u = pl.load(b, [0], [64])
                v = pl.add(u, t)
                w = pl.add(v, row)
                b1 = pl.yield_(pl.store(w, [0], b))
            a1 = pl.yield_(b1)
        return a1
