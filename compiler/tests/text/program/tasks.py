# Tasks and scopes: what a program submits, waits for, and runs on several cores or lanes; parts of tensors that are stored.
# RUN: pto-program parse %s --roundtrip
# RUN: pto-program print %s | FileCheck %s
# RUN: pto-program pass OutlineIncoreScopes %s --verify-each | FileCheck %s --check-prefix=KERNELS
import pypto.language as pl

@pl.program
class Tasks:
    @pl.function(type=pl.FunctionType.InCore)
    # CHECK: @pl.function(type=pl.FunctionType.InCore, attrs={"split": pl.SplitMode.UP_DOWN})
    def kernel(x: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        pl.func_attr({"split": pl.SplitMode.UP_DOWN})
        # CHECK: out_1: {{.*}} = pl.tile.store(t, [0, 0], out)
        out[0:64, 0:64] = pl.load(x, [0, 0], [64, 64])
        return out

    @pl.function(type=pl.FunctionType.InCore)
    def two(x: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]], out2: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> tuple[pl.Tensor[[64, 64], pl.FP32],pl.Tensor[[64, 64], pl.FP32]]:
        return out, out2

    @pl.function(type=pl.FunctionType.Orchestration, auto_scope=False)
    def main(x: pl.Tensor[[64, 64], pl.FP32], out: pl.Out[pl.Tensor[[64, 64], pl.FP32]]) -> pl.Tensor[[64, 64], pl.FP32]:
        tids = pl.array.create(4, pl.TASK_ID)
        # CHECK: with pl.scope(mode=pl.ScopeMode.MANUAL):
        with pl.manual_scope():
            t = pl.create_tensor([64, 64], dtype=pl.FP32)
            # CHECK: t_1, tid = pl.submit(self.kernel, x, t)
            t, tid = pl.submit(self.kernel, x, t)
            # CHECK: tids_1: pl.Array[4, pl.TASK_ID] = pl.array.update_element(tids, 0, tid)
            tids[0] = tid
            # CHECK: t2, tid2 = pl.submit(self.kernel, t_1, out, deps=[tid, tids_1], allow_early_resolve=True)
            t2, tid2 = pl.submit(self.kernel, t, out, deps=[tid, None, tids], allow_early_resolve=True)
            tids[1] = tid2
            # CHECK: (a, b), tid3 = pl.submit(self.two, x, t2, t_1, deps=[t_2])
            (a, b), tid3 = pl.submit(self.two, x, t2, t, deps=[tids[1]])
        with pl.scope():
            # CHECK: with pl.at(level=pl.Level.CORE_GROUP, deps=[tids_2]) as w:
            # KERNELS: out_1, w = pl.submit(self.main_incore_0, x, a, out, deps=[tids_2])
            with pl.at(level=pl.Level.CORE_GROUP, deps=[tids]) as w:
                out = pl.assemble(out, pl.add(x, a), [0, 0])
        # CHECK: with pl.spmd(core_num=4, name_hint="stage"):
        # CHECK-NEXT: with pl.at(level=pl.Level.CORE_GROUP):
        # CHECK-NEXT: i = pl.tile.get_block_idx()
        for i in pl.spmd(4, name_hint="stage"):
            out[i * 16 : i * 16 + 16, 0:64] = pl.add(x[i * 16 : i * 16 + 16, 0:64], 1.0)
        # CHECK: with pl.spmd(core_num=t_6, deps=[w], sync_start=True):
        with pl.spmd(pl.system.available_aiv_count(), deps=[w], sync_start=True):
            out = self.kernel(x, out)
        # CHECK: for lane in pl.split_aiv(2, mode=pl.SplitMode.UP_DOWN):
        for lane in pl.split_aiv(2, mode=pl.SplitMode.UP_DOWN):
            # CHECK: out_4: {{.*}} = pl.tensor.assemble(out_3, x, [0, 0])
            out[0:64] = x
            # CHECK: half: pl.Tensor{{..}}32, 64], pl.FP32] = pl.tensor.aiv_shard(x, split=1)
            half = pl.aiv_shard(x)
            out = pl.assemble(out, x[lane * 32 : lane * 32 + 32, 0:64], [lane * 32, 0])
        return out
