// Single elements of tiles, tiles that are made from nothing, and what is shown of them.
include "compiler/dialect/tile/Base.td"

def TgetvalOp : Pto_OutsideOp<"tgetval"> {
  let summary = "the element of the tile at that offset";
  let arguments = (ins AnyTile:$src, Index:$offset);
  let results = (outs TileScalar:$value);
  let assemblyFormat = [{
    `ins` `(` $src `,` $offset `:` type($src) `,` type($offset) `)` `outs` `:` type($value) attr-dict
  }];
  let hasVerifier = 1;
}
def TsetvalOp : Pto_TileOp<"tsetval", "the element of dst at that offset = s",
    [Position<"offset">, Scalar<"s">], [Tile<"dst", AnyElement, "anywhere">], ["element"]>;

def TtriOp : Pto_TileOp<"ttri", "dst = 1 below the diagonal, or above it, and 0 elsewhere",
    [Scalar<"diagonal", SignlessScalar>], [Tile<"dst", Elements<"any">>], [],
    (ins OptionalAttr<I32Attr>:$upperOrLower), "Inner">;
def TrandomOp : Pto_TileOp<"trandom", "dst = random bits of that key and counter",
    [Scalar<"key0", SignlessScalar>, Scalar<"key1", SignlessScalar>, Scalar<"counter0", SignlessScalar>,
     Scalar<"counter1", SignlessScalar>, Scalar<"counter2", SignlessScalar>, Scalar<"counter3", SignlessScalar>],
    [Tile<"dst", Elements<"", "i32">>], ["onlyA5"], (ins OptionalAttr<I32Attr>:$rounds), "Inner">;

def TprintOp : Pto_TileOp<"tprint", "the elements of src, in the notes of the run",
    [Slot<"src", AnyTypeOf<[AnyTile, AnyPartition], "tile or part of a view">, "Aside", AnyElement, "anywhere", 0>], []>;
def TprefetchOp : Pto_TileOp<"tprefetch", "the part of the view will be read soon",
    [Partition<"src">], [Tile<"dst", AnyElement, "vec | mat">], ["load"]>;

def PrintOp : Pto_Op<"print"> {
  let summary = "a number, in the notes of the run";
  let arguments = (ins StrAttr:$format, TileScalar:$value);
  let assemblyFormat = "`ins` `(` $format `,` $value `:` type($value) `)` attr-dict";
}
