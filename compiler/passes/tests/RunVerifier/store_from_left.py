# error: nothing brings 't' from Left to global memory on a2a3
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[64, 64], pl.FP16], out: pl.Out[pl.Tensor[[64, 64], pl.FP16]]
    ) -> pl.Tensor[[64, 64], pl.FP16]:
        t = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        t = pl.move(t, target_memory=pl.Mem.Left)
        return pl.store(t, [0, 0], out)
