# error: tile 'x' takes 256 bytes, its memref has 128
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(self, a: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]):
        x: pl.Tile[[64], pl.FP32, pl.MemRef("mine", 0, 128), pl.Mem.Vec] = pl.load(a, [0], [64])
        out = pl.store(x, [0], out)
