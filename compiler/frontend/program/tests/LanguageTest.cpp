// The language without its meaning: tokens, trees, constants, definitions.
// What is parsed and printed has to parse to the same again.
#include "compiler/frontend/program/Lexer.h"
#include "compiler/frontend/program/ModuleScope.h"
#include "compiler/frontend/program/StringLiteral.h"
#include "compiler/frontend/program/tests/TreePrinter.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::frontend {
namespace {

Module parsed(const std::string &text) {
  std::vector<Diagnostic> diagnostics;
  Module module = parse("test.py", text, diagnostics);
  EXPECT_TRUE(diagnostics.empty()) << text << (diagnostics.empty() ? "" : render(diagnostics[0]));
  return module;
}

std::string reprinted(const std::string &text) {
  return print(parsed(text).body);
}

std::string evaluated(const std::string &expression) {
  Module module =
      parsed("import pypto.language as pl\nN = 8\nL = [1, 2, 3]\nM = pl.dynamic('rows')\nx = " + expression);
  ModuleScope scope(module);
  return print(*scope.top().find("x"));
}

TEST(Lexer, JoinsLinesInBracketsAndBehindBackslashes) {
  Source source("test.py", "f(1,\n  2)  # why\nx = 1 + \\\n  2\n");
  Diagnostics diagnostics(source);
  std::vector<std::string> words;
  for (const Token &token : tokenize(source.file(), diagnostics))
    words.push_back(token.kind == Token::Kind::Newline ? "NL" : token.text.str());
  EXPECT_THAT(words, testing::ElementsAre("f", "(", "1", ",", "2", ")", "NL", "x", "=", "1", "+", "2", "NL", ""));
}

TEST(Lexer, TakesBlockStructureFromIndentation) {
  Source source("test.py", "if a:\n\n  # note\n    b\n    if c:\n\td\ne");
  Diagnostics diagnostics(source);
  std::string kinds;
  for (const Token &token : tokenize(source.file(), diagnostics))
    kinds += token.kind == Token::Kind::Indent ? ">" : token.kind == Token::Kind::Dedent ? "<" : "";
  EXPECT_EQ(kinds, ">><<");
  EXPECT_FALSE(diagnostics.hasErrors());
}

TEST(StringLiteral, ReadsPrefixesQuotesAndEscapes) {
  EXPECT_EQ(readStringLiteral(R"("a\n\x41\u00e9\101\q")").value, "a\nA\xc3\xa9"
                                                                 "A\\q");
  EXPECT_EQ(readStringLiteral(R"(r'\n')").value, "\\n");
  EXPECT_EQ(readStringLiteral("'''a'b'''").value, "a'b");
  EXPECT_TRUE(readStringLiteral("f'{x}'").isFormatted);
  EXPECT_EQ(writeStringLiteral("a\"\\\n\x01"), R"("a\"\\\n\x01")");
}

TEST(Parser, KeepsWhatOperatorsBind) {
  // The parentheses that are needed, and no others.
  for (const char *text : {"x = (1 + 2) * 3",
                           "x = 1 + 2 * 3",
                           "x = -2 ** 2",
                           "x = (-2) ** 2",
                           "x = 2 ** -1",
                           "x = 2 ** 3 ** 4",
                           "x = (2 ** 3) ** 4",
                           "x = a - (b - c)",
                           "x = not a == b",
                           "x = (not a) == b",
                           "x = (a if b else c) + 1",
                           "x = (a < b) == c",
                           "x = a or b and c",
                           "x = (a or b) and c",
                           "x = f(a)(b).c[d, e:f, ::g]",
                           "x = (1).real",
                           "x = a,",
                           "x = a, b",
                           "x = [(a, b), c]",
                           "x = {'a': 1, 'b': [2]}",
                           "x = a[(b, c):]",
                           "x = a not in b",
                           "x = a is not b",
                           "x = lambda a, b=1: a",
                           "x = [a for a in b if c]",
                           "x = f'{a}'",
                           "x = yield a"}) {
    std::string line = std::string(text) + "\n";
    EXPECT_EQ(reprinted(line), line);
  }
}

TEST(Parser, ReadsAllStatements) {
  const char *text = "import a.b as c\n"
                     "from d import (e, f as g)\n"
                     "@h\n"
                     "@i(j=1)\n"
                     "def k(l, m: n = 1, *o, p=2, **q) -> r:\n"
                     "    \"\"\"Words.\"\"\"\n"
                     "    return l, m\n"
                     "class s(t):\n"
                     "    pass\n"
                     "u = v = 1\n"
                     "w: x = 2\n"
                     "w += 3\n"
                     "if a:\n"
                     "    b\n"
                     "elif c:\n"
                     "    d\n"
                     "else:\n"
                     "    e\n"
                     "for f, (g,) in h:\n"
                     "    break\n"
                     "while i:\n"
                     "    continue\n"
                     "with j as k, l:\n"
                     "    return\n"
                     "try:\n"
                     "    m\n"
                     "except n as o:\n"
                     "    p\n"
                     "finally:\n"
                     "    q\n"
                     "match r:\n"
                     "    case [s]:\n"
                     "        t\n"
                     "global u; del v; assert w, x; raise y\n";
  std::string once = reprinted(text);
  EXPECT_EQ(reprinted(once), once);
  EXPECT_THAT(once, testing::HasSubstr("elif c:\n    d\n"));
}

TEST(Parser, GoesOnAfterAnErrorWithTheNextStatement) {
  std::vector<Diagnostic> diagnostics;
  Module module = parse("test.py", "x = 1 +\nif y z:\n    w = 1\nv = 2\nu = )\n", diagnostics);
  // The unbalanced bracket stops the lexer: it is all there is to say.
  ASSERT_EQ(diagnostics.size(), 1u);
  diagnostics.clear();
  module = parse("test.py", "x = 1 +\nif y z:\n    w = 1\nv = 2\n", diagnostics);
  EXPECT_EQ(diagnostics.size(), 2u);
  EXPECT_EQ(print(module.body), "v = 2\n");
}

TEST(AstPrinter, WritesFloatsAsPythonDoes) {
  EXPECT_EQ(printFloat(1), "1.0");
  EXPECT_EQ(printFloat(0.1), "0.1");
  EXPECT_EQ(printFloat(1e-5), "1e-05");
  EXPECT_EQ(printFloat(-INFINITY), "float(\"-inf\")");
}

TEST(ModuleScope, EvaluatesConstants) {
  EXPECT_EQ(evaluated("N * 4 // 3 % 7 - 2 ** 3"), "-5");
  EXPECT_EQ(evaluated("-7 // 2, -7 % 2, 7 / 2"), "(-4, 1, 3.5)");
  EXPECT_EQ(evaluated("max(N, 3) + len(L) + sum(L) + L[-1]"), "20");
  EXPECT_EQ(evaluated("[0] * 2 + list((1,))"), "[0, 0, 1]");
  EXPECT_EQ(evaluated("'a' if N > 4 and not False else 'b'"), "\"a\"");
  EXPECT_EQ(evaluated("M"), "pl.dynamic(\"rows\")");
  EXPECT_EQ(evaluated("pl.MemorySpace.Vec"), "pl.Mem.Vec");
}

TEST(ModuleScope, SaysWhyAValueIsNotKnown) {
  EXPECT_THAT(evaluated("1 // 0"), testing::HasSubstr("a division by zero"));
  EXPECT_THAT(evaluated("2 ** 64"), testing::HasSubstr("does not fit in 64 bits"));
  EXPECT_THAT(evaluated("N + nothing"), testing::HasSubstr("'nothing', which is not defined"));
  EXPECT_THAT(evaluated("L[3]"), testing::HasSubstr("element 3 of a list of 3"));
  EXPECT_THAT(evaluated("open('x')"), testing::HasSubstr("a call, which is not run here"));
  EXPECT_THAT(evaluated("[[0] * 60000] * 60000"), testing::HasSubstr("more than"));
}

TEST(ModuleScope, KnowsTheLanguageByAnyName) {
  for (const char *text : {"import pypto.language as pl\nf = pl.FP32", "import pypto.language as q\nf = q.FP32",
                           "from pypto import language\nf = language.FP32", "from pypto.language import FP32 as f",
                           "import pypto.language\nf = pypto.language.FP32",
                           "from pypto import DataType\nf = DataType.FP32", "import pypto\nf = pypto.DT_FP32"}) {
    Module module = parsed(text);
    EXPECT_EQ(print(*ModuleScope(module).top().find("f")), "pl.FP32") << text;
  }
  const std::pair<const char *, const char *> spellings[] = {
      {"from pypto.jit import jit as f", "pl.jit"},
      {"from pypto.jit.decorator import jit\nf = jit.incore", "pl.jit.incore"},
      {"from pypto.language.typing import Tensor as f", "pl.Tensor"},
      {"from pypto.language.typing.dynamic import dynamic as f", "pl.dynamic"},
      {"from pypto.language.parser.decorator import program as f", "pl.program"},
      {"from pypto.language.op import tile_ops\nf = tile_ops.load", "pl.tile.load"},
      {"from pypto.language.op.unified_ops import add as f", "pl.add"},
      {"import pypto.language as pl\nf = pl.Level.POD", "pl.Level.CLUSTER_0"},
      {"import pypto.language as pl\nf = pl.tile.MaskPattern.P1111", "7"}};
  for (auto [text, path] : spellings) {
    Module module = parsed(text);
    EXPECT_EQ(print(*ModuleScope(module).top().find("f")), path) << text;
  }
}

TEST(ModuleScope, FindsDefinitionsWhereverTheyStand) {
  Module module = parsed("import pypto.language as pl\n"
                         "N = 1\n"
                         "@pl.jit.incore\n"
                         "def a(): pass\n"
                         "def build(rows, columns=4):\n"
                         "    size = rows * columns\n"
                         "    @pl.program\n"
                         "    class B: pass\n"
                         "    return B\n"
                         "class Test:\n"
                         "    def test(self):\n"
                         "        with x:\n"
                         "            @pl.function(type=1)\n"
                         "            def c(): pass\n"
                         "N = 2\n");
  FactoryArguments arguments;
  arguments["build"]["rows"] = Value::ofInteger(3);
  ModuleScope scope(module, arguments);
  std::vector<std::string> found;
  for (const Definition &definition : scope.definitions())
    found.push_back(definition.decorator + " " + definition.path);
  EXPECT_THAT(found, testing::ElementsAre("pl.jit.incore a", "pl.program build.B", "pl.function Test.test.c"));
  EXPECT_EQ(print(*scope.find("B")->scope->find("size")), "12");
  // A definition sees what a name was worth when it stood there.
  EXPECT_EQ(print(*scope.find("a")->scope->find("N")), "1");
  EXPECT_EQ(print(*scope.top().find("N")), "2");
}

TEST(ModuleScope, KnowsWhatABranchSetsOnlyWhereItIsDecided) {
  auto value = [](const std::string &text) {
    Module module = parsed(text);
    ModuleScope scope(module);
    const Value *found = scope.top().find("N");
    return found->is(Value::Kind::Unknown) ? found->text : print(*found);
  };
  EXPECT_EQ(value("N = 1\nif False:\n    N = 2\n"), "1");
  EXPECT_EQ(value("if True:\n    N = 1\nelse:\n    N = 2\n"), "1");
  EXPECT_EQ(value("N = 1\nwhile False:\n    N = 2\n"), "1");
  EXPECT_EQ(value("N = 1\nif x:\n    N = 2\n"), "set below the 'if' at test.py:2:1, whose condition is not known");
  EXPECT_EQ(value("try:\n    N = 1\nexcept E:\n    N = 2\n"),
            "set below the 'try' at test.py:1:1, which is not run here");
  EXPECT_EQ(value("with x:\n    N = 1\n"), "set below the 'with' at test.py:1:1, which is not run here");
  EXPECT_EQ(value("N = 1\ndel M, N\n"), "deleted at test.py:2:1");
  EXPECT_EQ(value("N = 1\nclass C:\n    def N(self): pass\n"), "1");
}

TEST(ModuleScope, TakesAWholePathBeforeTheLastPartOfOne) {
  auto line = [](const std::string &text) {
    Module module = parsed("import pypto.language as pl\n@pl.jit\ndef f(): pass\n" + text);
    ModuleScope scope(module);
    const Definition *found = scope.find("f");
    return found ? module.source->where(found->nameRange()) : "several";
  };
  std::string inside = "    @pl.jit\n    def f(): pass\n";
  EXPECT_EQ(line("if False:\n" + inside), "test.py:3:5");
  EXPECT_EQ(line("def build():\n" + inside), "test.py:3:5");
  EXPECT_EQ(line("class Other:\n" + inside), "test.py:3:5");
  EXPECT_EQ(line("try:\n    x\nexcept E:\n" + inside), "several");
  EXPECT_EQ(line("@pl.jit\ndef f(): pass\n"), "test.py:5:5");
}

TEST(Suggestions, NeverSuggestTheNameItself) {
  EXPECT_EQ(nearest("jit", {"jit", "jot"}), "jot");
  EXPECT_EQ(didYouMean("jit", {"jit"}), "");
}

TEST(ModuleScope, KnowsDecoratorsThatOnlyLookLikeTheLanguages) {
  auto problem = [](const std::string &text) {
    std::vector<Diagnostic> diagnostics;
    Module module = parse("test.py", text, diagnostics);
    ModuleScope scope(module);
    return scope.strangers().size() == 1 ? scope.strangers().front().problem : "there are none or several";
  };
  std::string rest = "class P:\n    pass\n";
  EXPECT_EQ(problem("import pypto.language as pl\n@pl.progam\n" + rest),
            "unknown decorator '@pl.progam'; did you mean 'pl.program'?");
  EXPECT_EQ(problem("from pypto.language import program\n@progam\n" + rest),
            "unknown decorator '@progam'; did you mean 'program'?");
  EXPECT_EQ(problem("@pl.program\n" + rest), "unknown decorator '@pl.program': 'pl' is not defined; 'import "
                                             "pypto.language as pl' is missing");
  EXPECT_EQ(problem("import pypto.languge as pl\n@pl.program\n" + rest),
            "unknown decorator '@pl.program', which is 'pypto.languge.program' here; the language is "
            "'pypto.language'");
}

} // namespace
} // namespace pto::frontend
