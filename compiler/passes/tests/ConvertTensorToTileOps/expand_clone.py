# What is repeated over the slabs of a tensor, or along the rows of each, is stored slab by slab.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[4, 1, 64], pl.FP32],
        b: pl.Tensor[[1, 8, 64], pl.FP32],
        c: pl.Tensor[[4, 8, 1], pl.FP32],
        d: pl.Tensor[[1, 1, 64], pl.FP32],
        out: pl.Out[pl.Tensor[[4, 8, 64], pl.FP32]],
    ) -> pl.Tensor[[4, 8, 64], pl.FP32]:
        out = pl.expand_clone(a, out)
        out = pl.expand_clone(b, out)
        out = pl.expand_clone(c, out)
        out = pl.expand_clone(d, out)
        out = pl.expand_clone(pl.exp(a), out)
        return out


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[4, 1, 64], pl.FP32],
        b: pl.Tensor[[1, 8, 64], pl.FP32],
        c: pl.Tensor[[4, 8, 1], pl.FP32],
        d: pl.Tensor[[1, 1, 64], pl.FP32],
        out: pl.Out[pl.Tensor[[4, 8, 64], pl.FP32]],
    ) -> pl.Tensor[[4, 8, 64], pl.FP32]:
        for i, (rows,) in pl.range(4, init_values=(out,)):
            row = pl.load(a, [i, 0, 0], [1, 1, 64])
            slab = pl.tile.col_expand(pl.tile.create([1, 8, 64], dtype=pl.FP32), row)
            rows_1 = pl.yield_(pl.store(slab, [i, 0, 0], rows))
        b_tile = pl.load(b, [0, 0, 0], [1, 8, 64])
        for i, (slabs,) in pl.range(4, init_values=(rows_1,)):
            slabs_1 = pl.yield_(pl.store(b_tile, [i, 0, 0], slabs))
        c_tile = pl.load(c, [0, 0, 0], [4, 8, 1])
        columns = pl.tile.row_expand(pl.tile.create([4, 8, 64], dtype=pl.FP32), c_tile)
        filled = pl.store(columns, [0, 0, 0], slabs_1)
        d_tile = pl.load(d, [0, 0, 0], [1, 1, 64])
        d_slab = pl.tile.col_expand(pl.tile.create([1, 8, 64], dtype=pl.FP32), d_tile)
        for i, (slabs,) in pl.range(4, init_values=(filled,)):
            slabs_2 = pl.yield_(pl.store(d_slab, [i, 0, 0], slabs))
        a_tile = pl.load(a, [0, 0, 0], [4, 1, 64])
        computed = pl.exp(a_tile)
        for i, (rows,) in pl.range(4, init_values=(slabs_2,)):
            row = pl.slice(computed, [1, 1, 64], [i, 0, 0])
            slab = pl.tile.col_expand(pl.tile.create([1, 8, 64], dtype=pl.FP32), row)
            rows_2 = pl.yield_(pl.store(slab, [i, 0, 0], rows))
        return rows_2
