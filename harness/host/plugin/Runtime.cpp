// What the functions of the host's runtime do to a program's memory.
#include "harness/host/plugin/Interpreter.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <cstring>

namespace pto::harness::host {
namespace {

using Arguments = llvm::ArrayRef<Value>;
using Call = const clang::CallExpr *;

Value succeed(Interpreter &, Arguments, Call) {
  return {0};
}

Value refuseToEnd(Interpreter &host, Arguments, Call call) {
  host.fail("the host program gives up here", call);
}

Value strings(Interpreter &host, Arguments arguments, Call call) {
  return {static_cast<uint64_t>(
      static_cast<int64_t>(host.readText(arguments[0].bits, call).compare(host.readText(arguments[1].bits, call))))};
}

Value length(Interpreter &host, Arguments arguments, Call call) {
  return {host.readText(arguments[0].bits, call).size()};
}

Value number(Interpreter &host, Arguments arguments, Call call) {
  return {static_cast<uint64_t>(std::strtoll(host.readText(arguments[0].bits, call).c_str(), nullptr, 10))};
}

Address allocate(Interpreter &host, Memory::Kind kind, uint64_t size, std::string name, Call call) {
  Address made = host.memory.allocate(kind, size, std::move(name));
  if (!made)
    host.fail("the program allocates more memory than a test takes: " + std::to_string(size) + " bytes", call);
  return made;
}

Value heap(Interpreter &host, Arguments arguments, Call call) {
  uint64_t size = arguments[0].bits * (arguments.size() > 1 ? arguments[1].bits : 1);
  return {allocate(host, Memory::Kind::Host, size, "memory of the heap", call)};
}

/// (pointer to the pointer, size, …)
template <Memory::Kind Kind>
Value allocateThrough(Interpreter &host, Arguments arguments, Call call) {
  Address target = arguments[0].bits;
  host.writeBytes(target, 8, call);
  Address made = allocate(host, Kind, arguments[1].bits, host.memory.name(target), call);
  std::memcpy(host.writeBytes(target, 8, call), &made, 8);
  return {0};
}

/// Memory of the device is what a kernel finds; it is as it was before the first one, so nothing writes it later.
void checkUntouched(Interpreter &host, Address to, uint64_t size, Call call) {
  host.writeBytes(to, 0, call);
  if (host.memory.kind(to) == Memory::Kind::Device && host.memory.isResult(to, size))
    host.fail("'" + host.memory.name(to) +
                  "' is written again after a kernel was launched over it, which is not followed",
              call);
}

void copyBytes(Interpreter &host, Address to, Address from, uint64_t size, Call call) {
  if (!size)
    return;
  if (auto reason = host.memory.refuse(from, size))
    host.fail("this reads " + *reason, call);
  checkUntouched(host, to, size, call);
  host.writeBytes(to, 0, call);
  if (auto reason = host.memory.refuse(to, size))
    host.fail("this writes " + *reason, call);
  host.memory.copy(to, from, size);
}

/// (to, room, from, size, kind): the direction is the memories' own.
Value copyToDevice(Interpreter &host, Arguments arguments, Call call) {
  if (arguments[3].bits > arguments[1].bits)
    host.fail("this copies " + std::to_string(arguments[3].bits) + " bytes into " + std::to_string(arguments[1].bits),
              call);
  copyBytes(host, arguments[0].bits, arguments[2].bits, arguments[3].bits, call);
  return {0};
}

Value copy(Interpreter &host, Arguments arguments, Call call) {
  copyBytes(host, arguments[0].bits, arguments[1].bits, arguments[2].bits, call);
  return arguments[0];
}

void setBytes(Interpreter &host, Address to, uint64_t value, uint64_t size, Call call) {
  checkUntouched(host, to, size, call);
  std::memset(host.writeBytes(to, size, call), static_cast<int>(value), size);
}

Value setDevice(Interpreter &host, Arguments arguments, Call call) {
  setBytes(host, arguments[0].bits, arguments[2].bits, arguments[3].bits, call);
  return {0};
}

Value set(Interpreter &host, Arguments arguments, Call call) {
  setBytes(host, arguments[0].bits, arguments[1].bits, arguments[2].bits, call);
  return arguments[0];
}

/// (file, address of the size, to, room)
Value readFile(Interpreter &host, Arguments arguments, Call call) {
  std::string file = host.fileName(host.readText(arguments[0].bits, call), call);
  auto content = llvm::MemoryBuffer::getFile(host.dataPath(file), /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!content) {
    host.note("'" + file + "' cannot be read: " + content.getError().message(), call);
    return {0};
  }
  llvm::StringRef bytes = (*content)->getBuffer();
  if (bytes.empty() || bytes.size() > arguments[3].bits) {
    host.note("'" + file + "' is not read: it has " + std::to_string(bytes.size()) + " bytes, and there is room for " +
                  std::to_string(arguments[3].bits),
              call);
    return {0};
  }
  std::memcpy(host.writeBytes(arguments[2].bits, bytes.size(), call), bytes.data(), bytes.size());
  uint64_t size = bytes.size();
  std::memcpy(host.writeBytes(arguments[1].bits, 8, call), &size, 8);
  return {1};
}

/// (file, from, size)
Value writeFile(Interpreter &host, Arguments arguments, Call call) {
  std::string file = host.fileName(host.readText(arguments[0].bits, call), call);
  Address from = arguments[1].bits;
  uint64_t size = arguments[2].bits;
  if (auto reason = host.memory.refuse(from, size))
    host.fail("this writes '" + file + "' from " + *reason, call);
  HostOutput output{file, {host.memory.read(from), host.memory.read(from) + size}, {}};
  for (const Memory::Result &part : host.memory.resultsIn(from, size))
    output.parts.push_back(
        {part.offset, host.memory.bufferNumber(part.source), host.memory.offset(part.source), part.size});
  if (output.parts.empty())
    host.fail("what is written to '" + file + "' does not come from a kernel", call);
  host.outputs.push_back(std::move(output));
  return {1};
}

/// (file, place in it, to, size): how many bytes there were; -1 where it is not there.
Value readPart(Interpreter &host, Arguments arguments, Call call) {
  std::string file = host.fileName(host.readText(arguments[0].bits, call), call);
  auto content = llvm::MemoryBuffer::getFile(host.dataPath(file), /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!content) {
    host.note("'" + file + "' cannot be read: " + content.getError().message(), call);
    return {~uint64_t(0)};
  }
  llvm::StringRef bytes =
      (*content)->getBuffer().drop_front(std::min<uint64_t>(arguments[1].bits, (*content)->getBufferSize()));
  bytes = bytes.take_front(arguments[3].bits);
  if (bytes.size() < arguments[3].bits)
    host.note("'" + file + "' ends " + std::to_string(arguments[3].bits - bytes.size()) +
                  " bytes before what is read of it does",
              call);
  std::memcpy(host.writeBytes(arguments[2].bits, bytes.size(), call), bytes.data(), bytes.size());
  return {bytes.size()};
}

/// The conversions that names of files are made with.
std::string formatted(Interpreter &host, llvm::StringRef format, Arguments arguments, Call call) {
  std::string text;
  llvm::raw_string_ostream os(text);
  while (!format.empty()) {
    size_t percent = format.find('%');
    os << format.take_front(percent);
    format = format.drop_front(std::min(percent, format.size()));
    if (format.empty())
      break;
    size_t end = format.find_first_of("dsuxciX%", 1);
    llvm::StringRef flags = format.slice(1, end).rtrim("lzhj");
    char kind = end == llvm::StringRef::npos ? 0 : format[end];
    format = format.drop_front(std::min(end, format.size() - 1) + 1);
    if (kind == '%') {
      os << '%';
      continue;
    }
    constexpr unsigned widest = 1000;
    unsigned width = 0;
    bool isPlain = flags.empty() || (!flags.getAsInteger(10, width) && width <= widest);
    if (!kind || !isPlain || arguments.empty())
      host.fail("this format is not followed", call);
    std::string piece;
    switch (kind) {
    case 's':
      piece = host.readText(arguments.front().bits, call);
      break;
    case 'c':
      piece = std::string(1, static_cast<char>(arguments.front().bits));
      break;
    case 'x':
    case 'X':
      piece = llvm::utohexstr(arguments.front().bits, /*LowerCase=*/kind == 'x');
      break;
    case 'u':
      piece = std::to_string(arguments.front().bits);
      break;
    default:
      piece = std::to_string(arguments.front().integer());
    }
    if (piece.size() < width)
      piece.insert(0, width - piece.size(), flags.starts_with("0") ? '0' : ' ');
    os << piece;
    arguments = arguments.drop_front();
  }
  return text;
}

Value writeText(Interpreter &host, Address to, std::string text, uint64_t room, Call call) {
  uint64_t length = text.size();
  if (room) {
    text.resize(std::min<size_t>(text.size(), room - 1));
    std::memcpy(host.writeBytes(to, text.size() + 1, call), text.c_str(), text.size() + 1);
  }
  return {length};
}

Value formatInto(Interpreter &host, Arguments arguments, Call call) {
  std::string format = host.readText(arguments[2].bits, call);
  return writeText(host, arguments[0].bits, formatted(host, format, arguments.drop_front(3), call), arguments[1].bits,
                   call);
}

Value formatWithoutLimit(Interpreter &host, Arguments arguments, Call call) {
  std::string format = host.readText(arguments[1].bits, call);
  return writeText(host, arguments[0].bits, formatted(host, format, arguments.drop_front(2), call), SIZE_MAX, call);
}

} // namespace

RuntimeFunction findRuntimeFunction(llvm::StringRef name) {
  static const llvm::StringMap<RuntimeFunction> known = {
      {"aclInit", succeed},
      {"aclFinalize", succeed},
      {"aclrtSetDevice", succeed},
      {"aclrtResetDevice", succeed},
      {"aclrtCreateContext", succeed},
      {"aclrtDestroyContext", succeed},
      {"aclrtCreateStream", succeed},
      {"aclrtDestroyStream", succeed},
      {"aclrtSynchronizeStream", succeed},
      {"aclrtSynchronizeDevice", succeed},
      {"aclrtFree", succeed},
      {"aclrtFreeHost", succeed},
      {"aclGetRecentErrMsg", succeed},
      {"aclrtMalloc", allocateThrough<Memory::Kind::Device>},
      {"aclrtMallocHost", allocateThrough<Memory::Kind::Host>},
      {"aclrtMemcpy", copyToDevice},
      {"aclrtMemcpyAsync", copyToDevice},
      {"aclrtMemset", setDevice},
      {"aclrtMemsetAsync", setDevice},
      {"readFile", readFile},
      {"readPart", readPart},
      {"writeFile", writeFile},
      {"mkdir", succeed}, // the folder of a file that is written is made with it
      {"printf", succeed},
      {"fprintf", succeed},
      {"puts", succeed},
      {"fflush", succeed},
      {"free", succeed},
      {"getenv", succeed}, // nothing is set
      {"atoi", number},
      {"atol", number},
      {"strlen", length},
      {"strcmp", strings},
      {"snprintf", formatInto},
      {"sprintf", formatWithoutLimit},
      {"malloc", heap},
      {"calloc", heap},
      {"memcpy", copy},
      {"memmove", copy},
      {"memset", set},
      {"exit", refuseToEnd},
      {"abort", refuseToEnd},
  };
  return known.lookup(name);
}

} // namespace pto::harness::host
