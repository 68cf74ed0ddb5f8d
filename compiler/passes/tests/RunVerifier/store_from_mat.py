# platform: a5
# error: nothing brings 't' from Mat to global memory on a5
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[64, 64], pl.FP16], out: pl.Out[pl.Tensor[[64, 64], pl.FP16]]
    ) -> pl.Tensor[[64, 64], pl.FP16]:
        t = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        return pl.store(t, [0, 0], out)
