#include "sim/check/tests/Script.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <gtest/gtest.h>
#include <map>
#include <numeric>

namespace pto::sim::testing {

namespace {

using Words = llvm::SmallVector<llvm::StringRef, 6>;

class Writer {
public:
  std::string write(llvm::StringRef script) {
    llvm::SmallVector<llvm::StringRef> lines;
    script.split(lines, '\n');
    std::string body;
    for (llvm::StringRef line : lines)
      body += writeLine(line.trim()) + "\n";
    return kernelText("%in: !pto.ptr<f32>, %out: !pto.ptr<f32>",
                      "%z = arith.constant 0 : i64 %one = arith.constant 1 : i64 %len = arith.constant 256 : i64 "
                      "%blocks = arith.constant 8 : i64 %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index "
                      "%c2 = arith.constant 2 : index %c64 = arith.constant 64 : index "
                      "%c256 = arith.constant 256 : index %b = pto.get_block_idx %b1 = arith.index_cast %b : i64 to "
                      "index %f = arith.constant 1.0 : f32\n" +
                          body);
  }

private:
  std::string writeLine(llvm::StringRef line) {
    Words words;
    llvm::SplitString(line, words);
    if (words.empty())
      return "";
    static const std::map<llvm::StringRef, std::string (Writer::*)(const Words &)> instructions = {
        {"load", &Writer::load},       {"store", &Writer::store},      {"copy", &Writer::copy},
        {"use", &Writer::use},         {"scope", &Writer::scope},      {"ld", &Writer::ld},
        {"st", &Writer::st},           {"add", &Writer::add},          {"1pt", &Writer::point},
        {"sld", &Writer::scalarLoad},  {"sst", &Writer::scalarStore},  {"set", &Writer::flag},
        {"wait", &Writer::flag},       {"dset", &Writer::dynamicFlag}, {"dwait", &Writer::dynamicFlag},
        {"barrier", &Writer::barrier}, {"bar", &Writer::memBar},       {"mask", &Writer::mask},
        {"get", &Writer::buffer},      {"rls", &Writer::buffer},       {"loop", &Writer::loop},
        {"if0", &Writer::ifFirst},     {"carry", &Writer::carry},      {"yield", &Writer::yield},
        {"atomic", &Writer::atomic},   {"}", &Writer::close}};
    auto found = instructions.find(words.front());
    if (found == instructions.end()) {
      ADD_FAILURE() << "the script has the line '" << line.str() << "'";
      return "";
    }
    return (this->*found->second)(words);
  }

  // Text before an instruction that makes its pointer, and the pointer.
  struct Place {
    std::string before, pointer, type;
  };
  Place place(llvm::StringRef text) {
    llvm::StringRef name = text.take_while(llvm::isAlpha);
    int64_t bytes = 0;
    llvm::StringRef rest = text.drop_front(name.size());
    if (rest.consume_front("+"))
      rest.consumeInteger(10, bytes);
    unsigned id = next++;
    std::string before = llvm::formatv("%m{0} = arith.constant {1} : index ", id, bytes / 4);
    std::string offset = llvm::formatv("%m{0}", id);
    auto move = [&](llvm::StringRef by, llvm::StringRef unit) {
      before += llvm::formatv("%x{0} = arith.muli {1}, {2} : index %y{0} = arith.addi {3}, %x{0} : index ", next, by,
                              unit, offset);
      offset = llvm::formatv("%y{0}", next++);
    };
    if (rest.consume_front("*i"))
      move("%i", "%c64");
    if (rest.consume_front("*p")) {
      before += llvm::formatv("%r{0} = arith.remui %i, %c2 : index ", next);
      move(llvm::formatv("%r{0}", next).str(), "%c256");
    }
    if (rest.consume_front("*b"))
      move("%b1", "%c64");
    EXPECT_TRUE(rest.empty()) << text.str();
    bool isGlobal = name == "in" || name == "out";
    std::string type = isGlobal ? "!pto.ptr<f32>" : "!pto.ptr<f32, ub>", base = "%" + name.str();
    if (!isGlobal) {
      before += llvm::formatv("%k{0} = arith.constant {1} : i64 %q{0} = pto.castptr %k{0} : i64 -> {2} ", id,
                              1024 * (name[0] - 'a'), type);
      base = llvm::formatv("%q{0}", id);
    }
    before += llvm::formatv("%g{0} = pto.addptr {1}, {2} : {3} -> {3} ", id, base, offset, type);
    return {before, llvm::formatv("%g{0}", id), type};
  }

  std::string load(const Words &words) {
    Place to = place(words[1]), from = place(words[2]);
    return to.before + from.before +
           llvm::formatv(
               "pto.mte_gm_ub {0}, {1}, %z, %len nburst(%one, %len, %len) : {2}, {3}, i64, i64, i64, i64, i64",
               from.pointer, to.pointer, from.type, to.type)
               .str();
  }
  std::string store(const Words &words) {
    Place from = place(words[1]), to = place(words[2]);
    return to.before + from.before +
           llvm::formatv("pto.mte_ub_gm {0}, {1}, %len nburst(%one, %len, %len) : {2}, {3}, i64, i64, i64, i64",
                         from.pointer, to.pointer, from.type, to.type)
               .str();
  }
  std::string copy(const Words &words) {
    Place to = place(words[1]), from = place(words[2]);
    return to.before + from.before +
           llvm::formatv("pto.mte_ub_ub {0}, {1}, %blocks nburst(%one, %z, %z) : {2}, {3}, i64, i64, i64, i64",
                         from.pointer, to.pointer, from.type, to.type)
               .str();
  }
  std::string use(const Words &words) {
    std::string v = "u" + std::to_string(next++), text = scope(words);
    text += ld({"ld", v, words[2]}) + " ";
    return text + st({"st", v, words[1]}) + " }";
  }
  std::string scope(const Words &) {
    return llvm::formatv("pto.vecscope {{ %all{0} = pto.pset_b32 \"PAT_ALL\" : !pto.mask<b32> ", ++masks);
  }
  std::string ld(const Words &words) {
    Place from = place(words[2]);
    return from.before +
           llvm::formatv("%{0} = pto.vlds {1}[%c0] : {2} -> !pto.vreg<64xf32>", words[1], from.pointer, from.type)
               .str();
  }
  std::string st(const Words &words) {
    Place to = place(words[2]);
    std::string active = llvm::formatv("%all{0}", masks);
    if (words.size() > 3)
      active = "%" + words[3].str();
    return to.before + llvm::formatv("pto.vsts %{0}, {1}[%c0], {2} : !pto.vreg<64xf32>, {3}, !pto.mask<b32>", words[1],
                                     to.pointer, active, to.type)
                           .str();
  }
  std::string mask(const Words &words) {
    return llvm::formatv("%{0} = pto.pset_b32 \"PAT_VL{1}\" : !pto.mask<b32>", words[1], words[2]);
  }
  std::string point(const Words &words) {
    Place to = place(words[2]);
    return to.before + llvm::formatv("pto.vsts %{0}, {1}[%c0], %all{2} {{dist = \"1PT_B32\"} : !pto.vreg<64xf32>, {3}, "
                                     "!pto.mask<b32>",
                                     words[1], to.pointer, masks, to.type)
                           .str();
  }
  std::string add(const Words &words) {
    return llvm::formatv(
        "%{0} = pto.vadd %{1}, %{1}, %all{2} : !pto.vreg<64xf32>, !pto.vreg<64xf32>, !pto.mask<b32> -> "
        "!pto.vreg<64xf32>",
        words[1], words[2], masks);
  }
  std::string scalarLoad(const Words &words) {
    Place from = place(words[1]);
    return from.before +
           llvm::formatv("%s{0} = pto.load_scalar {1}[%c0] : {2} -> f32", next++, from.pointer, from.type).str();
  }
  std::string scalarStore(const Words &words) {
    Place to = place(words[1]);
    return to.before + llvm::formatv("pto.store_scalar %f, {0}[%c0] : {1}, f32", to.pointer, to.type).str();
  }
  std::string flag(const Words &words) {
    return llvm::formatv("pto.{0}_flag[\"PIPE_{1}\", \"PIPE_{2}\", \"EVENT_ID{3}\"]", words[0], words[1], words[2],
                         words[3]);
  }
  std::string dynamicFlag(const Words &words) {
    unsigned id = next++;
    std::string before = llvm::formatv("%e{0} = arith.remui %i, %c2 : index ", id), event = llvm::formatv("%e{0}", id);
    if (words[3] != "p")
      before = llvm::formatv("{0} = arith.constant {1} : index ", event, words[3]);
    return before + llvm::formatv("pto.{0}_flag_dyn[\"PIPE_{1}\", \"PIPE_{2}\", {3}]", words[0].drop_front(), words[1],
                                  words[2], event)
                        .str();
  }
  std::string barrier(const Words &words) { return ("pto.barrier #pto.pipe<PIPE_" + words[1] + ">").str(); }
  std::string memBar(const Words &words) { return ("pto.mem_bar \"" + words[1] + "\"").str(); }
  std::string buffer(const Words &words) {
    return llvm::formatv("pto.{0}_buf \"PIPE_{1}\", {2}, {3}", words[0], words[1], words[2],
                         words.size() > 3 ? words[3] : "0");
  }
  std::string loop(const Words &words) {
    unsigned id = next++;
    return llvm::formatv("%to{0} = arith.constant {1} : index scf.for %i = %c0 to %to{0} step %c1 {{", id, words[1]);
  }
  std::string ifFirst(const Words &) {
    unsigned id = next++;
    return llvm::formatv("%is{0} = arith.cmpi eq, %i, %c0 : index scf.if %is{0} {{", id);
  }
  std::string carry(const Words &words) {
    unsigned id = next++;
    return llvm::formatv("%to{0} = arith.constant {1} : index %out{0} = scf.for %i = %c0 to %to{0} step %c1 "
                         "iter_args(%{2} = %{3}) -> (!pto.vreg<64xf32>) {{",
                         id, words[1], words[2], words[3]);
  }
  std::string yield(const Words &words) { return llvm::formatv("scf.yield %{0} : !pto.vreg<64xf32> }", words[1]); }
  std::string atomic(const Words &words) {
    const char *control = words[1] == "max" ? "0x1001000000000248" : "0x1001000000000048";
    unsigned id = next++;
    return llvm::formatv("%ctrl{0} = arith.constant {1} : i64 pto.set_ctrl %ctrl{0} : i64", id, control);
  }
  std::string close(const Words &) { return "}"; }

  unsigned next = 0, masks = 0;
};

// The lines of a pair's script: without their marks, or nothing where `keep` does not want them.
std::string linesWith(const Pair &pair, llvm::StringRef dropped) {
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(pair.script).trim('\n').split(lines, '\n');
  std::string text;
  for (llvm::StringRef line : lines) {
    line = line.trim();
    bool isDropped = !line.empty() && dropped.contains(line.front());
    text += (isDropped ? "" : line.ltrim("-+!").str()) + "\n";
  }
  return text;
}

} // namespace

std::string kernelOf(llvm::StringRef script) {
  return Writer().write(script);
}

ScriptRun runScript(llvm::StringRef script, unsigned blocks, Order order) {
  return runKernel(kernelOf(script), blocks, order);
}

ScriptRun runKernel(llvm::StringRef text, unsigned blocks, Order order) {
  Kernel kernel(text);
  std::vector<float> in(4096), out(4096, -1);
  std::iota(in.begin(), in.end(), 1.0f);
  LaunchOptions options;
  options.blockDim = blocks;
  options.order = order;
  options.instructionBudget = 100'000;
  ScriptRun run{kernel.run({buffer("in", in), buffer("out", out)}, options), {}};
  llvm::erase_if(run.findings, [](const Finding &finding) { return finding.isConsequence; });
  run.out = std::move(out);
  return run;
}

std::string bugOf(const Pair &pair) {
  return linesWith(pair, "-");
}
std::string fixOf(const Pair &pair) {
  return linesWith(pair, "+");
}

std::vector<unsigned> linesOf(const Pair &pair) {
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(pair.script).trim('\n').split(lines, '\n');
  std::vector<unsigned> marked;
  for (auto [index, line] : llvm::enumerate(lines))
    if (line.trim().take_while([](char c) { return llvm::StringRef("-+!").contains(c); }).contains('!'))
      marked.push_back(firstScriptLine + unsigned(index));
  return marked;
}

void PrintTo(const Pair &pair, std::ostream *os) {
  *os << pair.name;
}

} // namespace pto::sim::testing
