# summary: the smaller operand comes first, and the narrower one: what comes out has the larger shape and the wider type
# entry: run
# arguments: a:f32[64,128] row:f32[1,128] half:f16[64,128] c:f32[64,128] d:f32[64,128]
# reference: Reference
# edit: pl.add(row, a) => pl.sub(row, a)
# path: ['run'].body[0].value
import pypto.language as pl

@pl.jit.incore
def scale(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = pl.store(pl.mul(pl.load(x, [0, 0], x.shape), 2.0), [0, 0], y)
    return y


@pl.jit
def run(a: pl.Tensor, row: pl.Tensor, half: pl.Tensor, c: pl.Out[pl.Tensor], d: pl.Out[pl.Tensor]):
    s = pl.add(row, a)
    c = scale(s, c)
    w = pl.add(half, a)
    d = scale(w, d)
    return c, d


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def scale(
        self, x: pl.Tensor[[64, 128], pl.FP32], y: pl.Out[pl.Tensor[[64, 128], pl.FP32]]
    ) -> pl.Tensor[[64, 128], pl.FP32]:
        y = pl.store(pl.mul(pl.load(x, [0, 0], [64, 128]), 2.0), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self,
        a: pl.Tensor[[64, 128], pl.FP32],
        row: pl.Tensor[[1, 128], pl.FP32],
        half: pl.Tensor[[64, 128], pl.FP16],
        c: pl.Out[pl.Tensor[[64, 128], pl.FP32]],
        d: pl.Out[pl.Tensor[[64, 128], pl.FP32]],
    ) -> tuple[pl.Tensor[[64, 128], pl.FP32], pl.Tensor[[64, 128], pl.FP32]]:
        s = pl.add(row, a)
        c = self.scale(s, c)
        w = pl.add(half, a)
        d = self.scale(w, d)
        return c, d
