// The walk over a kernel, registers, refusals.
#include "sim/decode/Decoder.h"
#include "compiler/dialect/Attributes.h"
#include "compiler/dialect/Places.h"
#include "compiler/dialect/Simt.h"
#include "compiler/dialect/Traits.h"
#include "compiler/dialect/tile/Exchange.h"
#include "compiler/dialect/tile/Order.h"
#include "mlir/IR/BuiltinOps.h"
#include "sim/machine/GmPointer.h"
#include "sim/machine/Semaphores.h"
#include "sim/run/Control.h"
#include "sim/run/ThreadControl.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace pto::sim {

// Inlining and nesting beyond that are mistakes, or attacks on memory and stack.
static constexpr size_t operationLimit = 1 << 20;
static constexpr unsigned depthLimit = 200;
/// Of storage that the kernel leaves to us.
static constexpr uint64_t allocationAlignment = 4096, storageLimit = 64 << 20;

/// What operations become in a kernel, and in a function of threads.
static const DecodeTable &decodeTable(bool isOfThreads) {
  static const auto tables = [] {
    std::array<DecodeTable, 2> made;
    for (auto add :
         {addControlFlow, addMemoryOps, addElementOps, addCubeOps, addScalarOps, addVectorOps, addLaunches, addTileOps})
      add(made[false]);
    for (auto add : {addThreadOps, addElementOps, addScalarOps})
      add(made[true]);
    return made;
  }();
  return tables[isOfThreads];
}

Decoder::Decoder(func::FuncOp kernel, const Conventions &conventions)
    : conventions(conventions), kernel(kernel), program(new Program) {
  program->kernel = kernel.getName().str();
  program->arch = &defaultArch();
}

uint32_t Decoder::newSlot(Type type) {
  if (entry)
    return entry->registerCount++;
  if (isWide(type))
    return newWide();
  uint32_t first = program->scalarCount;
  program->scalarCount += scalarsOf(type);
  return first;
}

uint32_t Decoder::constant(uint64_t bits) {
  auto [known, isNew] = constants.try_emplace(bits, 0);
  if (isNew) {
    known->second = newScalar();
    program->constants.emplace_back(known->second, bits);
  }
  return known->second;
}

uint64_t Decoder::allocate(MemorySpace space, uint64_t bytes) {
  uint64_t &end = program->ends[unsigned(space)], begin = llvm::alignTo(end, allocationAlignment);
  end = begin + bytes;
  if (end > storageLimit)
    refuse(kernel,
           "tiles without an address take more than " + llvm::Twine(storageLimit >> 20) + " MiB of " + name(space));
  return begin;
}

uint32_t Decoder::slot(Value value) {
  auto [known, isNew] = slots.try_emplace(value, 0);
  if (isNew) {
    known->second = newSlot(value.getType());
    bool isSimulated = scalarType(value.getType()) || pointerType(value.getType()) ||
                       (!entry && (isWide(value.getType()) || isAggregate(value.getType())));
    if (!isSimulated) {
      Operation *owner = value.getDefiningOp() ? value.getDefiningOp() : value.getParentBlock()->getParentOp();
      refuse(owner, "values of type " + text(value.getType()) + " are not simulated");
    }
  }
  return known->second;
}

void Decoder::forget(Region &region) {
  for (Block &block : region) {
    for (BlockArgument argument : block.getArguments())
      slots.erase(argument);
    for (Operation &op : block) {
      for (Value result : op.getResults())
        slots.erase(result);
      for (Region &inner : op.getRegions())
        forget(inner);
    }
  }
}

void Decoder::presetScalar(Value value, uint64_t bits) {
  (entry ? entry->constants : program->constants).emplace_back(slot(value), bits);
}

Instruction &Decoder::emit(Operation *op, const Code &code) {
  auto [entry, isNew] = nameIndex.try_emplace(op->getName().getStringRef(), program->names.size());
  if (isNew)
    program->names.push_back(op->getName().getStringRef().str());
  program->sites.push_back({entry->second, placeOf(op->getLoc())});
  return program->code.emplace_back(code);
}

Instruction *Decoder::emitWith(Operation *op, const Code *code, ValueRange fromOperands, ValueRange fromResults) {
  decltype(Instruction::operand) operands{};
  decltype(Instruction::result) results{};
  if (fromOperands.size() > operands.size() || fromResults.size() > results.size()) {
    refuse(op, op->getName().getStringRef() + " with " + llvm::Twine(fromOperands.size()) + " operands and " +
                   llvm::Twine(fromResults.size()) + " results is not simulated");
    return nullptr;
  }
  for (auto [index, operand] : llvm::enumerate(fromOperands))
    operands[index] = slot(operand);
  for (auto [index, result] : llvm::enumerate(fromResults))
    results[index] = slot(result);
  if (!code)
    return nullptr;
  Instruction &added = emit(op, *code);
  Site &site = program->sites.back();
  auto bits = [](ValueRange values, bool (*holds)(Type)) {
    uint8_t set = 0;
    for (auto [index, value] : llvm::enumerate(values))
      set |= uint8_t(holds(value.getType()) << index);
    return set;
  };
  auto any = [](Type) { return true; };
  site.operands = bits(fromOperands, any), site.wideOperands = bits(fromOperands, isWide);
  site.results = bits(fromResults, any), site.wideResults = bits(fromResults, isWide);
  added.operand = operands;
  added.result = results;
  return &added;
}

static OpForm formOf(llvm::StringRef op, llvm::StringRef variant, LaneType lanes) {
  return {op.str(), variant.str(), lanes == LaneType::None ? "" : name(lanes).str()};
}

const Code *Decoder::lookUp(Operation *op, llvm::StringRef variant, LaneType lanes) {
  const OpTable &table = entry ? opTables().threads : opTables().core,
                &other = entry ? opTables().core : opTables().threads;
  llvm::StringRef opName = op->getName().getStringRef();
  if (const Code *found = table.find(opName, variant, lanes)) {
    if (used)
      used->insert(formOf(opName, variant, lanes));
    return found;
  }
  std::vector<LaneType> known = table.laneTypes(opName, variant);
  auto why = [](const OpForm &form) {
    llvm::StringRef reason = whyNotSimulated(form);
    return reason.empty() ? std::string() : (" (" + reason + ")").str();
  };
  if (!table.has(opName) && other.has(opName))
    refuse(op, opName + (entry ? " in a function of threads" : " where no threads are") + " is not simulated");
  else if (!table.has(opName))
    refuse(op, opName + " is not simulated" + why({opName.str(), "", ""}));
  else if (known.empty())
    refuse(op, opName + " with \"" + variant + "\" is not simulated" + why({opName.str(), variant.str(), ""}) +
                   "; simulated: " + llvm::join(table.variants(opName), ", "));
  else
    refuse(op,
           opName + " on lanes of " + name(lanes) + " is not simulated" + why({opName.str(), "", name(lanes).str()}) +
               "; simulated: " + llvm::join(llvm::map_range(known, [](LaneType lane) { return name(lane); }), ", "));
  return nullptr;
}

void Decoder::note(std::vector<Span> &spans, size_t begin, Operation *op) {
  spans.push_back({begin, position(), placeOf(op->getLoc()), depth});
}

void Decoder::decodeOperation(Operation *op) {
  llvm::StringRef opName = op->getName().getStringRef();
  // The verifier sees it where it stands, but not through a call.
  if (scope && !callers.empty() && op->hasTrait<ir::traits::OutsideVectorScope>())
    return refuse(op, opName + " in a function that is called in a vector scope is not simulated");
  const DecodeTable &table = decodeTable(entry != nullptr);
  if (auto special = table.find(opName); special != table.end()) {
    special->second(*this, op);
    return;
  }
  auto lanesOf = [](TypeRange types) {
    auto found = llvm::find_if(types, [](Type type) { return laneBits(type) != 0; });
    return found == types.end() ? LaneType::None : laneType(*found);
  };
  LaneType lanes = lanesOf(op->getOperandTypes());
  if (lanes == LaneType::None)
    lanes = lanesOf(op->getResultTypes());
  emitPlain(op, lookUp(op, "", lanes));
}

void Decoder::decodeBody(Block &block) {
  size_t begin = position();
  if (++depth > depthLimit)
    refuse(block.getParentOp(),
           llvm::formatv("{0} is nested more than {1} regions deep", block.getParentOp()->getName(), depthLimit).str());
  else
    for (Operation &op : block) {
      if (decoded == operationLimit)
        break;
      if (used)
        used->insert({op.getName().getStringRef().str(), "", ""});
      if (++decoded == operationLimit)
        refuse(kernel, llvm::formatv("{0} becomes {1} operations or more", kernel.getName(), operationLimit).str());
      if (!op.hasTrait<OpTrait::IsTerminator>())
        decodeOperation(&op);
    }
  if (!entry) // what orders threads stands in the kernel
    note(program->blocks, begin, block.getParentOp());
  --depth;
}

void Decoder::emitCopies(Operation *op, ValueRange from, llvm::ArrayRef<uint32_t> to) {
  llvm::SmallVector<Copy> pending;
  for (auto [value, target] : llvm::zip_equal(from, to))
    for (unsigned i = 0, count = scalarsOf(value.getType()); i < count && slot(value) != target; ++i)
      pending.push_back({slot(value) + i, target + i, isWide(value.getType()), value.getType()});
  auto copy = [&](uint32_t source, uint32_t target, bool wide) {
    Instruction &move = emit(op, entry ? threads::copy : wide ? control::copyWide : control::copyScalar);
    move.operand[0] = source;
    move.result[0] = target;
    Site &site = program->sites.back();
    site.operands = site.results = 1;
    site.wideOperands = site.wideResults = wide;
  };
  while (!pending.empty()) {
    // A copy whose target nobody still reads can go first; if there is none, all are cycles and one is broken.
    auto ready = llvm::find_if(pending, [&](const Copy &candidate) {
      return llvm::none_of(
          pending, [&](const Copy &other) { return other.wide == candidate.wide && other.from == candidate.to; });
    });
    if (ready != pending.end()) {
      copy(ready->from, ready->to, ready->wide);
      pending.erase(ready);
      continue;
    }
    Copy &broken = pending.front();
    uint32_t kept = newSlot(broken.type);
    copy(broken.to, kept, broken.wide);
    for (Copy &other : pending)
      if (other.wide == broken.wide && other.from == broken.to)
        other.from = kept;
  }
}

void Decoder::refuse(Operation *op, const llvm::Twine &why) {
  auto [entry, isNew] = refusedIndex.try_emplace(why.str(), refused.size());
  if (isNew)
    refused.push_back({why.str(), placeOf(op->getLoc()), 0});
  ++refused[entry->second].count;
}

llvm::Error Decoder::refusals() const {
  llvm::Error all = llvm::Error::success();
  for (const Refusal &refusal : refused) {
    std::string message = refusal.words;
    if (refusal.count > 1)
      message += llvm::formatv(" ({0} places, the first one here)", refusal.count).str();
    all = llvm::joinErrors(std::move(all), llvm::make_error<PlacedError>(refusal.first, std::move(message)));
  }
  return all;
}

// In a function, or in those that it calls. The assembler adds no order where there is a flag or an event; a barrier
// does not keep it from that.
static bool ordersPipes(func::FuncOp function, llvm::SmallPtrSetImpl<Operation *> &seen) {
  if (!seen.insert(function).second)
    return false;
  return function
      .walk([&](Operation *op) {
        const Code *code = opTable().find(op->getName().getStringRef(), "", LaneType::None);
        bool orders = (code && code->role != Role::Work && code->role != Role::Barrier) ||
                      isa<ir::RecordEventOp, ir::WaitEventOp>(op);
        if (auto call = dyn_cast<func::CallOp>(op))
          if (auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, call.getCalleeAttr()))
            orders = ordersPipes(callee, seen);
        return orders ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

void Decoder::noteTile(MemorySpace space) {
  for (CoreKind kind : {CoreKind::Cube, CoreKind::Vector})
    hasTiles[unsigned(kind)] |= isIn(space, kind);
}

bool Decoder::ordersTiles() {
  if (!isUnordered) {
    llvm::SmallPtrSet<Operation *, 4> seen;
    func::FuncOp other = peer();
    isUnordered = !ordersPipes(kernel, seen) && !(other && ordersPipes(other, seen));
  }
  return *isUnordered;
}

// The nearest attribute of that name on the kernel or around it.
static Attribute inheritedAttribute(Operation *op, llvm::StringRef attribute) {
  for (; op; op = op->getParentOp())
    if (Attribute found = op->getDiscardableAttr(attribute))
      return found;
  return {};
}

void Decoder::readTarget() {
  if (Attribute attribute = inheritedAttribute(kernel, "pto.target_arch")) {
    auto text = dyn_cast<StringAttr>(attribute);
    const Arch *arch = text ? findArch(text.getValue().lower()) : nullptr;
    if (arch) {
      program->arch = arch;
    } else {
      std::string found;
      llvm::raw_string_ostream(found) << attribute;
      refuse(kernel, "pto.target_arch is " + found + "; simulated: " + knownArchs());
    }
  }
}

static std::optional<CoreKind> kindOf(func::FuncOp function) {
  auto kind = dyn_cast_or_null<ir::KernelKindAttr>(inheritedAttribute(function, "pto.kernel_kind"));
  return !kind ? std::nullopt
               : std::optional(kind.getValue() == ir::KernelKind::Cube ? CoreKind::Cube : CoreKind::Vector);
}

bool Decoder::hasKind() const {
  return kindOf(kernel).has_value();
}

// The function of the other kind of core whose memory this one pushes to, or which pushes to this one's.
func::FuncOp Decoder::peer() {
  func::FuncOp found;
  auto consider = [&](func::FuncOp pushing, StringAttr name, func::FuncOp other) {
    if (name == other.getSymNameAttr() && other != pushing && !other.isDeclaration() && kindOf(pushing) &&
        kindOf(other) && kindOf(pushing) != kindOf(other) && other.getArgumentTypes() == pushing.getArgumentTypes())
      found = pushing == kernel ? other : pushing;
  };
  auto module = kernel->getParentOfType<ModuleOp>();
  if (!module || !kindOf(kernel))
    return found;
  for (func::FuncOp one : module.getOps<func::FuncOp>())
    one.walk([&](ir::ImportReservedBufferOp import) {
      if (one == kernel)
        for (func::FuncOp other : module.getOps<func::FuncOp>())
          consider(one, import.getPeerFuncAttr().getAttr(), other);
      else
        consider(one, import.getPeerFuncAttr().getAttr(), kernel);
    });
  return found;
}

// Every core runs the whole program, and jumps over what is not its own.
void Decoder::decodeForKind(Operation *op, CoreKind kind, llvm::function_ref<void()> body) {
  size_t enter = position();
  emit(op, control::enterSection);
  body();
  at(enter).carry(control::Section{int32_t(position() - enter), kind});
  noteSection(kind);
}

std::optional<unsigned> Decoder::pipeSemaphores(int32_t pipe, unsigned count) {
  auto [known, isNew] = semaphoresOfPipes.try_emplace(pipe, nextSemaphore);
  if (isNew)
    for (unsigned end = nextSemaphore + count; nextSemaphore != end; nextSemaphore += 2)
      program->slotSemaphores |= nextSemaphore < Semaphores::perVectorCore ? 2u << nextSemaphore : 0;
  return nextSemaphore <= Semaphores::perVectorCore ? std::optional(known->second) : std::nullopt;
}

// A kernel of one kind runs on one such core in each block, a mixed one on all three; on one vector core where none of
// the tiles that its cores hand to each other is split.
void Decoder::readParticipants() {
  auto [hasCube, hasVector] = hasSection;
  std::optional<CoreKind> kind = hasCube && hasVector ? std::nullopt : kindOf(kernel);
  // Without a word about cores, it is the tiles that say which; older kernels have all their work in one function, in
  // the order of its text.
  if (!kind && !hasCube && !hasVector) {
    hasCube = hasTiles[unsigned(CoreKind::Cube)];
    program->mergesCores = hasCube && hasTiles[unsigned(CoreKind::Vector)];
  }
  bool isCube = kind ? kind == CoreKind::Cube : hasCube;
  bool isVector = kind ? !isCube : hasVector || !hasCube;
  bool sharesTiles = pipes.empty() || splitsPipes;
  program->participants = {.cube = isCube, .vectors = isVector ? isCube && sharesTiles ? 2u : 1u : 0u};
}

void Decoder::readParameters() {
  for (BlockArgument argument : kernel.getArguments()) {
    Type type = argument.getType();
    std::string which = llvm::formatv("argument {0} of {1}", argument.getArgNumber(), kernel.getName());
    if (std::optional<PointerType> pointer = pointerType(type)) {
      if (pointer->space != MemorySpace::Gm)
        refuse(kernel, which + " points into " + name(pointer->space) + "; a kernel's pointers are into gm");
      program->parameters.push_back({slot(argument), true, 64});
    } else if (std::optional<ScalarType> scalar = scalarType(type)) {
      program->parameters.push_back({slot(argument), false, scalar->bits});
    } else {
      refuse(kernel, which + " is " + text(type) + "; a kernel takes pointers and scalars");
    }
  }
}

uint32_t Decoder::entryOf(FunctionOpInterface function) {
  auto *known = llvm::find(entries, function);
  if (known == entries.end()) {
    entries.push_back(function);
    auto said = function->getAttrOfType<IntegerAttr>(ir::simt::maxThreadsAttribute);
    ThreadEntry &made = program->entries.emplace_back();
    made.name = function.getName().str();
    made.maxThreads = uint32_t(said ? said.getInt() : ir::simt::defaultMaxThreads);
    made.saysMaxThreads = bool(said);
    known = std::prev(entries.end());
  }
  return uint32_t(known - entries.begin());
}

void Decoder::decodeEntries() {
  for (auto [function, its] : llvm::zip_equal(entries, program->entries)) {
    Region &body = function.getFunctionBody();
    if (!body.hasOneBlock()) {
      refuse(function, "@" + function.getName() + " has " + (body.empty() ? "no body" : "more than one block") +
                           "; only structured control flow is simulated");
      continue;
    }
    entry = &its;
    entry->begin = position();
    callers = {function};
    for (BlockArgument argument : body.getArguments())
      entry->parameters.push_back(slot(argument));
    decodeBody(body.front());
    emit(body.front().getTerminator(), threads::end);
  }
  entry = nullptr;
}

llvm::Expected<ProgramPtr> Decoder::decode() {
  if (kernel.isDeclaration()) {
    refuse(kernel, kernel.getName() + " has no body");
    return refusals();
  }
  readTarget();
  if (!kernel.getBody().hasOneBlock())
    refuse(kernel, kernel.getName() + " has more than one block; only structured control flow is simulated");
  if (kernel.getNumResults() != 0)
    refuse(kernel, kernel.getName() + " returns a value; a kernel returns nothing");
  if (kernel.getNumArguments() > GmPointer::argumentLimit)
    refuse(kernel, kernel.getName() + " has more arguments than a launch can pass");
  readParameters();
  callers.push_back(kernel);
  // Two functions that hand tiles to each other are one kernel, which starts them with the same arguments.
  if (func::FuncOp other = peer()) {
    for (auto [parameter, argument] : llvm::zip_equal(other.getArguments(), kernel.getArguments()))
      bind(parameter, slot(argument));
    for (func::FuncOp one : {kernel, other})
      decodeForKind(one, *kindOf(one), [&] { decodeBody(one.getBody().front()); });
  } else {
    decodeBody(kernel.getBody().front());
  }
  emit(kernel.getBody().front().getTerminator(), control::finish);
  decodeEntries();
  readParticipants();
  if (!refused.empty())
    return refusals();
  return std::move(program);
}

llvm::Expected<ProgramPtr> decode(Operation *kernel, const Conventions &conventions) {
  if (auto function = dyn_cast_or_null<func::FuncOp>(kernel))
    return Decoder(function, conventions).decode();
  return llvm::make_error<PlacedError>(Place(), "only a func.func can be decoded");
}

std::set<OpForm> usedForms(Operation *kernel) {
  std::set<OpForm> used;
  if (auto function = dyn_cast_or_null<func::FuncOp>(kernel)) {
    Decoder decoder(function);
    decoder.used = &used;
    llvm::consumeError(decoder.decode().takeError());
  }
  return used;
}

std::vector<SimulatedOp> simulatedOps() {
  std::map<std::string, SimulatedOp> ops;
  std::set<OpForm> forms;
  for (bool isOfThreads : {false, true}) {
    auto add = [&](const std::string &name) -> SimulatedOp & {
      SimulatedOp &op = ops[name];
      (isOfThreads ? op.inThreads : op.inKernels) = true;
      return op;
    };
    for (const auto &entry : decodeTable(isOfThreads))
      add(entry.getKey().str());
    const OpTable &table = isOfThreads ? opTables().threads : opTables().core;
    for (const std::string &name : table.names()) {
      if (std::string &pipe = add(name).pipe; pipe.empty())
        pipe = sim::name(table.pipe(name));
      for (const std::string &variant : table.variants(name))
        for (LaneType lanes : table.laneTypes(name, variant))
          forms.insert(formOf(name, variant, lanes));
    }
  }
  std::vector<SimulatedOp> list;
  for (auto &[name, op] : ops) {
    op.name = name;
    for (auto form = forms.lower_bound({name, "", ""}); form != forms.end() && form->op == name; ++form)
      op.forms.push_back(*form);
    list.push_back(std::move(op));
  }
  return list;
}

std::vector<std::string> laneNames() {
  std::vector<std::string> names;
  for (unsigned lanes = unsigned(LaneType::None) + 1; lanes < laneTypeCount; ++lanes)
    names.push_back(name(LaneType(lanes)).str());
  return names;
}

} // namespace pto::sim
