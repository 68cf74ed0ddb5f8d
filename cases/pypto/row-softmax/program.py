import pypto.language as pl


@pl.jit.incore
def softmax_kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    M, N = x.shape
    t = pl.load(x, [0, 0], [M, N])
    scratch = pl.create_tile([M, N], dtype=x.dtype, target_memory=pl.Mem.Vec)
    peak: pl.Tile[[M, 1], pl.FP32] = pl.row_max(t, scratch)
    powers = pl.exp(pl.row_expand_sub(t, peak))
    total: pl.Tile[[M, 1], pl.FP32] = pl.row_sum(powers, scratch)
    y = pl.store(pl.row_expand_div(powers, total), [0, 0], y)
    return y


@pl.jit
def softmax(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = softmax_kernel(x=x, y=y)
    return y


ROWS = ${rows}


@pl.program
class RowSoftmax:
    @pl.function(type=pl.FunctionType.InCore)
    def softmax_kernel(
        self,
        x: pl.Tensor[[ROWS, 128], pl.FP32],
        y: pl.Out[pl.Tensor[[ROWS, 128], pl.FP32]],
    ) -> pl.Tensor[[ROWS, 128], pl.FP32]:
        rows = pl.load(x, [0, 0], [ROWS, 128])
        work = pl.create_tile([ROWS, 128], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        peak: pl.Tile[[ROWS, 1], pl.FP32] = pl.row_max(rows, work)
        powers = pl.exp(pl.row_expand_sub(rows, peak))
        total: pl.Tile[[ROWS, 1], pl.FP32] = pl.row_sum(powers, work)
        result = pl.store(pl.row_expand_div(powers, total), [0, 0], y)
        return result

    @pl.function(type=pl.FunctionType.Orchestration)
    def softmax(
        self,
        x: pl.Tensor[[ROWS, 128], pl.FP32],
        y: pl.Out[pl.Tensor[[ROWS, 128], pl.FP32]],
    ) -> pl.Tensor[[ROWS, 128], pl.FP32]:
        result = self.softmax_kernel(x, y)
        return result
