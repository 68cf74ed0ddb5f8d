import pypto.language as pl


@pl.jit.incore
def add_kernel(a: pl.Tensor, b: pl.Tensor, scale: pl.FP32, out: pl.Out[pl.Tensor]):
    rows, cols = a.shape
    ta = pl.load(a, [0, 0], [rows, cols])
    tb = pl.load(b, [0, 0], [rows, cols])
    total = pl.add(pl.mul(ta, scale), tb)
    return pl.store(total, [0, 0], out)


@pl.jit
def scaled_add(a: pl.Tensor, b: pl.Tensor, scale: pl.FP32, out: pl.Out[pl.Tensor]):
    out = add_kernel(a, b, scale, out)
    return out


@pl.program
class ScaledAdd:
    @pl.function(type=pl.FunctionType.InCore)
    def add_kernel(
        self,
        a: pl.Tensor[[64, 96], pl.FP32],
        b: pl.Tensor[[64, 96], pl.FP32],
        scale: pl.Scalar[pl.FP32],
        out: pl.Out[pl.Tensor[[64, 96], pl.FP32]],
    ) -> pl.Tensor[[64, 96], pl.FP32]:
        left = pl.load(a, [0, 0], [64, 96])
        right = pl.load(b, [0, 0], [64, 96])
        total = pl.add(pl.mul(left, 0.1375), right)
        stored = pl.store(total, [0, 0], out)
        return stored

    @pl.function(type=pl.FunctionType.Orchestration)
    def scaled_add(
        self,
        a: pl.Tensor[[64, 96], pl.FP32],
        b: pl.Tensor[[64, 96], pl.FP32],
        scale: pl.Scalar[pl.FP32],
        out: pl.Out[pl.Tensor[[64, 96], pl.FP32]],
    ) -> pl.Tensor[[64, 96], pl.FP32]:
        result = self.add_kernel(a, b, 0.1375, out)
        return result
