# cmake -DOUTPUT=FILE -DSOURCES=A,B,C -P DigestSources.cmake: writes a header with one digest of all sources.
string(REPLACE "," ";" SOURCES "${SOURCES}")
set(all "")
foreach(source IN LISTS SOURCES)
  file(SHA256 ${source} digest)
  string(APPEND all ${digest})
endforeach()
string(SHA256 digest "${all}")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
"// Of the sources that decide what a kept golden holds.
#pragma once

namespace pto::golden {

inline constexpr char sourcesDigest[] = \"${digest}\";

} // namespace pto::golden
")
