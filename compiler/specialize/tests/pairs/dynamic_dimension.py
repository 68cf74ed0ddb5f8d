# summary: the dependency binds a dimension; the entry has it too
# entry: run
# arguments: a:f32[256,64] c:f32[256,64]
# reference: Reference
# edit: pl.Tensor[[M, 64] => pl.Tensor[[256, 64]
# path: ['kernel'].params[0]
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, c: pl.Out[pl.Tensor]):
    rows = pl.dynamic("M")
    a.bind_dynamic(0, rows)
    c.bind_dynamic(0, rows)
    cols = a.shape[1]
    t = pl.load(a, [0, 0], [64, cols])
    c = pl.store(t, [0, 0], c)
    return c


@pl.jit
def run(a: pl.Tensor, c: pl.Out[pl.Tensor]):
    c = kernel(a, c)
    return c


M = pl.dynamic("M")


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, a: pl.Tensor[[M, 64], pl.FP32], c: pl.Out[pl.Tensor[[M, 64], pl.FP32]]
    ) -> pl.Tensor[[M, 64], pl.FP32]:
        t = pl.load(a, [0, 0], [64, 64])
        c = pl.store(t, [0, 0], c)
        return c

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, a: pl.Tensor[[M, 64], pl.FP32], c: pl.Out[pl.Tensor[[M, 64], pl.FP32]]
    ) -> pl.Tensor[[M, 64], pl.FP32]:
        c = self.kernel(a, c)
        return c
