// Tiles in memory, and what operations on them refuse while they run. What they compute is in cases/tile.
#include "sim/ops/tiles/Plane.h"
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace pto::sim;
using namespace pto::sim::testing;
using ::testing::HasSubstr;

namespace {

/// The places of elements as documents have them, by the names of layouts.
int64_t documented(llvm::StringRef layout, int64_t r, int64_t c, int64_t R, int64_t C, int64_t ir, int64_t ic) {
  if (layout == "ND")
    return r * C + c;
  if (layout == "DN")
    return c * R + r;
  if (layout == "NZ")
    return c / ic * R * ic + r * ic + c % ic;
  if (layout == "ZN")
    return r / ir * C * ir + c * ir + r % ir;
  if (layout == "ZZ")
    return r / ir * C * ir + c / ic * ir * ic + r % ir * ic + c % ic;
  return c / ic * R * ic + r / ir * ir * ic + c % ic * ir + r % ir; // NN
}

TileOrder orderOf(llvm::StringRef layout, uint16_t ir, uint16_t ic) {
  TileOrder order{.boxesDown = layout.front() == 'N' && layout != "ND", .elementsDown = layout.back() == 'N'};
  if (layout == "ND" || layout == "DN")
    return {.boxesDown = layout == "DN", .elementsDown = layout == "DN"};
  order.boxRows = ir, order.boxColumns = ic;
  return order;
}

struct Placed {
  Tile tile;
  std::string layout;
  int64_t ir, ic;
};

class NoProgram {
public:
  NoProgram() {
    program.arch = &defaultArch();
    program.scalarCount = tileRegisters;
  }
  Tile tile(const TileForm &form) {
    Machine machine(program, {}, {});
    return Tile(*machine.cluster.vector[0], {0, form});
  }

private:
  Program program;
};

Placed anyTile() {
  using rc::gen::inRange;
  auto layout = *rc::gen::element<std::string>("ND", "DN", "NZ", "ZN", "ZZ", "NN");
  auto bytes = *rc::gen::element<uint8_t>(1, 2, 4);
  uint16_t ir = 16, ic = uint16_t(32 / bytes);
  TileForm form{.bytes = bytes, .order = orderOf(layout, ir, ic)};
  Placed placed{NoProgram().tile(form), layout, ir, ic};
  Tile &tile = placed.tile;
  tile.base = 0;
  tile.rows = ir * *inRange(1, 4), tile.columns = ic * *inRange(1, 4);
  tile.firstRow = *inRange<int64_t>(0, tile.rows), tile.firstColumn = *inRange<int64_t>(0, tile.columns);
  tile.validRows = *inRange<int64_t>(0, tile.rows - tile.firstRow + 1);
  tile.validColumns = *inRange<int64_t>(0, tile.columns - tile.firstColumn + 1);
  return placed;
}

RC_GTEST_PROP(TileLaws, ElementsLieWhereTheLayoutSays, ()) {
  Placed placed = anyTile();
  const Tile &tile = placed.tile;
  for (int64_t r = 0; r < tile.validRows; ++r)
    for (int64_t c = 0; c < tile.validColumns; ++c)
      RC_ASSERT(tile.offsetOf(r, c) == tile.form.bytes * documented(placed.layout, r + tile.firstRow,
                                                                    c + tile.firstColumn, tile.rows, tile.columns,
                                                                    placed.ir, placed.ic));
}

RC_GTEST_PROP(TileLaws, RunsHaveEachValidElementOnce, ()) {
  Tile tile = anyTile().tile;
  std::set<std::pair<int64_t, int64_t>> seen;
  tile.forEachRun([&](int64_t offset, int64_t row, int64_t column, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      int64_t r = row + (tile.form.order.elementsDown ? i : 0), c = column + (tile.form.order.elementsDown ? 0 : i);
      RC_ASSERT(tile.offsetOf(r, c) == offset + i * tile.form.bytes);
      RC_ASSERT(seen.insert({r, c}).second);
    }
    return true;
  });
  RC_ASSERT(int64_t(seen.size()) == tile.validElements());
}

RC_GTEST_PROP(TileLaws, APlaneAndBackIsTheTile, ()) {
  Tile tile = anyTile().tile;
  bool down = *rc::gen::arbitrary<bool>();
  int64_t bytes = tile.form.bytes, lines = down ? tile.validColumns : tile.validRows,
          count = down ? tile.validRows : tile.validColumns;
  std::vector<uint8_t> memory(size_t(tile.rows * tile.columns * bytes)), copy = memory,
                                                                         room(size_t(lines * count * bytes) + 1);
  for (size_t i = 0; i < memory.size(); ++i)
    memory[i] = uint8_t(i * 7 + i / 256);
  Plane plane{room.data(), lines, count, count * bytes, true};
  gather(tile, memory.data(), plane, down);
  for (int64_t r = 0; r < tile.validRows; ++r)
    for (int64_t c = 0; c < tile.validColumns; ++c)
      RC_ASSERT(std::memcmp(plane.line(down ? c : r) + (down ? r : c) * bytes, memory.data() + tile.offsetOf(r, c),
                            size_t(bytes)) == 0);
  scatter(tile, copy.data(), plane, down);
  // What is not valid is not touched.
  std::vector<uint8_t> expected(memory.size());
  for (int64_t r = 0; r < tile.validRows; ++r)
    for (int64_t c = 0; c < tile.validColumns; ++c)
      std::memcpy(expected.data() + tile.offsetOf(r, c), memory.data() + tile.offsetOf(r, c), size_t(bytes));
  RC_ASSERT(copy == expected);
}

/// A kernel on a 16x64 view of f32.
std::string onView(llvm::StringRef body, llvm::StringRef types = "") {
  return (types + R"(
!view = !pto.tensor_view<?x?xf32>
!part = !pto.partition_tensor_view<?x?xf32>
!tile = !pto.tile_buf<vec, 16x64xf32, valid=?x?>
module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func @kernel(%p: !pto.ptr<f32>, %n: index) attributes {pto.kernel} {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c16 = arith.constant 16 : index
    %c64 = arith.constant 64 : index
    %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !view
)" + body +
          R"(
    return
  }
}
)")
      .str();
}

std::string faultOf(llvm::StringRef body, uint64_t n) {
  std::vector<float> values(16 * 64 * 4, 1);
  RunReport report = Kernel(onView(body)).run({buffer("p", values), scalar("n", n)});
  return report.fault ? report.fault->message : "";
}

constexpr llvm::StringLiteral load = R"(
    %part = pto.partition_view %view, offsets = [%n, %c0], sizes = [%c16, %c64] : !view -> !part
    %t = pto.alloc_tile valid_row = %c16 valid_col = %c64 : !tile
    pto.tload ins(%part : !part) outs(%t : !tile)
)";

TEST(TileFaults, APartOutsideOfItsViewIsNamedByItsRow) {
  EXPECT_EQ(faultOf(load, 0), "");
  EXPECT_EQ(faultOf(load, 3), "pto.tload reads row 16 of a view that has 16");
  EXPECT_EQ(faultOf(load, uint64_t(-1)), "pto.tload reads row -1 of a view that has 16");
}

TEST(TileFaults, ATransferNeedsAPartAsLargeAsWhatIsValid) {
  constexpr llvm::StringLiteral body = R"(
    %c8 = arith.constant 8 : index
    %part = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%n, %c64] : !view -> !pto.partition_tensor_view<?x64xf32>
    %t = pto.alloc_tile valid_row = %c8 valid_col = %c64 : !tile
    pto.tload ins(%part : !pto.partition_tensor_view<?x64xf32>) outs(%t : !tile)
)";
  EXPECT_EQ(faultOf(body, 16), "");
  EXPECT_EQ(faultOf(body, 8), "");
  EXPECT_EQ(faultOf(body, 7),
            "pto.tload reads 8x64 valid elements of its tile, but its part of global memory has 7x64");
}

TEST(TileFaults, AnAddressThatIsNoBlockIsMisaligned) {
  std::string body = R"(
    %a = arith.index_cast %n : index to i64
    %part = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !view -> !part
    %t = pto.alloc_tile addr = %a valid_row = %c16 valid_col = %c64 : !tile
    pto.tload ins(%part : !part) outs(%t : !tile)
)";
  EXPECT_EQ(faultOf(body, 64), "");
  EXPECT_EQ(faultOf(body, 20), "pto.tload has a tile at address 20 of ub, which is no multiple of 32");
  EXPECT_THAT(faultOf(body, 262144), HasSubstr("past the end of ub"));
}

TEST(TileFaults, OperandsThatDifferInWhatIsValidAreNamed) {
  EXPECT_THAT(faultOf((load + R"(
    pto.barrier #pto.pipe<PIPE_ALL>
    %d = pto.alloc_tile valid_row = %c1 valid_col = %c64 : !tile
    pto.tadd ins(%t, %t : !tile, !tile) outs(%d : !tile)
)")
                          .str(),
                      0),
              HasSubstr("has an operand of 16x64 valid elements and a result of 1x64"));
}

TEST(TileViews, APartOfATileIsThatPartOfItsMemory) {
  std::vector<float> values(16 * 64);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = float(i);
  std::vector<float> before = values;
  RunReport report = Kernel(onView(R"(
    %c8 = arith.constant 8 : index
    %c32 = arith.constant 32 : index
    %one = arith.constant 1.0 : f32
    %part = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !view -> !part
    %t = pto.alloc_tile valid_row = %c16 valid_col = %c64 : !tile
    pto.tload ins(%part : !part) outs(%t : !tile)
    %s = pto.subview %t[%c8, %c32] sizes [4, 16] : !tile -> !sub
    pto.tadds ins(%s, %one : !sub, f32) outs(%s : !sub)
    pto.tstore ins(%t : !tile) outs(%part : !part)
)",
                                   "!sub = !pto.tile_buf<vec, 4x16xf32>\n"))
                         .run({buffer("p", values), scalar("n", 0)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  for (size_t r = 0; r < 16; ++r)
    for (size_t c = 0; c < 64; ++c)
      EXPECT_EQ(values[r * 64 + c] - before[r * 64 + c], r >= 8 && r < 12 && c >= 32 && c < 48 ? 1 : 0)
          << r << ", " << c;
}

// What picks by number says which number was wrong.
TEST(TileFaults, ANumberThatLeadsOutsideIsNamed) {
  constexpr llvm::StringLiteral table = R"(
    %table = pto.declare_local_array -> !pto.local_array<4xi32>
    %x = pto.local_array_get %table[%n] : !pto.local_array<4xi32> -> i32
)";
  EXPECT_EQ(faultOf(table, 3), "");
  EXPECT_EQ(faultOf(table, 4), "pto.local_array_get has the index 4 in an array of 4");
  constexpr llvm::StringLiteral several = R"(
    %tiles = pto.alloc_multi_tile : !pto.multi_tile_buf<vec, 4x64xf32, count=2>
    %t = pto.multi_tile_get %tiles[%n] : !pto.multi_tile_buf<vec, 4x64xf32, count=2> -> !pto.tile_buf<vec, 4x64xf32>
)";
  EXPECT_EQ(faultOf(several, 1), "");
  EXPECT_EQ(faultOf(several, 2), "pto.multi_tile_get takes tile 2 of 2");
  constexpr llvm::StringLiteral element = R"(
    %zero = arith.constant 0.0 : f32
    %t = pto.alloc_tile : !pto.tile_buf<vec, 4x64xf32>
    pto.tsetval ins(%n, %zero : index, f32) outs(%t : !pto.tile_buf<vec, 4x64xf32>)
)";
  EXPECT_EQ(faultOf(element, 255), "");
  EXPECT_EQ(faultOf(element, 256), "pto.tsetval has the offset 256 in a tile of 256 elements");
  constexpr llvm::StringLiteral gather = R"(
    %index = arith.index_cast %n : index to i32
    %t = pto.alloc_tile : !pto.tile_buf<vec, 4x64xi32>
    %i = pto.alloc_tile : !pto.tile_buf<vec, 4x64xi32>
    %d = pto.alloc_tile : !pto.tile_buf<vec, 4x64xi32>
    pto.texpands ins(%index : i32) outs(%i : !pto.tile_buf<vec, 4x64xi32>)
    pto.texpands ins(%index : i32) outs(%t : !pto.tile_buf<vec, 4x64xi32>)
    pto.tgather ins(%t, %i : !pto.tile_buf<vec, 4x64xi32>, !pto.tile_buf<vec, 4x64xi32>) outs(%d : !pto.tile_buf<vec, 4x64xi32>)
)";
  EXPECT_EQ(faultOf(gather, 255), "");
  EXPECT_EQ(faultOf(gather, 256), "pto.tgather has the index 256 at row 0, column 0; its tile has 256 elements");
  EXPECT_EQ(faultOf(gather, uint64_t(-1)),
            "pto.tgather has the index -1 at row 0, column 0; its tile has 256 elements");
  EXPECT_EQ(faultOf("    pto.trap\n", 0), "pto.trap ends the kernel in error");
}

TEST(TileNotes, ShowWhatIsPrinted) {
  std::vector<float> values(16 * 64);
  RunReport report = Kernel(onView(R"(
    %half = arith.constant -0.5 : f32
    %t = pto.alloc_tile : !pto.tile_buf<vec, 2x8xf32, valid=2x3>
    pto.texpands ins(%half : f32) outs(%t : !pto.tile_buf<vec, 2x8xf32, valid=2x3>)
    pto.tprint ins(%t : !pto.tile_buf<vec, 2x8xf32, valid=2x3>)
    %number = arith.index_cast %n : index to i32
    pto.print ins("%% n is %4d!", %number : i32)
)"))
                         .run({buffer("p", values), scalar("n", uint64_t(-7))});
  ASSERT_FALSE(report.fault) << report.fault->message;
  ASSERT_EQ(report.notes.size(), 2u);
  EXPECT_TRUE(llvm::StringRef(report.notes[0])
                  .ends_with(": TPRINT 2x3\n  -0.5000  -0.5000  -0.5000\n  -0.5000  -0.5000  -0.5000"))
      << report.notes[0];
  EXPECT_TRUE(llvm::StringRef(report.notes[1]).ends_with(": % n is   -7!")) << report.notes[1];
}

} // namespace
