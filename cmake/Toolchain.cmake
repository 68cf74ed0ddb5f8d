# How everything here is compiled: C++20, warnings as errors, sanitizers and coverage on request.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

# -O3 only where numbers are computed (sim): elsewhere it takes compile time and gives nothing.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

option(PTO_WERROR "treat warnings as errors" ON)
set(PTO_SANITIZE "" CACHE STRING "sanitizers to build with, for example address,undefined")
option(PTO_COVERAGE "build with gcov instrumentation" OFF)

find_program(PTO_CCACHE ccache)
if(PTO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PTO_CCACHE})
endif()

# mold and lld link in a fifth of the time that the default linker takes.
find_program(PTO_MOLD mold)
find_program(PTO_LLD NAMES ld.lld)
if(PTO_MOLD)
  add_link_options(-fuse-ld=mold)
elseif(PTO_LLD)
  add_link_options(-fuse-ld=lld)
endif()

add_compile_options(-Wall -Wextra -Wno-unused-parameter -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of every "literal" + std::string (its bug 105651).
  add_compile_options(-Wno-restrict)
endif()
if(PTO_WERROR)
  add_compile_options(-Werror)
endif()
if(PTO_SANITIZE)
  # The instrumentation makes GCC see uninitialized values where there are none.
  add_compile_options(-fsanitize=${PTO_SANITIZE} -fno-sanitize-recover=all -Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${PTO_SANITIZE})
endif()
if(PTO_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
