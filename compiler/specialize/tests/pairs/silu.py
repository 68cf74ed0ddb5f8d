# summary: SiLU: x * sigmoid(x)
# entry: run
# arguments: x:f32[48,64] y:f32[48,64]
# reference: Reference
# edit: -1.0 => 1.0
# path: ['kernel'].body[1].value.args[1]
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    M, N = x.shape
    t = pl.load(x, [0, 0], [M, N])
    e = pl.exp(pl.mul(t, -1.0))
    s = pl.recip(pl.add(e, 1.0))
    y = pl.store(pl.mul(t, s), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            x: pl.Tensor[[48, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[48, 64], pl.FP32]],
    ) -> pl.Tensor[[48, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [48, 64])
        e = pl.exp(pl.mul(t, -1.0))
        s = pl.recip(pl.add(e, 1.0))
        y = pl.store(pl.mul(t, s), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[48, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[48, 64], pl.FP32]],
    ) -> pl.Tensor[[48, 64], pl.FP32]:
        y = self.kernel(x, y)
        return y
