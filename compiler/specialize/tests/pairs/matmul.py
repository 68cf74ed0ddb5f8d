# summary: one matrix product; three extents from two arguments
# entry: run
# arguments: a:f32[32,64] b:f32[64,48] c:f32[32,48]
# reference: Reference
# edit: MemorySpace.Left => MemorySpace.Right
# path: ['kernel'].body[2].value.kwargs['target_memory']
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    M, K = a.shape
    N = b.shape[-1]
    l1_a = pl.load(a, [0, 0], [M, K], target_memory=pl.MemorySpace.Mat)
    l1_b = pl.load(b, [0, 0], [K, N], target_memory=pl.MemorySpace.Mat)
    left = pl.move(l1_a, target_memory=pl.MemorySpace.Left)
    right = pl.move(l1_b, target_memory=pl.MemorySpace.Right)
    c = pl.store(pl.matmul(left, right), [0, 0], c)
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
            a: pl.Tensor[[32, 64], pl.FP32],
            b: pl.Tensor[[64, 48], pl.FP32],
            c: pl.Out[pl.Tensor[[32, 48], pl.FP32]],
    ) -> pl.Tensor[[32, 48], pl.FP32]:
        l1_a = pl.load(a, [0, 0], [32, 64], target_memory=pl.MemorySpace.Mat)
        l1_b = pl.load(b, [0, 0], [64, 48], target_memory=pl.MemorySpace.Mat)
        left = pl.move(l1_a, target_memory=pl.MemorySpace.Left)
        right = pl.move(l1_b, target_memory=pl.MemorySpace.Right)
        c = pl.store(pl.matmul(left, right), [0, 0], c)
        return c

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            a: pl.Tensor[[32, 64], pl.FP32],
            b: pl.Tensor[[64, 48], pl.FP32],
            c: pl.Out[pl.Tensor[[32, 48], pl.FP32]],
    ) -> pl.Tensor[[32, 48], pl.FP32]:
        c = self.kernel(a, b, c)
        return c
