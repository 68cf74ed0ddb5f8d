# Nothing to do: a kernel whose tiles are placed, behind InitMemRef.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        x: pl.Tensor[[64], pl.FP32, pl.MemRef("d0", 0, 256)],
        out: pl.Out[pl.Tensor[[64], pl.FP32, pl.MemRef("d1", 0, 256)]],
    ) -> pl.Tensor[[64], pl.FP32]:
        m0 = pl.tile.alloc(memory_space=pl.Mem.Vec, size=256)
        t: pl.Tile[[64], pl.FP32, pl.MemRef(m0, 0, 256), pl.Mem.Vec] = pl.load(x, [0], [64])
        result: pl.Tensor[[64], pl.FP32, pl.MemRef("d1", 0, 256)] = pl.store(t, [0], out)
        return result


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        x: pl.Tensor[[64], pl.FP32, pl.MemRef("d0", 0, 256)],
        out: pl.Out[pl.Tensor[[64], pl.FP32, pl.MemRef("d1", 0, 256)]],
    ) -> pl.Tensor[[64], pl.FP32]:
        m0 = pl.tile.alloc(memory_space=pl.Mem.Vec, size=256)
        t: pl.Tile[[64], pl.FP32, pl.MemRef(m0, 0, 256), pl.Mem.Vec] = pl.load(x, [0], [64])
        result: pl.Tensor[[64], pl.FP32, pl.MemRef("d1", 0, 256)] = pl.store(t, [0], out)
        return result
