# summary: SwiGLU: silu(gate) * up
# entry: run
# arguments: gate:f32[32,64] up:f32[32,64] y:f32[32,64]
# reference: Reference
# edit: pl.load(up, => pl.load(gate,
# path: ['kernel'].body[1].value.args[0]
import pypto.language as pl

@pl.jit.incore
def kernel(gate: pl.Tensor, up: pl.Tensor, y: pl.Out[pl.Tensor]):
    M, N = gate.shape
    g = pl.load(gate, [0, 0], [M, N])
    u = pl.load(up, [0, 0], [M, N])
    e = pl.exp(pl.mul(g, -1.0))
    s = pl.recip(pl.add(e, 1.0))
    y = pl.store(pl.mul(pl.mul(g, s), u), [0, 0], y)
    return y


@pl.jit
def run(gate: pl.Tensor, up: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(gate, up, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            gate: pl.Tensor[[32, 64], pl.FP32],
            up: pl.Tensor[[32, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        g = pl.load(gate, [0, 0], [32, 64])
        u = pl.load(up, [0, 0], [32, 64])
        e = pl.exp(pl.mul(g, -1.0))
        s = pl.recip(pl.add(e, 1.0))
        y = pl.store(pl.mul(pl.mul(g, s), u), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            gate: pl.Tensor[[32, 64], pl.FP32],
            up: pl.Tensor[[32, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        y = self.kernel(gate, up, y)
        return y
