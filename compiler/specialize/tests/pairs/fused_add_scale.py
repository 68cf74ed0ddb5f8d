# summary: (a + b) * alpha with a scalar argument
# entry: run
# arguments: a:f32[64,64] b:f32[64,64] alpha=0.5 out:f32[64,64]
# reference: Reference
# edit: 0.5, out => 0.25, out
# path: ['run'].body[0].value.args[2]
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, alpha: pl.Scalar[pl.FP32], out: pl.Out[pl.Tensor]):
    ta = pl.load(a, [0, 0], a.shape)
    tb = pl.load(b, [0, 0], b.shape)
    return pl.store(pl.mul(pl.add(ta, tb), alpha), [0, 0], out)


@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, alpha: pl.FP32, out: pl.Out[pl.Tensor]):
    out = kernel(a, b, alpha, out)
    return out


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        a: pl.Tensor[[64, 64], pl.FP32],
        b: pl.Tensor[[64, 64], pl.FP32],
        alpha: pl.Scalar[pl.FP32],
        out: pl.Out[pl.Tensor[[64, 64], pl.FP32]],
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        ta = pl.load(a, [0, 0], [64, 64])
        tb = pl.load(b, [0, 0], [64, 64])
        return pl.store(pl.mul(pl.add(ta, tb), 0.5), [0, 0], out)

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self,
        a: pl.Tensor[[64, 64], pl.FP32],
        b: pl.Tensor[[64, 64], pl.FP32],
        alpha: pl.Scalar[pl.FP32],
        out: pl.Out[pl.Tensor[[64, 64], pl.FP32]],
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        out = self.kernel(a, b, 0.5, out)
        return out
