# summary: a dependency of a dependency: found, and put before its caller
# entry: run
# arguments: x:f32[32,32] y:f32[32,32]
# reference: Reference
# edit: self.inner => self.outer
# path: ['outer'].body[0].value.callee
import pypto.language as pl

@pl.jit.incore
def inner(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = pl.store(pl.exp(pl.load(x, [0, 0], x.shape)), [0, 0], y)
    return y


@pl.jit.incore
def outer(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    z = inner(x, y)
    return z


@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = outer(x, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def inner(
        self, x: pl.Tensor[[32, 32], pl.FP32], y: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = pl.store(pl.exp(pl.load(x, [0, 0], [32, 32])), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.InCore)
    def outer(
        self, x: pl.Tensor[[32, 32], pl.FP32], y: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        z = self.inner(x, y)
        return z

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, x: pl.Tensor[[32, 32], pl.FP32], y: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = self.outer(x, y)
        return y
