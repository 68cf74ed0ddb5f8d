# What orchestrates already gets its kernels made as well; chunks of loops are no matter here.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]) -> pl.Tensor[[64], pl.FP32]:
        with pl.cluster():
            with pl.at(level=pl.Level.CORE_GROUP):
                y = pl.add(x, x)
        with pl.auto_incore():
            for i in pl.parallel(0, 64, 8, chunk=2):
                out = pl.assemble(out, pl.slice(y, [8], [i]), [i])
        return out


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main_incore_0(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        y = pl.add(x, x)
        return y

    @pl.function(type=pl.FunctionType.InCore)
    def main_incore_1(
        self, out: pl.Out[pl.Tensor[[64], pl.FP32]], y: pl.Tensor[[64], pl.FP32]
    ) -> pl.Tensor[[64], pl.FP32]:
        for i in pl.parallel(0, 64, 8, chunk=2):
            out = pl.assemble(out, pl.slice(y, [8], [i]), [i])
        return out

    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]) -> pl.Tensor[[64], pl.FP32]:
        with pl.cluster():
            y = self.main_incore_0(x)
        result = self.main_incore_1(out, y)
        return result
