# passes: InitMemRef, MemoryReuse
# What is free may be too small, and what is read while the result is written is not free.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[64, 1], pl.FP32]]
    ) -> pl.Tensor[[64, 1], pl.FP32]:
        small = pl.load(a, [0, 0], [8, 8])
        sum8 = pl.exp(small)
        x = pl.load(a, [0, 0], [64, 64])
        tmp = pl.create_tile([64, 64], dtype=pl.FP32)
        rows = pl.row_sum(x, tmp)
        done = pl.store(rows, [0, 0], out)
        return done


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[64, 64], pl.FP32, pl.MemRef("mem_ddr_0", 0, 16384)],
        out: pl.Out[pl.Tensor[[64, 1], pl.FP32, pl.MemRef("mem_ddr_1", 0, 256)]],
    ) -> pl.Tensor[[64, 1], pl.FP32]:
        mem_vec_2: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 256)
        mem_vec_4: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 16384)
        mem_vec_5: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 16384)
        small: pl.Tile[[8, 8], pl.FP32, pl.MemRef(mem_vec_2, 0, 256), pl.Mem.Vec] = pl.load(a, [0, 0], [8, 8])
        sum8: pl.Tile[[8, 8], pl.FP32, pl.MemRef(mem_vec_2, 0, 256), pl.Mem.Vec] = pl.exp(small)
        x: pl.Tile[[64, 64], pl.FP32, pl.MemRef(mem_vec_4, 0, 16384), pl.Mem.Vec] = pl.load(a, [0, 0], [64, 64])
        tmp: pl.Tile[[64, 64], pl.FP32, pl.MemRef(mem_vec_5, 0, 16384), pl.Mem.Vec] = pl.create_tile(
            [64, 64], dtype=pl.FP32
        )
        rows: pl.Tile[[64, 1], pl.FP32, pl.MemRef(mem_vec_2, 0, 256), pl.Mem.Vec] = pl.row_sum(x, tmp)
        done: pl.Tensor[[64, 1], pl.FP32, pl.MemRef("mem_ddr_1", 0, 256)] = pl.store(rows, [0, 0], out)
        return done
