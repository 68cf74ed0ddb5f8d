# error: tile.write is for one element of 't', which lies in Mat: single elements are reached in Vec and in global memory
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(self, a: pl.Tensor[[64, 64], pl.FP16]):
        t = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        pl.tile.write(t, [0, 0], pl.const(1.0, pl.FP16))
