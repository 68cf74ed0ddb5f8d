// The families of instructions; each fills the table with its own.
#pragma once

namespace pto::sim {

class OpTable;
struct OpTables;

// Lane-wise and scalar arithmetic, which threads do on many lanes too, compiled once for each instruction set that is
// worth it.
namespace portable {
void declareLanewise(OpTable &table);
void declareScalars(OpTables &tables);
} // namespace portable
#ifdef PTO_SIM_X86
namespace avx2 {
void declareLanewise(OpTable &table);
void declareScalars(OpTables &tables);
} // namespace avx2
namespace avx512 {
void declareLanewise(OpTable &table);
void declareScalars(OpTables &tables);
} // namespace avx512
#endif

// Moves and control: any instruction set serves.
void declareLoadStore(OpTable &table);
void declareStreams(OpTable &table);
void declareIndexed(OpTable &table);
void declareElementAccess(OpTable &table);
void declarePredicateAccess(OpTable &table);
void declareControl(OpTable &table);
void declareDma(OpTable &table);
void declareCubeLoads(OpTable &table);
void declareProducts(OpTable &table);
void declareFixpipe(OpTable &table);
void declarePredicates(OpTable &table);
void declareRearrange(OpTable &table);
void declareHistogram(OpTable &table);
void declareSort(OpTable &table);
void declareSync(OpTable &table);
void declareQueries(OpTable &table);

// Threads.
void declareThreadControl(OpTables &tables);
void declareThreadMemory(OpTables &tables);
void declareThreadLanes(OpTable &threads);

} // namespace pto::sim
