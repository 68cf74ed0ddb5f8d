# summary: arguments by keyword, out of order, and one left to its default
# entry: run
# arguments: x:f32[32,32] y:f32[32,32]
# reference: Reference
# edit: 2.0, 3.0 => 2.0, 1.0
# path: ['run'].body[0].value.args[2]
import pypto.language as pl

@pl.jit.incore
def scale(x: pl.Tensor, factor: pl.FP32 = 2.0, shift: pl.FP32 = 1.0, y: pl.Out[pl.Tensor] = None):
    y = pl.store(pl.add(pl.mul(pl.load(x, [0, 0], x.shape), factor), shift), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = scale(y=y, x=x, shift=3.0)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def scale(
        self,
        x: pl.Tensor[[32, 32], pl.FP32],
        factor: pl.Scalar[pl.FP32],
        shift: pl.Scalar[pl.FP32],
        y: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = pl.store(pl.add(pl.mul(pl.load(x, [0, 0], [32, 32]), 2.0), 3.0), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, x: pl.Tensor[[32, 32], pl.FP32], y: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        y = self.scale(x, 2.0, 3.0, y)
        return y
