// Random kernels: with all flags nothing is found, and what is found without one of them is where it is needed, by a
// reference that asks for every two instructions whether a chain of edges leads from one to the other.
#include "sim/check/tests/RandomSteps.h"
#include "sim/check/tests/Script.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace pto::sim::testing {
namespace {

/// Two that write one after the other, where nothing reads in between: with a reader there, its own conflict is told.
bool isToldOf(const std::vector<Step> &steps, size_t from, size_t to) {
  const Step &a = steps[from], &b = steps[to];
  bool isOverwrite = a.writes >= 0 && a.writes == b.writes;
  return !isOverwrite || std::none_of(steps.begin() + long(from) + 1, steps.begin() + long(to),
                                      [&](const Step &between) { return between.reads == a.writes; });
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
