import pypto.language as pl


@pl.program
class Tensors:
    @pl.function(type=pl.FunctionType.InCore)
    def double(
        self, x: pl.Tensor[[32, 64], pl.FP32], y: pl.Out[pl.Tensor[[32, 64], pl.FP32]]
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        y = pl.assemble(y, pl.add(x, x), [0, 0])
        return y


@pl.program
class Tiles:
    @pl.function(type=pl.FunctionType.InCore)
    def double(
        self, x: pl.Tensor[[32, 64], pl.FP32], y: pl.Out[pl.Tensor[[32, 64], pl.FP32]]
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 64])
        done = pl.store(pl.add(t, t), [0, 0], y)
        return done
