# summary: an accumulator that the first round starts, and the others add to
# entry: run
# arguments: a:f16[32,64] b:f16[64,32] c:f32[32,32]
# reference: Reference
# edit: if i == 0 => if i == 1
# path: ['kernel'].body[1].body[4].condition
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    start = pl.create_tile([32, 32], dtype=pl.FP32, target_memory=pl.Mem.Acc)
    step = a.shape[1] // 4
    for i, (acc,) in pl.range(4, init_values=(start,)):
        left = pl.move(pl.load(a, [0, i * step], [32, step], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
        right = pl.move(pl.load(b, [i * step, 0], [step, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
        if i == 0:
            part = pl.yield_(pl.matmul(left, right))
        else:
            part = pl.yield_(pl.matmul_acc(acc, left, right))
        done = pl.yield_(part)
    c = pl.store(done, [0, 0], c)
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
        start = pl.create_tile([32, 32], dtype=pl.FP32, target_memory=pl.Mem.Acc)
        for i, (acc,) in pl.range(4, init_values=(start,)):
            left = pl.move(pl.load(a, [0, i * 16], [32, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
            right = pl.move(pl.load(b, [i * 16, 0], [16, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
            if i == 0:
                part = pl.yield_(pl.matmul(left, right))
            else:
                part = pl.yield_(pl.matmul_acc(acc, left, right))
            done = pl.yield_(part)
        c = pl.store(done, [0, 0], c)
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
