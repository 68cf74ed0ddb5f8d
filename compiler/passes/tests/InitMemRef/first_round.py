# What only the second branch reads is not needed in the first: both write over the accumulator that the loop carries,
# and neither copies it, which an accumulator does not allow.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[32, 16], pl.FP16],
        b: pl.Tensor[[16, 32], pl.FP16],
        out: pl.Out[pl.Tensor[[32, 32], pl.FP32]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        left = pl.move(pl.load(a, [0, 0], [32, 16], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
        right = pl.move(pl.load(b, [0, 0], [16, 32], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
        start = pl.create_tile([32, 32], dtype=pl.FP32, target_memory=pl.Mem.Acc)
        for i, (acc,) in pl.range(4, init_values=(start,)):
            if i == 0:
                part = pl.yield_(pl.matmul(left, right))
            else:
                part = pl.yield_(pl.matmul_acc(acc, left, right))
            total = pl.yield_(part)
        done = pl.store(total, [0, 0], out)
        return done


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[32, 16], pl.FP16, pl.MemRef("mem_ddr_0", 0, 1024)],
        b: pl.Tensor[[16, 32], pl.FP16, pl.MemRef("mem_ddr_1", 0, 1024)],
        out: pl.Out[pl.Tensor[[32, 32], pl.FP32, pl.MemRef("mem_ddr_2", 0, 4096)]],
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        mem_mat_3: pl.Ptr = pl.tile.alloc(pl.Mem.Mat, 1024)
        mem_left_4: pl.Ptr = pl.tile.alloc(pl.Mem.Left, 1024)
        mem_mat_5: pl.Ptr = pl.tile.alloc(pl.Mem.Mat, 1024)
        mem_right_6: pl.Ptr = pl.tile.alloc(pl.Mem.Right, 1024)
        mem_acc_7: pl.Ptr = pl.tile.alloc(pl.Mem.Acc, 4096)
        ta: pl.Tile[[32, 16], pl.FP16, pl.MemRef(mem_mat_3, 0, 1024), pl.Mem.Mat] = pl.load(
            a, [0, 0], [32, 16], target_memory=pl.Mem.Mat
        )
        left: pl.Tile[[32, 16], pl.FP16, pl.MemRef(mem_left_4, 0, 1024), pl.Mem.Left] = pl.move(
            ta, target_memory=pl.Mem.Left
        )
        tb: pl.Tile[[16, 32], pl.FP16, pl.MemRef(mem_mat_5, 0, 1024), pl.Mem.Mat] = pl.load(
            b, [0, 0], [16, 32], target_memory=pl.Mem.Mat
        )
        right: pl.Tile[[16, 32], pl.FP16, pl.MemRef(mem_right_6, 0, 1024), pl.Mem.Right] = pl.move(
            tb, target_memory=pl.Mem.Right
        )
        start: pl.Tile[[32, 32], pl.FP32, pl.MemRef(mem_acc_7, 0, 4096), pl.Mem.Acc] = pl.create_tile(
            [32, 32], dtype=pl.FP32, target_memory=pl.Mem.Acc
        )
        for i, (acc,) in pl.range(4, init_values=(start,)):
            if i == 0:
                first: pl.Tile[[32, 32], pl.FP32, pl.MemRef(mem_acc_7, 0, 4096), pl.Mem.Acc] = pl.matmul(left, right)
                part = pl.yield_(first)
            else:
                more: pl.Tile[[32, 32], pl.FP32, pl.MemRef(mem_acc_7, 0, 4096), pl.Mem.Acc] = pl.matmul_acc(
                    acc, left, right
                )
                part = pl.yield_(more)
            total = pl.yield_(part)
        done: pl.Tensor[[32, 32], pl.FP32, pl.MemRef("mem_ddr_2", 0, 4096)] = pl.store(total, [0, 0], out)
        return done
