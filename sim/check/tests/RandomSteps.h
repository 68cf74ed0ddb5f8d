// Random kernels without loops, in which what has to wait for what is known.
#pragma once

#include <string>
#include <vector>

namespace pto::sim::testing {

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

/// An edge between two steps: a flag set after one and waited for before the other, or a barrier of their pipe.
struct Edge {
  size_t from, to;
};

struct Written {
  std::string script;
  std::vector<unsigned> lines; ///< by step
};

/// Drawn by RapidCheck.
std::vector<Step> randomSteps();
/// Whether one has to wait for the other.
bool conflict(const Step &a, const Step &b);
/// What every step has to wait for: on each pipe the last one that it conflicts with, which stands for those before.
std::vector<Edge> neededEdges(const std::vector<Step> &steps);
/// A flag has an event of its own.
Written write(const std::vector<Step> &steps, const std::vector<Edge> &edges);

} // namespace pto::sim::testing
