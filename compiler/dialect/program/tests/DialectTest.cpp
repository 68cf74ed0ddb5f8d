// The prog dialect in MLIR's own text: what is printed is read back, what is wrong is refused by name.
// Programs as people write them are tested where they are read, in frontend/program.
#include "compiler/dialect/program/Dialect.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/OpTable.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::prog {
namespace {

class Dialect : public testing::Test {
protected:
  Dialect() {
    context.loadDialect<ProgDialect>();
    context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
      complaint += diagnostic.str() + "\n";
      return mlir::success();
    });
  }

  /// The text that comes out, or the complaint.
  std::string reprinted(const std::string &text) {
    complaint.clear();
    auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    if (!module)
      return complaint;
    std::string printed;
    llvm::raw_string_ostream(printed) << *module;
    return printed;
  }

  static std::string function(const std::string &body) {
    return "prog.program @P {\n"
           "prog.func @f \"InCore\" (!prog.tensor<[64, \"M\"] x fp32>, !prog.scalar<index>, !prog.tile<[64, 64] x "
           "fp32, Vec>) -> () "
           "[\"in\", \"in\", \"in\"] {\n"
           "^bb0(%a: !prog.tensor<[64, \"M\"] x fp32>, %n: !prog.scalar<index>, %t: !prog.tile<[64, 64] x fp32, "
           "Vec>):\n" +
           body + "\nprog.return\n}\n}\n";
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::string complaint;
};

TEST_F(Dialect, PrintsWhatItReads) {
  std::string text = reprinted(function(R"(
    %0 = prog.const 0 : i64 -> !prog.scalar<index>
    %1 = prog.const 64 : i64 -> !prog.scalar<index>
    %2 = prog.const 1.5 : f64 -> !prog.scalar<fp32>
    %3 = prog.symbol "M" : !prog.scalar<index>
    %4 = prog.binary "add" %n, %3 : !prog.scalar<index>, !prog.scalar<index> -> !prog.scalar<index>
    %5 = prog.unary "neg" %4 : !prog.scalar<index> -> !prog.scalar<index>
    %6 = prog.op "tile.load"(%a, [%0, %0], [%1, %1], [%1, %n]) {target_memory = #prog.name<"Mem.Vec">, transpose = false}
      : (!prog.tensor<[64, "M"] x fp32>, !prog.scalar<index>, !prog.scalar<index>, !prog.scalar<index>,
         !prog.scalar<index>, !prog.scalar<index>, !prog.scalar<index>)
      -> !prog.tile<[64, 64] x fp32, Vec, view = {valid_shape = [64, unit]}, memref = {base = "m", offset = 0, size = 16384}>
    %7 = prog.for "range" %0 to %1 step %1 carries(%t) {chunk = 4 : i64}
      : (!prog.scalar<index>, !prog.scalar<index>, !prog.scalar<index>, !prog.tile<[64, 64] x fp32, Vec>)
      -> !prog.tile<[64, 64] x fp32, Vec> {
    ^bb0(%i: !prog.scalar<index>, %x: !prog.tile<[64, 64] x fp32, Vec>):
      %8 = prog.op "tile.muls"(%x, %2) {} : (!prog.tile<[64, 64] x fp32, Vec>, !prog.scalar<fp32>) -> !prog.tile<[64, 64] x fp32, Vec>
      prog.yield %8 : !prog.tile<[64, 64] x fp32, Vec>
    }
    prog.op "system.bar_all"() {} : () -> ()
    prog.scope "incore" {} {
      prog.yield
    })"));
  EXPECT_EQ(reprinted(text), text) << text;
  EXPECT_THAT(text, testing::HasSubstr("prog.op \"tile.load\" (%arg0, [%0, %0], [%1, %1], [%1, %arg1])"));
}

TEST_F(Dialect, RefusesWhatTheTableDoesNotAllow) {
  const std::string zero = "%0 = prog.const 0 : i64 -> !prog.scalar<index>\n";
  const std::string tile = "!prog.tile<[64, 64] x fp32, Vec>";
  const std::pair<std::string, std::string> refusals[] = {
      {"prog.op \"tile.laod\"() {} : () -> ()", "'tile.laod' is not an operation of the language"},
      {"\"prog.op\"() <{record = \"tile.laod\", segments = array<i32>, keywords = {}}> : () -> ()",
       "\"tile.laod\" is not an operation of the language"},
      {"prog.op \"tile.exp\"() {} : () -> " + tile, "'tile' is missing"},
      {"%1 = prog.op \"tile.exp\"(%n) {} : (!prog.scalar<index>) -> " + tile, "'tile' must be a tile, found pl.Scalar"},
      {"%1 = prog.op \"tile.exp\"(%t) {} : (" + tile + ") -> !prog.tile<[32, 64] x fp32, Vec>",
       "gives pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec], found pl.Tile[[32, 64]"},
      {"%1 = prog.op \"tile.exp\"(%t) {mode = 1 : i64} : (" + tile + ") -> " + tile, "has no keyword 'mode'"},
      {"%1 = prog.op \"tile.move\"(%t) {target_memory = 1 : i64} : (" + tile + ") -> " + tile,
       "'target_memory' must be a memory"},
      {"%1 = prog.op \"tile.fillpad\"(%t) {pad_value = #prog.name<\"PadValue.zreo\">} : (" + tile + ") -> " + tile,
       "'pad_value' must be one of pl.PadValue.… (null, zero, max, min)"},
      {"prog.op \"system.bar_all\"(%t) {} : (" + tile + ") -> ()", "takes 0 operands, found 1"},
      {"%1 = prog.const 1.5 : f64 -> !prog.scalar<index>", "is not a value of pl.Scalar[pl.INDEX]"},
      {"%1 = prog.binary \"plus\" %n, %n : !prog.scalar<index>, !prog.scalar<index> -> !prog.scalar<index>",
       "'plus' is not an operator on two scalars"},
      {"prog.break", "is outside of a loop"},
      {"%1 = prog.call @g(%n) : (!prog.scalar<index>) -> !prog.scalar<index>", "there is no function 'g'"},
      {"prog.call @f(%a, %n, %t) [\"Input\", \"Scalar\"] : (!prog.tensor<[64, \"M\"] x fp32>, !prog.scalar<index>, " +
           tile + ") -> ()",
       "has 3 arguments and 2 directions"},
      {"prog.call @f(%a, %n, %t) [\"Input\", \"Scalar\", \"Output\"] : (!prog.tensor<[64, \"M\"] x fp32>, "
       "!prog.scalar<index>, " +
           tile + ") -> ()",
       "argument 2 of 'f' has direction Output, but the parameter is In"},
      {zero + "prog.for \"loop\" %0 to %n step %n {} : (!prog.scalar<index>, !prog.scalar<index>, !prog.scalar<index>) "
              "-> () "
              "{\n^bb0(%i: !prog.scalar<index>):\nprog.yield\n}",
       "kind 'loop' is not one of range, parallel, unroll, pipeline"},
      {zero +
           "%1 = prog.for \"range\" %0 to %n step %n carries(%n) {} : (!prog.scalar<index>, !prog.scalar<index>, "
           "!prog.scalar<index>, !prog.scalar<index>) -> !prog.scalar<index> "
           "{\n^bb0(%i: !prog.scalar<index>, %x: !prog.scalar<index>):\nprog.yield %t : " +
           tile + "\n}",
       "its body yields"},
      {"prog.scope \"core\" {} {\nprog.yield\n}", "kind 'core' is not one of incore"},
  };
  for (const auto &[body, message] : refusals)
    EXPECT_THAT(reprinted(function(body)), testing::HasSubstr(message)) << body;
}

TEST_F(Dialect, RefusesTypesThatCannotBe) {
  EXPECT_THAT(reprinted("module attributes {t = !prog.scalar<fp31>} {}"),
              testing::HasSubstr("'fp31' is not an element type"));
  EXPECT_THAT(reprinted("module attributes {t = !prog.tile<[-1] x fp32>} {}"),
              testing::HasSubstr("cannot be negative"));
  EXPECT_THAT(reprinted("module attributes {t = !prog.tile<[true] x fp32>} {}"),
              testing::HasSubstr("is not a dimension"));
  const std::pair<std::string, std::string> refusals[] = {
      {"Vek", "'Vek' is neither"},
      {"view = {blayuot = \"row_major\"}", "a view has no field 'blayuot'"},
      {"view = {blayout = \"row\"}", "the blayout of a view is one of none_box, row_major, col_major, found \"row\""},
      {"view = {pad = 0}", "the pad of a view is one of null, zero, max, min, found 0"},
      {"view = {valid_shape = [true]}", "the valid_shape of a view is a list of dimensions"},
      {"memref = {base = \"m\"}", "a memref is {base = \"name\", offset = bytes, size = bytes}"}};
  for (const auto &[rest, message] : refusals)
    EXPECT_THAT(reprinted("module attributes {t = !prog.tile<[1] x fp32, " + rest + ">} {}"),
                testing::HasSubstr(message))
        << rest;
}

TEST_F(Dialect, WritesAViewOnlyWhereItDiffersFromTheImpliedOne) {
  Dims shape(&context, {constantDim(&context, 64), constantDim(&context, 32)});
  auto textOf = [](mlir::Type type) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return text;
  };
  for (MemorySpace memory :
       {MemorySpace::Vec, MemorySpace::Mat, MemorySpace::Left, MemorySpace::Right, MemorySpace::Acc}) {
    auto type = TileType::get(&context, shape, DType::F32, memory, implicitView(shape, memory));
    EXPECT_THAT(textOf(type), testing::Not(testing::HasSubstr("view")));
    EXPECT_EQ(withMemory(withMemory(type, MemorySpace::Vec), memory), type);
  }
  TileView view = implicitView(shape, MemorySpace::Vec);
  view.pad = Pad::Zero;
  EXPECT_THAT(textOf(TileType::get(&context, shape, DType::F32, MemorySpace::Vec, view)),
              testing::HasSubstr("view = {pad = \"zero\"}"));
  std::string spelledOut =
      "module attributes {x.t = !prog.tile<[64, 32] x fp32, Left, view = {blayout = \"col_major\", "
      "valid_shape = [64, 32]}>} {}";
  EXPECT_THAT(reprinted(spelledOut), testing::HasSubstr("!prog.tile<[64, 32] x fp32, Left>"));
}

TEST_F(Dialect, ImpliesTheSameForOtherShapesAndMemories) {
  Dim symbol = symbolDim(&context, "M"), one = constantDim(&context, 1);
  Dims shape(&context, {symbol, one});
  mlir::Type type = TileType::get(&context, shape, DType::F32, MemorySpace::Vec, implicitView(shape, MemorySpace::Vec));
  llvm::StringMap<Dim> bindings;
  bindings["M"] = constantDim(&context, 64);
  auto bound = mlir::cast<TileType>(substitute(type, bindings));
  // 64 by 1 is a column, of which nobody knew that it is one.
  EXPECT_TRUE(bound.hasImplicitView());
  EXPECT_EQ(bound.getView().block, Order::ColMajor);
}

TEST_F(Dialect, FoldsAndSubstitutesDimensions) {
  Dim symbol = symbolDim(&context, "M"), four = constantDim(&context, 4);
  Dim sum = expressionDim("add", expressionDim("mul", symbol, constantDim(&context, 2)), four);
  EXPECT_EQ(programText(sum), "(M * 2) + 4");
  llvm::StringMap<Dim> bindings;
  bindings["M"] = constantDim(&context, 8);
  EXPECT_EQ(constantOf(substitute(sum, bindings)), 20);
  EXPECT_TRUE(isUnknown(expressionDim("add", unknownDim(&context), four)));
  EXPECT_FALSE(mayBeEqual(four, constantDim(&context, 5)));
  EXPECT_EQ(expressionDim("floordiv", symbol, constantDim(&context, 1)), symbol);
}

TEST(OpRecord, OfEveryRowIsFoundAndItsDefaultsAreValues) {
  EXPECT_GE(allRecords().size(), 140u);
  mlir::MLIRContext context;
  context.loadDialect<ProgDialect>();
  for (const OpRecord &record : allRecords()) {
    EXPECT_EQ(recordOf(record.name), &record);
    for (const Parameter &parameter : record.parameters) {
      EXPECT_FALSE(parameter.name.empty()) << record.name.str();
      if (parameter.isRequired || parameter.defaultText == "none")
        continue;
      if (!parameter.isKeyword) {
        EXPECT_TRUE(record.find(parameter.defaultText)) << record.name.str() << " " << parameter.name.str();
        continue;
      }
      auto value = keywordValue(parameter, defaultValue(parameter, &context));
      EXPECT_TRUE(std::holds_alternative<mlir::Attribute>(value)) << record.name.str() << " " << parameter.name.str();
    }
  }
}

TEST(OpRecord, OnTensorsHasAFormOnTilesUnlessGlobalMemoryIsMeant) {
  for (const OpRecord &record : allRecords())
    EXPECT_TRUE(record.inKernel <= InKernel::View || record.inKernel == InKernel::Fill || tileForm(record))
        << record.name.str();
}

template <typename... Facts>
constexpr bool isRow = std::is_constructible_v<OpRecord, const char *, const char *, Rule, Facts...>;

TEST(OpRecord, NeedsAllFacts) {
  // Said where the row is compiled: none of its facts has a default.
  static_assert(isRow<Place, Work> && isRow<InKernel, Work> && isRow<Work>);
  static_assert(!isRow<> && !isRow<Place> && !isRow<InKernel>);
  auto row = [](const char *parameters, Place place, Work work) {
    return [=] { OpRecord("tile.new", parameters, rules::firstLike, place, work); };
  };
  EXPECT_DEATH(row("a: Vec", Place::Vec, Work::Vector)(), "says what becomes of its memory");
  EXPECT_DEATH(row("a: in tile", Place::Vec, Work::Vector)(), "which memory it is taken from");
  EXPECT_DEATH(row("@a: in Vec", Place::Vec, Work::Vector)(), "an operand is a value");
  EXPECT_DEATH(row("a: int", Place::Vec, Work::Vector)(), "an operand is a value");
}

TEST(OpRecord, RefusesFactsThatContradictEachOther) {
  auto row = [](const char *parameters, Place place, Work work) {
    return [=] { OpRecord("tile.new", parameters, rules::firstLike, place, work); };
  };
  row("a: in Left, b: in Right", Place::Acc, Work::Cube)();
  EXPECT_DEATH(row("a: in Vec, b: in Right", Place::Acc, Work::Cube)(), "the cube unit reads Left");
  EXPECT_DEATH(row("a: in Anywhere", Place::Vec, Work::Vector)(), "the vector unit works on Vec");
  EXPECT_DEATH(row("a: in Vec", Place::Acc, Work::Vector)(), "the vector unit writes to Vec");
  EXPECT_DEATH(row("a: in Vec", Place::None, Work::Vector)(), "the vector unit writes to Vec");
  EXPECT_DEATH(row("a: in Vec", Place::Operand, Work::Vector)(), "the operand that is view, inout or out");
  EXPECT_DEATH(row("a: inout Vec", Place::VecInPlace, Work::Vector)(), "the operand that is view, inout or out");
  EXPECT_DEATH(row("a: view Anywhere, b: out Vec", Place::Operand, Work::Nobody)(), "only one can be");
  EXPECT_DEATH(row("a: out Anywhere", Place::Operand, Work::Carry)(), "an operand that is read");
}

} // namespace
} // namespace pto::prog
