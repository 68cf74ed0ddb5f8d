# A file with generic programs only is checked as far as it goes without arguments.
# RUN: pto-program parse %s --entry scale
# RUN: not pto-program parse %s 2>&1 | FileCheck %s
# RUN: not pto-program print %s 2>&1 | FileCheck %s --check-prefix=PRINT
import pypto.language as pl

# CHECK: generic.py:[[#]]:{{[0-9]+}}: error: {{.*}}rows
# PRINT: 'scale' is generic: it becomes a program for given arguments (pto-program specialize)


@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    return pl.store(pl.mul(pl.load(x, [0, 0], x.shape), 2.0), [0, 0], y)


@pl.jit
def scale(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, y)
    return y


@pl.jit
def broken(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    x.bind_dynamic(0, rows)
    y = kernel(x, y)
    return y
