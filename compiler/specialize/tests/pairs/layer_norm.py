# summary: layer normalization with scale and shift
# entry: run
# arguments: x:f32[16,64] gamma:f32[1,64] beta:f32[1,64] y:f32[16,64]
# reference: Reference
# edit: pl.mul(centered, centered) => pl.mul(centered, t)
# path: ['kernel'].body[9].value.args[1]
import pypto.language as pl

@pl.jit.incore
def kernel(x: pl.Tensor, gamma: pl.Tensor, beta: pl.Tensor, y: pl.Out[pl.Tensor]):
    M, N = x.shape
    t = pl.load(x, [0, 0], [M, N])
    g = pl.load(gamma, [0, 0], [1, N])
    b = pl.load(beta, [0, 0], [1, N])
    scratch = pl.create_tile([M, N], dtype=pl.FP32, target_memory=pl.Mem.Vec)
    sums: pl.Tile[[M, 1], pl.FP32] = pl.row_sum(t, scratch)
    mean = pl.reshape(pl.mul(pl.reshape(sums, [1, M]), 1.0 / N), [M, 1])
    centered = pl.row_expand_sub(t, mean)
    squares: pl.Tile[[M, 1], pl.FP32] = pl.row_sum(pl.mul(centered, centered), scratch)
    deviation = pl.sqrt(pl.add(pl.mul(pl.reshape(squares, [1, M]), 1.0 / N), 1e-5))
    norm = pl.row_expand_div(centered, pl.reshape(deviation, [M, 1]))
    scaled = pl.col_expand_mul(norm, g)
    y = pl.store(pl.add(scaled, pl.col_expand(scaled, b)), [0, 0], y)
    return y


@pl.jit
def run(x: pl.Tensor, gamma: pl.Tensor, beta: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, gamma, beta, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
            self,
            x: pl.Tensor[[16, 64], pl.FP32],
            gamma: pl.Tensor[[1, 64], pl.FP32],
            beta: pl.Tensor[[1, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[16, 64], pl.FP32]],
    ) -> pl.Tensor[[16, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [16, 64])
        g = pl.load(gamma, [0, 0], [1, 64])
        b = pl.load(beta, [0, 0], [1, 64])
        scratch = pl.create_tile([16, 64], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        sums: pl.Tile[[16, 1], pl.FP32] = pl.row_sum(t, scratch)
        mean = pl.reshape(pl.mul(pl.reshape(sums, [1, 16]), 0.015625), [16, 1])
        centered = pl.row_expand_sub(t, mean)
        squares: pl.Tile[[16, 1], pl.FP32] = pl.row_sum(pl.mul(centered, centered), scratch)
        deviation = pl.sqrt(pl.add(pl.mul(pl.reshape(squares, [1, 16]), 0.015625), 1e-5))
        norm = pl.row_expand_div(centered, pl.reshape(deviation, [16, 1]))
        scaled = pl.col_expand_mul(norm, g)
        y = pl.store(pl.add(scaled, pl.col_expand(scaled, b)), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
            self,
            x: pl.Tensor[[16, 64], pl.FP32],
            gamma: pl.Tensor[[1, 64], pl.FP32],
            beta: pl.Tensor[[1, 64], pl.FP32],
            y: pl.Out[pl.Tensor[[16, 64], pl.FP32]],
    ) -> pl.Tensor[[16, 64], pl.FP32]:
        y = self.kernel(x, gamma, beta, y)
        return y
