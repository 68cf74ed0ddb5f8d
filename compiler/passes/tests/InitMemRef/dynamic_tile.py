# A tile's size must be known before the program runs.
# error: InitMemRef: InitMemRef/dynamic_tile.py:13:13: error: tile 'x' has a shape that is known only at run time
import pypto.language as pl

M = pl.dynamic("M")


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(self, a: pl.Tensor[[M, 64], pl.FP32], out: pl.Out[pl.Tensor[[M, 64], pl.FP32]]) -> pl.Tensor[[M, 64], pl.FP32]:
        n = pl.tensor.dim(a, 0)
        x = pl.load(a, [0, 0], [n, 64])
        done = pl.store(x, [0, 0], out)
        return done
