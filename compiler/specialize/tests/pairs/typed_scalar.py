# summary: an INT32 scalar is written with its type, and as a bare number where an index stands
# entry: run
# arguments: x:si32[16,64] n:INT32=4 wide=True y:si32[16,64]
# reference: Reference
# edit: muls(t, pl.const(4, pl.INT32)) => muls(t, pl.const(5, pl.INT32))
# path: ['kernel'].body[1].value.args[1]
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, n: pl.INT32, wide: pl.BOOL, y: pl.Out[pl.Tensor]):
    if wide:
        t = pl.load(x, [0, 0], [n, 64])
    else:
        t = pl.load(x, [0, 0], [n, 32])
    y = pl.store(pl.muls(t, n), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, n: pl.INT32, wide: pl.BOOL, y: pl.Out[pl.Tensor]):
    y = kernel(x, n, wide, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[16, 64], pl.INT32],
        n: pl.Scalar[pl.INT32],
        wide: pl.Scalar[pl.BOOL],
        y: pl.Out[pl.Tensor[[16, 64], pl.INT32]],
    ) -> pl.Tensor[[16, 64], pl.INT32]:
        t = pl.load(x, [0, 0], [4, 64])
        y = pl.store(pl.muls(t, pl.const(4, pl.INT32)), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self,
        x: pl.Tensor[[16, 64], pl.INT32],
        n: pl.Scalar[pl.INT32],
        wide: pl.Scalar[pl.BOOL],
        y: pl.Out[pl.Tensor[[16, 64], pl.INT32]],
    ) -> pl.Tensor[[16, 64], pl.INT32]:
        y = self.kernel(x, pl.const(4, pl.INT32), True, y)
        return y
