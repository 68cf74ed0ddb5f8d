// Writing and reading results.jsonl.
#include "reports/JsonLines.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace pto::report {

/// The parser recurses, and a file from elsewhere may be anything.
static constexpr unsigned deepestNesting = 64;

static bool lacksNewline(const std::string &path) {
  uint64_t size = 0;
  if (!llvm::sys::fs::is_regular_file(path) || llvm::sys::fs::file_size(path, size) || size == 0)
    return false;
  auto last = llvm::MemoryBuffer::getFileSlice(path, 1, size - 1);
  return last && (*last)->getBuffer() != "\n";
}

llvm::Expected<std::unique_ptr<JsonLinesWriter>> JsonLinesWriter::open(const std::string &path, Mode mode) {
  bool isUnfinished = mode == Mode::Append && lacksNewline(path);
  int descriptor = -1;
  auto disposition = mode == Mode::Append ? llvm::sys::fs::CD_OpenAlways : llvm::sys::fs::CD_CreateAlways;
  auto flags = mode == Mode::Append ? llvm::sys::fs::OF_Append : llvm::sys::fs::OF_None;
  if (std::error_code error = llvm::sys::fs::openFileForWrite(path, descriptor, disposition, flags))
    return llvm::createStringError(error, "cannot write %s: %s", path.c_str(), error.message().c_str());
  std::unique_ptr<JsonLinesWriter> writer(new JsonLinesWriter(path, descriptor));
  if (isUnfinished)
    writer->stream << '\n';
  return writer;
}

JsonLinesWriter::JsonLinesWriter(std::string path, int descriptor)
    : path(std::move(path)), stream(descriptor, /*shouldClose=*/true) {}

JsonLinesWriter::~JsonLinesWriter() {
  // The stream would end the process for an error that nobody has looked at; every one of writing has been returned.
  stream.close();
  stream.clear_error();
}

llvm::Error JsonLinesWriter::write(const Result &result) {
  stream << toJson(result) << '\n';
  stream.flush();
  if (!stream.has_error())
    return llvm::Error::success();
  std::error_code error = stream.error();
  stream.clear_error();
  return llvm::createStringError(error, "cannot write %s: %s", path.c_str(), error.message().c_str());
}

/// How deep the brackets of a line are nested; those in strings do not count.
static unsigned nestingOf(llvm::StringRef line) {
  unsigned depth = 0, deepest = 0;
  bool isInString = false;
  for (size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (isInString && c == '\\')
      ++i;
    else if (c == '"')
      isInString = !isInString;
    else if (!isInString && (c == '{' || c == '['))
      deepest = std::max(deepest, ++depth);
    else if (!isInString && (c == '}' || c == ']') && depth > 0)
      --depth;
  }
  return deepest;
}

static llvm::Expected<Result> parseLine(llvm::StringRef line) {
  if (nestingOf(line) > deepestNesting)
    return llvm::createStringError("brackets are nested deeper than 64 levels");
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
  if (!value)
    return value.takeError();
  return fromJson(*value);
}

JsonLines parseJsonLines(llvm::StringRef text) {
  JsonLines lines;
  for (size_t number = 1; !text.empty(); ++number) {
    auto [line, rest] = text.split('\n');
    text = rest;
    if (line.trim().empty())
      continue;
    llvm::Expected<Result> result = parseLine(line);
    if (result)
      lines.results.push_back(std::move(*result));
    else
      lines.badLines.push_back({number, llvm::toString(result.takeError())});
  }
  return lines;
}

llvm::Expected<JsonLines> readJsonLines(const std::string &path) {
  // A device such as /dev/zero never ends.
  if (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path))
    return llvm::createStringError("cannot read %s: it is not a regular file", path.c_str());
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createStringError(buffer.getError(), "cannot read %s: %s", path.c_str(),
                                   buffer.getError().message().c_str());
  return parseJsonLines((*buffer)->getBuffer());
}

} // namespace pto::report
