// The operations of the language: what they take and what they give.
// One table (SignatureRows.cpp) for importing, verifying, printing and documenting.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Ops.h"
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
  Any,
  // Keywords
  DTypeWord,
  MemoryWord,
  Bool,
  Int,
  Text,
  Word
};

struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::Any;
  /// A keyword is an attribute; others are operands.
  bool isKeyword = false;
  bool isRequired = true;
  /// Of an operand that is left out: the parameter whose value it takes instead. Of a keyword: its value as text.
  std::string defaultText;
  /// Of a Word: what it has to start with, `PadValue.`
  std::string prefix;
};

struct Signature;

/// What a rule sees of an operation.
struct Application {
  const Signature &signature;
  llvm::ArrayRef<Argument> arguments;
  mlir::DictionaryAttr keywords;
  mlir::MLIRContext *context;

  mlir::Type type(unsigned argument) const { return arguments[argument].values.front().getType(); }
  mlir::Value value(unsigned argument) const { return arguments[argument].values.front(); }
  bool has(unsigned argument) const {
    return argument < arguments.size() && arguments[argument].kind != Argument::Kind::Absent;
  }
  mlir::ArrayAttr dims(unsigned argument) const { return dimsOfList(arguments[argument]); }
  bool flag(llvm::StringRef keyword) const;
  std::optional<int64_t> integer(llvm::StringRef keyword) const;
  std::optional<DType> dtype(llvm::StringRef keyword) const;
  std::optional<MemorySpace> memory(llvm::StringRef keyword) const;
  std::optional<std::string> word(llvm::StringRef keyword) const;

private:
  mlir::ArrayAttr dimsOfList(const Argument &argument) const;
};

/// What is wrong with an application, and with which parameter (by index in the signature; -1: the whole).
struct Mismatch {
  int parameter = -1;
  std::string message;
};

/// The type of the result: null for an operation without one; UnknownResult where only an annotation can say it.
struct UnknownResult {};
using Result = std::variant<mlir::Type, UnknownResult, Mismatch>;
using Rule = Result (*)(const Application &);

/// Where a tile that comes out lies.
enum class ResultMemory : uint8_t { None, Vec, Acc, Keyword, Input };

struct Signature {
  std::string name;
  std::vector<Parameter> parameters;
  Rule rule = nullptr;
  ResultMemory memory = ResultMemory::None;

  const Parameter *find(llvm::StringRef parameter) const;
  std::vector<llvm::StringRef> parameterNames() const;
  /// Indices of the operand parameters, in order.
  std::vector<unsigned> operands() const;
  /// As in the documentation: `tile.load(tensor, offsets, shapes, valid_shapes=shapes, target_memory=Mem.Vec, …)`.
  std::string text() const;
};

/// By its full name, `tile.load`. Null if there is none.
const Signature *signatureOf(llvm::StringRef name);
const std::vector<Signature> &allSignatures();
/// Full and short names, for suggestions.
std::vector<llvm::StringRef> operationNames();

/// What `name` (after `pl.`) means when it is called with a first and second argument of these types (null where
/// there is none, or it is no value): `add` of two tiles is tile.add, of a tile and a scalar tile.adds. Null if there
/// is no operation of that name at all; `problem` then is empty, and says what is wrong if the types do not fit.
/// `keywords` are the names of the call's keyword arguments: some names mean another operation with one of them.
const Signature *resolveOperation(llvm::StringRef name, mlir::Type first, mlir::Type second,
                                  llvm::ArrayRef<llvm::StringRef> keywords, std::string &problem);

/// As a program writes it: words that Python reserves get an underscore, `tile.and` is `tile.and_`.
std::string programName(llvm::StringRef operation);

/// Checks the arguments' kinds, then asks the rule, then places the result in its memory.
Result resultOf(const Application &application);

/// For messages: `a tile`, `a list of dimensions`.
std::string parameterKindText(const Parameter &parameter);

/// The attribute that stands for a keyword's value, or what it should have been.
std::variant<mlir::Attribute, std::string> keywordValue(const Parameter &parameter, mlir::Attribute given);
/// Of a keyword that is left out; null if it then stays out.
mlir::Attribute defaultValue(const Parameter &parameter, mlir::MLIRContext *context);

} // namespace pto::prog
