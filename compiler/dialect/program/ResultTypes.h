// Rules for the types of results, one for each family of operations.
// A rule may rely on the kinds of the arguments: they are checked before it is asked.
#pragma once

#include "compiler/dialect/program/OpRecord.h"

namespace pto::prog::rules {

Result nothing(const Application &);
Result annotated(const Application &);
Result received(const Application &);
Result index(const Application &);
Result allocation(const Application &);
Result buffer(const Application &);

Result elementwise(const Application &);
Result elementwiseScalar(const Application &);
Result shift(const Application &);
Result ternary(const Application &);
Result firstLike(const Application &);
Result secondLike(const Application &);
Result sameShape(const Application &);
Result castTo(const Application &);
Result compare(const Application &);

Result reduceLast(const Application &);
/// Of an index, where the largest or smallest stands.
Result reduceLastToIndex(const Application &);
Result reduceFirst(const Application &);
Result reduceFirstToIndex(const Application &);
Result reduceAxis(const Application &);
Result expandRows(const Application &);
Result expandColumns(const Application &);
Result expandScalar(const Application &);

Result load(const Application &);
Result store(const Application &);
Result move(const Application &);
Result create(const Application &);
Result read(const Application &);
Result write(const Application &);
Result dim(const Application &);
Result fillpad(const Application &);

Result slice(const Application &);
Result reshape(const Application &);
/// Of a vector lane: half of the rows (split 1) or columns (2), or all (0); gathering brings them together again.
Result shard(const Application &);
Result extract(const Application &);
/// Of the operand that is called `shape`, and the keyword `dtype`.
Result ofShape(const Application &);
Result expandTo(const Application &);
Result reinterpret(const Application &);
Result view(const Application &);
Result transposeView(const Application &);
Result transpose(const Application &);
Result assemble(const Application &);
Result concat(const Application &);
Result setValidShape(const Application &);

Result matmul(const Application &);
Result matmulAcc(const Application &);
Result matmulBias(const Application &);

Result sort32(const Application &);
Result gather(const Application &);
Result gatherMask(const Application &);
Result gatherTensor(const Application &);
Result gatherRows(const Application &);
Result gatherCompare(const Application &);
Result scatter(const Application &);

Result makeArray(const Application &);
Result arrayElement(const Application &);
Result array(const Application &);
/// As the second operand.
Result second(const Application &);
Result remoteLoad(const Application &);
Result window(const Application &);
Result task(const Application &);
Result same(const Application &);

} // namespace pto::prog::rules
