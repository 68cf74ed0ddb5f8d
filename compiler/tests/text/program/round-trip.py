# What a printed program must not lose: the order of symbols, constants that are computed on reading, views, valid shapes.
# RUN: pto-program parse %s --roundtrip
# RUN: pto-program print %s | FileCheck %s
import pypto.language as pl

M = pl.dynamic("M")
N = pl.dynamic("N")


# A caller that stands before its callee, and meets the symbols in another order.
# CHECK: N = pl.dynamic("N")
# CHECK-NEXT: M = pl.dynamic("M")
@pl.program
class Symbols:
    @pl.function
    def main(self, x: pl.Tensor[[M, N], pl.FP32]) -> pl.Tensor[[M, N], pl.FP32]:
        y = self.kernel(x)
        return y

    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[N, M], pl.FP32]) -> pl.Tensor[[N, M], pl.FP32]:
        return x


# CHECK: i = pl.const(2, pl.INDEX) + pl.const(3, pl.INDEX)
# CHECK: pl.tensor.muls(x, pl.min(pl.const(2.0, pl.FP32), pl.const(3.0, pl.FP32)) * 4.0)
# CHECK: pl.tensor.muls(y, -pl.const(2.0, pl.FP32))
@pl.program
class Constants:
    @pl.function
    def main(self, x: pl.Tensor[[64, 8], pl.FP32]):
        i = pl.const(2, pl.INDEX) + pl.const(3, pl.INDEX)
        z = pl.tensor.read(x, [i, 0])
        y = pl.mul(x, pl.min(pl.const(2.0, pl.FP32), pl.const(3.0, pl.FP32)) * 4.0)
        y = pl.mul(y, -pl.const(2.0, pl.FP32))


# One index need not be in a list.
# CHECK: z = pl.tensor.read(x, [n])
@pl.program
class OneIndex:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]):
        z = pl.read(x, n)


# CHECK: x: pl.Tensor{{..}}64, 8], pl.FP32, pl.DN]
@pl.program
class Views:
    @pl.function
    def main(self, x: pl.Tensor[[64, 8], pl.FP32, pl.TensorView(stride=[], layout=pl.TensorLayout.DN)]):
        z = pl.tensor.read(x, [0, 0])


# CHECK: t: pl.Tile{{..}}64, 8], pl.FP32, pl.Mem.Vec] = pl.tile.tpop_from_aic(valid_shape=[n, 8], split=0)
# CHECK: u: pl.Tile{{..}}64, 8], pl.FP32] = pl.tile.tpop_from_aic([64, 8], dtype=pl.FP32, split=0)
@pl.program
class ValidShapes:
    @pl.function(type=pl.FunctionType.AIV)
    def main(self, n: pl.Scalar[pl.INDEX], x: pl.Out[pl.Tensor[[64, 8], pl.FP32]]):
        t: pl.Tile[[64, 8], pl.FP32, pl.Mem.Vec, pl.TileView(valid_shape=[n, 8])] = pl.tile.tpop_from_aic(split=0)
        u = pl.tpop_from_aic(shape=[64, 8], dtype=pl.FP32, split=0)
        x = pl.store(t, [0, 0], x)
