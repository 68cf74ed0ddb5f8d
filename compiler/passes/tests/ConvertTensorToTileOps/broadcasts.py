# A row or column is repeated: by the operation, or before it where no operation does it.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 32], pl.FP32], r: pl.Tensor[[1, 32], pl.FP32]) -> pl.Tensor[[64, 32], pl.FP32]:
        s = pl.row_sum(x)
        a = pl.div(x, s)
        b = pl.sub(s, a)
        c = pl.mul(b, r)
        d = pl.add(c, r)
        return pl.maximum(d, pl.sub(r, s))


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[64, 32], pl.FP32],
        r: pl.Tensor[[1, 32], pl.FP32],
        out: pl.Out[pl.Tensor[[64, 32], pl.FP32]],
    ) -> pl.Tensor[[64, 32], pl.FP32]:
        t = pl.load(x, [0, 0], [64, 32])
        tmp = pl.create_tile([64, 128], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        s = pl.tile.row_sum(t, tmp)
        a = pl.tile.row_expand_div(t, s)
        room = pl.create_tile([64, 32], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        wide = pl.tile.row_expand(room, s)
        b = pl.tile.sub(wide, a)
        row = pl.load(r, [0, 0], [1, 32])
        c = pl.tile.col_expand_mul(b, row)
        d = pl.tile.col_expand_add(c, row)
        room3 = pl.create_tile([64, 32], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        outer = pl.tile.row_expand_sub(pl.tile.col_expand(room3, row), s)
        return pl.store(pl.tile.maximum(d, outer), [0, 0], out)
