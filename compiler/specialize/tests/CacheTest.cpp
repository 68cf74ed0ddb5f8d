// The cache: what is in its key, what comes back from memory and from a folder, and what damage does.
#include "compiler/specialize/Cache.h"
#include "compiler/specialize/tests/Helpers.h"
#include "llvm/Support/FileSystem.h"
#include <filesystem>
#include <fstream>
#include <rapidcheck/gtest.h>
#include <thread>

namespace pto::specialize {
namespace {

const std::string program = R"(import pypto.language as pl
WIDTH = 16
HEIGHT = 4

@pl.jit.incore
def kernel(x: pl.Tensor, n: pl.INDEX, alpha: pl.FP32, y: pl.Out[pl.Tensor]):
    x.bind_dynamic(0, pl.dynamic("M"))
    t = pl.load(x, [n, 0], [HEIGHT, WIDTH])
    return pl.store(pl.mul(t, alpha), [0, 0], y)

@pl.jit
def run(x: pl.Tensor, n: pl.INDEX, alpha: pl.FP32, y: pl.Out[pl.Tensor]):
    y = kernel(x, n, alpha, y)
    return y

@pl.jit
def other(x: pl.Tensor, n: pl.INDEX, alpha: pl.FP32, y: pl.Out[pl.Tensor]):
    y = kernel(x, n, alpha, y)
    return y
)";

Request base() {
  return makeRequest("run", "x:f32[64,16] n=2 alpha=0.5 y:f32[4,16]");
}

/// A folder of its own, gone with it.
struct Folder {
  std::string path;
  Folder() {
    llvm::SmallString<128> unique;
    llvm::sys::fs::createUniqueDirectory("specialize-cache", unique);
    path = unique.str().str();
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

std::shared_ptr<const Specialized> get(Cache &cache, const Request &request, const std::string &text = program) {
  std::vector<Diagnostic> diagnostics;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  auto result = cache.specialize(request, text, context, diagnostics);
  for (const Diagnostic &diagnostic : diagnostics)
    ADD_FAILURE() << render(diagnostic);
  return result;
}

TEST(Cache, theSecondRequestIsTheFirstOnesProgram) {
  Cache cache;
  auto first = get(cache, base());
  EXPECT_EQ(first, get(cache, base()));
  Request larger = base();
  (*larger.arguments[0].type.shape)[0].size = 4096;
  EXPECT_EQ(first, get(cache, larger)) << "a dynamic dimension's size is no part of the key";
  EXPECT_EQ(cache.counters().misses, 1u);
  EXPECT_EQ(cache.counters().memoryHits, 2u);
}

TEST(Cache, theLeastRecentProgramGoesFirst) {
  Cache cache("", 2);
  Request second = base(), third = base();
  second.arguments[1].value = Value::ofInteger(3);
  third.arguments[1].value = Value::ofInteger(4);
  for (const Request &request : {base(), second, base(), third, base(), second})
    get(cache, request);
  EXPECT_EQ(cache.counters().misses, 4u);
}

TEST(Cache, aProgramFromTheFolderIsTheSameAndPointsAtTheUsersLines) {
  Folder folder;
  Cache writer(folder.path), reader(folder.path);
  auto made = get(writer, base()), read = get(reader, base());
  EXPECT_EQ(reader.counters().diskHits, 1u);
  EXPECT_EQ(made->text, read->text);
  EXPECT_EQ(made->program, read->program);
  EXPECT_EQ(made->entry, read->entry);
  auto placesOf = [](const Specialized &specialized) {
    std::vector<std::string> all;
    for (const auto &[printed, place] : specialized.map.origins())
      all.push_back(std::to_string(printed) + " " + toString(place));
    return all;
  };
  EXPECT_EQ(placesOf(*made), placesOf(*read));
}

TEST(Cache, anyDamageToARecordIsAMissAndIsRepaired) {
  Folder folder;
  get(*std::make_unique<Cache>(folder.path), base());
  std::string path = std::filesystem::directory_iterator(folder.path)->path().string();
  std::ifstream in(path, std::ios::binary);
  std::string whole((std::istreambuf_iterator<char>(in)), {});
  std::vector<std::string> damaged{"", whole.substr(0, whole.size() / 2), whole + "x", std::string(whole.size(), '\0')};
  for (size_t at = 0; at < whole.size(); at += 37) {
    damaged.push_back(whole);
    damaged.back()[at] = static_cast<char>(damaged.back()[at] ^ 1);
  }
  for (const std::string &bytes : damaged) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    Cache cache(folder.path), after(folder.path);
    ASSERT_TRUE(get(cache, base()));
    EXPECT_EQ(cache.counters().diskHits, 0u);
    ASSERT_TRUE(get(after, base()));
    EXPECT_EQ(after.counters().diskHits, 1u);
  }
}

TEST(Cache, aFolderThatCannotBeMadeCostsNothingButTheFolder) {
  Cache cache("/dev/null/specialized");
  EXPECT_TRUE(get(cache, base()));
}

TEST(Cache, runsAtTheSameTimeShareAFolder) {
  Folder folder;
  Cache shared(folder.path);
  std::vector<std::thread> threads;
  std::vector<std::string> texts(8);
  for (size_t i = 0; i < texts.size(); ++i)
    threads.emplace_back([&, i] {
      Cache own(folder.path);
      mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
      for (int64_t n = 0; n < 20; ++n) {
        Request request = base();
        request.arguments[1].value = Value::ofInteger(n);
        std::vector<Diagnostic> diagnostics;
        auto program = (i % 2 ? own : shared).specialize(request, specialize::program, context, diagnostics);
        texts[i] += program ? program->text : "error";
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  for (const std::string &text : texts)
    EXPECT_EQ(text, texts[0]);
  for (const auto &entry : std::filesystem::directory_iterator(folder.path))
    EXPECT_EQ(entry.path().extension(), "") << "a temporary file is left";
}

/// The kernel of a program in a file of its own, beside the one that is specialized.
class ImportedKernel : public testing::Test {
protected:
  void writeKernel(const std::string &factor) {
    std::ofstream(folder.path + "/scaling.py") << "import pypto.language as language\n"
                                                  "FACTOR = " +
                                                      factor +
                                                      "\n"
                                                      "@language.jit.incore\n"
                                                      "def scale(x: language.Tensor, y: language.Out[language.Tensor], "
                                                      "factor: language.FP32 = FACTOR):\n"
                                                      "    t = language.load(x, [0, 0], x.shape)\n"
                                                      "    return language.store(language.mul(t, factor), [0, 0], y)\n";
  }

  std::string text(const std::string &imports, const std::string &callee) {
    return imports +
           "\nimport pypto.language as pl\n@pl.jit\n"
           "def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):\n    y = " +
           callee + "(x, y)\n    return y\n";
  }

  Request request() {
    Request request = makeRequest("run", "x:f32[4,16] y:f32[4,16]");
    request.file = folder.path + "/main.py";
    return request;
  }

  Folder folder;
};

TEST_F(ImportedKernel, isEmittedAndItsSourceIsInTheKey) {
  const std::string program = text("from scaling import scale", "scale");
  Cache cache(folder.path + "/cache");
  writeKernel("2.0");
  auto first = get(cache, request(), program);
  ASSERT_TRUE(first);
  EXPECT_NE(first->text.find("pl.tile.muls(t, 2.0)"), std::string::npos) << first->text;
  EXPECT_NE(first->text.find("= self.scale(x, y, 2.0)"), std::string::npos) << first->text;
  EXPECT_EQ(get(cache, request(), program), first);
  // Another process finds it in the folder, and its lines are in their files.
  Cache later(folder.path + "/cache");
  auto again = get(later, request(), program);
  EXPECT_EQ(later.counters().diskHits, 1u);
  const SourceMap::Origin *origin = again->map.find(again->text.find("pl.tile.muls"));
  ASSERT_TRUE(origin);
  EXPECT_EQ(toString(origin->place), folder.path + "/scaling.py:6:27");
  writeKernel("3.0");
  EXPECT_NE(get(cache, request(), program)->text.find("pl.tile.muls(t, 3.0)"), std::string::npos);
  EXPECT_EQ(cache.counters().misses, 2u);
  EXPECT_EQ(get(cache, request(), text("import scaling", "scaling.scale"))->text, get(cache, request(), program)->text);
}

TEST_F(ImportedKernel, ofAProgramThatIsConcreteGoesByItsOwnName) {
  std::ofstream(folder.path + "/doubling.py") << "import pypto.language as pl\n"
                                                 "@pl.function\n"
                                                 "def twice(x: pl.Tensor[[4, 16], pl.FP32]):\n"
                                                 "    return pl.mul(x, 2.0)\n";
  Request named = request();
  named.entry = "P";
  named.arguments.clear();
  auto program = get(*std::make_unique<Cache>(), named,
                     "import pypto.language as pl\nfrom doubling import twice as double\n@pl.program\nclass P:\n"
                     "    @pl.function\n    def f(self, x: pl.Tensor[[4, 16], pl.FP32]):\n"
                     "        return double(x)\n");
  ASSERT_TRUE(program);
  EXPECT_NE(program->text.find("def twice("), std::string::npos) << program->text;
  EXPECT_NE(program->text.find("self.twice(x)"), std::string::npos) << program->text;
}

TEST_F(ImportedKernel, thatIsMissingIsAnErrorWithBothPlaces) {
  std::vector<Diagnostic> diagnostics;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  EXPECT_FALSE(Cache().specialize(request(), text("from scaling import scale", "scale"), context, diagnostics));
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_NE(render(diagnostics[0])
                .find("main.py:5:9: error: 'scale' is what " + folder.path +
                      "/main.py:1:1 imports from 'scaling', which cannot be found: there is no scaling.py in " +
                      folder.path),
            std::string::npos)
      << render(diagnostics[0]);
}

TEST(Cache, sizesThatDifferUnderOneSymbolAreRefusedOnAHitToo) {
  Cache cache;
  std::string text =
      "import pypto.language as pl\n@pl.jit\ndef f(a: pl.Tensor, b: pl.Tensor):\n    M = pl.dynamic(\"M\")\n"
      "    a.bind_dynamic(0, M)\n    b.bind_dynamic(0, M)\n";
  std::vector<Diagnostic> diagnostics;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  EXPECT_TRUE(cache.specialize(makeRequest("f", "a:f32[4] b:f32[4]"), text, context, diagnostics));
  EXPECT_FALSE(cache.specialize(makeRequest("f", "a:f32[4] b:f32[8]"), text, context, diagnostics));
  EXPECT_EQ(diagnostics.size(), 1u);
}

std::string keyOf(const Request &request, const std::string &text) {
  Cache cache;
  std::vector<Diagnostic> diagnostics;
  auto key = cache.key(request, text, diagnostics);
  return key ? key->text + key->digest() : "";
}

struct Change {
  const char *what;
  void (*apply)(Request &request, std::string &text);
};

void replaceIn(std::string &text, const std::string &from, const std::string &to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

const Change changes[] = {
    {"entry", [](Request &request, std::string &) { request.entry = "other"; }},
    {"file", [](Request &request, std::string &) { request.file = "another.py"; }},
    {"platform", [](Request &request, std::string &) { request.platform = "a5"; }},
    {"strategy", [](Request &request, std::string &) { request.strategy = "PTOAS"; }},
    {"an option", [](Request &request, std::string &) { request.options["mode"] = "explicit"; }},
    {"an option's value", [](Request &request, std::string &) { request.options["level"] += "3"; }},
    {"the dtype of a tensor", [](Request &request, std::string &) { request.arguments[0].type.dtype = prog::DType::F16; }},
    {"a size", [](Request &request, std::string &) { (*request.arguments[0].type.shape)[1].size += 16; }},
    {"the rank", [](Request &request, std::string &) { request.arguments[0].type.shape->push_back(Dimension::of(1)); }},
    {"a symbol of the request",
     [](Request &request, std::string &) { (*request.arguments[3].type.shape)[0] = Dimension::of("K"); }},
    {"a scalar", [](Request &request, std::string &) { ++request.arguments[1].value->integer; }},
    {"a float scalar", [](Request &request, std::string &) { request.arguments[2].value->real *= 1 + 0x1p-52; }},
    {"a scalar's kind",
     [](Request &request, std::string &) { request.arguments[2].value = Value::ofInteger(1); }},
    {"the entry's text", [](Request &, std::string &text) { replaceIn(text, "return y", "return  y"); }},
    {"a dependency's text", [](Request &, std::string &text) { replaceIn(text, "pl.mul", "pl.div"); }},
    {"a constant", [](Request &, std::string &text) { replaceIn(text, "HEIGHT = 4", "HEIGHT = 8"); }},
    {"a constant's kind", [](Request &, std::string &text) { replaceIn(text, "HEIGHT = 4", "HEIGHT = 4."); }},
    {"a parameter's name", [](Request &request, std::string &text) {
       replaceIn(text, "alpha", "gamma");
       request.arguments[2].name = "gamma";
     }},
    {"the symbol", [](Request &, std::string &text) { replaceIn(text, "\"M\"", "\"R\""); }}};

RC_GTEST_PROP(CacheKeyLaw, aChangeOfAnyPartChangesTheKeyAndNothingElseDoes, ()) {
  Request request = base();
  request.options["level"] = *rc::gen::string<std::string>();
  (*request.arguments[0].type.shape)[0].size = *rc::gen::inRange<int64_t>(1, 1 << 20);
  (*request.arguments[0].type.shape)[1].size = *rc::gen::inRange<int64_t>(1, 4096);
  request.arguments[1].value = Value::ofInteger(*rc::gen::inRange<int64_t>(0, 1000));
  request.arguments[2].value = Value::ofFloat(2 + *rc::gen::inRange<int>(0, 1000) / 8.0);
  Request changed = request;
  std::string text = program;
  const Change &change = changes[*rc::gen::inRange<size_t>(0, std::size(changes))];
  RC_LOG() << change.what;
  // What is no part: the order of the arguments, and the size of a dynamic dimension.
  std::reverse(changed.arguments.begin(), changed.arguments.end());
  (*changed.arguments.back().type.shape)[0].size = *rc::gen::inRange<int64_t>(1, 1 << 20);
  RC_ASSERT(keyOf(request, program) == keyOf(changed, program));
  std::reverse(changed.arguments.begin(), changed.arguments.end());
  change.apply(changed, text);
  RC_ASSERT(!keyOf(changed, text).empty());
  RC_ASSERT(keyOf(request, program) != keyOf(changed, text));
}

} // namespace
} // namespace pto::specialize
