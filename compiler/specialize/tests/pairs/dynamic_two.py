# summary: two symbols, one bound by the entry and one by the request
# entry: run
# arguments: a:f32[M,64] b:f32[32,64] c:f32[M,64]
# reference: Reference
# edit: b: pl.Tensor[[N, 64] => b: pl.Tensor[[M, 64]
# path: ['kernel'].params[1]
import pypto.language as pl

N = pl.dynamic("N")


@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    t = pl.add(pl.load(a, [0, 0], [32, 64]), pl.load(b, [0, 0], [32, 64]))
    c = pl.store(t, [0, 0], c)
    return c


@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    b.bind_dynamic(0, N)
    c = kernel(a, b, c)
    return c


M = pl.dynamic("M")
N = pl.dynamic("N")


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        a: pl.Tensor[[M, 64], pl.FP32],
        b: pl.Tensor[[N, 64], pl.FP32],
        c: pl.Out[pl.Tensor[[M, 64], pl.FP32]],
    ) -> pl.Tensor[[M, 64], pl.FP32]:
        t = pl.add(pl.load(a, [0, 0], [32, 64]), pl.load(b, [0, 0], [32, 64]))
        c = pl.store(t, [0, 0], c)
        return c

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self,
        a: pl.Tensor[[M, 64], pl.FP32],
        b: pl.Tensor[[N, 64], pl.FP32],
        c: pl.Out[pl.Tensor[[M, 64], pl.FP32]],
    ) -> pl.Tensor[[M, 64], pl.FP32]:
        c = self.kernel(a, b, c)
        return c
