// The engines: what each looks at when an instruction touches memory. Bounds are enforced in all of them. A policy more
// is a class here and its name in the list; no handler has to know.
#pragma once

#include <type_traits>

namespace pto::sim {

class Core;
struct Touch;

/// Nothing else: the bare access.
struct Fast {};

/// Alignment, reads of bytes that nothing wrote, which arguments are read, and what orders the accesses.
struct Checked {
  /// Hears of a touch that is inside its memory, before it happens; false after a fault.
  static bool see(Core &core, const Touch &touch);
};

/// The same, and the machine's listener hears of every touch.
struct Traced {
  static bool see(Core &core, const Touch &touch);
};

/// Whether a policy looks at what is touched.
template <class Policy>
inline constexpr bool isSeen = !std::is_same_v<Policy, Fast>;

template <class... P>
struct PolicyList {
  static constexpr unsigned count = sizeof...(P);
  /// The place of one of them in a list.
  template <class One>
  static constexpr unsigned index = [] {
    unsigned at = 0;
    (void)((std::is_same_v<One, P> || (++at, false)) || ...);
    return at;
  }();
};
using Policies = PolicyList<Fast, Checked, Traced>;
inline constexpr unsigned policyCount = Policies::count;

} // namespace pto::sim
