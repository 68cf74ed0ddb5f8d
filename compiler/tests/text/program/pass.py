# Passes by name: the result, or the program after each; a pass that is none is wrong usage.
# RUN: pto-program pass OutlineIncoreScopes ConvertTensorToTileOps %s --entry Sum --verify-each | FileCheck %s --check-prefix=RESULT
# RUN: pto-program pass UnrollLoops OutlineIncoreScopes %s --entry Sum --print-after | FileCheck %s --check-prefix=EACH
# RUN: pto-program pass ConvertToSSA %s --entry Built --bind build.rows=16 --bind build.kind=FP16 | FileCheck %s --check-prefix=BOUND
# RUN: pto-program specialize %s --entry Built --bind build.rows=16 --bind build.kind=FP16 | FileCheck %s --check-prefix=BOUND
# RUN: pto-program list %s --bind build.rows=16 | FileCheck %s --check-prefix=LIST
# RUN: not pto-program pass OutlineInCoreScopes %s 2>&1 | FileCheck %s --check-prefix=UNKNOWN
# RUN: not pto-program pass InitMemRef %s --entry Waits --verify-each 2>&1 | FileCheck %s --check-prefix=LACKING
import pypto.language as pl

# RESULT: class Sum
# RESULT: pl.tile.load(x
# RESULT-NOT: class Sum

# EACH: # after UnrollLoops
# EACH: pl.at(level=pl.Level.CORE_GROUP)
# EACH: # after OutlineIncoreScopes
# EACH: def main_incore_0
# EACH-NOT: # after

# BOUND: x: pl.Tensor{{..}}16, 8], pl.FP16]
# LIST: pl.program build.Built
# UNKNOWN: error: there is no pass 'OutlineInCoreScopes'; did you mean 'OutlineIncoreScopes'?
# LACKING: pass.py:[[#]]:{{[0-9]+}}: error: tensor.read is inside a condition


@pl.program
class Sum:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:
        with pl.incore():
            y = pl.add(x, x)
        return y


@pl.program
class Waits:
    @pl.function
    def main(self, x: pl.Tensor[[64], pl.FP32]):
        while pl.tensor.read(x, [0]) > 1.0:
            x = pl.exp(x)


def build(rows, kind):
    @pl.program
    class Built:
        @pl.function(type=pl.FunctionType.InCore)
        def copy(
            self, x: pl.Tensor[[rows, 8], kind], y: pl.Out[pl.Tensor[[rows, 8], kind]]
        ) -> pl.Tensor[[rows, 8], kind]:
            return pl.store(pl.load(x, [0, 0], [rows, 8]), [0, 0], y)

    return Built
