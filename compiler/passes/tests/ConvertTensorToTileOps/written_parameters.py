# What is written into is no In parameter; a part of a parameter is given back as a copy, rounded where it is stored.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[1, 64], pl.FP16],
        first: pl.Tensor[[64, 64], pl.FP16],
        second: pl.Tensor[[64, 64], pl.FP16],
        third: pl.Tensor[[64, 64], pl.FP16],
    ) -> tuple[pl.Tensor[[64, 64], pl.FP16], pl.Tensor[[32, 64], pl.FP16]]:
        wide = pl.tensor.expand_clone(x, first)
        second = pl.assemble(second, pl.matmul(second, third, out_dtype=pl.FP16), [0, 0])
        pl.tensor.write(third, [0, 0], 1.0)
        return wide, second[0:32, :]


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[1, 64], pl.FP16],
        first: pl.Out[pl.Tensor[[64, 64], pl.FP16]],
        second: pl.InOut[pl.Tensor[[64, 64], pl.FP16]],
        third: pl.InOut[pl.Tensor[[64, 64], pl.FP16]],
        part: pl.Out[pl.Tensor[[32, 64], pl.FP16]],
    ) -> tuple[pl.Tensor[[64, 64], pl.FP16], pl.Tensor[[32, 64], pl.FP16]]:
        row = pl.load(x, [0, 0], [1, 64])
        room = pl.create_tile([64, 64], dtype=pl.FP16, target_memory=pl.Mem.Vec)
        wide = pl.tile.col_expand(room, row)
        stored = pl.store(wide, [0, 0], first)
        left = pl.load(second, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        right = pl.load(third, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        product = pl.tile.matmul(left, right)
        second = pl.store(product, [0, 0], second)
        pl.tensor.write(third, [0, 0], 1.0)
        half = pl.load(second, [0, 0], [32, 64])
        given = pl.store(half, [0, 0], part)
        return stored, given
