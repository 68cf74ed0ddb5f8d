# Factors are loaded to Mat, transposed on the way; a computed one is transposed where it is; what is computed on is rounded.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, a: pl.Tensor[[64, 32], pl.FP16], b: pl.Tensor[[64, 256], pl.FP16]
    ) -> tuple[pl.Tensor[[32, 64], pl.FP32], pl.Tensor[[32, 64], pl.FP16]]:
        acc = pl.matmul(a, b[:, 128:192], a_trans=True, out_dtype=pl.FP32)
        sum = pl.tensor.matmul_acc(acc, a, b[:, 0:64], a_trans=True)
        e = pl.exp(a)
        return sum, pl.neg(pl.matmul(e, b[:, 0:64], a_trans=True, out_dtype=pl.FP16))


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        a: pl.Tensor[[64, 32], pl.FP16],
        b: pl.Tensor[[64, 256], pl.FP16],
        out: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
        half: pl.Out[pl.Tensor[[32, 64], pl.FP16]],
    ) -> tuple[pl.Tensor[[32, 64], pl.FP32], pl.Tensor[[32, 64], pl.FP16]]:
        high = pl.load(b, [0, 128], [64, 64], target_memory=pl.Mem.Mat)
        left = pl.load(a, [0, 0], [64, 32], target_memory=pl.Mem.Mat, transpose=True)
        acc = pl.tile.matmul(left, high)
        low = pl.load(b, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        sum = pl.tile.matmul_acc(acc, left, low)
        t = pl.load(a, [0, 0], [64, 32])
        e = pl.tile.exp(t)
        low2 = pl.load(b, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        turned = pl.tile.transpose(e, 0, 1)
        p = pl.tile.matmul(turned, low2)
        h = pl.tile.cast(p, target_type=pl.FP16, mode="rint")
        n = pl.tile.neg(h)
        first = pl.store(sum, [0, 0], out)
        second = pl.store(n, [0, 0], half)
        return first, second
