// How the elements of a tensor or tile lie, and where.
// What cube and fixpipe ask for is implied by the memory. One table each has the fields of a view, for all texts.
#include "compiler/dialect/program/Views.h"
#include "mlir/IR/BuiltinTypes.h"

namespace pto::prog {

namespace {

using mlir::Attribute;
using mlir::DictionaryAttr;
using mlir::IntegerAttr;
using mlir::MLIRContext;
using mlir::StringAttr;

bool isColumn(Dims shape) {
  return shape.size() == 2 && shape[0].constant().value_or(0) > 1 && shape[1].constant() == 1;
}

/// The fields in the order in which a program may give them without a name: visit(name, what a program writes before a
/// word, value).
template <typename View, typename Visit>
void visitFields(View &view, Visit visit) {
  if constexpr (std::is_same_v<std::remove_const_t<View>, TileView>) {
    visit("valid_shape", "", view.validShape);
    visit("stride", "", view.stride);
    visit("start_offset", "", view.startOffset);
    visit("blayout", "TileLayout.", view.block);
    visit("slayout", "TileLayout.", view.inner);
    visit("fractal", "", view.fractal);
    visit("pad", "PadValue.", view.pad);
  } else {
    visit("stride", "", view.stride);
    visit("layout", "TensorLayout.", view.layout);
    visit("valid_shape", "", view.validShape);
    visit("distributed", "", view.isDistributed);
  }
}

Attribute attributeOf(Dims dims, MLIRContext *) {
  return dims.text();
}
Attribute attributeOf(Dim dim, MLIRContext *) {
  return dim.text();
}
Attribute attributeOf(int64_t value, MLIRContext *context) {
  return constantDim(context, value).text();
}
Attribute attributeOf(bool flag, MLIRContext *context) {
  return mlir::BoolAttr::get(context, flag);
}
template <typename Enum>
Attribute attributeOf(Enum word, MLIRContext *context) {
  return StringAttr::get(context, stringifyEnum(word));
}

template <typename Value>
std::string textOf(Value value, llvm::StringRef prefix) {
  if constexpr (std::is_enum_v<Value>)
    return ("pl." + prefix + stringifyEnum(value)).str();
  else if constexpr (std::is_integral_v<Value>)
    return std::to_string(value);
  else
    return value ? programText(value) : "";
}

/// What it should have been; empty if it is that.
std::string read(Attribute value, Dims &dims) {
  Dims given = Dims::of(value);
  // An empty stride is none.
  if (given && (!given.empty() || dims))
    dims = given;
  return given ? "" : "a list of dimensions";
}
std::string read(Attribute value, Dim &dim) {
  dim = Dim::of(value);
  return dim ? "" : "a dimension";
}
std::string read(Attribute value, int64_t &number) {
  auto given = mlir::dyn_cast<IntegerAttr>(value);
  number = given ? given.getInt() : number;
  return given ? "" : "an integer";
}
std::string read(Attribute value, bool &flag) {
  auto given = mlir::dyn_cast<mlir::BoolAttr>(value);
  flag = given ? given.getValue() : flag;
  return given ? "" : "True or False";
}
template <typename Enum>
std::string read(Attribute value, Enum &word) {
  auto name = mlir::dyn_cast<StringAttr>(value);
  std::optional<Enum> given = name ? symbolizeEnum<Enum>(name.getValue()) : std::nullopt;
  word = given.value_or(word);
  return given ? "" : "one of " + wordsOf<Enum>();
}

template <typename View>
std::vector<llvm::StringRef> namesOf() {
  std::vector<llvm::StringRef> names;
  View view;
  visitFields(view, [&](llvm::StringRef name, llvm::StringRef, auto &) { names.push_back(name); });
  return names;
}

template <typename View>
std::string set(View &view, llvm::StringRef field, Attribute value) {
  std::string problem = "a view has no field '" + field.str() + "'";
  visitFields(view, [&](llvm::StringRef name, llvm::StringRef, auto &member) {
    if (name != field)
      return;
    std::string expected = read(value, member);
    problem = expected.empty() ? "" : "the " + field.str() + " of a view is " + expected;
  });
  return problem;
}

struct Stated {
  llvm::StringRef name;
  Attribute value;
  std::string inProgram;
};

/// What differs from what is implied, by name.
template <typename View>
std::vector<Stated> statedOf(const View &view, const View &implied, MLIRContext *context) {
  std::vector<Stated> all, usual, stated;
  if (view == implied)
    return stated;
  auto into = [&](std::vector<Stated> &list) {
    return [&](llvm::StringRef name, llvm::StringRef prefix, const auto &value) {
      list.push_back({name, attributeOf(value, context), textOf(value, prefix)});
    };
  };
  visitFields(view, into(all));
  visitFields(implied, into(usual));
  for (auto [field, other] : llvm::zip(all, usual))
    if (field.value && field.value != other.value)
      stated.push_back(field);
  llvm::sort(stated, [](const Stated &a, const Stated &b) { return a.name < b.name; });
  return stated;
}

DictionaryAttr text(const std::vector<Stated> &stated, MLIRContext *context) {
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  for (const Stated &field : stated)
    entries.emplace_back(StringAttr::get(context, field.name), field.value);
  return entries.empty() ? DictionaryAttr() : DictionaryAttr::get(context, entries);
}

std::string inProgram(llvm::StringRef name, const std::vector<Stated> &stated) {
  std::string list;
  for (const Stated &field : stated)
    list += (list.empty() ? "" : ", ") + field.name.str() + "=" + field.inProgram;
  return stated.empty() ? "" : ("pl." + name + "(" + list + ")").str();
}

} // namespace

llvm::hash_code hash_value(const TileView &view) {
  return llvm::hash_combine(static_cast<const TileLayout &>(view), view.stride, view.startOffset);
}
llvm::hash_code hash_value(const TensorView &view) {
  return llvm::hash_combine(view.layout, view.stride, view.validShape, view.isDistributed);
}
llvm::hash_code hash_value(const Memref &memref) {
  return llvm::hash_combine(memref.base, memref.offset, memref.size);
}

TileView implicitView(Dims shape, MemorySpace memory) {
  TileView view;
  view.validShape = shape;
  if (isColumn(shape))
    view.block = Order::ColMajor;
  switch (memory) {
  case MemorySpace::Acc:
    view.fractal = 1024;
    [[fallthrough]];
  case MemorySpace::Mat:
  case MemorySpace::Left:
    view.block = Order::ColMajor;
    view.inner = Order::RowMajor;
    break;
  case MemorySpace::Right:
    view.inner = Order::ColMajor;
    break;
  default:
    break;
  }
  return view;
}

TileView rebased(TileView view, const TileView &before, const TileView &after) {
  auto rebase = [&](auto member) {
    if (view.*member == before.*member)
      view.*member = after.*member;
  };
  rebase(&TileView::validShape);
  rebase(&TileView::block);
  rebase(&TileView::inner);
  rebase(&TileView::fractal);
  return view;
}

llvm::ArrayRef<llvm::StringRef> fieldsOf(const TileView &) {
  static const auto names = namesOf<TileView>();
  return names;
}
llvm::ArrayRef<llvm::StringRef> fieldsOf(const TensorView &) {
  static const auto names = namesOf<TensorView>();
  return names;
}

std::string setField(TileView &view, llvm::StringRef field, Attribute value) {
  return set(view, field, value);
}
std::string setField(TensorView &view, llvm::StringRef field, Attribute value) {
  return set(view, field, value);
}

DictionaryAttr textOf(const TileView &view, const TileView &implied, MLIRContext *context) {
  return text(statedOf(view, implied, context), context);
}
DictionaryAttr textOf(const TensorView &view, MLIRContext *context) {
  return text(statedOf(view, TensorView(), context), context);
}

DictionaryAttr textOf(const Memref &memref) {
  MLIRContext *context = memref.base.getContext();
  auto entry = [&](llvm::StringRef key, Attribute value) {
    return mlir::NamedAttribute(StringAttr::get(context, key), value);
  };
  return DictionaryAttr::get(context,
                             {entry("base", memref.base), entry("offset", constantDim(context, memref.offset).text()),
                              entry("size", constantDim(context, memref.size).text())});
}

std::string readMemref(DictionaryAttr text, Memref &memref) {
  auto base = text.getAs<StringAttr>("base");
  auto offset = text.getAs<IntegerAttr>("offset"), size = text.getAs<IntegerAttr>("size");
  if (!base || !offset || !size || text.size() != 3)
    return "a memref is {base = \"name\", offset = bytes, size = bytes}";
  memref = {base, offset.getInt(), size.getInt()};
  return {};
}

std::string programText(const TileView &view, const TileView &implied) {
  return inProgram("TileView", statedOf(view, implied, view.validShape.text().getContext()));
}

std::string programText(const TensorView &whole) {
  TensorView view = whole;
  // The name of the type says that.
  view.isDistributed = false;
  if (view == TensorView{view.layout, {}, {}})
    return view.layout == TensorOrder::ND ? "" : "pl." + stringifyEnum(view.layout).str();
  Dims any = view.stride ? view.stride : view.validShape;
  return inProgram("TensorView", statedOf(view, TensorView(), any.text().getContext()));
}

std::string programText(const Memref &memref) {
  return !memref ? ""
                 : "pl.MemRef(\"" + memref.base.str() + "\", " + std::to_string(memref.offset) + ", " +
                       std::to_string(memref.size) + ")";
}

} // namespace pto::prog
