# Nothing to do: loops, branches, scopes and a call that says what it does.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        for i in pl.parallel(n):
            if i > 3:
                local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.output]})
        with pl.incore():
            local = pl.exp(local)
        return local


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]
    ) -> pl.Tensor[[64], pl.FP32]:
        return pl.store(pl.load(x, [0], [64]), [0], out)

    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32], n: pl.Scalar[pl.INDEX]) -> pl.Tensor[[64], pl.FP32]:
        local = pl.create_tensor([64], dtype=pl.FP32)
        for i in pl.parallel(n):
            if i > 3:
                local = self.kernel(x, local, attrs={"arg_directions": [pl.adir.input, pl.adir.output]})
        with pl.incore():
            local = pl.exp(local)
        return local
