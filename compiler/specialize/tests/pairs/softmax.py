# summary: row-wise softmax; scratch tiles are shaped after the argument
# entry: run
# arguments: x:f32[32,64] y:f32[32,64]
# reference: Reference
# edit: pl.row_max => pl.row_sum
# path: ['kernel'].body[2].value
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    M, N = x.shape
    t = pl.load(x, [0, 0], [M, N])
    scratch = pl.create_tile([M, N], dtype=pl.FP32, target_memory=pl.Mem.Vec)
    top: pl.Tile[[M, 1], pl.FP32] = pl.row_max(t, scratch)
    e = pl.exp(pl.row_expand_sub(t, top))
    total: pl.Tile[[M, 1], pl.FP32] = pl.row_sum(e, scratch)
    y = pl.store(pl.row_expand_div(e, total), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            x: pl.Tensor[[32, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 64])
        scratch = pl.create_tile([32, 64], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        top: pl.Tile[[32, 1], pl.FP32] = pl.row_max(t, scratch)
        e = pl.exp(pl.row_expand_sub(t, top))
        total: pl.Tile[[32, 1], pl.FP32] = pl.row_sum(e, scratch)
        y = pl.store(pl.row_expand_div(e, total), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[32, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        y = self.kernel(x, y)
        return y
