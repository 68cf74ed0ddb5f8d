# summary: the output is made by the entry, which has none of its own; its return type follows from what it makes
# entry: run
# arguments: a:f32[32,16] b:f32[32,48]
# reference: Reference
# edit: pl.create_tensor([32, 64] => pl.create_tensor([32, 65]
# path: ['run'].body[0].value.argument[0][1]
import pypto.language as pl

@pl.jit.incore
def join(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    rows = a.shape[0]
    ta = pl.load(a, [0, 0], a.shape)
    tb = pl.load(b, [0, 0], b.shape)
    tc: pl.Tile[[rows, a.shape[1] + b.shape[1]], a.dtype] = pl.concat(ta, tb)
    return pl.store(tc, [0, 0], c)


@pl.jit
def run(a: pl.Tensor, b: pl.Tensor):
    c = pl.create_tensor([a.shape[0], a.shape[1] + b.shape[1]], dtype=a.dtype)
    result = join(a, b, c)
    return result


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def join(
        self,
        a: pl.Tensor[[32, 16], pl.FP32],
        b: pl.Tensor[[32, 48], pl.FP32],
        c: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        ta = pl.load(a, [0, 0], [32, 16])
        tb = pl.load(b, [0, 0], [32, 48])
        tc: pl.Tile[[32, 64], pl.FP32] = pl.concat(ta, tb)
        return pl.store(tc, [0, 0], c)

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self, a: pl.Tensor[[32, 16], pl.FP32], b: pl.Tensor[[32, 48], pl.FP32]
    ) -> pl.Tensor[[32, 64], pl.FP32]:
        c = pl.create_tensor([32, 64], dtype=pl.FP32)
        result = self.join(a, b, c)
        return result
