# Operations of today's language: read, typed, printed, read back.
# RUN: pto-program parse %s --roundtrip
# RUN: pto-program print %s | FileCheck %s
import pypto.language as pl


@pl.program
class Tiles:
    @pl.function(type=pl.FunctionType.InCore)
    def main(
        self,
        x: pl.Tensor[[32, 64], pl.FP32],
        ids: pl.Tensor[[1, 64], pl.INT32],
        out: pl.Out[pl.Tensor[[32, 64], pl.FP32]],
        n: pl.Scalar[pl.INDEX],
    ):
        # CHECK: a: {{.*}} = pl.tile.load(x, [0, 0], [32, 64], [n, 64], target_memory=pl.Mem.Vec
        a = pl.load(x, [0, 0], [32, 64], valid_shape=[n, 64])
        b = pl.tile.load(x, [0, 0], [32, 64], target_memory=pl.Mem.Mat)
        # CHECK: c: pl.Tile{{..}}16, 16], pl.FP32, pl.Mem.Left] = pl.tile.extract(b, n, 0, [16, 16], target_memory=pl.Mem.Left)
        c = pl.tile.extract(b, n, 0, [16, 16], target_memory=pl.Mem.Left)
        # CHECK: d: pl.Tile{{..}}64, 32], pl.FP32, pl.Mem.Mat, pl.TileView(blayout=pl.TileLayout.row_major, slayout=pl.TileLayout.col_major)] = pl.tile.transpose_view(b)
        d = pl.tile.transpose_view(b)
        # CHECK: e: pl.Tile{{..}}1, 64], pl.FP32, pl.Mem.Vec] = pl.tile.col_sum(a)
        e = pl.col_sum(a)
        tmp = pl.create_tile([32, 64], dtype=pl.FP32, target_memory=pl.Mem.Vec)
        # CHECK: f: pl.Tile{{..}}32, 1], pl.INT32, pl.Mem.Vec] = pl.tile.row_argmax(a, tmp)
        f = pl.row_argmax(a, tmp)
        # CHECK: g: pl.Tile{{..}}32, 64], pl.INT32, pl.Mem.Vec] = pl.tile.ci(0, [32, 64], dtype=pl.INT32, descending=True)
        g = pl.tile.ci(0, [32, 64], descending=True)
        # CHECK: h: pl.Tile{{..}}32, 128], pl.INT16, pl.Mem.Vec] = pl.tile.reinterpret_view(g, dtype=pl.INT16)
        h = pl.tile.reinterpret_view(g, pl.INT16)
        i = pl.load(ids, [0, 0], [1, 64])
        # CHECK: j: pl.Tile{{..}}64, 64], pl.FP32, pl.Mem.Vec] = pl.tile.mgather(x, i, coalesce="row"
        j = pl.tile.mgather(x, i)
        # CHECK: k: {{.*}} = pl.tile.col_expand_add(a, e)
        k = pl.col_expand_add(a, col_vec=e)
        # CHECK: l: pl.Tile{{..}}64], pl.FP32, pl.Mem.Vec] = pl.tile.slice(k, [1, 64], [0, 0], drop_dims=[0])
        l = pl.slice(k, [1, 64], [0, 0], drop_dims=[0])
        m = pl.tile.random(1, 2, 3, 4, 5, 6, [32, 64])
        # CHECK: pl.tile.store(o, [0, 0], out, atomic=pl.AtomicType.Add)
        o = pl.sin(k)
        out = pl.store(o, [0, 0], out, atomic=pl.AtomicType.Add)
        pl.system.syncall(core_type="aiv", mode="soft", used_cores=8)


@pl.program
class Tensors:
    @pl.function(type=pl.FunctionType.Orchestration)
    def main(self, x: pl.Tensor[[32, 64], pl.FP32], ids: pl.Tensor[[32, 8], pl.INT32]):
        # CHECK: a: pl.Tensor{{..}}32, 8], pl.FP32] = pl.tensor.gather(x, dim=-1, index=ids)
        a = pl.gather(x, dim=-1, index=ids)
        # CHECK: b: pl.Tensor{{..}}16, 128], pl.FP32, pl.NZ] = pl.tensor.view(x, [16, 128], layout=pl.TensorLayout.NZ)
        b = pl.tensor.view(x, [16, 128], layout=pl.TensorLayout.NZ)
        # CHECK: row: pl.Tensor{{..}}64], pl.FP32] = pl.tensor.slice(x, [1, 64], [3, 0], drop_dims=[0])
        row = x[3]
        # CHECK: c: pl.Tensor{{..}}1, 64], pl.INT32] = pl.tensor.col_argmin(x)
        c = pl.col_argmin(x)
        # CHECK: d: pl.Tensor{{..}}32, 64], pl.FP32] = pl.tensor.minimums(x, 0.5)
        d = pl.minimum(x, 0.5)
        # CHECK: tasks: pl.Array[4, pl.TASK_ID] = pl.array.create(4, dtype=pl.TASK_ID)
        tasks = pl.array.create(4, pl.TASK_ID)
        # CHECK: tid = pl.system.task_dummy([tasks])
        tid = pl.system.task_dummy(deps=[tasks])
        # CHECK: tasks_1: pl.Array[4, pl.TASK_ID] = pl.array.update_element(tasks, 2, tid)
        tasks = pl.array.update_element(tasks, 2, tid)
        e = pl.array.get_element(tasks, 2)
