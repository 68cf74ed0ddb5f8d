# What a kernel makes for itself is a tile, and so are its parts and elements.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32]) -> pl.Tensor[[32, 64], pl.FP32]:
        room = pl.create_tensor([64, 64], dtype=pl.FP32)
        room = pl.assemble(room, pl.exp(x[0:32, :]), [32, 0])
        part = room[32:64, :]
        e = pl.tensor.read(part, [1, 1])
        flat = pl.reshape(part, [64, 32])
        back = pl.reshape(pl.mul(flat, e), [32, 64])
        return pl.cast(pl.cast(back, pl.FP16), pl.FP32)


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[32, 64], pl.FP32]]
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        room = pl.create_tile([64, 64], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        t = pl.load(x, [0, 0], [32, 64])
        room = pl.tile.assemble(room, pl.tile.exp(t), [32, 0])
        part = pl.tile.slice(room, [32, 64], [32, 0])
        e = pl.tile.read(part, [1, 1])
        flat = pl.tile.reshape(part, [64, 32])
        back = pl.tile.reshape(pl.tile.muls(flat, e), [32, 64])
        half = pl.tile.cast(back, target_type=pl.FP16)
        return pl.store(pl.tile.cast(half, target_type=pl.FP32), [0, 0], out)
