# Programs of several devices are read and printed; passes refuse their operations by name.
# RUN: pto-program parse %s --roundtrip
# RUN: pto-program print %s | FileCheck %s
# RUN: not pto-program compile %s --strategy Full -o %t 2>&1 | FileCheck %s --check-prefix=REFUSED
import pypto.language as pl
import pypto.language.distributed as pld

# REFUSED: RunVerifier: {{.*}}distributed.py:[[#]]:{{[0-9]+}}: error: pl.distributed.{{.*}} works between devices, for which there are no passes


@pl.program
class Ring:
    @pl.function(type=pl.FunctionType.InCore)
    def kernel(
        # CHECK: data: pl.distributed.DistributedTensor{{..}}1, 64], pl.FP32]
        data: pld.DistributedTensor[[1, 64], pl.FP32],
        signal: pld.DistributedTensor[[4, 1], pl.INT32],
        out: pl.Out[pl.Tensor[[1, 64], pl.FP32]],
    ) -> pl.Tensor[[1, 64], pl.FP32]:
        ctx = pld.get_comm_ctx(data)
        # CHECK: me = pl.distributed.system.rank(ctx)
        me = pld.rank(ctx)
        peer = (me + 1) % pld.nranks(ctx)
        # CHECK: pl.distributed.system.notify(signal, peer, [me, 0], 1, op=pl.distributed.NotifyOp.AtomicAdd)
        pld.system.notify(target=signal, peer=peer, offsets=[me, 0], value=1, op=pld.NotifyOp.AtomicAdd)
        # CHECK: t_1: pl.Tile{{..}}1, 64], pl.FP32, pl.Mem.Vec] = pl.distributed.tile.remote_load(data, peer, [0, 0], [1, 64])
        t = pld.tile.remote_load(data, peer=peer, offsets=[0, 0], shape=[1, 64])
        # CHECK: pl.distributed.tile.remote_store(t_1, data, peer, [0, 0], atomic=pl.AtomicType.Add)
        pld.remote_store(t, data, peer=peer, offsets=[0, 0], atomic=pld.AtomicType.Add)
        return pl.store(t, [0, 0], out)

    @pl.function(level=pl.Level.HOST, role=pl.Role.Orchestrator)
    def main(out: pl.Out[pl.Tensor[[1, 64], pl.FP32]]) -> pl.Tensor[[1, 64], pl.FP32]:
        # CHECK: buffer: pl.Ptr = pl.distributed.tensor.alloc_window_buffer([1, 64], dtype=pl.FP32)
        buffer = pld.alloc_window_buffer([1, 64], dtype=pl.FP32)
        # CHECK: flags: pl.Ptr = pl.distributed.tensor.alloc_window_buffer([16])
        flags = pld.alloc_window_buffer(4 * pl.INT32.get_byte())
        for r in pl.range(pld.world_size()):
            # CHECK: data: pl.distributed.DistributedTensor{{..}}1, 64], pl.FP32] = pl.distributed.tensor.window(buffer, [1, 64], dtype=pl.FP32)
            data = pld.window(buffer, [1, 64], dtype=pl.FP32)
            signal = pld.window(flags, [4, 1], dtype=pl.INT32)
            data = pld.tensor.allreduce(data, signal)
            # CHECK: self.kernel(data_1, signal, out_1, device=r)
            out = self.kernel(data, signal, out, device=r)
        return out
