import pypto.language as pl

EPSILON = 1e-6


@pl.jit.incore
def rms_norm(x: pl.Tensor, y: pl.Out[pl.Tensor], scale: pl.FP32):
    M, N = x.shape
    t = pl.load(x, [0, 0], [M, N])
    scratch = pl.create_tile([M, N], dtype=pl.FP32, target_memory=pl.Mem.Vec)
    squares: pl.Tile[[M, 1], pl.FP32] = pl.row_sum(pl.mul(t, t), scratch)
    root: pl.Tile[[M, 1], pl.FP32] = pl.sqrt(pl.add(pl.mul(squares, scale), EPSILON))
    return pl.store(pl.row_expand_div(t, root), [0, 0], y)


@pl.jit
def normalize(x: pl.Tensor, scale: pl.FP32, y: pl.Out[pl.Tensor]):
    y = rms_norm(scale=scale, y=y, x=x)
    return y


@pl.program
class Normalized:
    @pl.function(type=pl.FunctionType.InCore)
    def rms_norm(
        self,
        x: pl.Tensor[[32, 128], pl.FP32],
        y: pl.Out[pl.Tensor[[32, 128], pl.FP32]],
        scale: pl.Scalar[pl.FP32],
    ) -> pl.Tensor[[32, 128], pl.FP32]:
        rows = pl.load(x, [0, 0], [32, 128])
        work = pl.create_tile([32, 128], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        squared = pl.mul(rows, rows)
        sums: pl.Tile[[32, 1], pl.FP32] = pl.row_sum(squared, work)
        means = pl.mul(sums, 0.0078125)
        root: pl.Tile[[32, 1], pl.FP32] = pl.sqrt(pl.add(means, 0.000001))
        result = pl.store(pl.row_expand_div(rows, root), [0, 0], y)
        return result

    @pl.function(type=pl.FunctionType.Orchestration)
    def normalize(
        self,
        x: pl.Tensor[[32, 128], pl.FP32],
        scale: pl.Scalar[pl.FP32],
        y: pl.Out[pl.Tensor[[32, 128], pl.FP32]],
    ) -> pl.Tensor[[32, 128], pl.FP32]:
        result = self.rms_norm(x, y, 0.0078125)
        return result
