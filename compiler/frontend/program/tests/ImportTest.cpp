// Programs to the dialect and back: what becomes of statements, and what the printer writes.
// Every program here is also printed, read again and compared.
#include "compiler/equality/Equality.h"
#include "compiler/frontend/program/tests/Reading.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::frontend::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class Import : public testing::Test {
protected:
  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};

  std::string printed(const std::string &text, size_t index = 0) {
    Reading reading(context, text);
    EXPECT_TRUE(reading.program(index)) << reading.errors();
    if (!reading.program(index))
      return reading.errors();
    std::string once = reading.printed(index);
    Reading again(context, once);
    EXPECT_TRUE(again.program()) << once << again.errors();
    if (!again.program())
      return once;
    equality::ProgramEqualityOptions strict;
    strict.memrefs = true;
    auto difference = equality::compare(reading.program(index), again.program(), strict);
    EXPECT_FALSE(difference) << difference->summary() << "\n" << difference->left << difference->right;
    EXPECT_EQ(equality::structuralHash(reading.program(index)), equality::structuralHash(again.program()));
    EXPECT_EQ(again.printed(), once);
    return once;
  }

  std::string difference(const std::string &left, const std::string &right, bool memrefs = false) {
    Reading a(context, left), b(context, right);
    EXPECT_TRUE(a.program() && b.program()) << a.errors() << b.errors();
    if (!a.program() || !b.program())
      return "";
    equality::ProgramEqualityOptions options;
    options.memrefs = memrefs;
    auto found = equality::compare(a.program(), b.program(), options);
    if (!found) {
      EXPECT_EQ(equality::structuralHash(a.program()), equality::structuralHash(b.program()));
    }
    return found ? found->summary() : "equal";
  }
};

TEST_F(Import, SpellsOperationsOut) {
  EXPECT_EQ(printed(kernel("t = pl.load(a, [0, 0], [64, 64])\nreturn pl.store(pl.add(t, 1.0), [0, 0], out)")),
            "# pypto.program: P\n"
            "import pypto.language as pl\n"
            "\n"
            "M = pl.dynamic(\"M\")\n"
            "\n"
            "\n"
            "@pl.program\n"
            "class P:\n"
            "    @pl.function(type=pl.FunctionType.InCore)\n"
            "    def k(\n"
            "        self,\n"
            "        a: pl.Tensor[[64, 64], pl.FP32],\n"
            "        d: pl.Tensor[[M, 64], pl.FP32],\n"
            "        n: pl.Scalar[pl.INDEX],\n"
            "        flag: pl.Scalar[pl.BOOL],\n"
            "        out: pl.Out[pl.Tensor[[64, 64], pl.FP32]],\n"
            "    ) -> pl.Tensor[[64, 64], pl.FP32]:\n"
            "        t: pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec] = pl.tile.load(a, [0, 0], [64, 64], [64, 64], "
            "target_memory=pl.Mem.Vec, transpose=False)\n"
            "        t_1: pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec] = pl.tile.adds(t, 1.0)\n"
            "        t_2: pl.Tensor[[64, 64], pl.FP32] = pl.tile.store(t_1, [0, 0], out)\n"
            "        return t_2\n");
}

TEST_F(Import, DispatchesOnWhatOperandsAre) {
  std::string text = printed(kernel("t = pl.load(a, [0, 0], [64, 64])\nu = pl.add(t, t)\nv = pl.mul(t, 2.0)\n"
                                    "w = pl.add(a, a)\nx = pl.sub(a, 1.0)\ny = pl.min(n, 4)\nz = pl.row_sum(a)"));
  EXPECT_THAT(text, HasSubstr("pl.tile.add(t, t)"));
  EXPECT_THAT(text, HasSubstr("pl.tile.muls(t, 2.0)"));
  EXPECT_THAT(text, HasSubstr("pl.tensor.add(a, a)"));
  EXPECT_THAT(text, HasSubstr("pl.tensor.subs(a, 1.0)"));
  EXPECT_THAT(text, HasSubstr("y = pl.min(n, 4)"));
  EXPECT_THAT(text, HasSubstr("pl.tensor.row_sum(a)"));
}

TEST_F(Import, DispatchesOnTheKeywordsOfACall) {
  std::string text =
      printed(kernel("t = pl.load(a, [0, 0], [64, 64])\nu = pl.tile.gather(t, mask_pattern=pl.tile.MaskPattern.P0101)\n"
                     "v = pl.tile.mrgsort(t, block_len=64)"));
  EXPECT_THAT(text, HasSubstr("u: pl.Tile[[64, 32], pl.FP32, pl.Mem.Vec] = pl.tile.gather_mask(t, mask_pattern=1)"));
  EXPECT_THAT(text, HasSubstr("pl.tile.mrgsort_format1(t, 64)"));
}

TEST_F(Import, MakesANewValueOfEachAssignment) {
  EXPECT_THAT(printed(kernel("t = pl.load(a, [0, 0], [64, 64])\nt = pl.exp(t)\nt = pl.exp(t)")),
              HasSubstr("t_2: pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec] = pl.tile.exp(t_1)"));
}

TEST_F(Import, CarriesWhatALoopChanges) {
  std::string text = printed(kernel("x = n\ny = n\nfor i in pl.range(4):\n    x = x + i\n    y = i * 2\n    z = y + 1\n"
                                    "return x + n"));
  // x goes round, y is assigned anew in each round and not needed after.
  EXPECT_THAT(text, HasSubstr("for i, (x,) in pl.range(4, init_values=(n,)):\n"));
  EXPECT_THAT(text, HasSubstr("x_1 = pl.yield_(x_2)\n        return x_1 + n"));
}

TEST_F(Import, TakesTheWrittenTensorWhereALoopMayNotRun) {
  // r is first assigned inside the loop; without a round it is out.
  std::string text =
      printed(kernel("t = pl.load(a, [0, 0], [64, 64])\nfor i in pl.range(n):\n    if i > 4:\n        break\n"
                     "    s = pl.store(t, [i, 0], out)\n    r = pl.store(t, [0, i], s)\nreturn r"));
  EXPECT_THAT(text, HasSubstr("for i, (r,) in pl.range(n, init_values=(out,)):"));
}

TEST_F(Import, KeepsWhatALoopThatCertainlyRunsAssignsFirst) {
  std::string text = printed(kernel("s = n\nfor i in pl.range(4):\n"
                                    "    for j in pl.parallel(8, 0, -2):\n        y = pl.exp(a)\n    s = s + 1\n"
                                    "    if i > 2:\n        x = s\n        break\n    x = i * 2\nreturn x, y, s",
                                    "Opaque"));
  EXPECT_THAT(text, HasSubstr("for i, (s,) in pl.range(4, init_values=(n,)):\n"));
  EXPECT_THAT(text,
              HasSubstr("            y, x = y_1, x_1\n            s_1 = pl.yield_(s_2)\n        return x, y, s_1"));
}

TEST_F(Import, HandsNothingOutThatNobodyUses) {
  // x and w are mentioned afterwards, but nothing is done with them.
  std::string text = printed(kernel("for i in pl.range(4):\n    x = pl.exp(a)\n    if i > 2:\n        break\n"
                                    "z = x\nwith pl.at(level=pl.Level.CORE_GROUP):\n    w = pl.exp(a)\nv = w\nreturn a",
                                    "Opaque"));
  EXPECT_THAT(text, Not(HasSubstr("x = ")));
}

TEST_F(Import, ReturnsWhatAScopeHandsOutBesideWhatNobodyUses) {
  // The scope is made anew without w; the function's type is that of the new one's result.
  std::string text = printed(kernel("with pl.at(level=pl.Level.CORE_GROUP):\n    w = pl.exp(a)\n    x = pl.exp(w)\n"
                                    "v = w\nreturn x",
                                    "Opaque"));
  EXPECT_THAT(text, HasSubstr("return x"));
  EXPECT_THAT(text, HasSubstr("-> pl.Tensor["));
}

TEST_F(Import, HandsNothingOutThatOnlySeemsToBeNeeded) {
  // Were the inner loop not to run, x would be the one of an earlier round: but it runs.
  std::string text = printed(kernel("s = n\nfor o in pl.range(2):\n    for i in pl.range(4):\n        if i > 2:\n"
                                    "            continue\n        if flag:\n            for j in pl.range(4):\n"
                                    "                x = j\n            s = s + x\nreturn s"));
  EXPECT_THAT(text, HasSubstr("for i, (s_2,) in pl.range(4, init_values=(s,)):"));
}

TEST_F(Import, KnowsThatAnAnnotatedYieldGivesALoopItsResult) {
  // e is assigned in one branch only, and needed there only.
  std::string text = printed(kernel("for o, (w,) in pl.range(2, init_values=(n,)):\n"
                                    "    for i, (x,) in pl.range(4, init_values=(w,)):\n        if flag:\n"
                                    "            for j, (y,) in pl.range(n, init_values=(x,)):\n"
                                    "                e: pl.Scalar[pl.INDEX] = pl.yield_(y + 1)\n"
                                    "            f = pl.yield_(e)\n        else:\n            f = pl.yield_(x)\n"
                                    "        r = pl.yield_(f)\n    s = pl.yield_(r)\nreturn s"));
  EXPECT_THAT(text, HasSubstr("for i, (x,) in pl.range(4, init_values=(w,)):"));
}

TEST_F(Import, GoesOnAfterAYield) {
  std::string text = printed(kernel("go = flag\nfor i, (x,) in pl.range(8, init_values=(n,)):\n"
                                    "    if go:\n        y = pl.yield_(x)\n        go = x < 4\n"
                                    "    else:\n        y = pl.yield_(x + 1)\n"
                                    "    x = pl.yield_(y)\n    if x > 3:\n        go = False\nreturn x, go"));
  EXPECT_THAT(text, HasSubstr("for i, (x, go) in pl.range(8, init_values=(n, flag)):"));
  EXPECT_THAT(text, HasSubstr("if y > 3:"));
}

TEST_F(Import, CutsTheSliceOfATileAtItsEnd) {
  std::string text = printed(kernel("t = pl.load(a, [0, 0], [64, 64])\nu = t[8:, :256]"));
  EXPECT_THAT(text, HasSubstr("pl.tile.slice(t, [56, 64], [8, 0])"));
}

TEST_F(Import, TakesSymbolsForScalars) {
  EXPECT_THAT(printed(kernel("return pl.mul(a, M)", "Opaque")), HasSubstr("pl.tensor.muls(a, M)"));
}

TEST_F(Import, HandsOnWhatBranchesAssign) {
  std::string text = printed(kernel("x = n\nif flag:\n    x = n + 1\n    y = n\nelse:\n    y = n * 2\nreturn x + y"));
  EXPECT_THAT(text, HasSubstr("x, y = pl.yield_(x_1, n)\n        else:\n"));
}

TEST_F(Import, ReadsYieldsOfLoopsAndBranches) {
  std::string text =
      printed(kernel("for i, (s,) in pl.range(0, n, 2, init_values=(n,)):\n"
                     "    if i == 0:\n        r = pl.yield_(s + 1)\n    else:\n        r = pl.yield_(s)\n"
                     "    e = pl.yield_(r)\nreturn e + s"));
  EXPECT_THAT(text, HasSubstr("for i, (s,) in pl.range(0, n, 2, init_values=(n,)):"));
  // After the loop its carried variable is what the last round yielded.
  EXPECT_THAT(text, HasSubstr("return e + e"));
}

TEST_F(Import, ReadsWhileLoopsOfBothKinds) {
  std::string text = printed(kernel("for (x,) in pl.while_(init_values=(n,)):\n    pl.cond(x < 10)\n"
                                    "    y = pl.yield_(x + 1)\nz = n\nwhile z < y:\n    z = z + 1\nreturn z"));
  EXPECT_THAT(text, HasSubstr("for (x,) in pl.while_(init_values=(n,)):\n            pl.cond(x < 10)\n"));
  EXPECT_THAT(text, HasSubstr("pl.cond(z < y)"));
}

TEST_F(Import, KeepsBreakAndContinueWithTheirValues) {
  std::string text = printed(kernel("x = n\nfor i in pl.range(8):\n    if i > 4:\n        x = x + 1\n        break\n"
                                    "    if i < 2:\n        continue\n    x = x * 2\nreturn x"));
  EXPECT_THAT(text, HasSubstr("break\n"));
  EXPECT_THAT(text, HasSubstr("continue\n"));
}

TEST_F(Import, KeepsLoopsThatAreUnrolledWithoutInitValues) {
  std::string text = printed(kernel("x = n\nfor i in pl.unroll(4):\n    x = x + i\nreturn x"));
  EXPECT_THAT(text, Not(HasSubstr("init_values")));
}

TEST_F(Import, HandsValuesOutOfScopes) {
  std::string text = printed(
      kernel("with pl.at(level=pl.Level.CORE_GROUP, optimizations=[pl.auto_chunk, pl.split(pl.SplitMode.UP_DOWN)]):\n"
             "    x = pl.exp(a)\n    y = pl.exp(x)\nwith pl.cluster():\n    z = pl.exp(y)\nreturn z",
             "Opaque"));
  EXPECT_THAT(text, HasSubstr("optimizations=[pl.auto_chunk], split=pl.SplitMode.UP_DOWN"));
  EXPECT_THAT(printed(kernel("with pl.at(pl.Level.POD, pl.Role.Worker):\n    x = pl.exp(a)", "Opaque")),
              HasSubstr("with pl.at(level=pl.Level.CLUSTER_0, role=pl.Role.Worker):"));
  EXPECT_THAT(text, HasSubstr("pl.tensor.exp(y)"));
}

TEST_F(Import, TurnsSubscriptsIntoSlicesAndReads) {
  std::string text = printed(kernel("x = a[n : n + 8, 0:64]\ny = a[0, n]\nz = d[:, 0:4]\n"
                                    "t = pl.load(a, [0, 0], [64, 64])\nu = t[0:8, :n]"));
  EXPECT_THAT(text, HasSubstr("x: pl.Tensor[[8, 64], pl.FP32] = pl.tensor.slice(a, [8, 64], [n, 0])"));
  EXPECT_THAT(text, HasSubstr("y = pl.tensor.read(a, [0, n])"));
  EXPECT_THAT(text, HasSubstr("pl.tensor.dim(d, 0)"));
  EXPECT_THAT(text, HasSubstr("pl.tile.slice(t_1, [8, 64], [0, 0], [8, pl.min(n, 64)])"));
}

TEST_F(Import, KeepsTypedConstantsAndScalarOperators) {
  std::string text = printed(kernel("x: pl.Scalar[pl.INT32] = 3\ny = pl.const(1.5, pl.BF16)\n"
                                    "z = (n + 1) * 2 - -n // 3 % 4\nw = not (n < 3 and flag or n == 4)\n"
                                    "v = pl.cast(n, pl.FP32)\nu = ~(n << 2 >> 1 & 7 | 8 ^ 1)\nt = abs(n) + max(n, 2)"));
  EXPECT_THAT(text, HasSubstr("x = pl.const(3, pl.INT32)"));
  EXPECT_THAT(text, HasSubstr("z = (n + 1) * 2 - -n // 3 % 4"));
  EXPECT_THAT(text, HasSubstr("w = not (n < 3 and flag or n == 4)"));
  EXPECT_THAT(text, HasSubstr("pl.abs(n) + pl.max(n, 2)"));
}

TEST_F(Import, CallsFunctionsByPositionAndByName) {
  std::string text = printed("import pypto.language as pl\n"
                             "M = pl.dynamic('rows')\n"
                             "@pl.function(type=pl.FunctionType.InCore)\n"
                             "def out_of_it(x: pl.Tensor[[M, 4], pl.FP32], s: pl.Scalar[pl.FP32]) -> "
                             "tuple[pl.Tensor[[M, 4], pl.FP32], pl.Tensor[[4, M], pl.FP32]]:\n"
                             "    return x, pl.transpose(x, 0, 1)\n"
                             "@pl.inline\n"
                             "def twice(x):\n"
                             "    y = pl.add(x, x)\n"
                             "    return y\n"
                             "@pl.program\n"
                             "class P:\n"
                             "    @pl.function(type=pl.FunctionType.Orchestration, level=pl.Level.HOST, "
                             "attrs={'split': pl.SplitMode.UP_DOWN})\n"
                             "    def main(self, x: pl.Tensor[[8, 4], pl.FP32]):\n"
                             "        y, z = out_of_it(s=2.0, x=x)\n"
                             "        return twice(y), z\n");
  EXPECT_THAT(text, HasSubstr("rows = pl.dynamic(\"rows\")"));
  EXPECT_THAT(text, HasSubstr("y, z = self.out_of_it(x, 2.0)"));
  // The symbol is 8 for this call.
  EXPECT_THAT(text, HasSubstr("-> tuple[pl.Tensor[[8, 4], pl.FP32], pl.Tensor[[4, 8], pl.FP32]]:"));
  EXPECT_THAT(text, HasSubstr("attrs={\"split\": pl.SplitMode.UP_DOWN}"));
  EXPECT_LT(text.find("def out_of_it"), text.find("def main"));
}

TEST_F(Import, BindsTheParametersOfFactories) {
  const char *text = "import pypto.language as pl\n"
                     "def build(rows, dtype=pl.FP32):\n"
                     "    @pl.program\n"
                     "    class P:\n"
                     "        @pl.function\n"
                     "        def f(self, x: pl.Tensor[[rows * 2, 4], dtype]):\n"
                     "            return x\n";
  FactoryArguments arguments;
  arguments["build"]["rows"] = Value::ofInteger(16);
  EXPECT_THAT(Reading(context, text, arguments).printed(), HasSubstr("x: pl.Tensor[[32, 4], pl.FP32]"));
  EXPECT_THAT(Reading(context, text).errors(), HasSubstr("parameter 'rows' of 'build', which is not bound"));
}

TEST_F(Import, KeepsViewsAndAllocations) {
  std::string text = printed(kernel(
      "mem: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 16384)\n"
      "t: pl.Tile[[64, 64], pl.FP32, pl.MemRef(mem, 0, 16384), pl.Mem.Vec] = pl.load(a, [0, 0], [64, 64], [8, n])\n"
      "u: pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec, pl.TileView(valid_shape=[8, 8], pad=pl.PadValue.zero)] = pl.exp(t)\n"
      "v: pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec, pl.TileView()] = pl.exp(u)"));
  EXPECT_THAT(text, HasSubstr("mem: pl.Ptr = pl.tile.alloc(pl.Mem.Vec, 16384)"));
  EXPECT_THAT(text, HasSubstr("pl.MemRef(\"mem\", 0, 16384), pl.Mem.Vec]"));
  EXPECT_THAT(text, HasSubstr("pl.TileView(pad=pl.PadValue.zero, valid_shape=[8, 8])]"));
}

TEST_F(Import, LeavesALoopWithAllThatItCarries) {
  // u is for the next round only, which a break does not come to; what the loop carries has a value all the same.
  EXPECT_THAT(printed(kernel("t = pl.load(a, [0, 0], [64, 64])\n"
                             "for i in pl.range(n):\n"
                             "    if flag:\n"
                             "        if n > 0:\n"
                             "            out = pl.store(t, [0, 0], out)\n"
                             "            t = pl.exp(t)\n"
                             "        break\n"
                             "return out")),
              HasSubstr("break"));
}

TEST_F(Import, ImplicitViewEqualsNoView) {
  EXPECT_EQ(difference(kernel("t: pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec, pl.TileView(valid_shape=[64, 64])] = "
                              "pl.load(a, [0, 0], [64, 64])"),
                       kernel("t = pl.load(a, [0, 0], [64, 64])")),
            "equal");
}

TEST_F(Import, EqualityIgnoresNamesSymbolsAndOrderOfKeywords) {
  std::string left = kernel("t = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Vec, transpose=False)");
  std::string right = kernel("u = pl.load(a, [0, 0], [64, 64], transpose=False, target_memory=pl.Mem.Vec)  # note");
  right.replace(right.find("\"M\""), 3, "\"K\"");
  right.replace(right.find("class P"), 7, "class Q");
  EXPECT_EQ(difference(left, right), "equal");
}

TEST_F(Import, EqualityNamesThePlaceAndTheReason) {
  std::string load = "t = pl.load(a, [0, 0], [64, 64])\n";
  EXPECT_EQ(difference(kernel(load + "u = pl.adds(t, 1)"), kernel(load + "u = pl.adds(t, 2)")),
            "['k'].body[1].value.args[1]: constant 1 != 2");
  EXPECT_EQ(difference(kernel(load + "u = pl.exp(t)"), kernel(load + "u = pl.log(t)")),
            "['k'].body[1].value: pl.tile.exp != pl.tile.log");
  EXPECT_EQ(difference(kernel(load), kernel("t = pl.load(a, [0, 0], [64, 64], target_memory=pl.Mem.Mat)")),
            "['k'].body[0].value.kwargs['target_memory']: pl.Mem.Vec != pl.Mem.Mat");
  EXPECT_EQ(difference(kernel("for i in pl.range(4):\n    x = pl.exp(a)"),
                       kernel("for i in pl.range(5):\n    x = pl.exp(a)")),
            "['k'].body[0].stop: constant 4 != 5");
  EXPECT_EQ(difference(kernel("if flag:\n    x = pl.exp(a)"), kernel("if flag:\n    x = pl.exp(d)")),
            "['k'].body[0].then[0].value.args[0]: 'a' != 'd', which stands for another value");
  EXPECT_EQ(difference(kernel(load), kernel(load, "AIV")), "['k'].type: \"InCore\" != \"AIV\"");
  EXPECT_EQ(difference(kernel(load), kernel(load + "u = pl.exp(t)")), "['k'].body[1]: return != pl.tile.exp");
}

TEST_F(Import, KeepsAndComparesTheDirectionsOfCalls) {
  auto calling = [](const std::string &directions) {
    return "import pypto.language as pl\n@pl.program\nclass P:\n"
           "    @pl.function(type=pl.FunctionType.InCore)\n"
           "    def f(self, x: pl.Tensor[[4], pl.FP32], n: pl.INDEX, y: pl.Out[pl.Tensor[[4], pl.FP32]]):\n"
           "        pass\n"
           "    @pl.function\n    def g(self, x: pl.Tensor[[4], pl.FP32]):\n        self.f(x, 1, y=x" +
           directions + ")\n";
  };
  auto with = [&](const std::string &list) { return calling(", attrs={'arg_directions': [" + list + "]}"); };
  std::string existing = with("pl.adir.input, pl.adir.scalar, pl.adir.output_existing");
  std::string both = with("pl.adir.no_dep, pl.adir.scalar, pl.adir.inout");
  Reading reading(context, existing);
  EXPECT_THAT(reading.printed(), HasSubstr("self.f(x, 1, x, attrs={\"arg_directions\": [pl.adir.input, pl.adir.scalar, "
                                           "pl.adir.output_existing]})"));
  Reading again(context, reading.printed());
  ASSERT_TRUE(again.program()) << again.errors();
  EXPECT_FALSE(equality::compare(reading.program(), again.program()));
  EXPECT_EQ(equality::structuralHash(reading.program()), equality::structuralHash(again.program()));
  EXPECT_THAT(difference(existing, both), HasSubstr("['g'].body[0].value.attrs['arg_directions']: "));
  EXPECT_THAT(difference(existing, calling("")), HasSubstr("['g'].body[0].value.attrs['arg_directions']: "));
  Reading other(context, both);
  EXPECT_NE(equality::structuralHash(reading.program()), equality::structuralHash(other.program()));
}

TEST_F(Import, OneSymbolStandsForOneOfTheOtherSide) {
  auto with = [](const std::string &shape) {
    return "import pypto.language as pl\nM = pl.dynamic(\"M\")\nK = pl.dynamic(\"K\")\n@pl.program\nclass P:\n"
           "    @pl.function\n    def k(self, a: pl.Tensor[[" +
           shape + "], pl.FP32]):\n        pass\n";
  };
  EXPECT_EQ(difference(with("M, K, 8"), with("K, M, 8")), "equal");
  EXPECT_THAT(difference(with("M, K, 8"), with("M, M, 8")), HasSubstr("['k'].params[0]: "));
  EXPECT_THAT(difference(with("M, M, 8"), with("M, K, 8")), HasSubstr("['k'].params[0]: "));
  EXPECT_THAT(difference(with("M, K, 8"), with("M, 8, K")), HasSubstr("['k'].params[0]: "));
}

TEST_F(Import, StrictEqualitySeesWhichTilesShareAnAllocation) {
  auto with = [](const std::string &second) {
    std::string tile = ": pl.Tile[[64, 64], pl.FP32, pl.MemRef(";
    return kernel("t" + tile + "m, 0, 16384), pl.Mem.Vec] = pl.load(a, [0, 0], [64, 64])\nu" + tile + second +
                  ", 0, 16384), pl.Mem.Vec] = pl.load(a, [0, 0], [64, 64])");
  };
  EXPECT_EQ(difference(with("n"), with("o"), true), "equal");
  EXPECT_THAT(difference(with("n"), with("m"), true), HasSubstr("['k'].body[1].type[0]: "));
  EXPECT_THAT(difference(with("m"), with("n"), true), HasSubstr("['k'].body[1].type[0]: "));
}

TEST_F(Import, StrictEqualitySeesAllocations) {
  auto with = [](const std::string &offset) {
    return kernel("t: pl.Tile[[64, 64], pl.FP32, pl.MemRef(m, " + offset +
                  ", 16384), pl.Mem.Vec] = pl.load(a, [0, 0], [64, 64])");
  };
  EXPECT_EQ(difference(with("0"), with("64")), "equal");
  EXPECT_THAT(difference(with("0"), with("64"), true), HasSubstr("['k'].body[0].type[0]: "));
}

TEST_F(Import, IndexEqualsInt64InConstantsOnly) {
  EXPECT_EQ(difference(kernel("x = n + 1"), kernel("x = n + pl.const(1, pl.INT64)")), "equal");
  std::string other = kernel("return a");
  other.replace(other.find("pl.Scalar[pl.INDEX]"), 19, "pl.Scalar[pl.INT64]");
  EXPECT_THAT(difference(kernel("return a"), other), HasSubstr("['k'].params[2]"));
}

TEST_F(Import, MarksTheDifferenceInBothPrograms) {
  Reading left(context, kernel("t = pl.exp(a)\nu = pl.exp(t)")), right(context, kernel("t = pl.exp(a)\nu = pl.neg(t)"));
  auto found = equality::compare(left.program(), right.program());
  ASSERT_TRUE(found);
  EXPECT_THAT(found->left, HasSubstr("\n>     u: pl.Tensor[[64, 64], pl.FP32] = pl.tensor.exp(t)\n"));
  EXPECT_THAT(found->right, HasSubstr("\n>     u: pl.Tensor[[64, 64], pl.FP32] = pl.tensor.neg(t)\n"));
}

} // namespace
} // namespace pto::frontend::tests
