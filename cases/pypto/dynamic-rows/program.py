import pypto.language as pl

batch = pl.dynamic("B")


@pl.jit.incore
def copy_block(source: pl.Tensor, target: pl.Out[pl.Tensor]):
    source.bind_dynamic(0, batch)
    target.bind_dynamic(0, batch)
    block = pl.load(source, [0, 0], [32, source.shape[1]])
    target = pl.store(block, [0, 0], target)
    return target


@pl.jit
def copy(source: pl.Tensor, target: pl.Out[pl.Tensor]):
    target = copy_block(source, target)
    return target


@pl.program
class DynamicRows:
    @pl.function(type=pl.FunctionType.InCore)
    def copy_block(
        self,
        source: pl.Tensor[[batch, 32], pl.FP16],
        target: pl.Out[pl.Tensor[[batch, 32], pl.FP16]],
    ) -> pl.Tensor[[batch, 32], pl.FP16]:
        block = pl.load(source, [0, 0], [32, 32])
        result = pl.store(block, [0, 0], target)
        return result

    @pl.function(type=pl.FunctionType.Orchestration)
    def copy(
        self,
        source: pl.Tensor[[batch, 32], pl.FP16],
        target: pl.Out[pl.Tensor[[batch, 32], pl.FP16]],
    ) -> pl.Tensor[[batch, 32], pl.FP16]:
        result = self.copy_block(source, target)
        return result
