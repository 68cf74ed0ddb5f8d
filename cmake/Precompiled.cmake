# Headers that most files of a room include are parsed once. A room says which: set(PTO_HEADERS mlir) or llvm, before it
# names its targets; its tests get the test libraries' too.
option(PTO_PRECOMPILE "precompile the headers of LLVM, MLIR and the test libraries" ON)

# ccache keeps what is compiled with precompiled headers only if it is told that __TIME__ and macros defined later do not
# matter, and if the preprocessed text names the header.
if(PTO_CCACHE AND CMAKE_CXX_COMPILER_LAUNCHER STREQUAL PTO_CCACHE AND PTO_PRECOMPILE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${PTO_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

if(PTO_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 forgets that a precompiled header is the system's, and warns of copies inside std::string that it thinks are
  # out of bounds. Builds without precompiled headers keep these warnings.
  add_compile_options(-Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()

# pto_precompiled(NAME HEADERS header... LINK library...)
function(pto_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
  file(WRITE ${PROJECT_BINARY_DIR}/headers/${name}.cpp "")
  add_library(pto-headers-${name} OBJECT ${PROJECT_BINARY_DIR}/headers/${name}.cpp)
  pto_target_includes(pto-headers-${name})
  target_link_libraries(pto-headers-${name} PRIVATE ${ARG_LINK})
  list(TRANSFORM ARG_HEADERS PREPEND ${PROJECT_SOURCE_DIR}/cmake/headers/)
  target_precompile_headers(pto-headers-${name} PRIVATE ${ARG_HEADERS})
endfunction()

if(PTO_PRECOMPILE)
  pto_precompiled(llvm HEADERS Llvm.h)
  pto_precompiled(mlir HEADERS Mlir.h)
  pto_precompiled(mlir-cli HEADERS Mlir.h Cli.h LINK CLI11::CLI11)
  pto_precompiled(llvm-test HEADERS Llvm.h Test.h LINK GTest::gtest)
  pto_precompiled(mlir-test HEADERS Mlir.h Test.h LINK GTest::gtest)
endif()

# pto_use_precompiled(TARGET KIND): nothing where the room has no kind.
function(pto_use_precompiled target kind)
  if(PTO_PRECOMPILE AND TARGET pto-headers-${kind})
    target_precompile_headers(${target} REUSE_FROM pto-headers-${kind})
  endif()
endfunction()
