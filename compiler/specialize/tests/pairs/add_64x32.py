# summary: add of two 64x32 tensors; the kernel takes its extents from the argument
# entry: run
# arguments: a:f32[64,32] b:f32[64,32] out:f32[64,32]
# reference: Reference
# edit: pl.load(a, [0, 0], [64, 32]) => pl.load(a, [0, 0], [64, 16])
# path: ['kernel'].body[0].value.argument[2][1]
import pypto.language as pl

@pl.jit.incore
def kernel(a: pl.Tensor, b: pl.Tensor, out: pl.Out[pl.Tensor]):
    rows, cols = a.shape
    left = pl.load(a, [0, 0], [rows, cols])
    right = pl.load(b, [0, 0], [rows, cols])
    result = pl.add(left, right)
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
        self, a: pl.Tensor[[64, 32], pl.FP32], b: pl.Tensor[[64, 32], pl.FP32], out: pl.Out[pl.Tensor[[64, 32], pl.FP32]]
    ) -> pl.Tensor[[64, 32], pl.FP32]:
        ta = pl.load(a, [0, 0], [64, 32])
        tb = pl.load(b, [0, 0], [64, 32])
        tc = pl.add(ta, tb)
        stored = pl.store(tc, [0, 0], out)
        return stored

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, a: pl.Tensor[[64, 32], pl.FP32], b: pl.Tensor[[64, 32], pl.FP32], out: pl.Out[pl.Tensor[[64, 32], pl.FP32]]
    ) -> pl.Tensor[[64, 32], pl.FP32]:
        out = self.kernel(a, b, out)
        return out
