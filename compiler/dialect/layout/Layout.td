// How elements lie in a tile or in a tensor of global memory: words that programs and the tile level share.
#ifndef PTO_COMPILER_DIALECT_LAYOUT_LAYOUT_TD
#define PTO_COMPILER_DIALECT_LAYOUT_LAYOUT_TD

include "mlir/IR/EnumAttr.td"

class Layout_Enum<string name, string summary, list<I32EnumAttrCase> cases> : I32EnumAttr<name, summary, cases> {
  let genSpecializedAttr = 0;
  let cppNamespace = "::pto::layout";
}

def OrderEnum : Layout_Enum<"Order", "the order of a tile's boxes, and of the elements in a box", [
  I32EnumAttrCase<"NoneBox", 0, "none_box">,
  I32EnumAttrCase<"RowMajor", 1, "row_major">,
  I32EnumAttrCase<"ColMajor", 2, "col_major">
]>;

def PadEnum : Layout_Enum<"Pad", "what is behind a tile's valid part", [
  I32EnumAttrCase<"Null", 0, "null">,
  I32EnumAttrCase<"Zero", 1, "zero">,
  I32EnumAttrCase<"Max", 2, "max">,
  I32EnumAttrCase<"Min", 3, "min">
]>;

def TensorOrderEnum : Layout_Enum<"TensorOrder", "the order of a tensor's elements in global memory", [
  I32EnumAttrCase<"ND", 0>,
  I32EnumAttrCase<"DN", 1>,
  I32EnumAttrCase<"NZ", 2>
]>;

#endif
