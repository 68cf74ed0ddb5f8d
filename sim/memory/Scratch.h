// Room that an instruction needs while it is executed, kept from one to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace pto::sim {

class Scratch {
public:
  /// What was taken before is free again.
  void restart() { used = 0; }

  /// Nothing is known of what is in it.
  uint8_t *take(size_t bytes) {
    if (used == pieces.size())
      pieces.emplace_back();
    Piece &piece = pieces[used++];
    if (piece.size < bytes || !piece.bytes) {
      piece.size = bytes + 64;
      piece.bytes = std::make_unique_for_overwrite<uint8_t[]>(piece.size);
    }
    return piece.bytes.get();
  }

private:
  struct Piece {
    std::unique_ptr<uint8_t[]> bytes;
    size_t size = 0;
  };
  std::vector<Piece> pieces;
  size_t used = 0;
};

} // namespace pto::sim
