// Reading a text file.
#include "harness/case/SourceFile.h"
#include "harness/case/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace pto::harness {

Diagnostic toDiagnostic(llvm::Error error) {
  Diagnostic diagnostic;
  llvm::handleAllErrors(
      std::move(error),
      [&](PlacedError &placed) {
        diagnostic = {std::move(placed.place), std::move(placed.message)};
      },
      [&](llvm::ErrorInfoBase &other) { diagnostic.message = other.message(); });
  return diagnostic;
}

std::string whyNotReadable(const std::string &path) {
  // Looked at before it is opened: opening a pipe would wait for its writer.
  llvm::sys::fs::file_status status;
  if (std::error_code error = llvm::sys::fs::status(path, status)) {
    if (error == std::errc::no_such_file_or_directory)
      return llvm::sys::fs::is_symlink_file(path) ? "is a broken symbolic link" : "does not exist";
    if (error == std::errc::too_many_symbolic_link_levels)
      return "is a symbolic link to itself";
    return "cannot be accessed: " + error.message();
  }
  if (status.type() == llvm::sys::fs::file_type::directory_file)
    return "is a directory, not a file";
  if (status.type() != llvm::sys::fs::file_type::regular_file)
    return "is not a regular file";
  return "";
}

/// The first byte that is no UTF-8, or a control character that no text file has.
static std::optional<size_t> findForeignByte(llvm::StringRef text) {
  const auto *start = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  const auto *at = start, *end = reinterpret_cast<const llvm::UTF8 *>(text.end());
  while (at != end) {
    if (*at < 0x80) {
      if ((*at < 0x20 && *at != '\n' && *at != '\r' && *at != '\t') || *at == 0x7f)
        return at - start;
      ++at;
    } else if (!llvm::isLegalUTF8Sequence(at, end)) {
      return at - start;
    } else {
      at += llvm::getUTF8SequenceSize(at, end);
    }
  }
  return std::nullopt;
}

llvm::Expected<std::string> readText(const std::string &path) {
  auto fail = [&](Place place, std::string message) {
    return llvm::make_error<PlacedError>(std::move(place), std::move(message));
  };
  if (std::string why = whyNotReadable(path); !why.empty())
    return fail({path}, "the file " + why);
  uint64_t size = 0;
  if (std::error_code error = llvm::sys::fs::file_size(path, size))
    return fail({path}, "the file cannot be accessed: " + error.message());
  if (size > largestFile)
    return fail({path}, "the file has " + std::to_string(size) + " bytes; at most " + std::to_string(largestFile) +
                            " are read");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return fail({path}, "the file cannot be read: " + buffer.getError().message());
  llvm::StringRef text = (*buffer)->getBuffer();
  text.consume_front("\xef\xbb\xbf");
  if (std::optional<size_t> foreign = findForeignByte(text)) {
    return fail(placeAt(path, lineColumnAt(text, *foreign)),
                "byte 0x" + llvm::utohexstr(static_cast<unsigned char>(text[*foreign]), /*LowerCase=*/true) +
                    " is not text; the file must be UTF-8");
  }
  return text.str();
}

} // namespace pto::harness
