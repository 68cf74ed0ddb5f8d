# passes: InitMemRef, AllocateMemoryAddr
# One behind the other, at multiples of 32; each memory starts at 0.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[1, 5], pl.FP32]]
    ) -> pl.Tensor[[1, 5], pl.FP32]:
        x = pl.load(a, [0, 0], [1, 5])
        y = pl.exp(x)
        m = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        done = pl.store(y, [0, 0], out)
        return done


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[64, 64], pl.FP32, pl.MemRef("mem_ddr_0", 0, 16384)],
        out: pl.Out[pl.Tensor[[1, 5], pl.FP32, pl.MemRef("mem_ddr_1", 0, 20)]],
    ) -> pl.Tensor[[1, 5], pl.FP32]:
        mem_vec_2: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 20)
        mem_vec_3: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 20)
        mem_mat_4: pl.Ptr = pl.tile.alloc(pl.Mem.Mat, 16384)
        x: pl.Tile[[1, 5], pl.FP32, pl.MemRef(mem_vec_2, 0, 20), pl.Mem.Vec] = pl.load(a, [0, 0], [1, 5])
        y: pl.Tile[[1, 5], pl.FP32, pl.MemRef(mem_vec_3, 32, 20), pl.Mem.Vec] = pl.exp(x)
        m: pl.Tile[[64, 64], pl.FP32, pl.MemRef(mem_mat_4, 0, 16384), pl.Mem.Mat] = pl.load(
            a, [0, 0], [64, 64], target_memory=pl.Mem.Mat
        )
        done: pl.Tensor[[1, 5], pl.FP32, pl.MemRef("mem_ddr_1", 0, 20)] = pl.store(y, [0, 0], out)
        return done
