// Reads a row of the table of operations, and refuses it if a fact is missing or two contradict each other.
// Runs in the compiler: what is refused there does not compile. A row that is made later ends the program.
#pragma once

#include "compiler/dialect/program/OpRecord.h"
#include <optional>
#include <string_view>

namespace pto::prog {

/// Deliberately not constexpr: a row that comes here is no constant, so that it does not compile.
[[noreturn]] void refuseRow(const char *problem);

namespace rows {

struct KindName {
  ParameterKind kind;
  /// In a row; empty for what is written in another way.
  std::string_view name;
  /// In messages.
  std::string_view text;
};
constexpr KindName kindNames[] = {
    {ParameterKind::Tensor, "", "a tensor"},
    {ParameterKind::Tile, "", "a tile"},
    {ParameterKind::Scalar, "scalar", "a scalar"},
    {ParameterKind::Integer, "integer", "an integer scalar"},
    {ParameterKind::Indices, "indices", "a list of integer scalars"},
    {ParameterKind::Shape, "shape", "a list of dimensions"},
    {ParameterKind::StaticShape, "static_shape", "a list of constant dimensions"},
    {ParameterKind::Array, "array", "an array"},
    {ParameterKind::Pointer, "pointer", "a buffer"},
    {ParameterKind::Values, "values", "a list of values"},
    {ParameterKind::DTypeWord, "dtype", "an element type"},
    {ParameterKind::MemoryWord, "memory", "a memory"},
    {ParameterKind::Bool, "bool", "True or False"},
    {ParameterKind::Int, "int", "an integer"},
    {ParameterKind::Text, "text", "a string"},
    {ParameterKind::Word, "", "one of pl."},
};

struct RoleName {
  std::string_view name;
  Role role;
};
constexpr RoleName roleNames[] = {{"in", Role::In},     {"apart", Role::Apart}, {"scratch", Role::Scratch},
                                  {"look", Role::Look}, {"view", Role::View},   {"inout", Role::InOut},
                                  {"out", Role::Out}};

struct MemoryName {
  std::string_view name;
  MemorySpace memory;
};
constexpr MemoryName memoryNames[] = {{"Vec", MemorySpace::Vec},     {"Left", MemorySpace::Left},
                                      {"Right", MemorySpace::Right}, {"Acc", MemorySpace::Acc},
                                      {"Bias", MemorySpace::Bias},   {"Anywhere", MemorySpace::Unset}};

constexpr std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

/// What stands before the separator; `text` is then what stands behind it.
constexpr std::string_view before(std::string_view &text, char separator) {
  size_t end = text.find(separator);
  std::string_view first = trimmed(text.substr(0, end));
  text = end == std::string_view::npos ? std::string_view() : trimmed(text.substr(end + 1));
  return first;
}

constexpr void readKind(std::string_view text, Parameter &parameter) {
  if (text.starts_with("word(") && text.ends_with(")")) {
    parameter.kind = ParameterKind::Word;
    parameter.prefix = text.substr(5, text.size() - 6);
    return;
  }
  for (const KindName &each : kindNames)
    if (!text.empty() && each.name == text) {
      parameter.kind = each.kind;
      return;
    }
  std::string_view place = text, role = before(place, ' ');
  for (const RoleName &each : roleNames)
    if (each.name == role)
      parameter.role = each.role;
  if (parameter.role == Role::None)
    refuseRow("a tensor or tile says what becomes of its memory: in, apart, scratch, look, view, inout or out");
  if (place == "tensor") {
    parameter.kind = ParameterKind::Tensor;
    return;
  }
  parameter.kind = ParameterKind::Tile;
  for (const MemoryName &each : memoryNames)
    if (each.name == place) {
      parameter.memory = each.memory;
      return;
    }
  refuseRow("a tile says which memory it is taken from: Vec, Left, Right, Acc, Bias or Anywhere");
}

/// Parameters are separated by commas: `name: kind`, `name: kind = default`. An @ before the name makes it a keyword.
/// A tile's kind is its role and its memory, `in Left`; a tensor's is its role, `out tensor`.
/// A default of `none` leaves the parameter out; an operand's default names the operand that is taken instead.
/// `word(PadValue.)` is any of pl.PadValue.…; `a|b: kind` may also be called b.
constexpr Parameter readParameter(std::string_view text) {
  Parameter parameter;
  if (text.starts_with('@')) {
    parameter.isKeyword = true;
    text.remove_prefix(1);
  }
  parameter.isRequired = text.find('=') == std::string_view::npos;
  std::string_view rest = text, declaration = before(rest, '=');
  parameter.defaultText = rest;
  std::string_view name = before(declaration, ':');
  parameter.name = before(name, '|');
  parameter.otherName = name;
  readKind(declaration, parameter);
  if (parameter.isKeyword != (parameter.kind >= ParameterKind::DTypeWord))
    refuseRow("an operand is a value, a keyword (@) a constant: one has the kind of the other");
  return parameter;
}

constexpr Parameters readParameters(std::string_view text) {
  Parameters parameters;
  while (!text.empty())
    parameters.add(readParameter(before(text, ',')));
  return parameters;
}

constexpr bool isIn(const Parameter &parameter, std::initializer_list<MemorySpace> memories) {
  for (MemorySpace memory : memories)
    if (memory == parameter.memory)
      return true;
  return parameter.kind != ParameterKind::Tile;
}

constexpr void check(const OpRecord &record) {
  // Not a pointer: with sanitizers GCC 12 takes the test of one for no constant.
  std::optional<Parameter> shared;
  bool reads = false;
  for (const Parameter &parameter : record.parameters) {
    if (parameter.isShared() && shared)
      refuseRow("the result lies in one operand: only one can be view, inout or out");
    if (parameter.isShared())
      shared = parameter;
    reads |= parameter.isRead();
    if (record.work == Work::Vector && !isIn(parameter, {MemorySpace::Vec}))
      refuseRow("the vector unit works on Vec");
    if (record.work == Work::Cube &&
        !isIn(parameter, {MemorySpace::Left, MemorySpace::Right, MemorySpace::Acc, MemorySpace::Bias}))
      refuseRow("the cube unit reads Left, Right, Acc and Bias");
  }
  if (record.work == Work::Carry && !reads)
    refuseRow("what is carried is an operand that is read");
  bool isTileShared = shared && shared->kind == ParameterKind::Tile;
  bool isPlaced =
      record.place == Place::Operand || (record.place != Place::VecInPlace && isTileShared &&
                                         record.memory() == shared->memory && shared->memory != MemorySpace::Unset);
  if (isTileShared != isPlaced)
    refuseRow("the result lies in the memory of the operand that is view, inout or out");
  if ((record.work == Work::Vector && record.memory() != MemorySpace::Vec) ||
      (record.work == Work::Cube && record.memory() != MemorySpace::Acc))
    refuseRow("the vector unit writes to Vec, the cube unit to Acc");
}

} // namespace rows

constexpr OpRecord::OpRecord(const char *name, const char *text, Rule rule, Place place, Work work)
    : name(name), parameters(rows::readParameters(text)), operandIndices(), operandCount(0), rule(rule), place(place),
      work(work), inKernel(InKernel::Tile) {
  for (size_t i = 0; i < parameters.size(); ++i)
    if (!parameters[i].isKeyword)
      operandIndices[operandCount++] = static_cast<uint8_t>(i);
  rows::check(*this);
}

constexpr OpRecord::OpRecord(const char *name, const char *text, Rule rule, InKernel inKernel, Work work)
    : OpRecord(name, text, rule, Place::None, work) {
  this->inKernel = inKernel;
}

constexpr OpRecord::OpRecord(const char *name, const char *text, Rule rule, Work work)
    : OpRecord(name, text, rule, Place::None, work) {}

} // namespace pto::prog
