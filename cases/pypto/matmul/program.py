import pypto.language as pl


@pl.jit.incore
def multiply(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    M, K = a.shape
    N = b.shape[1]
    a_l1 = pl.load(a, [0, 0], [M, K], target_memory=pl.Mem.Mat)
    b_l1 = pl.load(b, [0, 0], [K, N], target_memory=pl.Mem.Mat)
    left = pl.move(a_l1, target_memory=pl.Mem.Left)
    right = pl.move(b_l1, target_memory=pl.Mem.Right)
    return pl.store(pl.matmul(left, right), [0, 0], c)


@pl.jit
def product(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor]):
    c = multiply(a, b, c)
    return c


ROWS = ${rows}


@pl.program
class Product:
    @pl.function(type=pl.FunctionType.InCore)
    def multiply(
        self,
        a: pl.Tensor[[ROWS, 64], pl.FP16],
        b: pl.Tensor[[64, 32], pl.FP16],
        c: pl.Out[pl.Tensor[[ROWS, 32], pl.FP32]],
    ) -> pl.Tensor[[ROWS, 32], pl.FP32]:
        near_a = pl.load(a, [0, 0], [ROWS, 64], target_memory=pl.Mem.Mat)
        near_b = pl.load(b, [0, 0], [64, 32], target_memory=pl.Mem.Mat)
        left = pl.move(near_a, target_memory=pl.Mem.Left)
        right = pl.move(near_b, target_memory=pl.Mem.Right)
        sums = pl.matmul(left, right)
        done = pl.store(sums, [0, 0], c)
        return done

    @pl.function(type=pl.FunctionType.Orchestration)
    def product(
        self,
        a: pl.Tensor[[ROWS, 64], pl.FP16],
        b: pl.Tensor[[64, 32], pl.FP16],
        c: pl.Out[pl.Tensor[[ROWS, 32], pl.FP32]],
    ) -> pl.Tensor[[ROWS, 32], pl.FP32]:
        done = self.multiply(a, b, c)
        return done
