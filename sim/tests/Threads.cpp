#include "sim/tests/Threads.h"

namespace pto::sim::testing {

ThreadKernel::ThreadKernel(std::string body, ThreadDims dims, std::string functions)
    : in(256), out(256, untouched), body(std::move(body)), functions(std::move(functions)), dims(dims) {
  for (uint32_t i = 0; i < in.size(); ++i)
    in[i] = 3 * i + 1;
}

RunReport ThreadKernel::run(LaunchOptions options) {
  std::string pointers = "%in: !pto.ptr<i32, gm>, %out: !pto.ptr<i32, gm>";
  std::string types = "(!pto.ptr<i32, gm>, !pto.ptr<i32, gm>) -> ()";
  std::string text = "module attributes {pto.target_arch = \"a5\", pto.kernel_kind = #pto.kernel_kind<vector>} {\n"
                     "func.func @kernel(" +
                     pointers + ", %px: i32, %py: i32, %pz: i32) attributes {pto.kernel} {\n";
  for (auto [axis, size] : {std::pair("x", dims.x), std::pair("y", dims.y), std::pair("z", dims.z)})
    text += isDynamic ? std::string("%none") + axis + " = arith.constant 0 : i32\n%d" + axis + " = arith.addi %p" +
                            axis + ", %none" + axis + " : i32\n"
                      : std::string("%d") + axis + " = arith.constant " + std::to_string(int32_t(size)) + " : i32\n";
  text += isCall ? "pto.store_vfsimt_info %dz, %dy, %dx : i32, i32, i32\nfunc.call @body(%in, %out) : " + types
                 : "pto.simt_launch @body<<<%dx, %dy, %dz>>>(%in, %out) : " + types;
  text += "\n" + more + "return\n}\nfunc.func @body(" + pointers + ") attributes {pto.simt_entry" + entryAttributes +
          "} {\n" + body + "return\n}\n" + functions + "}\n";
  return Kernel(text).run(
      {buffer("in", in), buffer("out", out), scalar("x", dims.x), scalar("y", dims.y), scalar("z", dims.z)}, options);
}

} // namespace pto::sim::testing
