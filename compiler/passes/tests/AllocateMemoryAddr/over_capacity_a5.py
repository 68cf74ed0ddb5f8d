# passes: InitMemRef, AllocateMemoryAddr
# platform: a5
# error: over_capacity_a5.py:14:13: error: the tiles of 'main' do not fit into Vec: 'y' takes 131072 bytes at address 131072, a5 has 253952
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
