// Objects of bytes, and which of them only a kernel knows.
#include "harness/host/plugin/Memory.h"
#include <algorithm>
#include <cstring>

namespace pto::harness::host {

/// A host program prepares a test; one that takes more than this is not prepared for one.
constexpr size_t limit = size_t(4) << 30;

Address Memory::allocate(Kind kind, size_t size, std::string name) {
  if (size > limit - used)
    return 0;
  used += size;
  Object &made = objects.emplace_back();
  made.kind = kind;
  made.name = std::move(name);
  made.bytes.resize(size);
  if (kind == Kind::Device)
    made.number = buffers++;
  return uint64_t(objects.size()) << 32;
}

Address Memory::allocateText(const std::string &text) {
  Address at = allocate(Kind::Host, text.size() + 1, "a string");
  std::memcpy(objects.back().bytes.data(), text.data(), text.size());
  return at;
}

std::optional<std::string> Memory::refuse(Address at, size_t size) const {
  if (at >> 32 == 0)
    return "a null pointer";
  if (index(at) >= objects.size())
    return "what is no address";
  size_t room = object(at).bytes.size();
  if (offset(at) <= room && size <= room - offset(at))
    return std::nullopt;
  return "bytes " + std::to_string(offset(at)) + " to " + std::to_string(offset(at) + size) + " of '" + name(at) +
         "', which has " + std::to_string(room);
}

uint8_t *Memory::write(Address at, size_t size) {
  Object &target = object(at);
  target.isFilled = true;
  size_t begin = offset(at), end = begin + size;
  std::vector<Result> kept;
  for (const Result &part : target.results)
    for (const Result &rest : {part.within(0, begin), part.within(end, SIZE_MAX)})
      if (rest.size)
        kept.push_back(rest);
  target.results = std::move(kept);
  return target.bytes.data() + begin;
}

void Memory::copy(Address to, Address from, size_t size) {
  std::vector<Result> results = resultsIn(from, size);
  uint8_t *target = write(to, size); // of another object, or of the same: memmove
  std::memmove(target, read(from), size);
  for (const Result &part : results)
    object(to).results.push_back({offset(to) + part.offset, part.size, part.source});
}

bool Memory::isResult(Address at, size_t size) const {
  const Object &from = object(at);
  size_t begin = offset(at), end = begin + size;
  return from.isResult || std::any_of(from.results.begin(), from.results.end(),
                                      [&](const Result &part) { return part.within(begin, end).size > 0; });
}

Memory::Result Memory::Result::within(size_t from, size_t to) const {
  from = std::max(from, offset);
  to = std::min(to, end());
  return from < to ? Result{from, to - from, source + (from - offset)} : Result{from, 0, source};
}

std::vector<Memory::Result> Memory::resultsIn(Address at, size_t size) const {
  const Object &from = object(at);
  if (from.isResult)
    return {{0, size, at}};
  std::vector<Result> found;
  for (const Result &each : from.results)
    if (Result part = each.within(offset(at), offset(at) + size); part.size)
      found.push_back({part.offset - offset(at), part.size, part.source});
  std::sort(found.begin(), found.end(), [](const Result &a, const Result &b) { return a.offset < b.offset; });
  std::vector<Result> joined;
  for (const Result &part : found) {
    if (!joined.empty() && joined.back().end() == part.offset &&
        joined.back().source + joined.back().size == part.source)
      joined.back().size += part.size;
    else
      joined.push_back(part);
  }
  return joined;
}

std::vector<HostBuffer> Memory::takeBuffers() {
  std::vector<HostBuffer> taken;
  for (Object &object : objects)
    if (object.kind == Kind::Device)
      taken.push_back({std::move(object.name), std::move(object.bytes), object.isFilled});
  return taken;
}

} // namespace pto::harness::host
