# A file's programs are read, checked and survive printing; --entry picks one, --bind completes a builder.
# RUN: pto-program parse %s --roundtrip --bind build.rows=16
# RUN: pto-program list %s | FileCheck %s --check-prefix=LIST
# RUN: pto-program print %s --entry Doubled | FileCheck %s --check-prefix=PRINT
# RUN: pto-program print %s --entry Doubled --mlir | FileCheck %s --check-prefix=MLIR
# RUN: pto-program print %s --entry Built --bind build.rows=16 | FileCheck %s --check-prefix=BOUND
# RUN: pto-program parse - < %s --entry Doubled
# RUN: not pto-program parse %s 2>&1 | FileCheck %s --check-prefix=UNBOUND
# RUN: not pto-program parse %s --entry Tripled 2>&1 | FileCheck %s --check-prefix=NONE
import pypto.language as pl

# LIST: pl.program Doubled
# LIST-NEXT: pl.program build.Built

# PRINT: # pypto.program: Doubled
# PRINT: t: pl.Tile{{.*}} = pl.tile.load(x, [0, 0], [32, 32], [32, 32], target_memory=pl.Mem.Vec, transpose=False)
# PRINT-NOT: Built

# MLIR: prog.program @Doubled
# MLIR: prog.op "tile.load"

# BOUND: x: pl.Tensor{{..}}16, 8], pl.FP16]

# UNBOUND: parse.py:[[#]]:{{[0-9]+}}: error: {{.*}}rows

# NONE: there is no @pl.program and no @pl.function named Tripled


@pl.program
class Doubled:
    @pl.function(type=pl.FunctionType.InCore)
    def double(
        self, x: pl.Tensor[[32, 32], pl.FP32], y: pl.Out[pl.Tensor[[32, 32], pl.FP32]]
    ) -> pl.Tensor[[32, 32], pl.FP32]:
        t = pl.load(x, [0, 0], [32, 32])
        return pl.store(pl.add(t, t), [0, 0], y)


def build(rows):
    @pl.program
    class Built:
        @pl.function(type=pl.FunctionType.InCore)
        def copy(
            self, x: pl.Tensor[[rows, 8], pl.FP16], y: pl.Out[pl.Tensor[[rows, 8], pl.FP16]]
        ) -> pl.Tensor[[rows, 8], pl.FP16]:
            return pl.store(pl.load(x, [0, 0], [rows, 8]), [0, 0], y)

    return Built
