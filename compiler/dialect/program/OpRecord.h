// What is known of an operation of the language: one record each, a row of the table in OpTable.h.
// There are no defaults: a row that leaves a fact out, or whose facts contradict each other, does not compile.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/MemorySpace.h"
#include "compiler/dialect/program/Ops.h"
#include <array>
#include <string>
#include <variant>

namespace pto::prog {

enum class ParameterKind : uint8_t {
  // Operands
  Tensor,
  Tile,
  Scalar,
  Integer,
  Indices,
  Shape,
  StaticShape,
  Array,
  Pointer,
  Values,
  // Keywords
  DTypeWord,
  MemoryWord,
  Bool,
  Int,
  Text,
  Word
};

/// What becomes of the memory of a tensor or tile that an operation is given.
enum class Role : uint8_t {
  None, // of what is neither tensor nor tile
  In,
  Apart,   // read while the result is written, which therefore lies elsewhere
  Scratch, // written over
  Look,    // asked for its shape only
  // The result lies there:
  View,  // and leaves it as it is
  InOut, // the old content is read, and gone afterwards
  Out    // the program asks for the change in place, so that nobody may save the old content from it
};

struct Parameter {
  llvm::StringRef name;
  /// Another name that programs give it; empty if there is none.
  llvm::StringRef otherName;
  ParameterKind kind = ParameterKind::Scalar;
  Role role = Role::None;
  /// Where a tile is taken from; Unset if from anywhere.
  MemorySpace memory = MemorySpace::Unset;
  /// A keyword is an attribute; others are operands.
  bool isKeyword = false;
  bool isRequired = true;
  /// Of an operand that is left out: the parameter whose value it takes instead. Of a keyword: its value as text.
  llvm::StringRef defaultText;
  /// Of a Word: what it has to start with, `PadValue.`
  llvm::StringRef prefix;

  constexpr bool isShaped() const { return kind == ParameterKind::Tensor || kind == ParameterKind::Tile; }
  constexpr bool isRead() const { return role == Role::In || role == Role::Apart; }
  /// The result lies where this operand lies.
  constexpr bool isShared() const { return role >= Role::View; }
};

class Parameters {
public:
  constexpr void add(const Parameter &parameter) { list[count++] = parameter; }
  constexpr const Parameter *begin() const { return list.data(); }
  constexpr const Parameter *end() const { return list.data() + count; }
  constexpr size_t size() const { return count; }
  constexpr const Parameter &operator[](size_t index) const { return list[index]; }
  static constexpr size_t capacity = 12;

private:
  std::array<Parameter, capacity> list;
  size_t count = 0;
};

struct OpRecord;

/// What a rule sees of an operation.
struct Application {
  const OpRecord &record;
  llvm::ArrayRef<Argument> arguments;
  mlir::DictionaryAttr keywords;
  mlir::MLIRContext *context;

  mlir::Type type(unsigned argument) const { return arguments[argument].values.front().getType(); }
  mlir::Value value(unsigned argument) const { return arguments[argument].values.front(); }
  bool has(unsigned argument) const {
    return argument < arguments.size() && arguments[argument].kind != Argument::Kind::Absent;
  }
  Dims dims(unsigned argument) const { return dimsOf(arguments[argument].values, context); }
  bool flag(llvm::StringRef keyword) const;
  std::optional<int64_t> integer(llvm::StringRef keyword) const;
  std::optional<DType> dtype(llvm::StringRef keyword) const;
  std::optional<MemorySpace> memory(llvm::StringRef keyword) const;
  /// Behind the last dot; empty if there is none.
  llvm::StringRef word(llvm::StringRef keyword) const;
};

/// What is wrong with an application, and with which parameter (by index in the record; -1: the whole).
struct Mismatch {
  int parameter = -1;
  std::string message;
};

/// The type of the result: null for an operation without one; UnknownResult where only an annotation can say it.
struct UnknownResult {};
using Result = std::variant<mlir::Type, UnknownResult, Mismatch>;
using Rule = Result (*)(const Application &);

/// Where a tile that comes out lies.
enum class Place : uint8_t {
  None, // no tile comes out, or an annotation says where it lies
  Vec,
  VecInPlace, // or where an `in` of the same type lies: each element is read before it is written
  Acc,
  Keyword, // where `target_memory` says
  Operand  // in the operand that it shares its memory with
};

/// Who does the work of an operation.
enum class Work : uint8_t {
  Nobody, // it declares something, gives another look at something, or asks for a shape
  Scalar,
  Vector,
  Cube,
  Load,  // brings something from global memory
  Carry, // moves the first tile that it reads to where the result is: the two memories say who does that
  Sync   // makes others wait
};

/// What an operation on tensors is in a kernel, which computes on tiles.
enum class InKernel : uint8_t {
  Tile,     // it is one on tiles
  Global,   // works on global memory
  Element,  // works on one element, in global memory or of a tile
  Question, // answered from the shape
  Create,   // makes a tile
  View,     // is loaded where it stands
  Store,    // of a tile into global memory
  Fill,     // of global memory with rows or columns that are repeated
  Scatter,  // into a tile only
  // Computes on tiles:
  SameName, // as the operation of the same name does
  Broadcast,
  WithScalar,
  RowReduction,
  Rsqrt,
  Matmul,
  MatmulAcc
};

struct OpRecord {
  llvm::StringRef name;
  Parameters parameters;
  /// Indices of those parameters that are operands.
  std::array<uint8_t, Parameters::capacity> operandIndices;
  size_t operandCount;
  Rule rule;
  Place place;
  Work work;
  InKernel inKernel;

  /// On tiles. RowReader.h says how parameters are written.
  constexpr OpRecord(const char *name, const char *parameters, Rule rule, Place place, Work work);
  /// On tensors.
  constexpr OpRecord(const char *name, const char *parameters, Rule rule, InKernel inKernel, Work work);
  /// Of the system.
  constexpr OpRecord(const char *name, const char *parameters, Rule rule, Work work);

  /// Without `tile.`, `tensor.` or `system.`
  llvm::StringRef shortName() const { return name.split('.').second; }
  const Parameter *find(llvm::StringRef parameter) const;
  std::vector<llvm::StringRef> parameterNames() const;
  /// Indices of the operand parameters, in order.
  llvm::ArrayRef<uint8_t> operands() const { return {operandIndices.data(), operandCount}; }
  /// As in the documentation: `tile.load(tensor, offsets, shapes, valid_shapes=shapes, target_memory=Mem.Vec, …)`.
  std::string text() const;
  /// As a program writes it: words that Python reserves get an underscore, `tile.and` is `tile.and_`.
  std::string programName() const;
  /// The one memory that a tile that comes out lies in; Unset if that depends.
  constexpr MemorySpace memory() const {
    return place == Place::Vec || place == Place::VecInPlace ? MemorySpace::Vec
           : place == Place::Acc                             ? MemorySpace::Acc
                                                             : MemorySpace::Unset;
  }

  bool operator==(const OpRecord &other) const { return this == &other; }
};

/// By its full name, `tile.load`. Null if there is none.
const OpRecord *recordOf(llvm::StringRef name);
llvm::ArrayRef<OpRecord> allRecords();
/// The one of the same name on tiles; null if there is none.
const OpRecord *tileForm(const OpRecord &record);
/// Full and short names, for suggestions.
std::vector<llvm::StringRef> operationNames();

/// What `name` (after `pl.`) means when it is called with a first and second argument of these types (null where
/// there is none, or it is no value): `add` of two tiles is tile.add, of a tile and a scalar tile.adds. Null if there
/// is no operation of that name at all; `problem` then is empty, and says what is wrong if the types do not fit.
/// `keywords` are the names of the call's keyword arguments: some names mean another operation with one of them.
const OpRecord *resolveOperation(llvm::StringRef name, mlir::Type first, mlir::Type second,
                                 llvm::ArrayRef<llvm::StringRef> keywords, std::string &problem);

/// The parameter that an operand is given for.
const Parameter &parameterOf(BuiltinOp op, unsigned operand);
/// May a pass have flattened the tile that comes out? What comes in stays as it was.
bool mayBeFlattened(const OpRecord &record);

/// Checks the arguments' kinds, then asks the rule, then places the result in its memory.
Result resultOf(const Application &application);

/// Is it one of those that a program writes behind this prefix?
bool isWord(llvm::StringRef word, llvm::StringRef prefix);

/// For messages: `a tile`, `a list of dimensions`.
std::string parameterKindText(const Parameter &parameter);

/// The attribute that stands for a keyword's value, or what it should have been.
std::variant<mlir::Attribute, std::string> keywordValue(const Parameter &parameter, mlir::Attribute given);
/// Of a keyword that is left out; null if it then stays out.
mlir::Attribute defaultValue(const Parameter &parameter, mlir::MLIRContext *context);

} // namespace pto::prog
