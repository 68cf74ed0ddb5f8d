# summary: a product in two halves of K, accumulated; the half is computed from the shape
# entry: run
# arguments: a:f16[32,64] b:f16[64,32] c:f32[32,32]
# reference: Reference
# edit: [0, 32], [32, 32] => [0, 0], [32, 32]
# path: ['kernel'].body[5].value.args[2]
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    M, K = a.shape
    N = b.shape[1]
    half = K // 2
    pl.static_assert(half * 2 == K, "K must be even")
    a0 = pl.move(pl.load(a, [0, 0], [M, half], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
    b0 = pl.move(pl.load(b, [0, 0], [half, N], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
    acc: pl.Tile[[M, N], pl.FP32] = pl.matmul(a0, b0)
    a1 = pl.move(pl.load(a, [0, half], [M, half], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
    b1 = pl.move(pl.load(b, [half, 0], [half, N], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
    acc = pl.matmul_acc(acc, a1, b1)
    c = pl.store(acc, [0, 0], c)
    return c


@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    c = kernel(a, b, c)
    return c


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            a: pl.Tensor[[32, 64], pl.FP16],
            b: pl.Tensor[[64, 32], pl.FP16],
            c: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        a0 = pl.move(pl.load(a, [0, 0], [32, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
        b0 = pl.move(pl.load(b, [0, 0], [32, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
        acc: pl.Tile[[32, 32], pl.FP32] = pl.matmul(a0, b0)
        a1 = pl.move(pl.load(a, [0, 32], [32, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
        b1 = pl.move(pl.load(b, [32, 0], [32, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
        acc = pl.matmul_acc(acc, a1, b1)
        c = pl.store(acc, [0, 0], c)
        return c

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            a: pl.Tensor[[32, 64], pl.FP16],
            b: pl.Tensor[[64, 32], pl.FP16],
            c: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        c = self.kernel(a, b, c)
        return c
