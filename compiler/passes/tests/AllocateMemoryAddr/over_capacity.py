# passes: InitMemRef, AllocateMemoryAddr
# error: over_capacity.py:13:13: error: the tiles of 'main' do not fit into Vec: 'y' takes 131072 bytes at address 131072, a2a3 has 196608
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[256, 128], pl.FP32], out: pl.Out[pl.Tensor[[256, 128], pl.FP32]]
    ) -> pl.Tensor[[256, 128], pl.FP32]:
        x = pl.load(a, [0, 0], [256, 128])
        y = pl.exp(x)
        done = pl.store(y, [0, 0], out)
        return done
