# passes: InitMemRef, MemoryReuse
# A tile that is repeated along rows, and a mask, are read to the end: the result lies over the other operand only. What
# the library must not do in place is done elsewhere.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[8, 1], pl.INT16],
        b: pl.Tensor[[8, 64], pl.INT16],
        out: pl.Out[pl.Tensor[[8, 64], pl.INT16]],
    ) -> pl.Tensor[[8, 64], pl.INT16]:
        x = pl.load(b, [0, 0], [8, 64])
        first = pl.ands(x, 7)
        r: pl.Tile[[8, 1], pl.INT16, pl.Mem.Vec] = pl.load(a, [0, 0], [8, 1])
        y = pl.row_expand_mul(first, r)
        column = pl.load(b, [0, 0], [1, 64])
        row = pl.load(b, [1, 0], [1, 64])
        z = pl.col_expand_mul(row, column)
        w = pl.col_expand_mul(y, z)
        done = pl.store(w, [0, 0], out)
        return done


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[8, 1], pl.INT16, pl.MemRef("mem_ddr_0", 0, 16)],
        b: pl.Tensor[[8, 64], pl.INT16, pl.MemRef("mem_ddr_1", 0, 1024)],
        out: pl.Out[pl.Tensor[[8, 64], pl.INT16, pl.MemRef("mem_ddr_2", 0, 1024)]],
    ) -> pl.Tensor[[8, 64], pl.INT16]:
        mem_vec_3: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 1024)
        mem_vec_4: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 1024)
        mem_vec_8: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 128)
        x: pl.Tile[[8, 64], pl.INT16, pl.MemRef(mem_vec_3, 0, 1024), pl.Mem.Vec] = pl.load(b, [0, 0], [8, 64])
        first: pl.Tile[[8, 64], pl.INT16, pl.MemRef(mem_vec_4, 0, 1024), pl.Mem.Vec] = pl.ands(x, 7)
        r: pl.Tile[[8, 1], pl.INT16, pl.MemRef(mem_vec_3, 0, 1024), pl.Mem.Vec] = pl.load(a, [0, 0], [8, 1])
        y: pl.Tile[[8, 64], pl.INT16, pl.MemRef(mem_vec_4, 0, 1024), pl.Mem.Vec] = pl.row_expand_mul(first, r)
        column: pl.Tile[[1, 64], pl.INT16, pl.MemRef(mem_vec_3, 0, 1024), pl.Mem.Vec] = pl.load(b, [0, 0], [1, 64])
        row: pl.Tile[[1, 64], pl.INT16, pl.MemRef(mem_vec_8, 0, 128), pl.Mem.Vec] = pl.load(b, [1, 0], [1, 64])
        z: pl.Tile[[1, 64], pl.INT16, pl.MemRef(mem_vec_8, 0, 128), pl.Mem.Vec] = pl.col_expand_mul(row, column)
        w: pl.Tile[[8, 64], pl.INT16, pl.MemRef(mem_vec_3, 0, 1024), pl.Mem.Vec] = pl.col_expand_mul(y, z)
        done: pl.Tensor[[8, 64], pl.INT16, pl.MemRef("mem_ddr_2", 0, 1024)] = pl.store(w, [0, 0], out)
        return done
