import pypto.language as pl


@pl.program
class Loop:
    @pl.function(type=pl.FunctionType.InCore)
    def copy(
        self, x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        for i in pl.unroll(0, 3):
            t = pl.load(x, [i * 16, 0], [16, 64])
            y = pl.store(pl.mul(t, 2.0), [i * 16, 0], y)
        return y


@pl.program
class Written:
    @pl.function(type=pl.FunctionType.InCore)
    def copy(
        self, x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        t0 = pl.load(x, [0, 0], [16, 64])
        y0 = pl.store(pl.mul(t0, 2.0), [0, 0], y)
        t1 = pl.load(x, [16, 0], [16, 64])
        y1 = pl.store(pl.mul(t1, 2.0), [16, 0], y0)
        t2 = pl.load(x, [32, 0], [16, 64])
        y2 = pl.store(pl.mul(t2, 2.0), [32, 0], y1)
        return y2
