// What a kept reference is found by.
#include "golden/SourcesDigest.h"
#include "golden/cache/Cache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <bit>

namespace pto::golden {
namespace {

/// Every piece goes in with its length, so that no two requests spell the same bytes.
class KeyText {
public:
  void add(uint64_t number) { bytes.append(reinterpret_cast<const char *>(&number), sizeof(number)); }
  void add(llvm::StringRef text) {
    add(text.size());
    bytes.append(text.begin(), text.end());
  }
  void add(llvm::ArrayRef<int64_t> shape) {
    add(shape.size());
    for (int64_t extent : shape)
      add(static_cast<uint64_t>(extent));
  }
  /// Long data by its hash.
  void addContent(llvm::ArrayRef<uint8_t> data) {
    add(data.size());
    llvm::XXH128_hash_t hash = llvm::xxh3_128bits(data);
    add(hash.low64);
    add(hash.high64);
  }

  std::string digits() const {
    auto *data = reinterpret_cast<const uint8_t *>(bytes.data());
    llvm::XXH128_hash_t hash = llvm::xxh3_128bits({data, bytes.size()});
    uint64_t words[] = {hash.low64, hash.high64};
    return llvm::toHex({reinterpret_cast<const uint8_t *>(words), sizeof(words)}, /*LowerCase=*/true);
  }

private:
  std::string bytes;
};

} // namespace

CacheKey keyOf(const ReferenceRequest &request) {
  KeyText text;
  text.add(llvm::StringRef(sourcesDigest));
  text.add(llvm::StringRef(PTO_TORCH_VERSION));
  text.add(llvm::StringRef(request.text));
  text.add(request.inputs.size());
  for (const auto &input : request.inputs) {
    text.add(llvm::StringRef(input.name));
    text.add(static_cast<uint64_t>(input.value.dtype));
    text.add(input.value.shape);
    text.addContent(input.value.bytes);
  }
  text.add(request.scalars.size());
  for (const auto &scalar : request.scalars) {
    text.add(llvm::StringRef(scalar.name));
    text.add(static_cast<uint64_t>(scalar.dtype));
    text.add(std::bit_cast<uint64_t>(scalar.value));
    text.add(static_cast<uint64_t>(scalar.integer));
  }
  text.add(request.outputs.size());
  for (const auto &output : request.outputs) {
    text.add(llvm::StringRef(output.name));
    text.add(static_cast<uint64_t>(output.dtype));
    text.add(output.shape);
    text.add(llvm::StringRef(describe(output.mode)));
  }
  return {text.digits()};
}

} // namespace pto::golden
