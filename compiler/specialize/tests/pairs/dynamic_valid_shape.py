# summary: how much of the last tile is valid is read at run time; a dependency takes it as a scalar
# entry: run
# arguments: data:f32[64,64] config:si64[2] out:f32[64,64]
# reference: Reference
# edit: PadValue.min => PadValue.max
# path: ['pad'].body[2].value.kwargs['pad_value']
import pypto.language as pl

@pl.jit.incore
def pad(data: pl.Tensor, last: pl.Scalar[pl.INT64], valid: pl.Scalar[pl.INDEX], out: pl.Out[pl.Tensor]):
    rows, cols = data.shape
    if last:
        length: pl.Scalar[pl.INDEX] = valid
    else:
        length: pl.Scalar[pl.INDEX] = cols
    t = pl.load(data, [0, 0], [rows, cols], valid_shapes=[rows, length], target_memory=pl.Mem.Vec)
    out = pl.store(pl.tile.fillpad(t, pad_value=pl.PadValue.min), [0, 0], out)
    return out


@pl.jit
def run(data: pl.Tensor, config: pl.Tensor, out: pl.Out[pl.Tensor]):
    last: pl.Scalar[pl.INT64] = pl.tensor.read(config, [0])
    valid: pl.Scalar[pl.INT64] = pl.tensor.read(config, [1])
    out = pad(data, last, valid, out)
    return out


@pl.program
class Reference:
    @pl.function(type=pl.FunctionType.InCore)
    def pad(
        self, data: pl.Tensor[[64, 64], pl.FP32], last: pl.Scalar[pl.INT64], valid: pl.Scalar[pl.INDEX], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        if last:
            length: pl.Scalar[pl.INDEX] = valid
        else:
            length: pl.Scalar[pl.INDEX] = 64
        t = pl.load(data, [0, 0], [64, 64], valid_shapes=[64, length], target_memory=pl.Mem.Vec)
        out = pl.store(pl.tile.fillpad(t, pad_value=pl.PadValue.min), [0, 0], out)
        return out

    @pl.function(type=pl.FunctionType.Orchestration)
    def run(self, data: pl.Tensor[[64, 64], pl.FP32], config: pl.Tensor[[2], pl.INT64], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        last: pl.Scalar[pl.INT64] = pl.tensor.read(config, [0])
        valid: pl.Scalar[pl.INT64] = pl.tensor.read(config, [1])
        out = self.pad(data, last, valid, out)
        return out
