# A generic function becomes the program for its arguments; --lines says where each line is from.
# RUN: pto-program specialize %s --entry run --arg "x:f32[16,64]" --arg "y:f32[16,64]" --arg factor=0.5 | FileCheck %s
# RUN: pto-program specialize %s --entry run --arg "x:f32[M,64]" --arg "y:f32[M,64]" --arg factor=2.0 | FileCheck %s --check-prefix=DYNAMIC
# RUN: pto-program specialize %s --entry run --arg "x:f32[16,64]" --arg "y:f32[16,64]" --arg factor=0.5 --lines | FileCheck %s --check-prefix=LINES
# RUN: pto-program specialize %s --entry run --arg "x:f32[16,64]" --arg "y:f32[16,64]" --arg factor=0.5 --mlir | FileCheck %s --check-prefix=MLIR
# RUN: rm -rf %t && pto-program specialize %s --entry run --arg "x:f32[16,64]" --arg "y:f32[16,64]" --arg factor=0.5 --cache-dir %t | FileCheck %s
# RUN: ls %t | count 1
# RUN: pto-program specialize %s --entry run --arg "x:f32[16,64]" --arg "y:f32[16,64]" --arg factor=0.5 --cache-dir %t | FileCheck %s
# RUN: pto-program specialize %s --entry run --arg "x:f32[16,64]" --arg "y:f32[16,64]" --arg factor=2.0 --cache-dir %t | FileCheck %s --check-prefix=TWICE
# RUN: not pto-program specialize %s --entry run --arg "x:f32[16,64]" 2>&1 | FileCheck %s --check-prefix=MISSING
# RUN: not pto-program specialize %s --entry rum 2>&1 | FileCheck %s --check-prefix=ENTRY
# RUN: not pto-program specialize %s --arg "x:f33[1]" 2>&1 | FileCheck %s --check-prefix=DTYPE
# RUN: not pto-program specialize %s --arg "x:f32[0]" 2>&1 | FileCheck %s --check-prefix=SHAPE
import pypto.language as pl

# CHECK: def scale(
# CHECK: x: pl.Tensor{{..}}16, 64], pl.FP32]
# CHECK: pl.tile.muls(t, 0.5)
# CHECK: def run(
# TWICE: pl.tile.muls(t, 2.0)
# DYNAMIC: M = pl.dynamic("M")
# DYNAMIC: x: pl.Tensor{{..}}M, 64], pl.FP32]
# LINES: [[#]]  {{.*}}t: pl.Tile{{.*}} = pl.tile.load(
# MLIR: prog.func @scale
# MISSING: error: {{.*}}'y'
# ENTRY: nothing named 'rum' is defined for PTO in this file; did you mean 'run'?
# DTYPE: error: argument 'x:f33[1]': unknown dtype 'f33'; did you mean 'f32'?
# SHAPE: error: argument 'x:f32[0]': '0' is not a dimension; expected a positive integer or the name of a symbol


@pl.jit.incore
def scale(x: pl.Tensor, factor: pl.FP32, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], [16, 64])
    return pl.store(pl.mul(t, factor), [0, 0], y)


@pl.jit
def run(x: pl.Tensor, factor: pl.FP32, y: pl.Out[pl.Tensor]):
    y = scale(x, factor, y)
    return y
