// What the families of tile operations build on: one record an operation, which its text, its checks and its readers
// follow. An operation is written
//   pto.OP ins(%a, %b : Ta, Tb) outs(%d : Td) {words}
// and has its operands in this order.
#ifndef PTO_COMPILER_DIALECT_TILE_BASE_TD
#define PTO_COMPILER_DIALECT_TILE_BASE_TD

include "compiler/dialect/Base.td"

def AnyTile : Type<CPred<"::llvm::isa<::pto::ir::TileBufType>($_self)">, "tile">;
def AnyTensorView : Type<CPred<"::llvm::isa<::pto::ir::TensorViewType>($_self)">, "view">;
def AnyPartition : Type<CPred<"::llvm::isa<::pto::ir::PartitionTensorViewType>($_self)">, "part of a view">;
def TileScalar : Type<Or<[AnySignlessInteger.predicate, AnyFloat.predicate]>, "integer or float">;
def SignlessScalar : Type<AnySignlessInteger.predicate, "integer">;
def I64Scalar : Type<I64.predicate, "i64">;

// Types that elements may have, by architecture: terms of `namespace elements` in Record.h.
class Elements<string a2a3Set, string a5Set = a2a3Set> {
  string a2a3 = a2a3Set;
  string a5 = a5Set;
}
def AnyElement : Elements<"any">;
def Arith : Elements<"arith">;
def ArithOrI8 : Elements<"arith", "arith | i8">;
def ArithI8OrBf16 : Elements<"arith", "arith | i8 | bf16">;
def Floats : Elements<"f16 | f32">;
def FloatsOrBf16 : Elements<"f16 | f32", "f16 | bf16 | f32">;
def Ints : Elements<"i16 | i32", "i8 | i16 | i32">;
def ScalarInts : Elements<"i8 | i16 | i32">;
def Flags : Elements<"i8">;

// One operand: what it is, the memories and elements that it may have, what the rules take it for.
class Slot<string slotName, Type type, string slotRole, Elements elementTypes, string inMemories, bit isOptional> {
  string name = slotName;
  Type of = type;
  string role = slotRole;
  Elements elements = elementTypes;
  string memories = inMemories;
  bit optional = isOptional;
  string word = "";
  TypeConstraint constraint = !if(isOptional, Optional<type>, type);
  string cpp = "{\"" # slotName # "\", Role::" # slotRole # ", {" # !if(!empty(elementTypes.a2a3), "0", elementTypes.a2a3) # ", " # elementTypes.a5 # "}, "
      # inMemories # ", " # !if(isOptional, "true", "false");
}
// The data of the operation.
class Tile<string name, Elements elements = AnyElement, string memories = "vec">
    : Slot<name, AnyTile, "Data", elements, memories, 0>;
// Data too, but of another type or shape than the rest.
class Aside<string name, Elements elements = AnyElement, string memories = "vec", bit isOptional = 0>
    : Slot<name, AnyTile, "Aside", elements, memories, isOptional>;
// Scratch memory, which the A5 does not need.
class Scratch<string name = "tmp", bit isOptional = 1> : Slot<name, AnyTile, "Scratch", AnyElement, "vec", isOptional>;
class Partition<string name> : Slot<name, AnyPartition, "View", AnyElement, "vec", 0>;
class Scalar<string name, Type type = TileScalar, bit isOptional = 0>
    : Slot<name, type, "Scalar", AnyElement, "vec", isOptional>;
class Position<string name> : Scalar<name, Index>;
// It comes with its own type: behind a comma, or behind that word.
class Late<Slot slot, string announced = ","> : Slot<slot.name, slot.of, slot.role, slot.elements, slot.memories, 1> {
  let word = announced;
}

def TileRecord : Pto_Trait<"TileRecord">;

class Pto_TileOp<string mnemonic, string formula, list<Slot> inputs, list<Slot> outputs, list<string> rules = [],
                 dag words = (ins), string wordsAt = "Trailing", list<Trait> traits = []>
    : Pto_OutsideOp<mnemonic, !listconcat(
          [TileRecord],
          !if(!gt(!size(!filter(slot, !listconcat(inputs, outputs), slot.optional)), 1), [AttrSizedOperandSegments],
              []),
          traits)> {
  let summary = formula;
  list<Slot> tileIns = inputs;
  list<Slot> tileOuts = outputs;
  let arguments = !con(!dag(ins, !foreach(slot, !listconcat(inputs, outputs), slot.constraint),
                            !foreach(slot, !listconcat(inputs, outputs), slot.name)),
                       words);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = "static const ::pto::ir::tile::Record &record();";
  let extraClassDefinition = "const ::pto::ir::tile::Record &$cppClass::record() {\n"
      "  using namespace ::pto::ir::tile;\n"
      "  using namespace ::pto::ir::tile::elements;\n"
      "  using namespace ::pto::ir::tile::memories;\n"
      "  static const Record record{{" # !interleave(!foreach(slot, inputs, slot.cpp # ", \"" # slot.word # "\"}"), ", ")
      # "}, {" # !interleave(!foreach(slot, outputs, slot.cpp # ", \"" # slot.word # "\"}"), ", ") # "}, {"
      # !interleave(!foreach(rule, rules, "rules::" # rule), ", ") # "}, WordsAt::" # wordsAt # "};\n"
      "  return record;\n"
      "}\n"
      "::mlir::ParseResult $cppClass::parse(::mlir::OpAsmParser &parser, ::mlir::OperationState &state) {\n"
      "  return ::pto::ir::tile::parse(parser, state, record());\n"
      "}\n"
      "void $cppClass::print(::mlir::OpAsmPrinter &printer) {\n"
      "  ::pto::ir::tile::print(printer, getOperation(), record());\n"
      "}\n";
}

#endif
