# A product reaches the inputs of the next one by way of Mat.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[16, 16], pl.FP32], out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]
    ) -> pl.Tensor[[16, 16], pl.FP32]:
        x: pl.Tile[[16, 16], pl.FP32, pl.Mem.Left] = pl.move(
            pl.load(a, [0, 0], [16, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left
        )
        y: pl.Tile[[16, 16], pl.FP32, pl.Mem.Right] = pl.move(
            pl.load(a, [0, 0], [16, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right
        )
        z = pl.matmul(x, y)
        w = pl.matmul(z, y)
        return pl.store(w, [0, 0], out)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[16, 16], pl.FP32], out: pl.Out[pl.Tensor[[16, 16], pl.FP32]]
    ) -> pl.Tensor[[16, 16], pl.FP32]:
        x: pl.Tile[[16, 16], pl.FP32, pl.Mem.Left] = pl.move(
            pl.load(a, [0, 0], [16, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left
        )
        y: pl.Tile[[16, 16], pl.FP32, pl.Mem.Right] = pl.move(
            pl.load(a, [0, 0], [16, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right
        )
        z = pl.matmul(x, y)
        z_1 = pl.move(z, target_memory=pl.Mem.Mat)
        z_2 = pl.move(z_1, target_memory=pl.Mem.Left)
        w = pl.matmul(z_2, y)
        return pl.store(w, [0, 0], out)
