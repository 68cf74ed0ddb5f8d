# summary: a loop that carries the output; the last block is shorter
# entry: run
# arguments: data:f32[128,64] blocks=2 last=40 out:f32[128,64]
# reference: Reference
# edit: i == 1 => i == 0
# path: ['kernel'].body[0].body[0].condition
import pypto.language as pl

BLOCK = 64


@pl.jit.incore
def kernel(data: pl.Tensor, blocks: pl.INDEX, last: pl.INDEX, out: pl.Out[pl.Tensor]):
    cols = data.shape[1]
    for i, (acc,) in pl.range(blocks, init_values=(out,)):
        if i == blocks - 1:
            length: pl.Scalar[pl.INDEX] = last
        else:
            length: pl.Scalar[pl.INDEX] = cols
        t = pl.load(data, [i * BLOCK, 0], [BLOCK, cols], valid_shapes=[BLOCK, length], target_memory=pl.Mem.Vec)
        updated = pl.store(pl.tile.fillpad(t, pad_value=pl.PadValue.min), [i * BLOCK, 0], acc)
        result = pl.yield_(updated)
    return result


@pl.jit
def run(data: pl.Tensor, blocks: pl.INDEX, last: pl.INDEX, out: pl.Out[pl.Tensor]):
    out = kernel(data, blocks, last, out)
    return out


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self,
        data: pl.Tensor[[128, 64], pl.FP32],
        blocks: pl.Scalar[pl.INDEX],
        last: pl.Scalar[pl.INDEX],
        out: pl.Out[pl.Tensor[[128, 64], pl.FP32]],
    ) -> pl.Tensor[[128, 64], pl.FP32]:
        for i, (acc,) in pl.range(2, init_values=(out,)):
            if i == 1:
                length: pl.Scalar[pl.INDEX] = 40
            else:
                length: pl.Scalar[pl.INDEX] = 64
            t = pl.load(data, [i * 64, 0], [64, 64], valid_shapes=[64, length], target_memory=pl.Mem.Vec)
            updated = pl.store(pl.tile.fillpad(t, pad_value=pl.PadValue.min), [i * 64, 0], acc)
            result = pl.yield_(updated)
        return result

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(
        self,
        data: pl.Tensor[[128, 64], pl.FP32],
        blocks: pl.Scalar[pl.INDEX],
        last: pl.Scalar[pl.INDEX],
        out: pl.Out[pl.Tensor[[128, 64], pl.FP32]],
    ) -> pl.Tensor[[128, 64], pl.FP32]:
        out = self.kernel(data, 2, 40, out)
        return out
