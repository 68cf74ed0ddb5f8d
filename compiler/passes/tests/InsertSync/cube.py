# passes: InitMemRef, InsertSync
# Two loads that are moved one by one need two events.
import pypto.language as pl


@pl.program
class Before:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[64, 64], pl.FP16],
        b: pl.Tensor[[64, 64], pl.FP16],
        out: pl.Out[pl.Tensor[[64, 64], pl.FP32]],
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        a1 = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        b1 = pl.load(b, [0, 0], [64, 64], target_memory=pl.Mem.Mat)
        a0 = pl.move(a1, target_memory=pl.Mem.Left)
        b0 = pl.move(b1, target_memory=pl.Mem.Right)
        c = pl.matmul(a0, b0)
        done = pl.store(c, [0, 0], out)
        return done


@pl.program
class Expected:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        a: pl.Tensor[[64, 64], pl.FP16, pl.MemRef("mem_ddr_0", 0, 8192)],
        b: pl.Tensor[[64, 64], pl.FP16, pl.MemRef("mem_ddr_1", 0, 8192)],
        out: pl.Out[pl.Tensor[[64, 64], pl.FP32, pl.MemRef("mem_ddr_2", 0, 16384)]],
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        mem_mat_3: pl.Ptr = pl.tile.alloc(pl.Mem.Mat, 8192)
        mem_mat_4: pl.Ptr = pl.tile.alloc(pl.Mem.Mat, 8192)
        mem_left_5: pl.Ptr = pl.tile.alloc(pl.Mem.Left, 8192)
        mem_right_6: pl.Ptr = pl.tile.alloc(pl.Mem.Right, 8192)
        mem_acc_7: pl.Ptr = pl.tile.alloc(pl.Mem.Acc, 16384)
        a1: pl.Tile[[64, 64], pl.FP16, pl.MemRef(mem_mat_3, 0, 8192), pl.Mem.Mat] = pl.load(
            a, [0, 0], [64, 64], target_memory=pl.Mem.Mat
        )
        pl.system.sync_src(set_pipe=pl.PipeType.MTE2, wait_pipe=pl.PipeType.MTE1, event_id=0)
        b1: pl.Tile[[64, 64], pl.FP16, pl.MemRef(mem_mat_4, 0, 8192), pl.Mem.Mat] = pl.load(
            b, [0, 0], [64, 64], target_memory=pl.Mem.Mat
        )
        pl.system.sync_src(set_pipe=pl.PipeType.MTE2, wait_pipe=pl.PipeType.MTE1, event_id=1)
        pl.system.sync_dst(set_pipe=pl.PipeType.MTE2, wait_pipe=pl.PipeType.MTE1, event_id=0)
        a0: pl.Tile[[64, 64], pl.FP16, pl.MemRef(mem_left_5, 0, 8192), pl.Mem.Left] = pl.move(
            a1, target_memory=pl.Mem.Left
        )
        pl.system.sync_dst(set_pipe=pl.PipeType.MTE2, wait_pipe=pl.PipeType.MTE1, event_id=1)
        b0: pl.Tile[[64, 64], pl.FP16, pl.MemRef(mem_right_6, 0, 8192), pl.Mem.Right] = pl.move(
            b1, target_memory=pl.Mem.Right
        )
        pl.system.sync_src(set_pipe=pl.PipeType.MTE1, wait_pipe=pl.PipeType.M, event_id=0)
        pl.system.sync_dst(set_pipe=pl.PipeType.MTE1, wait_pipe=pl.PipeType.M, event_id=0)
        c: pl.Tile[[64, 64], pl.FP32, pl.MemRef(mem_acc_7, 0, 16384), pl.Mem.Acc] = pl.matmul(a0, b0)
        pl.system.sync_src(set_pipe=pl.PipeType.M, wait_pipe=pl.PipeType.FIX, event_id=0)
        pl.system.sync_dst(set_pipe=pl.PipeType.M, wait_pipe=pl.PipeType.FIX, event_id=0)
        done: pl.Tensor[[64, 64], pl.FP32, pl.MemRef("mem_ddr_2", 0, 16384)] = pl.store(c, [0, 0], out)
        return done
