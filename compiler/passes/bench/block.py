# A block of a transformer as a generic program on tensors, which the pipeline makes kernels of.
import pypto.language as pl


@pl.jit
def run(
    x: pl.Tensor, gamma: pl.Tensor, wq: pl.Tensor, wk: pl.Tensor, wv: pl.Tensor, out: pl.Out[pl.Tensor]
):
    M, N = x.shape
    with pl.incore(name_hint="normalize"):
        mean = pl.mul(pl.row_sum(pl.mul(x, x)), 1.0 / N)
        scaled = pl.row_expand_mul(x, pl.rsqrt(pl.add(mean, 1e-5)))
        normal = pl.cast(pl.col_expand_mul(scaled, gamma), pl.BF16)
    with pl.incore(name_hint="query"):
        q = pl.matmul(normal, wq, out_dtype=pl.BF16)
    with pl.incore(name_hint="key"):
        k = pl.matmul(normal, wk, out_dtype=pl.BF16)
    with pl.incore(name_hint="value"):
        v = pl.matmul(normal, wv, out_dtype=pl.BF16)
    with pl.incore(name_hint="softmax"):
        scores = pl.mul(pl.matmul(q, k, out_dtype=pl.FP32, b_trans=True), 0.08838834764831845)
        shifted = pl.exp(pl.row_expand_sub(scores, pl.row_max(scores)))
        weights = pl.cast(pl.row_expand_div(shifted, pl.row_sum(shifted)), pl.BF16)
    with pl.incore(name_hint="mix"):
        mixed = pl.matmul(weights, v, out_dtype=pl.FP32)
        for i in pl.range(4):
            part = pl.add(mixed[i * 16 : i * 16 + 16, :], x[i * 16 : i * 16 + 16, :])
            out = pl.assemble(out, part, [i * 16, 0])
    return out
