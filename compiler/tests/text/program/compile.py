# The pipeline's program is written to the folder, and each pass's to the dump; a second run leaves nothing stale.
# RUN: rm -rf %t && mkdir -p %t/dump && touch %t/dump/99_after_Gone.py %t/dump/notes.txt
# RUN: pto-program compile %s --entry Sum -o %t --platform a2a3 --dump-passes %t/dump | FileCheck %s --check-prefix=SAYS
# RUN: FileCheck %s < %t/Sum.py
# RUN: ls %t/dump | FileCheck %s --check-prefix=DUMP
# RUN: FileCheck %s --check-prefix=BEFORE < %t/dump/01_after_ConvertToSSA.py
# RUN: pto-program parse %t/Sum.py --roundtrip
# RUN: pto-program compile %s --entry halve -o %t --strategy PTOAS
# RUN: not pto-program compile %s --entry Sum -o %t --strategy Fastest 2>&1 | FileCheck %s --check-prefix=STRATEGY
# RUN: not pto-program compile %s --entry Sum -o %t --platform a9 2>&1 | FileCheck %s --check-prefix=PLATFORM
# RUN: not pto-program compile %s --entry Sum 2>&1 | FileCheck %s --check-prefix=WHERE
# RUN: not pto-program compile %s --entry TooLarge -o %t 2>&1 | FileCheck %s --check-prefix=LARGE
# RUN: not pto-program compile %s.missing -o %t 2>&1 | FileCheck %s --check-prefix=FILE
# RUN: not pto-program compile %s --entry Sum -o %s/below 2>&1 | FileCheck %s --check-prefix=FOLDER
import pypto.language as pl

# SAYS: Sum.py
# CHECK: # pypto.program: Sum
# CHECK: pl.tile.alloc(pl.Mem.Vec
# CHECK: pl.system.sync_src(
# DUMP-NOT: 99_after_Gone.py
# DUMP: 01_after_ConvertToSSA.py
# DUMP: InsertSync.py
# DUMP: AllocateMemoryAddr.py
# DUMP: notes.txt
# BEFORE-NOT: pl.tile.alloc
# STRATEGY: error: --strategy: Fastest not in {PTOAS,Default,Full}
# PLATFORM: error: --platform: a9 not in {a2a3,a2a3sim,a5,a5sim}
# WHERE: error: --out is required
# LARGE: AllocateMemoryAddr: {{.*}}compile.py:[[#]]:{{[0-9]+}}: error: {{.*}}Vec
# FILE: cannot read {{.*}}compile.py.missing: No such file or directory
# FOLDER: cannot make the folder {{.*}}below


@pl.program
class Sum:
    @pl.function(type=pl.FunctionType.InCore)
    def add(
        self, x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
    ) -> pl.Tensor[[64, 64], pl.FP32]:
        t = pl.load(x, [0, 0], [64, 64])
        s = pl.add(t, t)
        return pl.store(s, [0, 0], y)


@pl.program
class TooLarge:
    @pl.function(type=pl.FunctionType.InCore)
    def copy(
        self, x: pl.Tensor[[512, 512], pl.FP32], y: pl.Out[pl.Tensor[[512, 512], pl.FP32]]
    ) -> pl.Tensor[[512, 512], pl.FP32]:
        t = pl.load(x, [0, 0], [512, 512])
        return pl.store(t, [0, 0], y)


@pl.function(type=pl.FunctionType.InCore)
def halve(
    x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]
) -> pl.Tensor[[64, 64], pl.FP32]:
    t = pl.load(x, [0, 0], [64, 64])
    return pl.store(pl.mul(t, 0.5), [0, 0], y)
