# The four kinds of target a room is made of. Includes are written from the root: "golden/tensor/Tensor.h".

function(pto_target_includes name)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  target_include_directories(${name} SYSTEM PRIVATE ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
endfunction()

include(Precompiled)

# pto_target_defaults(NAME [-test])
function(pto_target_defaults name)
  pto_target_includes(${name})
  pto_use_precompiled(${name} "${PTO_HEADERS}${ARGN}")
endfunction()

# pto_library(NAME SOURCES file... LINK library...)
function(pto_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  pto_target_defaults(${name})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# pto_executable(NAME SOURCES file... LINK library...): a tool that is installed, and built by the target "tools".
add_custom_target(tools)
function(pto_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  pto_target_defaults(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  install(TARGETS ${name} RUNTIME DESTINATION bin)
  add_dependencies(tools ${name})
endfunction()

# Debian's LLVM is not instrumented: it does not know of the poison that LLVM's own headers, compiled here, put on memory.
set(PTO_TEST_ENVIRONMENT ASAN_OPTIONS=allow_user_poisoning=0)

# pto_paths(file...): these files know where the checkout is. All others compile alike wherever it lies, so that a
# compiler cache serves every checkout.
function(pto_paths)
  set_property(SOURCE ${ARGN} APPEND PROPERTY
    COMPILE_DEFINITIONS PTO_SOURCE_DIR="${PROJECT_SOURCE_DIR}" PTO_BINARY_DIR="${PROJECT_BINARY_DIR}")
endfunction()

# pto_test(NAME SOURCES file... PATHS file... LINK library...): one GoogleTest program, one CTest test; PATHS are those
# of its sources that know where the checkout is. A process for each single test would spend its time loading MLIR.
function(pto_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PATHS;LINK" ${ARGN})
  list(APPEND ARG_SOURCES ${ARG_PATHS})
  add_executable(${name} ${ARG_SOURCES})
  pto_target_defaults(${name} -test)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest GTest::gtest_main)
  pto_paths(${ARG_PATHS})
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "${PTO_TEST_ENVIRONMENT}")
endfunction()

# pto_benchmark(NAME SOURCES file... LINK library...): a Google Benchmark program, built by the target "benchmarks".
add_custom_target(benchmarks)
function(pto_benchmark name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${ARG_SOURCES})
  pto_target_defaults(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} benchmark::benchmark benchmark::benchmark_main)
  target_compile_definitions(${name} PRIVATE PTO_SOURCE_DIR="${PROJECT_SOURCE_DIR}" PTO_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_dependencies(benchmarks ${name})
endfunction()
