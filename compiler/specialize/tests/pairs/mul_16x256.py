# summary: mul of two 16x256 tensors; the kernel takes its extents from the argument
# entry: run
# arguments: a:f32[16,256] b:f32[16,256] out:f32[16,256]
# reference: Reference
# edit: (ta, tb) => (tb, ta)
# path: ['kernel'].body[2].value.args[0]
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, out: pl.Out[pl.Tensor]):
    rows, cols = a.shape
    left = pl.load(a, [0, 0], [rows, cols])
    right = pl.load(b, [0, 0], [rows, cols])
    result = pl.mul(left, right)
    written = pl.store(result, [0, 0], out)
    return written


@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, out: pl.Out[pl.Tensor]):
    out = kernel(a, b, out)
    return out


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, a: pl.Tensor[[16, 256], pl.FP32], b: pl.Tensor[[16, 256], pl.FP32], out: pl.Out[pl.Tensor[[16, 256], pl.FP32]]
    ) -> pl.Tensor[[16, 256], pl.FP32]:
        ta = pl.load(a, [0, 0], [16, 256])
        tb = pl.load(b, [0, 0], [16, 256])
        tc = pl.mul(ta, tb)
        stored = pl.store(tc, [0, 0], out)
        return stored

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, a: pl.Tensor[[16, 256], pl.FP32], b: pl.Tensor[[16, 256], pl.FP32], out: pl.Out[pl.Tensor[[16, 256], pl.FP32]]
    ) -> pl.Tensor[[16, 256], pl.FP32]:
        out = self.kernel(a, b, out)
        return out
