# Everything comes from Debian's packages; ci/packages.txt names them.
list(APPEND CMAKE_PREFIX_PATH /usr/lib/llvm-19)
# LLVM's tablegen function names its outputs in depfiles relative to the build folder, which CMake would take for relative
# to the current one: every build would run all of tablegen again.
cmake_policy(SET CMP0116 OLD)
find_package(MLIR 19.1 REQUIRED CONFIG)
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED CONFIG)
find_package(benchmark REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
