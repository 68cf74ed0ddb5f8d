import pypto.language as pl


@pl.jit
def part(x: pl.Tensor, rows: pl.INDEX, negative: pl.BOOL, out: pl.Out[pl.Tensor]):
    with pl.incore():
        tile = pl.load(x, [rows, 0], [rows, x.shape[1]])
        if negative:
            tile = pl.neg(tile)
        out = pl.store(tile, [0, 0], out)
    return out


@pl.program
class Part:
    @pl.function
    def part(
        self,
        x: pl.Tensor[[64, 32], pl.FP32],
        rows: pl.Scalar[pl.INDEX],
        negative: pl.Scalar[pl.BOOL],
        out: pl.Out[pl.Tensor[[64, 32], pl.FP32]],
    ) -> pl.Tensor[[64, 32], pl.FP32]:
        with pl.incore():
            tile = pl.load(x, [16, 0], [16, 32])
            negated = pl.neg(tile)
            out = pl.store(negated, [0, 0], out)
        return out
