// Tables of words, and a walk over the syntax tree.
#include "golden/reference/plugin/TextCheck.h"
#include "golden/reference/plugin/GraphCheck.h"
#include "golden/reference/plugin/Vocabulary.h"
#include <torch/csrc/jit/frontend/lexer.h>
#include <torch/csrc/jit/runtime/operator.h>

namespace pto::golden {
namespace {

namespace jit = torch::jit;

constexpr char importsNothing[] =
    "a golden imports nothing: torch, math and pto are already available, with torch.exp for "
    "numpy's np.exp";

constexpr struct {
  std::string_view word;
  bool beginsStatement; ///< else it may stand anywhere
  const char *why;
} foreignWords[] = {
    {"import", true, importsNothing},
    {"from", true, importsNothing},
    {"class", true, "a golden has no classes; a function beside it can return several values as a tuple"},
    {"with", true, "a golden has no 'with'; gradients are not computed anyway"},
    {"try", true, "a golden cannot catch errors; test for what may go wrong"},
    {"global", true, "a golden has no variables outside of its functions"},
    {"nonlocal", true, "a golden has no variables outside of its functions"},
    {"async", true, "a golden has no coroutines"},
    {"@", true, "a golden has no decorators"},
    {"lambda", false, "a golden has no lambda; define a function beside it"},
    {"yield", false, "a golden has no generators; append to a list"},
    {"await", false, "a golden has no coroutines"},
};

void checkSelection(const jit::Select &selection) {
  std::string name = selection.selector().name();
  bool isOurs = selection.value().kind() == jit::TK_VAR && jit::Var(selection.value()).name().name() == "pto";
  std::string qualified = "aten::" + name;
  if (isOurs || isAllowedOperator(qualified) || isAllowedOperator("prim::" + name))
    return;
  if (isKnownRefusal(qualified) || !jit::getAllOperatorsFor(c10::Symbol::fromQualString(qualified)).empty())
    throw ScriptError{"torch." + name + " " + refusalOf(qualified), placeOf(selection.value().range())};
}

void checkTree(const jit::TreeRef &tree) {
  for (const jit::TreeRef &inner : tree->trees())
    checkTree(inner);
  if (tree->kind() == '.')
    checkSelection(jit::Select(tree));
}

} // namespace

std::shared_ptr<jit::Source> sourceOf(std::string_view text) {
  return std::make_shared<jit::Source>(c10::string_view(text.data(), text.size()), std::string(sourceName), 1);
}

void checkWords(std::string_view text) {
  jit::Lexer lexer(sourceOf(text));
  bool beginsStatement = true;
  while (lexer.cur().kind != jit::TK_EOF) {
    jit::Token token = lexer.next();
    std::string word = token.text();
    for (const auto &foreign : foreignWords)
      if (word == foreign.word && (beginsStatement || !foreign.beginsStatement))
        throw ScriptError{foreign.why, placeOf(token.range)};
    beginsStatement = token.kind == jit::TK_NEWLINE || token.kind == jit::TK_INDENT || token.kind == jit::TK_DEDENT;
  }
}

void checkNames(const jit::Def &definition) {
  checkTree(definition.tree());
}

} // namespace pto::golden
