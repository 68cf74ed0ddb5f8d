# A memref that the program states stays; what has none gets one, also where it lies with one that has.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(self, a: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]):
        mem_vec_0: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 512)
        x: pl.Tile[[64], pl.FP32, pl.MemRef(mem_vec_0, 256, 256), pl.Mem.Vec] = pl.load(a, [0], [64])
        y = pl.add(x, x)
        z: pl.Tile[[64], pl.FP32, pl.MemRef("later", 0, 256), pl.Mem.Vec] = pl.add(y, y)
        for i in pl.range(4):
            z = pl.add(z, x)
        w = pl.tile.reshape(z, [1, 64])
        out = pl.store(z, [0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[64], pl.FP32, pl.MemRef("mem_ddr_0", 0, 256)],
        out: pl.Out[pl.Tensor[[64], pl.FP32, pl.MemRef("mem_ddr_1", 0, 256)]],
    ):
        mem_vec_2: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 256)
        later: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 256)
        mem_vec_0: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 512)
        x: pl.Tile[[64], pl.FP32, pl.MemRef(mem_vec_0, 256, 256), pl.Mem.Vec] = pl.load(a, [0], [64])
        y: pl.Tile[[64], pl.FP32, pl.MemRef(mem_vec_2, 0, 256), pl.Mem.Vec] = pl.add(x, x)
        z: pl.Tile[[64], pl.FP32, pl.MemRef(later, 0, 256), pl.Mem.Vec] = pl.add(y, y)
        for i in pl.range(4):
            z: pl.Tile[[64], pl.FP32, pl.MemRef(later, 0, 256), pl.Mem.Vec] = pl.add(z, x)
        w: pl.Tile[[1, 64], pl.FP32, pl.MemRef(later, 0, 256), pl.Mem.Vec] = pl.tile.reshape(z, [1, 64])
        out: pl.Tensor[[64], pl.FP32, pl.MemRef("mem_ddr_1", 0, 256)] = pl.store(z, [0], out)
