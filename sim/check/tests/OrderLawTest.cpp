// Random kernels: with all flags nothing is found, and what is found without one of them is where it is needed, by a
// reference that asks for every two instructions whether a chain of edges leads from one to the other.
#include "sim/check/tests/Script.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

namespace pto::sim::testing {
namespace {

/// A step of a random kernel without loops: on a pipe, it reads one buffer of UB and writes another.
struct Step {
  enum Kind { Load, Use, Store } kind;
  int reads, writes; ///< buffers, -1: global memory, rows of which nobody else touches

  const char *pipe() const {
    static constexpr const char *pipes[] = {"MTE2", "V", "MTE3"};
    return pipes[kind];
  }
  bool isInOrder() const { return kind == Use; }
};

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

/// Two that write one after the other, where nothing reads in between: with a reader there, its own conflict is told.
bool isToldOf(const std::vector<Step> &steps, size_t from, size_t to) {
  const Step &a = steps[from], &b = steps[to];
  bool isOverwrite = a.writes >= 0 && a.writes == b.writes;
  return !isOverwrite || std::none_of(steps.begin() + long(from) + 1, steps.begin() + long(to),
                                      [&](const Step &between) { return between.reads == a.writes; });
}

/// An edge between two steps: a flag set after one and waited for before the other, or a barrier of their pipe.
struct Edge {
  size_t from, to;
};

/// What every step has to wait for: on each pipe the last one that it conflicts with, which stands for those before.
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

/// By step, whether each of the others is done before it starts. A pipe is given its steps in order; what waits for a
/// step waits for all that its pipe was given until then, and for what these had waited for.
std::vector<std::vector<bool>> doneBefore(const std::vector<Step> &steps, const std::vector<Edge> &edges) {
  std::vector<std::vector<bool>> done(steps.size(), std::vector<bool>(steps.size()));
  for (size_t step = 0; step < steps.size(); ++step) {
    auto include = [&](size_t other, bool itself) {
      for (size_t i = 0; i < steps.size(); ++i)
        done[step][i] = done[step][i] || done[other][i];
      done[step][other] = done[step][other] || itself;
    };
    for (size_t before = 0; before < step; ++before)
      if (steps[before].kind == steps[step].kind)
        include(before, steps[step].isInOrder());
    for (const Edge &edge : edges)
      for (size_t sent = 0; edge.to == step && sent < step; ++sent)
        // A barrier is for all that the pipe was given so far.
        if (steps[sent].kind == steps[edge.from].kind && (sent <= edge.from || steps[sent].kind == steps[step].kind))
          include(sent, true);
  }
  return done;
}

struct Written {
  std::string script;
  std::vector<unsigned> lines; ///< by step
};

/// A flag has an event of its own.
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

std::set<unsigned> linesFound(const RunReport &report) {
  std::set<unsigned> lines;
  for (const Finding &finding : report.findings)
    lines.insert(finding.location.line);
  return lines;
}

RC_GTEST_PROP(OrderLaw, AllEdgesAreEnough, ()) {
  std::vector<Step> steps = randomSteps();
  Written written = write(steps, neededEdges(steps));
  RunReport report = runScript(written.script);
  RC_LOG() << written.script;
  RC_ASSERT(!report.fault);
  RC_ASSERT(report.findings.empty());
}

RC_GTEST_PROP(OrderLaw, AllEdgesGiveTheSameBitsInEveryOrder, ()) {
  std::vector<Step> steps = randomSteps();
  Written written = write(steps, neededEdges(steps));
  Order order{*rc::gen::element(Order::Kind::Late, Order::Kind::Early, Order::Kind::Random),
              *rc::gen::arbitrary<uint64_t>()};
  ScriptRun run = runScript(written.script, 1, order);
  RC_LOG() << written.script << "\n" << order.text();
  RC_ASSERT(!run.fault);
  RC_ASSERT(run.out == runScript(written.script).out);
}

// The other way round: what another order computes otherwise is found.
RC_GTEST_PROP(OrderLaw, WhatAnotherOrderChangesIsFound, ()) {
  std::vector<Step> steps = randomSteps();
  std::vector<Edge> edges = neededEdges(steps);
  if (!edges.empty())
    edges.erase(edges.begin() + *rc::gen::inRange<long>(0, long(edges.size())));
  Written written = write(steps, edges);
  Order order{*rc::gen::element(Order::Kind::Late, Order::Kind::Early, Order::Kind::Random),
              *rc::gen::arbitrary<uint64_t>()};
  ScriptRun program = runScript(written.script), other = runScript(written.script, 1, order);
  RC_LOG() << written.script << "\n" << order.text();
  RC_CLASSIFY(other.out != program.out, "the order shows it");
  RC_ASSERT(other.out == program.out || !program.findings.empty());
}

RC_GTEST_PROP(OrderLaw, FindsJustWhatEdgesLeaveOpen, ()) {
  std::vector<Step> steps = randomSteps();
  std::vector<Edge> edges = neededEdges(steps);
  for (int drop = *rc::gen::inRange(0, 3); drop > 0 && !edges.empty(); --drop)
    edges.erase(edges.begin() + *rc::gen::inRange<long>(0, long(edges.size())));
  std::vector<std::vector<bool>> done = doneBefore(steps, edges);
  Written written = write(steps, edges);
  std::set<unsigned> expected;
  for (size_t to = 0; to < steps.size(); ++to)
    for (size_t from = 0; from < to; ++from)
      if (conflict(steps[from], steps[to]) && !done[to][from] && isToldOf(steps, from, to))
        expected.insert(written.lines[to]);
  RC_LOG() << written.script;
  RC_CLASSIFY(!expected.empty(), "something is open");
  RC_ASSERT(linesFound(runScript(written.script)) == expected);
}

} // namespace
} // namespace pto::sim::testing
