# passes: InitMemRef, AllocateMemoryAddr
# What is reserved for another core comes first.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.AIV)
    def main(
        self, a: pl.Tensor[[16, 16], pl.FP32], out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]
    ) -> pl.Tensor[[16, 16], pl.FP32]:
        slots = pl.system.reserve_buffer(name="slots", size=4096)
        x = pl.load(a, [0, 0], [16, 16])
        done = pl.store(x, [0, 0], out)
        return done


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.AIV)
    def main(
        self,
        a: pl.Tensor[[16, 16], pl.FP32, pl.MemRef("mem_ddr_0", 0, 1024)],
        out: pl.Out[pl.Tensor[[16, 16], pl.FP32, pl.MemRef("mem_ddr_1", 0, 1024)]],
    ) -> pl.Tensor[[16, 16], pl.FP32]:
        mem_vec_2: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 1024)
        slots = pl.system.reserve_buffer(name="slots", size=4096, base=0)
        x: pl.Tile[[16, 16], pl.FP32, pl.MemRef(mem_vec_2, 4096, 1024), pl.Mem.Vec] = pl.load(a, [0, 0], [16, 16])
        done: pl.Tensor[[16, 16], pl.FP32, pl.MemRef("mem_ddr_1", 0, 1024)] = pl.store(x, [0, 0], out)
        return done
