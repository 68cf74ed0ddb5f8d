# summary: a product into a created tensor, then a bias: the intermediate gives the second kernel its shape
# entry: run
# arguments: a:f32[64,64] b:f32[64,64] bias:f32[64,64] out:f32[64,64]
# reference: Reference
# edit: self.add_bias(mid, bias, out) => self.add_bias(bias, mid, out)
# path: ['run'].body[2].value.args[0]
import pypto.language as pl

@pl.jit.incore
def product(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    left = pl.move(pl.load(a, [0, 0], a.shape, target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
    right = pl.move(pl.load(b, [0, 0], b.shape, target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
    c = pl.store(pl.matmul(left, right), [0, 0], c)
    return c


@pl.jit.incore
def add_bias(x: pl.Tensor, bias: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = pl.store(pl.add(pl.load(x, [0, 0], x.shape), pl.load(bias, [0, 0], bias.shape)), [0, 0], y)
    return y


@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, bias: pl.Tensor, out: pl.Out[pl.Tensor]):
    M, N = a.shape[0], b.shape[1]
    mid = pl.create_tensor([M, N], dtype=a.dtype)
    mid = product(a, b, mid)
    out = add_bias(mid, bias, out)
    return out


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def product(self, a: pl.Tensor[[64, 64], pl.FP32], b: pl.Tensor[[64, 64], pl.FP32], c: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        left = pl.move(pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
        right = pl.move(pl.load(b, [0, 0], [64, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
        c = pl.store(pl.matmul(left, right), [0, 0], c)
        return c

    @pl.function(type=pl.FunctionType.InCore)
    def add_bias(self, x: pl.Tensor[[64, 64], pl.FP32], bias: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        y = pl.store(pl.add(pl.load(x, [0, 0], [64, 64]), pl.load(bias, [0, 0], [64, 64])), [0, 0], y)
        return y

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(self, a: pl.Tensor[[64, 64], pl.FP32], b: pl.Tensor[[64, 64], pl.FP32], bias: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        mid = pl.create_tensor([64, 64], dtype=pl.FP32)
        mid = self.product(a, b, mid)
        out = self.add_bias(mid, bias, out)
        return out
