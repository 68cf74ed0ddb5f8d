# summary: a function on tiles that is inlined, with a default and by keyword; its branch is decided at each call
# entry: run
# arguments: x:f32[32,64] y:f32[32,64]
# reference: Reference
# edit: pl.mul(t, 1.5) => pl.mul(t, 2.5)
# path: ['kernel'].body[1].value.args[1]
import pypto.language as pl

@pl.jit.inline
def gate(t, scale: pl.FP32 = 1.5):
    if scale == 1.0:
        u = pl.neg(t)
    else:
        u = pl.neg(pl.mul(t, scale))
    return pl.mul(t, pl.recip(pl.add(pl.exp(u), 1.0)))


@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape)
    y = pl.store(gate(scale=1.0, t=gate(t)), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[32, 64], pl.FP32], y: pl.Out[pl.Tensor[[32, 64], pl.FP32]]
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 64])
        u = pl.neg(pl.mul(t, 1.5))
        first = pl.mul(t, pl.recip(pl.add(pl.exp(u), 1.0)))
        v = pl.neg(first)
        second = pl.mul(first, pl.recip(pl.add(pl.exp(v), 1.0)))
        y = pl.store(second, [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, x: pl.Tensor[[32, 64], pl.FP32], y: pl.Out[pl.Tensor[[32, 64], pl.FP32]]
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        y = self.kernel(x, y)
        return y
