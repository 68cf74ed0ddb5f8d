// What the points of a case are called.
#pragma once

#include "harness/case/Matrix.h"
#include "harness/case/Reader.h"

namespace pto::harness {

struct PointName {
  std::string own;      ///< "micro-op/vadd@dtype=f16"
  std::string inFolder; ///< by the case's folder and all axes: "micro-op/binary@op=vadd,dtype=f16"
};

/// The names of a matrix's points, in its order. They differ where `name` of the case says how: it stands for the
/// folder's own name, and the axes that it reads are not repeated after the '@'.
std::vector<PointName> namePoints(const YamlFile &file, const Matrix &matrix, const std::string &folderName,
                                  Diagnostics &problems);

/// Whether a case file gives its points names of their own; read as text, since every file of a folder is asked.
bool namesItsPoints(const std::string &file);

} // namespace pto::harness
