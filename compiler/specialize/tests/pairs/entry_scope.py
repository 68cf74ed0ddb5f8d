# summary: one function whose kernel stands in a scope, which makes the entry Opaque
# entry: run
# arguments: a:f32[64,64] c:f32[64,64]
# reference: Reference
# edit: pl.incore() => pl.cluster()
# path: ['run'].body[0]
import pypto.language as pl

@pl.jit
def run(a: pl.Tensor, c: pl.Out[pl.Tensor]):
    with pl.incore():
        M, N = a.shape
        t = pl.load(a, [0, 0], [M, N])
        pl.store(pl.relu(t), [0, 0], c)
    return c


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.Opaque)
    def run(self, a: pl.Tensor[[64, 64], pl.FP32], c: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        with pl.incore():
            t = pl.load(a, [0, 0], [64, 64])
            pl.store(pl.relu(t), [0, 0], c)
        return c
