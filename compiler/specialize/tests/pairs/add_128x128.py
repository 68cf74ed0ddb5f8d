# summary: add of two 128x128 tensors; the kernel takes its extents from the argument
# entry: run
# arguments: a:f32[128,128] b:f32[128,128] out:f32[128,128]
# reference: Reference
# edit: pl.add(ta, tb) => pl.sub(ta, tb)
# path: ['kernel'].body[2].value
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
        self, a: pl.Tensor[[128, 128], pl.FP32], b: pl.Tensor[[128, 128], pl.FP32], out: pl.Out[pl.Tensor[[128, 128], pl.FP32]]
    ) -> pl.Tensor[[128, 128], pl.FP32]:
        ta = pl.load(a, [0, 0], [128, 128])
        tb = pl.load(b, [0, 0], [128, 128])
        tc = pl.add(ta, tb)
        stored = pl.store(tc, [0, 0], out)
        return stored

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, a: pl.Tensor[[128, 128], pl.FP32], b: pl.Tensor[[128, 128], pl.FP32], out: pl.Out[pl.Tensor[[128, 128], pl.FP32]]
    ) -> pl.Tensor[[128, 128], pl.FP32]:
        out = self.kernel(a, b, out)
        return out
