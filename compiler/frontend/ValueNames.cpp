// Regions stay known after they are closed: what waits in one waits in the region around it from then on.
#include "compiler/frontend/ValueNames.h"

using llvm::StringRef;

namespace pto::frontend {

// The parser keeps a slot for every number up to the one it reads, so that %m#100000000 would cost it a gigabyte.
constexpr size_t maxSlots = 1 << 20;

ValueNames::ValueNames() : regions({{0}}), definedIn(1) {}

void ValueNames::openRegion() {
  regions.push_back({current});
  current = regions.size() - 1;
  definedIn.emplace_back();
}

void ValueNames::closeRegion() {
  for (Name *name : definedIn.pop_back_val())
    name->region.reset();
  regions[current].isOpen = false;
  current = regions[current].around;
}

unsigned ValueNames::openAround(unsigned region) {
  while (!regions[region].isOpen) {
    unsigned &around = regions[region].around;
    if (!regions[around].isOpen)
      around = regions[around].around; // a step saved next time
    region = around;
  }
  return region;
}

void ValueNames::define(StringRef text, unsigned results) {
  Name &name = names[text];
  if (name.usedIn && openAround(*name.usedIn) != current && remarks.empty()) {
    if (redefinition.empty())
      remarks = {{name.firstUse, text.str() + " is used before it is defined"},
                 {text, "it is defined here, in a region that the use is not in"}};
    else
      remarks = redefinition; // comes first, and is as far as the parser would get
  }
  name.usedIn.reset();
  if (name.region) {
    if (redefinition.empty())
      redefinition = {{text, text.str() + " is defined twice"}, {name.definition, "it is defined here already"}};
    return;
  }
  name.region = current;
  name.results = results;
  name.definition = text;
  definedIn.back().push_back(&name);
}

void ValueNames::use(StringRef text) {
  Name &name = names[text];
  if (name.region || name.usedIn)
    return;
  name.usedIn = current;
  name.firstUse = text;
}

void ValueNames::number(StringRef text, StringRef number) {
  Name &name = names[text];
  unsigned value;
  if (number.drop_front().getAsInteger(10, value))
    return; // no number: the parser says so
  if (name.region && value < name.results)
    return;
  slots += size_t(value) + 1;
  if (slots <= maxSlots || !remarks.empty())
    return;
  if (name.region)
    remarks = {{text, "there is no " + text.str() + number.str() + ": " + text.str() + " is " +
                          (name.results == 1 ? "one value" : std::to_string(name.results) + " values")},
               {name.definition, "it is defined here"}};
  else
    remarks = {{text, "there is no " + text.str() + number.str() + ": " + text.str() + " is not defined"}};
}

} // namespace pto::frontend
