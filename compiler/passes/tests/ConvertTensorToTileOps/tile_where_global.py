# error: 'y' is a tile of this kernel, tile.load takes a tensor in global memory: an Out parameter is one
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[64, 64], pl.FP32]:
        y = pl.add(x, x)
        t = pl.load(y, [0, 0], [64, 64])
        return y
