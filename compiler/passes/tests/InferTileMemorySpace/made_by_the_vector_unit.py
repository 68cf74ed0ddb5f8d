# What the vector unit makes lies in Vec, wherever its operand lay and whoever uses it.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP32], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        turned = pl.transpose(x, 0, 1)
        b = pl.create_tile([32, 32], dtype=pl.FP32)
        merged: pl.Tile[[32, 32], pl.FP32] = pl.tile.mrgsort(turned, turned, turned, turned, b, b)
        c = pl.matmul(merged, x)
        return pl.store(c, [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP32], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        v = pl.move(x, target_memory=pl.Mem.Vec)
        turned: pl.Tile[[32, 32], pl.FP32, pl.Mem.Vec] = pl.transpose(v, 0, 1)
        b = pl.create_tile([32, 32], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        merged: pl.Tile[[32, 32], pl.FP32, pl.Mem.Vec] = pl.tile.mrgsort(turned, turned, turned, turned, b, b)
        left = pl.move(merged, target_memory=pl.Mem.Left)
        right = pl.move(x, target_memory=pl.Mem.Right)
        c = pl.matmul(left, right)
        return pl.store(c, [0, 0], out)
