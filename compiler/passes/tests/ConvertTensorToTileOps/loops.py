# A loop carries a tile where a round computes one, global memory where a round stores into it.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[256, 64], pl.FP32], first: pl.Tensor[[64, 64], pl.FP32], c: pl.BOOL
    ) -> tuple[pl.Tensor[[64, 64], pl.FP32], pl.Tensor[[256, 64], pl.FP32]]:
        parts = pl.create_tensor([256, 64], dtype=pl.FP32)
        acc = first
        for i in pl.range(4):
            part = x[i * 64 : i * 64 + 64, :]
            parts = pl.assemble(parts, pl.exp(part), [i * 64, 0])
            if c:
                acc = pl.add(acc, part)
        return acc, parts

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(
        self, x: pl.Tensor[[256, 64], pl.FP32], first: pl.Tensor[[64, 64], pl.FP32]
    ) -> tuple[pl.Tensor[[64, 64], pl.FP32], pl.Tensor[[256, 64], pl.FP32]]:
        a, b = self.kernel(x, first, True)
        return a, b


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        x: pl.Tensor[[256, 64], pl.FP32],
        first: pl.Tensor[[64, 64], pl.FP32],
        c: pl.BOOL,
        parts: pl.Out[pl.Tensor[[256, 64], pl.FP32]],
        out: pl.Out[pl.Tensor[[64, 64], pl.FP32]],
    ) -> tuple[pl.Tensor[[64, 64], pl.FP32], pl.Tensor[[256, 64], pl.FP32]]:
        acc = pl.load(first, [0, 0], [64, 64])
        for i, (parts1, acc1) in pl.range(4, init_values=(parts, acc)):
            part = pl.load(x, [i * 64, 0], [64, 64])
            stored = pl.store(pl.tile.exp(part), [i * 64, 0], parts1)
            if c:
                both = pl.yield_(pl.tile.add(acc1, part))
            else:
                both = pl.yield_(acc1)
            parts2, acc2 = pl.yield_(stored, both)
        result = pl.store(acc2, [0, 0], out)
        return result, parts2

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(
        self, x: pl.Tensor[[256, 64], pl.FP32], first: pl.Tensor[[64, 64], pl.FP32]
    ) -> tuple[pl.Tensor[[64, 64], pl.FP32], pl.Tensor[[256, 64], pl.FP32]]:
        parts = pl.create_tensor([256, 64], dtype=pl.FP32)
        out = pl.create_tensor([64, 64], dtype=pl.FP32)
        a, b = self.kernel(x, first, True, parts, out)
        return a, b
