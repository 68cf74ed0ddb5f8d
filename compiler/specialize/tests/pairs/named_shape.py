# summary: a shape with a name, a list or a tuple, of an entry's parameters
# entry: run
# arguments: a:f32[32,64] b:f32[32,64] c:f32[32,64]
# reference: Reference
# edit: pl.add(t, u) => pl.sub(t, u)
# path: ['run'].body[0].body[2].value
import pypto.language as pl

S = [32, 64]
U = (32, 64)
T = pl.Tensor[S, pl.FP32]


@pl.jit
def run(a: T, b: pl.Tensor[U, pl.FP32], c: pl.Out[pl.Tensor[S, pl.FP32]]):
    with pl.incore():
        t = pl.load(a, [0, 0], S)
        u = pl.load(b, [0, 0], U)
        c = pl.store(pl.add(t, u), [0, 0], c)
    return c


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.Opaque)
    def run(
        self,
        a: pl.Tensor[[32, 64], pl.FP32],
        b: pl.Tensor[[32, 64], pl.FP32],
        c: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        with pl.incore():
            t = pl.load(a, [0, 0], [32, 64])
            u = pl.load(b, [0, 0], [32, 64])
            c = pl.store(pl.add(t, u), [0, 0], c)
        return c
