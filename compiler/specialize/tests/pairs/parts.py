# summary: shapes through a subscript, a slice, a reshape and a return value
# entry: run
# arguments: x:f32[64,32] y:f32[16,32]
# reference: Reference
# edit: [16, 32], [16, 0] => [16, 32], [32, 0]
# path: ['run'].body[1].value.args[3]
import pypto.language as pl

@pl.jit.incore
def exponent(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    return pl.store(pl.exp(pl.load(x, [0, 0], x.shape)), [0, 0], y)


@pl.jit.incore
def total(a: pl.Tensor, b: pl.Tensor, c: pl.Tensor, y: pl.Out[pl.Tensor]):
    s = pl.add(pl.load(a, [0, 0], a.shape), pl.load(b, [0, 0], b.shape))
    return pl.store(pl.add(s, pl.load(c, [0, 0], c.shape)), [0, 0], y)


@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    quarter = x.shape[0] // 4
    head = x[0:quarter, :]
    tail = pl.slice(x, [quarter, x.shape[1]], [quarter, 0])
    wide = pl.reshape(tail, [1, quarter * x.shape[1]])
    back = pl.reshape(wide, [quarter, x.shape[1]])
    mid = pl.create_tensor(head.shape, dtype=head.dtype)
    powers = exponent(head, mid)
    y = total(head, back, powers, y)
    return y


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def exponent(
        self, x: pl.Tensor[[16, 32], pl.FP32], y: pl.Out[pl.Tensor[[16, 32], pl.FP32]]
    ) -> pl.Tensor[[16, 32], pl.FP32]:
        return pl.store(pl.exp(pl.load(x, [0, 0], [16, 32])), [0, 0], y)

    @pl.function(type=pl.FunctionType.InCore)
    def total(
        self,
        a: pl.Tensor[[16, 32], pl.FP32],
        b: pl.Tensor[[16, 32], pl.FP32],
        c: pl.Tensor[[16, 32], pl.FP32],
        y: pl.Out[pl.Tensor[[16, 32], pl.FP32]],
    ) -> pl.Tensor[[16, 32], pl.FP32]:
        s = pl.add(pl.load(a, [0, 0], [16, 32]), pl.load(b, [0, 0], [16, 32]))
        return pl.store(pl.add(s, pl.load(c, [0, 0], [16, 32])), [0, 0], y)

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, x: pl.Tensor[[64, 32], pl.FP32], y: pl.Out[pl.Tensor[[16, 32], pl.FP32]]
    ) -> pl.Tensor[[16, 32], pl.FP32]:
        head = x[0:16, :]
        tail = pl.slice(x, [16, 32], [16, 0])
        wide = pl.reshape(tail, [1, 512])
        back = pl.reshape(wide, [16, 32])
        mid = pl.create_tensor([16, 32], dtype=pl.FP32)
        powers = self.exponent(head, mid)
        y = self.total(head, back, powers, y)
        return y
