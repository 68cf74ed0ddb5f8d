# error: tile.matmul_acc accumulates into 'acc', which lies in Vec: an accumulator lies in Acc
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self, a: pl.Tensor[[32, 32], pl.FP16], out: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        x = pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat)
        acc = pl.create_tile([32, 32], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        c = pl.matmul_acc(acc, x, x)
        return pl.store(c, [0, 0], out)
