# Wrong usage exits with 2, says what is wrong and where to look.
# RUN: pto-program --help | FileCheck %s --check-prefix=HELP
# RUN: pto-program compile --help | FileCheck %s --check-prefix=COMPILE
# RUN: not pto-program 2>&1 | FileCheck %s --check-prefix=NOTHING
# RUN: not pto-program parse 2>&1 | FileCheck %s --check-prefix=NOFILE
# RUN: not pto-program parse a.py b.py 2>&1 | FileCheck %s --check-prefix=TWO
# RUN: not pto-program parse %s --roundtirp 2>&1 | FileCheck %s --check-prefix=OPTION
# RUN: not pto-program parse %s --bind rows 2>&1 | FileCheck %s --check-prefix=BIND
# RUN: not pto-program parse %s 2>&1 | FileCheck %s --check-prefix=EMPTY

# HELP: PyPTO programs
# HELP: specialize
# HELP: exit codes: 0 all is well, 1 the program is not right, 2 wrong usage
# COMPILE: --dump-passes DIR
# NOTHING: error: A subcommand is required
# NOTHING-NEXT: pto-program --help lists the options
# NOFILE: error: file is required
# NOFILE-NEXT: pto-program parse --help lists the options
# TWO: error: The following argument was not expected: b.py
# OPTION: error: The following argument was not expected: --roundtirp
# BIND: error: expected --bind FUNCTION.PARAMETER=VALUE, found rows
# EMPTY: usage.py: there is no @pl.program and no @pl.function
