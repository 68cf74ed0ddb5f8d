// A kernel is grown statement by statement; values that a statement needs are made on the spot where none
// of their type is in reach.
#include "compiler/tests/RandomKernel.h"
#include "compiler/tests/KernelVocabulary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include <functional>
#include <map>
#include <random>
#include <vector>

using namespace pto::ir;

namespace pto::tests {
namespace {

class Grower {
public:
  explicit Grower(uint64_t seed) : random(seed) {}

  std::string kernel(unsigned size) {
    for (unsigned left = size; left > 0;) {
      unsigned part = 1 + below(left);
      left -= part;
      topLevel(part);
    }
    return "module attributes {pto.target_arch = \"a5\", pto.kernel_kind = #pto.kernel_kind<vector>} {\n"
           "func.func @random(%gm: !pto.ptr<f32, gm>, %n: i64, %i: index, %j: index, %k: i32, %c: i1, %h: i16) "
           "attributes {pto.kernel} {\n%zero = arith.constant 0 : index\n" +
           text + "return\n}\n}\n";
  }

private:
  unsigned below(size_t bound) { return std::uniform_int_distribution<unsigned>(0, unsigned(bound) - 1)(random); }
  bool chance() { return below(2) == 0; }

  template <typename Choices>
  auto &oneOf(Choices &choices) {
    return choices[below(std::size(choices))];
  }

  std::string fresh() { return "%v" + std::to_string(counter++); }

  // A value of that type: mostly one that is in reach, at times a new one.
  std::string valueOf(const std::string &type, const std::function<std::string()> &make) {
    std::vector<std::string> &known = inReach[type];
    if (!known.empty() && below(4) != 0)
      return oneOf(known);
    std::string value = make();
    inReach[type].push_back(value);
    return value;
  }

  // TYPE VALUE = OP : TYPE, remembered
  std::string define(const std::string &operation) {
    std::string name = fresh();
    text += name + " = " + operation + "\n";
    return name;
  }

  std::string vregOf(const Lane &lane) { return "!pto.vreg<" + std::to_string(lane.lanes) + "x" + lane.name + ">"; }
  std::string maskOf(const Lane &lane) { return std::string("!pto.mask<") + lane.mask + ">"; }
  std::string ubOf(const Lane &lane) { return std::string("!pto.ptr<") + lane.name + ", ub>"; }

  std::string scalar(const Lane &lane) {
    return valueOf(lane.scalar, [&] { return define(std::string("arith.constant ") + lane.constant); });
  }

  std::string mask(const Lane &lane) {
    return valueOf(maskOf(lane), [&] {
      if (below(3) == 0) {
        std::string name = fresh();
        text += name + ", %left" + name.substr(1) + " = pto.plt_" + lane.mask + " " + given.k + " : i32 -> " +
                maskOf(lane) + ", i32\n";
        return name;
      }
      return define(std::string(chance() ? "pto.pset_" : "pto.pge_") + lane.mask + " \"" +
                    oneOf(tokens::predicatePatterns.words).str() + "\" : " + maskOf(lane));
    });
  }

  std::string ub(const Lane &lane) {
    return valueOf(ubOf(lane), [&] { return define("pto.castptr " + given.n + " : i64 -> " + ubOf(lane)); });
  }

  std::string vector(const Lane &lane) {
    return valueOf(vregOf(lane), [&] {
      std::string base = ub(lane);
      return define("pto.vlds " + base + "[" + index() + "]" + optionalDist(tokens::loadDistributions) + " : " +
                    ubOf(lane) + " -> " + vregOf(lane));
    });
  }

  std::string index() { return chance() ? given.i : given.j; }

  std::string optionalDist(const TokenSet &set) {
    return chance() ? "" : " {dist = \"" + oneOf(set.words).str() + "\"}";
  }

  // What stands directly in the function: copies, sorts, synchronization, scopes.
  void topLevel(unsigned size) {
    switch (below(8)) {
    case 0:
      return copy();
    case 1:
      text += std::string(chance() ? "pto.set_flag" : "pto.wait_flag") +
              "[\"PIPE_MTE2\", <PIPE_V>, #pto.event<EVENT_ID" + std::to_string(below(8)) + ">]\n";
      return;
    case 2:
      text += "pto.barrier <PIPE_" + std::string(chance() ? "V" : "ALL") + ">\n";
      return;
    case 3:
      return strictScope(size);
    case 4:
      return sort();
    default:
      text += "pto.vecscope {\n";
      body(size);
      text += "}\n";
    }
  }

  const Lane &f32() {
    return *llvm::find_if(laneTypes, [](const Lane &lane) { return lane.set == laneF32; });
  }

  void sort() {
    std::string p = ub(f32()), pointer = ubOf(f32()), values = p + ", " + p + ", " + p;
    std::string types = pointer + ", " + pointer + ", " + pointer;
    if (chance())
      text += "pto.vbitsort " + values + ", %i : " + types + ", index\n";
    else
      text += "pto.vmrgsort4 " + values + ", " + p + ", " + p + ", %n, %n : " + types + ", " + pointer + ", " +
              pointer + ", i64, i64\n";
  }

  void copy() {
    const Lane &f32 = this->f32();
    std::string base = ub(f32), loops, types;
    for (unsigned count = below(3); count > 0; --count) {
      loops += " loop(%n, %n, %n)";
      types += ", loop i64, i64, i64";
    }
    if (chance()) {
      text += "pto.mte_ub_gm " + base + ", %gm, %n nburst(%n, %n, %n)" + loops + " : " + ubOf(f32) +
              ", !pto.ptr<f32, gm>, i64, i64, i64, i64" + types + "\n";
      return;
    }
    if (chance()) {
      bool hasCounts = chance();
      loops += " pad(" + scalar(f32) + (hasCounts ? ", %n, %n)" : ")");
      types += std::string(", pad f32") + (hasCounts ? ", i64, i64" : "");
    }
    text += "pto.mte_gm_ub %gm, " + base + ", %n, %n nburst(%n, %n, %n)" + loops + " : !pto.ptr<f32, gm>, " +
            ubOf(f32) + ", i64, i64, i64, i64, i64" + types + "\n";
  }

  // Nothing from outside is in reach in a strict scope but what it captures: here, all that was given.
  void strictScope(unsigned size) {
    std::map<std::string, std::vector<std::string>> noneInReach;
    std::swap(noneInReach, inReach);
    Given outside = given;
    std::string captures, arguments, types;
    for (auto [name, type] : {std::pair(&given.i, "index"),
                              {&given.j, "index"},
                              {&given.zero, "index"},
                              {&given.k, "i32"},
                              {&given.n, "i64"},
                              {&given.c, "i1"},
                              {&given.h, "i16"}}) {
      captures += (captures.empty() ? "" : ", ") + *name;
      *name = fresh();
      arguments += (arguments.empty() ? "" : ", ") + *name + ": " + type;
      types += std::string(types.empty() ? "" : ", ") + type;
    }
    text += "pto.strict_vecscope(" + captures + ") {\n^bb0(" + arguments + "):\n";
    body(size);
    text += "} : (" + types + ") -> ()\n";
    given = outside;
    std::swap(noneInReach, inReach);
  }

  // What stands in a region, out of reach after it.
  void body(unsigned size) {
    auto outside = inReach;
    for (unsigned left = size; left > 0; --left)
      statement(left);
    inReach = std::move(outside);
  }

  void statement(unsigned &left) {
    unsigned kind = below(12);
    if (kind == 0 && left > 2)
      return loop(left);
    if (kind == 1 && left > 2)
      return branch(left);
    if (kind == 2)
      return store();
    if (kind == 3) {
      text += "pto.mem_bar \"VST_VLD\"\n";
      return;
    }
    if (kind < 7)
      return sentence();
    instruction();
  }

  void loop(unsigned &left) {
    const Lane &lane = oneOf(laneTypes);
    unsigned inside = below(left);
    left -= inside;
    std::string start = vector(lane), result = fresh(), carried = fresh(), type = vregOf(lane);
    text += result + " = scf.for " + fresh() + " = " + given.zero + " to " + given.i + " step " + given.j +
            " iter_args(" + carried + " = " + start + ") -> (" + type + ") {\n";
    auto outside = inReach;
    inReach[type].push_back(carried);
    for (unsigned rest = inside; rest > 0; --rest)
      statement(rest);
    text += "scf.yield " + vector(lane) + " : " + type + "\n}\n";
    inReach = std::move(outside);
    inReach[type].push_back(result);
  }

  void branch(unsigned &left) {
    unsigned inside = below(left);
    left -= inside;
    text += "scf.if " + given.c + " {\n";
    body(inside);
    if (chance()) {
      text += "} else {\n";
      body(1);
    }
    text += "}\n";
  }

  void store() {
    const Lane &lane = oneOf(laneTypes);
    std::string value = vector(lane), base = ub(lane), predicate = mask(lane), at = index();
    bool isPostUpdate = chance();
    if (isPostUpdate) {
      std::string next = fresh();
      text += next + " = ";
      inReach[ubOf(lane)].push_back(next);
    }
    text += "pto.vsts " + value + ", " + base + "[" + at + "], " + predicate + " : " + vregOf(lane) + ", " +
            ubOf(lane) + ", " + maskOf(lane) + (isPostUpdate ? " -> " + ubOf(lane) : "") + "\n";
  }

  const Lane &laneIn(LaneSet lanes) {
    std::vector<const Lane *> fitting;
    for (const Lane &lane : laneTypes)
      if (lane.set & lanes)
        fitting.push_back(&lane);
    return *oneOf(fitting);
  }

  // The unsigned integers as wide as these lanes.
  const Lane &indexLane(const Lane &lane) {
    return *llvm::find_if(laneTypes, [&](const Lane &each) {
      return each.lanes == lane.lanes && (each.set & (laneU8 | laneU16 | laneU32 | laneU64));
    });
  }

  std::string typeOf(char letter, const Lane &lane) {
    switch (letter) {
    case 'V':
      return vregOf(lane);
    case 'M':
      return maskOf(lane);
    case 'P':
      return ubOf(lane);
    case 'I':
      return vregOf(indexLane(lane));
    case 'A':
      return "!pto.align";
    case 'H':
      return "!pto.vreg<128xui16>";
    default:
      return "!pto.vreg<64xi32>";
    }
  }

  std::string valueFor(char letter, const Lane &lane) {
    switch (letter) {
    case 'v':
      return vector(lane);
    case 'm':
      return mask(lane);
    case 'p':
      return ub(lane);
    case 'i':
      return vector(indexLane(lane));
    case 'a':
      return valueOf("!pto.align", [&] { return define("pto.init_align : !pto.align"); });
    case 'x':
      return index();
    case 'c':
      return define("arith.constant 8 : index");
    case 'h':
      return given.h;
    case 'k':
      return given.k;
    default:
      return given.n;
    }
  }

  void sentence() {
    const Sentence &chosen = oneOf(sentences);
    const Lane &lane = laneIn(chosen.lanes);
    std::string operation, results;
    for (const char *at = chosen.text; *at; ++at) {
      if (*at != '$')
        operation += *at;
      else if (char letter = *++at; letter >= 'a')
        operation += valueFor(letter, lane);
      else
        operation += typeOf(letter, lane);
    }
    for (char letter : std::string_view(chosen.results)) {
      std::string name = fresh();
      results += (results.empty() ? "" : ", ") + name;
      inReach[typeOf(letter, lane)].push_back(name);
    }
    text += results + (results.empty() ? "" : " = ") + "pto." + operation + "\n";
  }

  void instruction() {
    const Form &form = oneOf(forms);
    const Lane &lane = laneIn(form.lanes);
    std::string operands, operandTypes, results, resultTypes;
    for (char letter : std::string_view(form.operands)) {
      auto [value, type] = operand(letter, lane);
      operands += (operands.empty() ? "" : ", ") + value;
      operandTypes += (operandTypes.empty() ? "" : ", ") + type;
    }
    if (form.token)
      operands += ", \"" + oneOf(form.token->words).str() + "\"";
    std::vector<std::pair<std::string, std::string>> made;
    for (char letter : std::string_view(form.results)) {
      std::string type = letter == 'v' ? vregOf(lane) : maskOf(lane);
      made.emplace_back(type, fresh());
      results += (results.empty() ? "" : ", ") + made.back().second;
      resultTypes += (resultTypes.empty() ? "" : ", ") + type;
    }
    text += results + " = pto." + form.mnemonic + " " + operands + " : " + operandTypes + " -> " + resultTypes + "\n";
    for (auto &[type, value] : made)
      inReach[type].push_back(value);
  }

  std::pair<std::string, std::string> operand(char letter, const Lane &lane) {
    switch (letter) {
    case 'v':
      return {vector(lane), vregOf(lane)};
    case 'm':
      return {mask(lane), maskOf(lane)};
    case 's':
      return {scalar(lane), lane.scalar};
    default:
      return {given.h, "i16"};
    }
  }

  // The values that every statement may use: the function's arguments, or what a scope captured of them.
  struct Given {
    std::string i = "%i", j = "%j", zero = "%zero", k = "%k", n = "%n", c = "%c", h = "%h";
  };

  std::mt19937_64 random;
  std::string text;
  Given given;
  unsigned counter = 0;
  std::map<std::string, std::vector<std::string>> inReach;
};

} // namespace

std::string randomKernel(uint64_t seed, unsigned size) {
  return Grower(seed).kernel(size);
}

} // namespace pto::tests
