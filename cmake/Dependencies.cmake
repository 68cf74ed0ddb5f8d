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

# pto_static_mlir(OUT library...): the archives of these MLIR libraries and of all that they need.
function(pto_static_mlir out)
  set(todo ${ARGN})
  set(found)
  while(todo)
    list(POP_FRONT todo library)
    if(library MATCHES "^MLIR." AND NOT library IN_LIST found)
      list(APPEND found ${library})
      get_target_property(needed ${library} INTERFACE_LINK_LIBRARIES)
      list(APPEND todo ${needed})
    endif()
  endwhile()
  list(TRANSFORM found REPLACE "(.+)" "$<TARGET_FILE:\\1>")
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# What is used of LLVM and MLIR is linked into the tools. Loading the shared libraries would take 20 ms and 60 MB at every
# start, to use a tenth of them. Debian's MLIR archives name the shared LLVM as what they need: their own names are not
# to be linked.
add_library(pto-llvm INTERFACE)
target_link_libraries(pto-llvm INTERFACE LLVMSupport)
pto_static_mlir(mlir MLIRArithDialect MLIRControlFlowDialect MLIRFuncDialect MLIRSCFDialect MLIRParser MLIRPass MLIRTransforms)
pto_static_mlir(mlirTools MLIROptLib MLIRLspServerLib)
add_library(pto-mlir INTERFACE)
target_link_libraries(pto-mlir INTERFACE $<LINK_GROUP:RESCAN,${mlir}> pto-llvm)
list(REMOVE_ITEM mlirTools ${mlir})
add_library(pto-mlir-tools INTERFACE)
target_link_libraries(pto-mlir-tools INTERFACE $<LINK_GROUP:RESCAN,${mlirTools}> pto-mlir)

find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED CONFIG)
find_package(benchmark REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
