# passes: InitMemRef, AllocateMemoryAddr
# platform: a5sim
# Every memory starts at its own 0, on every platform.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        y = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        l = pl.move(x, target_memory=pl.Mem.Left)
        r = pl.move(y, target_memory=pl.Mem.Right)
        return pl.store(pl.matmul(l, r), [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[32, 32], pl.FP16, pl.MemRef("d0", 0, 2048)],
        out: pl.Out[pl.Tensor[[32, 32], pl.FP32, pl.MemRef("d1", 0, 4096)]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        m0 = pl.tile.alloc(memory_space=pl.Mem.Mat, size=2048)
        m1 = pl.tile.alloc(memory_space=pl.Mem.Mat, size=2048)
        m2 = pl.tile.alloc(memory_space=pl.Mem.Left, size=2048)
        m3 = pl.tile.alloc(memory_space=pl.Mem.Right, size=2048)
        m4 = pl.tile.alloc(memory_space=pl.Mem.Acc, size=4096)
        x: pl.Tile[[32, 32], pl.FP16, pl.MemRef(m0, 0, 2048), pl.Mem.Mat] = pl.load(
            a, [0, 0], [32, 32], target_memory=pl.Mem.Mat
        )
        y: pl.Tile[[32, 32], pl.FP16, pl.MemRef(m1, 2048, 2048), pl.Mem.Mat] = pl.load(
            a, [0, 0], [32, 32], target_memory=pl.Mem.Mat
        )
        l: pl.Tile[[32, 32], pl.FP16, pl.MemRef(m2, 0, 2048), pl.Mem.Left] = pl.move(x, target_memory=pl.Mem.Left)
        r: pl.Tile[[32, 32], pl.FP16, pl.MemRef(m3, 0, 2048), pl.Mem.Right] = pl.move(y, target_memory=pl.Mem.Right)
        c: pl.Tile[[32, 32], pl.FP32, pl.MemRef(m4, 0, 4096), pl.Mem.Acc] = pl.matmul(l, r)
        result: pl.Tensor[[32, 32], pl.FP32, pl.MemRef("d1", 0, 4096)] = pl.store(c, [0, 0], out)
        return result
