#include "sim/check/tests/RandomSteps.h"
#include "sim/check/tests/Script.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <rapidcheck.h>

namespace pto::sim::testing {

std::vector<Step> randomSteps() {
  std::vector<Step> steps;
  int count = *rc::gen::inRange(2, 9);
  for (int i = 0; i < count; ++i) {
    auto kind = Step::Kind(*rc::gen::inRange(0, 3));
    int first = *rc::gen::inRange(0, 3), second = (first + *rc::gen::inRange(1, 3)) % 3;
    steps.push_back({kind, kind == Step::Load ? -1 : first, kind == Step::Store ? -1 : second});
  }
  return steps;
}

bool conflict(const Step &a, const Step &b) {
  auto meet = [](int x, int y) { return x >= 0 && x == y; };
  return meet(a.writes, b.reads) || meet(a.reads, b.writes) || meet(a.writes, b.writes);
}

std::vector<Edge> neededEdges(const std::vector<Step> &steps) {
  std::vector<Edge> edges;
  for (size_t to = 0; to < steps.size(); ++to) {
    std::array<bool, 3> isWaitedFor{};
    isWaitedFor[steps[to].kind] = steps[to].isInOrder();
    for (size_t from = to; from-- > 0;)
      if (conflict(steps[from], steps[to]) && !std::exchange(isWaitedFor[steps[from].kind], true))
        edges.push_back({from, to});
  }
  return edges;
}

Written write(const std::vector<Step> &steps, const std::vector<Edge> &edges) {
  std::vector<std::string> lines;
  Written written;
  std::map<std::pair<int, int>, int> events;
  std::vector<std::string> flags;
  for (const Edge &edge : edges) {
    int &event = events[{steps[edge.from].kind, steps[edge.to].kind}];
    flags.push_back(std::string(steps[edge.from].pipe()) + " " + steps[edge.to].pipe() + " " + std::to_string(event++));
  }
  auto buffer = [](int index) { return std::string(1, char('a' + index)); };
  for (size_t step = 0; step < steps.size(); ++step) {
    const Step &at = steps[step];
    for (auto [edge, flag] : llvm::zip_equal(edges, flags))
      if (edge.to == step)
        lines.push_back(steps[edge.from].kind == at.kind ? std::string("barrier ") + at.pipe() : "wait " + flag);
    written.lines.push_back(firstScriptLine + unsigned(lines.size()));
    std::string row = "+" + std::to_string(512 * step);
    lines.push_back(at.kind == Step::Load    ? "load " + buffer(at.writes) + " in" + row
                    : at.kind == Step::Store ? "store " + buffer(at.reads) + " out" + row
                                             : "use " + buffer(at.writes) + " " + buffer(at.reads));
    for (auto [edge, flag] : llvm::zip_equal(edges, flags))
      if (edge.from == step && steps[edge.to].kind != at.kind)
        lines.push_back("set " + flag);
  }
  written.script = llvm::join(lines, "\n");
  return written;
}

} // namespace pto::sim::testing
