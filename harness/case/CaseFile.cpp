// Reads one case.yaml: its keys at every point of its matrix, and what they have to agree on.
#include "harness/case/CaseFile.h"
#include "harness/case/Arguments.h"
#include "harness/case/CaseKeys.h"
#include "harness/case/KernelSource.h"
#include "harness/case/Matrix.h"
#include "harness/case/OutputKeys.h"
#include "harness/case/PointNames.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>

namespace pto::harness {

namespace {

constexpr uint64_t mostText = 256 << 20;

void readGolden(Reader &reader, const YamlNode &node, CaseDraft &draft) {
  if (llvm::StringRef(node.text).trim().empty())
    return reader.fail(node, "'golden' is empty: expected the TorchScript text of 'def golden(inputs…)'");
  if (node.layout == YamlNode::Layout::Reshaped)
    return reader.fail(node, "'golden' is not written line by line, so an error in it would have no place; write "
                             "'golden: |' and the text below");
  draft.result.goldenPlace = {reader.placeOf(node).file, node.textLine, node.textColumn};
  if (auto text = reader.text(node, "'golden' must be text"))
    draft.result.golden = *text;
}

/// Binds the names of `let:` in their order, each from those before it.
void bindLet(const YamlFile &file, const YamlNode *let, Bindings &bindings, Diagnostics &problems) {
  if (!let)
    return;
  if (let->kind != YamlNode::Kind::Map) {
    problems.add(file.placeOf(*let), "'let' must be a map of names to expressions, found " + describe(let->kind).str());
    bindings = Bindings::unknown();
    return;
  }
  for (const YamlNode::Entry &entry : let->entries) {
    std::optional<BoundValue> value;
    if (!bindings.isUnknown() && bindings.find(entry.key->text))
      problems.add(file.placeOf(*entry.key), quote(entry.key->text) + " is already bound by the matrix");
    else if (checkBoundName(file, *entry.key, problems))
      value = Reader(file, bindings, problems).expression(*entry.value, "a value of 'let' must be an expression");
    bindings.bind(entry.key->text, value.value_or(BoundValue::poisoned()));
  }
}

class CaseFile {
public:
  CaseFile(const YamlFile &file, std::string folder, const UnsavedKernel *unsaved)
      : file(file), folder(folder), kernels(std::move(folder), unsaved) {}

  /// The case at one point; worth nothing where `problems` has got any.
  Case readPoint(Bindings bindings, const PointName &pointName, Diagnostics &problems) {
    const YamlNode &root = file.root();
    bindLet(file, root.find("let"), bindings, problems);
    Reader reader(file, bindings, problems);
    CaseDraft draft;
    Case &result = draft.result;
    result.name = pointName.own;
    result.inFolder = pointName.inFolder;
    result.folder = folder;
    result.place = file.whole();
    const YamlNode *kernelKey = root.findKey("kernel");
    result.entryPlace = result.equalsPlace = draft.kernelPathPlace =
        kernelKey ? file.placeOf(*kernelKey) : file.whole();
    readCaseKeys(reader, root, draft);

    if (result.skip && result.xfail)
      reader.fail(*root.findKey("xfail"),
                  "a case that has 'skip' is not run, so it cannot fail as 'xfail' says; remove "
                  "one of the two");
    if (draft.kernelPath)
      if (auto kernel = kernels.read(reader, *draft.kernelPath, draft.kernelPathPlace)) {
        result.kernelFile = std::move(kernel->file);
        result.kernelText = std::move(kernel->text);
      }
    if (draft.golden)
      readGolden(reader, *draft.golden, draft);
    if (draft.kernelPath)
      checkKind(reader, draft);
    bool isProgram = draft.kernelPath && llvm::StringRef(*draft.kernelPath).ends_with(".py");
    Arguments arguments = draft.args ? readArguments(reader, *draft.args, folder, isProgram) : Arguments{{}, false};
    readOutputKeys(reader, draft, arguments);
    if (draft.kernelPath && !isProgram)
      checkGolden(reader, draft, arguments);
    result.args = std::move(arguments.list);
    for (llvm::StringRef bound : bindings.names())
      if (bindings.wasRead(bound))
        namesRead.insert(bound);
    return std::move(result);
  }

  /// What binds no name that one of the points read so far has read.
  std::vector<const Binder *> findUnread(llvm::ArrayRef<Binder> binders) const {
    std::vector<const Binder *> unread;
    for (const Binder &binder : binders)
      if (llvm::none_of(binder.names, [&](llvm::StringRef bound) { return namesRead.contains(bound); }))
        unread.push_back(&binder);
    return unread;
  }

private:
  /// What a kernel has to give is computed by the golden, or is data of each output.
  void checkGolden(Reader &reader, const CaseDraft &draft, const Arguments &arguments) {
    const CaseArgument *with = nullptr, *without = nullptr;
    for (const CaseArgument &argument : arguments.list)
      if (argument.direction != Direction::In)
        (argument.expected ? with : without) = &argument;
    if (!draft.golden && !with)
      reader.fail(file.root(), ("a case needs 'golden', " + goldenMeaning).str());
    if (draft.golden && with)
      reader.fail(*draft.golden, "the output " + quote(with->name) +
                                     " has 'expected', so 'golden' would be for nothing; "
                                     "remove one of the two");
    if (!draft.golden && with && without && arguments.isComplete)
      reader.fail(*draft.args,
                  "the output " + quote(without->name) + " has no 'expected', as " + quote(with->name) + " has");
    for (const CaseArgument &argument : arguments.list)
      if (argument.expected && golden::needsBound(argument.compare))
        reader.fail(draft.compare ? *draft.compare : *draft.args,
                    describe(argument.compare) + " needs a golden, which its bounds are computed from; " +
                        quote(argument.name) + " has 'expected'");
  }

  /// A kernel is run; a program is compared with another one.
  void checkKind(Reader &reader, const CaseDraft &draft) {
    if (llvm::StringRef(*draft.kernelPath).ends_with(".py"))
      return checkProgram(reader, draft);
    if (draft.programKey)
      reader.fail(*draft.programKey->node, quote(draft.programKey->name) +
                                               " is for programs: " + quote(*draft.kernelPath) + " is not a .py file");
  }

  /// Programs are compiled and compared, not run: what nothing reads says nothing.
  void checkProgram(Reader &reader, const CaseDraft &draft) {
    const YamlNode &root = file.root();
    const YamlNode *kernelKey = root.findKey("kernel");
    if (draft.result.equals.empty() && !draft.result.xfail)
      reader.fail(kernelKey ? *kernelKey : root,
                  std::string("this case checks nothing: a program needs 'equals' in 'kernel', the name of the program "
                              "that it must equal") +
                      (draft.golden ? "; 'golden' alone checks nothing, since programs are not run" : ""));
    if (!draft.result.equals.empty() && draft.result.equals == draft.result.entry)
      reader.fail(*draft.equals, "'equals' names the entry: a program that is compared with itself is always equal");
    if (const YamlNode *blocks = root.findKey("blocks"))
      reader.fail(*blocks, "'blocks' is for kernels: a program says itself how many cores it takes");
    if (draft.golden)
      return;
    auto refuse = [&](const YamlNode &map, llvm::StringRef key) {
      if (const YamlNode *found = map.findKey(key))
        reader.fail(*found, quote(key) + " is for a run, and programs are compiled and compared, not run: nothing "
                                         "would read it");
    };
    for (llvm::StringRef key : {"compare", "seed", "allow", "allow-zero"})
      refuse(root, key);
    for (const YamlNode *argument : draft.args ? llvm::ArrayRef(draft.args->items) : llvm::ArrayRef<const YamlNode *>())
      refuse(*argument, "init");
  }

  const YamlFile &file;
  std::string folder;
  KernelSources kernels;
  llvm::StringSet<> namesRead;
};

/// A name that nothing reads is misspelt, or a key of the matrix is.
void reportUnread(const YamlFile &file, const Binder &unread, llvm::ArrayRef<Binder> binders, Diagnostics &problems) {
  llvm::StringRef name = unread.key->text;
  std::vector<llvm::StringRef> known = {"exclude", "include"};
  for (const Binder &binder : binders)
    if (&binder != &unread)
      llvm::append_range(known, binder.names);
  problems.add(file.placeOf(*unread.key), "nothing in the case or its kernel reads " + quote(name) + ", as ${" +
                                              name.str() + "} would" + didYouMean(name, known));
}

std::string withoutPoint(const std::string &name) {
  return llvm::StringRef(name).split('@').first.str();
}

/// An error that every point has is the case's; the others are the points' own. Points may be of several cases.
void reportPoints(llvm::StringRef name, std::vector<CaseSet::Broken> broken, size_t pointCount, CaseSet &set) {
  std::map<std::pair<Place, std::string>, size_t> occurrences;
  for (const CaseSet::Broken &point : broken)
    for (const Diagnostic &error : point.errors)
      ++occurrences[{error.place, error.message}];
  bool isOneCase = !broken.empty() && llvm::all_of(broken, [&](const CaseSet::Broken &point) {
    return withoutPoint(point.name) == withoutPoint(broken.front().name);
  });
  CaseSet::Broken whole{isOneCase ? withoutPoint(broken.front().name) : name.str(), {}};
  for (CaseSet::Broken &point : broken) {
    llvm::erase_if(point.errors, [&](Diagnostic &error) {
      if (occurrences[{error.place, error.message}] < pointCount)
        return false;
      if (&point == &broken.front())
        whole.errors.push_back(error);
      return true;
    });
  }
  if (!whole.errors.empty())
    set.broken.push_back(std::move(whole));
  for (CaseSet::Broken &point : broken)
    if (!point.errors.empty())
      set.broken.push_back(std::move(point));
}

} // namespace

CaseSet readCasePoints(const std::string &path, const std::string &name,
                       llvm::function_ref<bool(llvm::StringRef)> isWanted, const UnsavedKernel *unsaved) {
  CaseSet set;
  Diagnostics problems;
  auto giveUp = [&](llvm::Error error) {
    Diagnostic diagnostic = toDiagnostic(std::move(error));
    problems.add(diagnostic.place, diagnostic.message);
    set.broken.push_back({name, problems.take()});
    return set;
  };
  llvm::SmallString<256> absolute(path);
  llvm::sys::fs::make_absolute(absolute);
  std::string folder = llvm::sys::path::parent_path(absolute).str();
  llvm::Expected<std::string> source = readText(path);
  if (!source)
    return giveUp(source.takeError());
  auto file = YamlFile::parse(path, std::move(*source), problems);
  if (!file)
    return giveUp(file.takeError());
  const YamlNode &root = (*file)->root();
  if (root.kind != YamlNode::Kind::Map) {
    problems.add((*file)->placeOf(root), "a case must be a map of keys, found " + describe(root.kind).str());
    set.broken.push_back({name, problems.take()});
    return set;
  }

  CaseFile reader(**file, folder, unsaved);
  std::optional<Matrix> matrix = expandMatrix(**file, root.find("matrix"), problems);
  std::vector<PointName> names;
  if (matrix)
    names = namePoints(**file, *matrix, name, problems);
  if (!matrix || !problems.empty()) {
    // Without points the rest is read once more for its own mistakes, so that all of them are told at once.
    reader.readPoint(Bindings::unknown(), {name, name}, problems);
    set.broken.push_back({name, problems.take()});
    return set;
  }

  std::vector<CaseSet::Broken> broken;
  size_t read = 0;
  uint64_t text = 0;
  std::vector<size_t> others;
  for (size_t index = 0; index < names.size(); ++index) {
    const PointName &pointName = names[index];
    if (!isWanted(pointName.own) && !isWanted(pointName.inFolder)) {
      others.push_back(index);
      continue;
    }
    ++read;
    Diagnostics pointProblems;
    Case result = reader.readPoint(std::move(matrix->points[index].bindings), pointName, pointProblems);
    result.points = names.size();
    text += result.kernelText.size() + result.golden.size();
    if (text > mostText) {
      set.cases.clear();
      broken.clear();
      problems.add((*file)->whole(), "the kernels of this case's points have more than " +
                                         std::to_string(mostText >> 20) + " MiB of text in total");
      set.broken.push_back({name, problems.take()});
      return set;
    }
    if (pointProblems.empty())
      set.cases.push_back(std::move(result));
    else
      broken.push_back({pointName.own, pointProblems.take()});
  }
  if (broken.empty()) {
    if (const YamlNode *let = root.find("let"); let && let->kind == YamlNode::Kind::Map)
      for (const YamlNode::Entry &entry : let->entries)
        matrix->binders.push_back({entry.key, {entry.key->text}});
    // Another point may have a kernel that reads it.
    for (; !others.empty() && !reader.findUnread(matrix->binders).empty(); others.pop_back()) {
      Diagnostics ignored;
      reader.readPoint(matrix->points[others.back()].bindings, names[others.back()], ignored);
    }
    for (const Binder *unread : reader.findUnread(matrix->binders))
      reportUnread(**file, *unread, matrix->binders, problems);
    if (!problems.empty()) {
      set.cases.clear();
      broken.push_back({name, problems.take()});
      read = 1;
    }
  }
  reportPoints(name, std::move(broken), read, set);
  llvm::sort(set.cases, [](const Case &a, const Case &b) { return a.name < b.name; });
  return set;
}

} // namespace pto::harness
