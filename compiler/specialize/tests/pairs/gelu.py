# summary: GELU by its sigmoid approximation; the factor is a module constant
# entry: run
# arguments: x:f32[32,96] y:f32[32,96]
# reference: Reference
# edit: pl.recip => pl.exp
# path: ['kernel'].body[5].value
import pypto.language as pl

SLOPE = 1.702

@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    M, N = x.shape
    t = pl.load(x, [0, 0], [M, N])
    e = pl.exp(pl.mul(pl.mul(t, SLOPE), -1.0))
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
            x: pl.Tensor[[32, 96], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 96], pl.FP32]],
    ) -> pl.Tensor[[32, 96], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 96])
        e = pl.exp(pl.mul(pl.mul(t, SLOPE), -1.0))
        s = pl.recip(pl.add(e, 1.0))
        y = pl.store(pl.mul(t, s), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[32, 96], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 96], pl.FP32]],
    ) -> pl.Tensor[[32, 96], pl.FP32]:
        y = self.kernel(x, y)
        return y
