// Reading kernels.
#include "harness/case/KernelSource.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace pto::harness {

const KernelSources::Source &KernelSources::open(llvm::StringRef path, const Place &named) {
  std::unique_ptr<Source> &source = sources[path];
  if (source)
    return *source;
  source = std::make_unique<Source>();
  llvm::SmallString<256> file(path);
  llvm::sys::fs::make_absolute(folder, file);
  llvm::sys::path::remove_dots(file);
  source->file = file.str().str();
  if (std::string why = whyNotReadable(source->file); !why.empty()) {
    source->error = Diagnostic{named, "the kernel " + quote(path) + " " + why + " (looked for " + source->file + ")"};
    return *source;
  }
  bool isUnsaved = unsaved && llvm::sys::fs::equivalent(source->file, unsaved->file);
  llvm::Expected<std::string> text = isUnsaved ? unsaved->text : readText(source->file);
  if (!text) {
    source->error = toDiagnostic(text.takeError());
    return *source;
  }
  source->text = std::move(*text);
  source->cut = TextTemplate(source->text);
  return *source;
}

std::optional<KernelSources::Kernel> KernelSources::read(Reader &reader, llvm::StringRef path, Place named) {
  const Source &source = open(path, named);
  if (source.error) {
    reader.diagnostics().add(source.error->place, source.error->message);
    return std::nullopt;
  }
  std::vector<TextTemplate::Problem> problems;
  std::optional<std::string> text = source.cut.instantiate(reader.boundNames(), problems);
  for (TextTemplate::Problem &problem : problems)
    reader.diagnostics().add(placeAt(source.file, lineColumnAt(source.text, problem.offset)),
                             std::move(problem.message));
  if (!text)
    return std::nullopt;
  return Kernel{source.file, std::move(*text)};
}

} // namespace pto::harness
