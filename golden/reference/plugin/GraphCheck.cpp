// Walks the graphs that LibTorch compiled a golden to: what is named in the text, methods and operator signs included,
// is a node there.
#include "golden/reference/plugin/GraphCheck.h"
#include "golden/reference/plugin/Guards.h"
#include "golden/reference/plugin/TorchTypes.h"
#include "golden/reference/plugin/Vocabulary.h"
#include <torch/csrc/jit/ir/constants.h>

namespace pto::golden {
namespace {

namespace jit = torch::jit;

bool isInGolden(const jit::SourceRange &range) {
  return range.source() && range.source()->filename() == std::string(sourceName);
}

/// LibTorch writes some operators in TorchScript and inlines them, with places in its own text, and folded constants
/// have none. An error there belongs to the golden's expression around it: that of the node before.
void placeInGolden(jit::Block &block, jit::SourceRange &last) {
  for (jit::Node *node : block.nodes()) {
    if (isInGolden(node->sourceRange()))
      last = node->sourceRange();
    else
      node->setSourceRange(last);
    for (jit::Block *inner : node->blocks())
      placeInGolden(*inner, last);
  }
}

[[noreturn]] void refuse(const jit::Node &node, const std::string &why) {
  throw ScriptError{why, placeOf(node.sourceRange())};
}

std::string spellingOf(const jit::Node &node) {
  bool isOfTorch = node.kind().is_aten();
  return (isOfTorch ? "torch." : "") + std::string(node.kind().toUnqualString());
}

/// LibTorch takes types and layouts as numbers, and does not look at them.
void checkEnumeration(const jit::Node &node, const c10::Argument &argument, const jit::Value &value) {
  bool isType = argument.name() == "dtype", isLayout = argument.name() == "layout";
  if (!isType && !isLayout)
    return;
  c10::optional<c10::IValue> constant = jit::toIValue(&value);
  if (constant ? constant->isNone() : value.node()->kind() == (isType ? jit::prim::dtype : jit::prim::layout))
    return;
  if (isLayout && !(constant && constant->isInt() && constant->toInt() == static_cast<int64_t>(at::kStrided)))
    refuse(node, "a golden's tensors are dense; leave the layout out");
  if (isType && !(constant && constant->isInt() && findTorchType(constant->toInt())))
    refuse(node, "a type is named, as torch.float64, torch.int64 or torch.bool, or another tensor's x.dtype");
}

void checkNode(const jit::Node &node) {
  const char *name = node.kind().toQualString();
  if (!isAllowedOperator(name))
    refuse(node, spellingOf(node) + " " + refusalOf(name));
  if (node.isNondeterministic())
    refuse(node, spellingOf(node) + " draws random numbers, and a golden must be deterministic");
  const c10::FunctionSchema *schema = node.maybeSchema();
  for (size_t i = 0; schema && i < schema->arguments().size(); ++i) {
    const c10::Argument &argument = schema->arguments()[i];
    if (argument.is_out())
      refuse(node, "the argument " + argument.name() + " of " + spellingOf(node) +
                       " is not for goldens; assign the result to a name");
    if (i < node.inputs().size())
      checkEnumeration(node, argument, *node.inputs()[i]);
  }
  // A device in the text has become a constant.
  if (node.kind() == jit::prim::Constant && node.outputs().size() == 1 &&
      node.output()->type()->kind() == c10::TypeKind::DeviceObjType) {
    c10::optional<c10::IValue> device = jit::toIValue(node.output());
    if (device && device->isDevice() && !device->toDevice().is_cpu())
      refuse(node, "a golden runs on the CPU; leave the device out");
  }
}

void checkBlock(jit::Block &block) {
  for (jit::Node *node : block.nodes()) {
    checkNode(*node);
    for (jit::Block *inner : node->blocks())
      checkBlock(*inner);
  }
}

void guardLoopsOf(jit::Block &block) {
  for (jit::Node *node : block.nodes()) {
    for (jit::Block *inner : node->blocks())
      guardLoopsOf(*inner);
    if (node->kind() != jit::prim::Loop)
      continue;
    jit::Node *guard = block.owningGraph()->create(c10::Symbol::fromQualString(loopGuard), /*num_outputs=*/0);
    guard->setSourceRange(node->sourceRange());
    node->blocks().front()->prependNode(guard);
  }
}

} // namespace

LineColumn placeOf(const jit::SourceRange &range) {
  auto place = range.file_line_col();
  if (!place)
    return {};
  auto [file, line, columnFromZero] = *place;
  return {static_cast<unsigned>(line), static_cast<unsigned>(columnFromZero) + 1};
}

void checkOperators(jit::Graph &graph, const jit::SourceRange &definition) {
  jit::SourceRange last = definition;
  for (const jit::Node *node : graph.nodes())
    if (isInGolden(node->sourceRange())) {
      last = node->sourceRange();
      break;
    }
  placeInGolden(*graph.block(), last);
  checkBlock(*graph.block());
}

void guardLoops(jit::Graph &graph) {
  guardLoopsOf(*graph.block());
}

} // namespace pto::golden
