#include "sim/tests/CubeKernel.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <set>

namespace pto::sim::testing {

std::string cubeKernel(llvm::StringRef parameters, llvm::StringRef body, llvm::StringRef kind) {
  std::set<std::string> numbers;
  std::string text;
  for (size_t at = 0; at < body.size(); ++at) {
    if (body[at] != '$') {
      text += body[at];
      continue;
    }
    std::string digits = body.substr(at + 1).take_while(llvm::isDigit).str();
    numbers.insert(digits);
    text += "%n" + digits;
    at += digits.size();
  }
  std::string constants;
  for (const std::string &number : numbers)
    constants += "%n" + number + " = arith.constant " + number + " : i64 ";
  return llvm::formatv("module attributes {{pto.target_arch = \"a5\"{0}} {{ func.func @kernel({1}) attributes "
                       "{{pto.kernel} {{ %false = arith.constant false {2}\n{3}\nreturn } }",
                       kind.empty() ? "" : llvm::formatv(", pto.kernel_kind = #pto.kernel_kind<{0}>", kind).str(),
                       parameters, constants, text)
      .str();
}

namespace {

std::string pointer(llvm::StringRef element, llvm::StringRef space) {
  return llvm::formatv("!pto.ptr<{0}, {1}>", element, space).str();
}

std::string flag(llvm::StringRef from, llvm::StringRef to) {
  return llvm::formatv("pto.set_flag[\"{0}\", \"{1}\", \"EVENT_ID0\"] pto.wait_flag[\"{0}\", \"{1}\", \"EVENT_ID0\"]\n",
                       from, to)
      .str();
}

} // namespace

std::string productKernel(const Product &p) {
  unsigned inRow = 32 / p.elementBytes;
  // A matrix of rows by columns, in columns of 32 bytes.
  auto load = [&](const char *from, const char *to, const std::string &element, unsigned rows, unsigned columns,
                  bool isTurned) {
    return llvm::formatv("pto.mte_gm_l1_frac %{0}, %{1}, nd2nz, shape(${2}, ${3}), src_layout(${4}), dst_group($1, $1, "
                         "${5}, $0), ctrl($0, %false) : {6}, {7}, nd2nz, shape i64, i64, src_layout(i64), dst_group "
                         "i64, i64, i64, i64, ctrl i64, i1\n",
                         from, to, rows, columns, columns * p.elementBytes,
                         llvm::alignTo(rows, isTurned ? std::max(16u, inRow) : 16u), pointer(element, "gm"),
                         pointer(element, "l1"))
        .str();
  };
  auto tile = [&](const char *op, const char *from, const char *to, const std::string &element, const char *space,
                  unsigned rows, unsigned columns, bool isTransposed) {
    return llvm::formatv("pto.{0} %{1}, %{2}, ${3}, ${4}, $0, $0 {{transpose = {5}} : {6}, {7}, i64, i64, i64, i64\n",
                         op, from, to, rows, columns, isTransposed ? "true" : "false", pointer(element, "l1"),
                         pointer(element, space))
        .str();
  };
  auto [left, right] = std::pair(p.isLeftTransposed, p.isRightTransposed);
  std::string body = llvm::formatv(
      "%l1a = pto.castptr $0 : i64 -> {0}\n%l1b = pto.castptr $131072 : i64 -> {1}\n%l0a = pto.castptr $0 "
      ": i64 -> {2}\n%l0b = pto.castptr $0 : i64 -> {3}\n%l0c = pto.castptr $0 : i64 -> {4}\n",
      pointer(p.lhs, "l1"), pointer(p.rhs, "l1"), pointer(p.lhs, "l0a"), pointer(p.rhs, "l0b"),
      pointer(p.result, "l0c"));
  // What is transposed on the way lies in L1 as its transposed matrix: a as k by m, b as k by n.
  body += load("a", "l1a", p.lhs, left ? p.k : p.m, left ? p.m : p.k, left);
  body += load("b", "l1b", p.rhs, right ? p.n : p.k, right ? p.k : p.n, !right);
  body += flag("PIPE_MTE2", "PIPE_MTE1");
  body += tile("mte_l1_l0a", "l1a", "l0a", p.lhs, "l0a", p.m, p.k, left);
  body += tile("mte_l1_l0b", "l1b", "l0b", p.rhs, "l0b", p.k, p.n, !right);
  body += p.more;
  body += flag("PIPE_MTE1", "PIPE_M");
  body += llvm::formatv("pto.{0} %l0a, %l0b, %l0c, ${1}, ${2}, ${3} disable_gemv {4} : {5}, {6}, {7}, i64, i64, i64\n",
                        p.op, p.m, p.n, p.k, p.clauses, pointer(p.lhs, "l0a"), pointer(p.rhs, "l0b"),
                        pointer(p.result, "l0c"));
  body += flag("PIPE_M", "PIPE_FIX");
  body += llvm::formatv(
      "pto.mte_l0c_gm %l0c, %out, ${0}, ${1}, ${2}, ${1}, $0, $0, {3} : {4}, {5}, i64, i64, i64, i64, "
      "i64, i64{6}\n",
      p.m, p.n, llvm::alignTo(p.m, 16), p.fixpipe, pointer(p.result, "l0c"), pointer(p.out, "gm"), p.fixpipeTypes);
  return cubeKernel(
      llvm::formatv("%a: {0}, %b: {1}, %out: {2}", pointer(p.lhs, "gm"), pointer(p.rhs, "gm"), pointer(p.out, "gm"))
          .str(),
      body);
}

} // namespace pto::sim::testing
