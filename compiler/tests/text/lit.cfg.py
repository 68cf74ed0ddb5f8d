# Text in, text out: pto-opt over the .pto files of this folder, pto-program over the .py files of program/, FileCheck
# over what they print.
# Paths come from the site file that CMake writes into the build folder.
import lit.formats

config.name = "compiler-text"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".pto", ".py"]
config.excludes = ["lit.cfg.py"]
config.test_source_root = config.pto_source_root
config.test_exec_root = config.pto_exec_root
config.environment["PATH"] = ":".join([config.pto_tools, config.llvm_tools, config.environment["PATH"]])
# Sanitized builds: the shared LLVM is not instrumented, so neither its leaks nor its poisoned arenas are findings.
config.environment["ASAN_OPTIONS"] = "detect_leaks=0:allow_user_poisoning=0"
