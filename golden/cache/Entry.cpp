// Layout, little endian: magic, checksum of what follows, the key, then for each output the exact float64 values
// (or, for an integer type, the bytes) and the bounds, each with its length in bytes. The rounded value of a float
// output is made again from the exact one.
#include "golden/cache/Entry.h"
#include "golden/tensor/Convert.h"
#include "llvm/Support/xxhash.h"
#include <cstring>

namespace pto::golden {
namespace {

constexpr llvm::StringLiteral magic = "pto-golden-v001\n";
constexpr size_t headerSize = magic.size() + sizeof(uint64_t);

template <typename Element>
void append(std::string &bytes, const std::vector<Element> &values) {
  uint64_t size = values.size() * sizeof(Element);
  bytes.append(reinterpret_cast<const char *>(&size), sizeof(size));
  bytes.append(reinterpret_cast<const char *>(values.data()), size);
}

/// Takes a length and that many bytes off the front.
template <typename Element>
bool take(llvm::StringRef &bytes, std::vector<Element> &values) {
  uint64_t size;
  if (bytes.size() < sizeof(size))
    return false;
  std::memcpy(&size, bytes.data(), sizeof(size));
  bytes = bytes.drop_front(sizeof(size));
  if (size > bytes.size() || size % sizeof(Element))
    return false;
  values.resize(size / sizeof(Element));
  if (size)
    std::memcpy(values.data(), bytes.data(), size);
  bytes = bytes.drop_front(size);
  return true;
}

bool takeReference(llvm::StringRef &bytes, const ReferenceRequest::Output &output, Reference &reference) {
  Tensor shaped{output.dtype, output.shape, {}};
  auto count = static_cast<size_t>(shaped.elementCount());
  if (isFloat(output.dtype)) {
    if (!take(bytes, reference.exact) || reference.exact.size() != count)
      return false;
    reference.value = fromDoubles(output.dtype, output.shape, reference.exact);
  } else {
    if (!take(bytes, shaped.bytes) || shaped.bytes.size() != count * byteSize(output.dtype))
      return false;
    reference.value = std::move(shaped);
  }
  return take(bytes, reference.bound) && (reference.bound.empty() || reference.bound.size() == count);
}

} // namespace

std::string writeEntry(llvm::StringRef key, const std::vector<Reference> &references) {
  std::string bytes(headerSize, '\0');
  bytes += key;
  for (const Reference &reference : references) {
    if (isFloat(reference.value.dtype))
      append(bytes, reference.exact);
    else
      append(bytes, reference.value.bytes);
    append(bytes, reference.bound);
  }
  uint64_t checksum = llvm::xxh3_64bits(llvm::StringRef(bytes).drop_front(headerSize));
  std::memcpy(bytes.data(), magic.data(), magic.size());
  std::memcpy(bytes.data() + magic.size(), &checksum, sizeof(checksum));
  return bytes;
}

std::optional<std::vector<Reference>> readEntry(llvm::StringRef bytes, llvm::StringRef key,
                                                const std::vector<ReferenceRequest::Output> &outputs) {
  if (bytes.size() < headerSize || !bytes.starts_with(magic))
    return std::nullopt;
  uint64_t checksum;
  std::memcpy(&checksum, bytes.data() + magic.size(), sizeof(checksum));
  bytes = bytes.drop_front(headerSize);
  if (llvm::xxh3_64bits(bytes) != checksum || !bytes.consume_front(key))
    return std::nullopt;
  std::vector<Reference> references(outputs.size());
  for (size_t i = 0; i < outputs.size(); ++i)
    if (!takeReference(bytes, outputs[i], references[i]))
      return std::nullopt;
  if (!bytes.empty())
    return std::nullopt;
  return references;
}

} // namespace pto::golden
