// Kept goldens: whole or not there, found by what determines them, and never a reason to fail.
#include "golden/cache/Cache.h"
#include "golden/cache/Entry.h"
#include "golden/tests/Requests.h"
#include "golden/tests/TemporaryFolder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include <fstream>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <thread>

using namespace pto::golden;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

ReferenceRequest request() {
  ReferenceRequest result =
      requestOf("def golden(x):\n    return x + 1\n", {{"x", tensorOf(DType::F32, {1, 2})}}, DType::F16, {2});
  result.scalars = {{"alpha", DType::F32, 0.5, 0}};
  return result;
}

std::vector<Reference> references() {
  return {Reference{tensorOf(DType::F16, {2, 3}), {2, 3}, {}}};
}

struct Notes {
  std::vector<std::string> texts;
  Cache::Note sink() {
    return [this](std::string text) { texts.push_back(std::move(text)); };
  }
};

bool same(const std::vector<Reference> &left, const std::vector<Reference> &right) {
  auto bits = [](const std::vector<double> &values) {
    return std::vector<uint8_t>(reinterpret_cast<const uint8_t *>(values.data()),
                                reinterpret_cast<const uint8_t *>(values.data() + values.size()));
  };
  bool equal = left.size() == right.size();
  for (size_t i = 0; equal && i < left.size(); ++i)
    equal = left[i].value.dtype == right[i].value.dtype && left[i].value.shape == right[i].value.shape &&
            left[i].value.bytes == right[i].value.bytes && bits(left[i].exact) == bits(right[i].exact) &&
            bits(left[i].bound) == bits(right[i].bound);
  return equal;
}

std::vector<std::string> entriesIn(const TemporaryFolder &folder) {
  std::vector<std::string> files = folder.files();
  llvm::erase_if(files, [](llvm::StringRef file) { return file.ends_with("CACHEDIR.TAG"); });
  return files;
}

std::string makeGoldens(const TemporaryFolder &folder) {
  std::string path = folder.path + "/goldens";
  EXPECT_FALSE(llvm::sys::fs::create_directories(path));
  return path;
}

/// A thousand entries of a kilobyte into a cache that holds a hundred; every 64th store looks for what to remove.
void storeUntilEviction(const TemporaryFolder &folder) {
  Cache cache(folder.path, /*capacity=*/100'000);
  ReferenceRequest asked = request();
  for (int i = 0; i < 1000; ++i) {
    asked.text = std::to_string(i);
    cache.store(keyOf(asked), {Reference{Tensor::zeros(DType::U8, {1000}), {}, {}}}, [](std::string) {});
  }
}

} // namespace

TEST(CacheKey, ChangesWithEverythingThatDeterminesAGolden) {
  std::vector<std::function<void(ReferenceRequest &)>> changes{
      [](auto &r) { r.text += " "; },
      [](auto &r) { r.inputs[0].name = "y"; },
      [](auto &r) { r.inputs[0].value.bytes[7] ^= 1; },
      [](auto &r) { r.inputs[0].value.dtype = DType::I32; },
      [](auto &r) {
        r.inputs[0].value.shape = {2, 1};
      },
      [](auto &r) { r.inputs.push_back(r.inputs[0]); },
      [](auto &r) { r.scalars[0].name = "beta"; },
      [](auto &r) { r.scalars[0].value = 0.25; },
      [](auto &r) { r.scalars[0].integer = 1; },
      [](auto &r) { r.scalars[0].dtype = DType::F16; },
      [](auto &r) { r.outputs[0].name = "other"; },
      [](auto &r) { r.outputs[0].dtype = DType::F32; },
      [](auto &r) {
        r.outputs[0].shape = {1, 2};
      },
      [](auto &r) { r.outputs[0].mode = Ulp{1}; },
      [](auto &r) { r.outputs[0].mode = AbsError{"1"}; },
  };
  std::set<std::string> keys{keyOf(request()).digits};
  for (auto &change : changes) {
    ReferenceRequest changed = request();
    change(changed);
    keys.insert(keyOf(changed).digits);
  }
  EXPECT_EQ(keys.size(), changes.size() + 1);
}

TEST(CacheKey, DoesNotChangeWhereTheCaseMoves) {
  ReferenceRequest moved = request();
  moved.place = {"elsewhere.yaml", 7, 1};
  EXPECT_EQ(keyOf(moved).digits, keyOf(request()).digits);
  EXPECT_EQ(keyOf(moved).digits.size(), 32u);
}

RC_GTEST_PROP(Cache, WhatWasStoredIsLoaded, ()) {
  std::vector<Reference> written;
  ReferenceRequest asked = request();
  asked.outputs.clear();
  int outputs = *rc::gen::inRange(1, 4);
  for (int i = 0; i < outputs; ++i) {
    auto type = static_cast<DType>(*rc::gen::inRange(0, 14));
    auto bits = *rc::gen::container<std::vector<uint64_t>>(rc::gen::arbitrary<uint64_t>());
    Tensor tensor = Tensor::zeros(type, {static_cast<int64_t>(bits.size())});
    for (size_t e = 0; e < bits.size(); ++e)
      tensor.setBitsAt(static_cast<int64_t>(e), bits[e]);
    Reference reference{tensor, {}, {}};
    if (isFloat(type))
      reference.exact = toDoubles(tensor);
    if (*rc::gen::arbitrary<bool>())
      reference.bound.assign(bits.size(), 0.5);
    asked.outputs.push_back({"out" + std::to_string(i), type, tensor.shape, Bits{}});
    written.push_back(std::move(reference));
  }
  TemporaryFolder folder;
  Cache cache(folder.path);
  Notes notes;
  CacheKey key = keyOf(asked);
  RC_ASSERT(!cache.load(key, asked, notes.sink()));
  cache.store(key, written, notes.sink());
  std::optional<std::vector<Reference>> read = cache.load(key, asked, notes.sink());
  RC_ASSERT(read && same(*read, written));
  RC_ASSERT(notes.texts.empty());
}

TEST(CacheEntry, DamageAtAnyByteIsNoticed) {
  ReferenceRequest asked = request();
  std::string key = keyOf(asked).digits, whole = writeEntry(key, references());
  ASSERT_TRUE(readEntry(whole, key, asked.outputs));
  for (size_t i = 0; i < whole.size(); ++i)
    for (int bit : {1, 0x80}) {
      std::string damaged = whole;
      damaged[i] = static_cast<char>(damaged[i] ^ bit);
      EXPECT_FALSE(readEntry(damaged, key, asked.outputs)) << i;
    }
  for (size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(readEntry(llvm::StringRef(whole).take_front(length), key, asked.outputs)) << length;
  EXPECT_FALSE(readEntry(whole + "x", key, asked.outputs));
  EXPECT_FALSE(readEntry(whole, std::string(32, '0'), asked.outputs));
}

TEST(CacheEntry, AnEntryForOtherOutputsIsNotTaken) {
  ReferenceRequest asked = request();
  std::string key = keyOf(asked).digits, whole = writeEntry(key, references());
  for (auto output : {ReferenceRequest::Output{"out", DType::F16, {3}, Ulp{0}},
                      ReferenceRequest::Output{"out", DType::I8, {2}, Ulp{0}}})
    EXPECT_FALSE(readEntry(whole, key, {output}));
  EXPECT_FALSE(readEntry(whole, key, {}));
  EXPECT_FALSE(readEntry(whole, key, {asked.outputs[0], asked.outputs[0]}));
}

TEST(Cache, ADamagedEntryIsComputedAgainWithANote) {
  TemporaryFolder folder;
  ReferenceRequest asked =
      requestOf("def golden(x):\n    return x + 1\n", {{"x", tensorOf(DType::F32, {1, 2})}}, DType::F16, {2});
  ASSERT_EQ(errorOf(Evaluator(folder.path).evaluate(asked)), "");
  std::vector<std::string> files = entriesIn(folder);
  ASSERT_EQ(files.size(), 1u);
  std::fstream(files[0], std::ios::in | std::ios::out | std::ios::binary).seekp(60).put('!');

  Evaluator evaluator(folder.path);
  EXPECT_THAT(valuesOf(evaluator.evaluate(asked)), ElementsAre(2, 3));
  EXPECT_THAT(evaluator.takeNotes(), ElementsAre("the kept golden " + files[0] + " is damaged; computed again"));
  EXPECT_THAT(valuesOf(evaluator.evaluate(asked)), ElementsAre(2, 3));
  EXPECT_THAT(evaluator.takeNotes(), IsEmpty());
}

TEST(Cache, AFolderThatCannotBeUsedCostsANoteAndNothingElse) {
  TemporaryFolder folder;
  std::string file = folder.path + "/file";
  std::ofstream(file) << "in the way";
  Evaluator evaluator(file);
  EXPECT_THAT(valuesOf(evaluator.evaluate(
                  requestOf("def golden(x):\n    return x\n", {{"x", tensorOf(DType::F32, {1})}}, DType::F32, {1}))),
              ElementsAre(1));
  (void)errorOf(evaluator.evaluate(
      requestOf("def golden(x):\n    return -x\n", {{"x", tensorOf(DType::F32, {1})}}, DType::F32, {1})));
  EXPECT_THAT(evaluator.takeNotes(), ElementsAre("goldens cannot be kept in " + file +
                                                 " (Not a directory); they are computed again in each run"));
}

TEST(Cache, TouchesNothingButItsOwnEntries) {
  TemporaryFolder folder, elsewhere;
  std::string own = std::string(32, 'a') + ".golden";
  auto put = [](const std::string &path) {
    (void)llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path));
    std::ofstream(path) << std::string(1000, 'u');
    return path;
  };
  std::vector<std::string> foreign{put(folder.path + "/notes.tmp"),
                                   put(folder.path + "/best.golden"),
                                   put(folder.path + "/aa/" + own),
                                   put(folder.path + "/goldens/" + own),
                                   put(folder.path + "/goldens/aa/mine.golden"),
                                   put(folder.path + "/goldens/aa/draft.tmp"),
                                   put(folder.path + "/goldens/notes/" + own),
                                   put(elsewhere.path + "/" + own)};
  ASSERT_FALSE(llvm::sys::fs::create_link(elsewhere.path, folder.path + "/goldens/ab"));
  ASSERT_FALSE(llvm::sys::fs::create_link(elsewhere.path + "/" + own, folder.path + "/goldens/aa/" + own));
  storeUntilEviction(folder);
  for (const std::string &path : foreign)
    EXPECT_TRUE(llvm::sys::fs::exists(path)) << path;
}

TEST(Cache, ALinkedFolderIsNotItsOwn) {
  TemporaryFolder folder, elsewhere;
  ASSERT_FALSE(llvm::sys::fs::create_link(elsewhere.path, folder.path + "/goldens"));
  Notes notes;
  Cache(folder.path).store(keyOf(request()), references(), notes.sink());
  EXPECT_THAT(notes.texts, ElementsAre(HasSubstr("(Not a directory)")));
  EXPECT_THAT(elsewhere.files(), IsEmpty());
}

TEST(Cache, AFolderThatLostItsMarkIsNotCleared) {
  TemporaryFolder folder;
  std::ofstream(makeGoldens(folder) + "/CACHEDIR.TAG") << "not ours";
  storeUntilEviction(folder);
  EXPECT_EQ(entriesIn(folder).size(), 1000u);
}

TEST(CacheKey, CoversTheSourcesThatComputeAGolden) {
  TemporaryFolder folder;
  auto digestOf = [&](const std::string &text) {
    std::string source = folder.path + "/Operators.cpp", header = folder.path + "/Digest.h";
    std::ofstream(source) << text;
    std::string command =
        "cmake -DOUTPUT=" + header + " -DSOURCES=" + source + " -P " PTO_SOURCE_DIR "/cmake/DigestSources.cmake";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ifstream stream(header);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  EXPECT_NE(digestOf("a + b"), digestOf("a - b"));
}

TEST(Cache, StaysWithinItsCapacity) {
  TemporaryFolder folder;
  constexpr uint64_t capacity = 100 * 1000;
  Cache cache(folder.path, capacity);
  Notes notes;
  std::vector<Reference> kilobyte{Reference{Tensor::zeros(DType::U8, {1000}), {}, {}}};
  ReferenceRequest asked = request();
  // Every 64th store looks at the size, so the folder may be that much larger for a while.
  for (int i = 0; i < 2000; ++i) {
    asked.text = std::to_string(i);
    cache.store(keyOf(asked), kilobyte, notes.sink());
  }
  EXPECT_LT(folder.size(), capacity + 400 * 1100);
  EXPECT_GT(folder.size(), capacity / 2);
  // An entry that would push out all others is not kept at all.
  uint64_t before = folder.size();
  cache.store(keyOf(request()), {Reference{Tensor::zeros(DType::U8, {50000}), {}, {}}}, notes.sink());
  EXPECT_EQ(folder.size(), before);
  EXPECT_THAT(notes.texts, IsEmpty());
}

TEST(Cache, IsSharedByManyWritersAndReaders) {
  TemporaryFolder folder;
  ReferenceRequest asked = request();
  CacheKey key = keyOf(asked);
  std::atomic<int> wrong = 0;
  auto work = [&] {
    Cache cache(folder.path);
    for (int i = 0; i < 200; ++i) {
      cache.store(key, references(), [&](std::string) { ++wrong; });
      auto read = cache.load(key, asked, [&](std::string) { ++wrong; });
      wrong += !read || !same(*read, references());
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work);
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(entriesIn(folder).size(), 1u);
}

TEST(Evaluator, IsSharedByManyThreads) {
  TemporaryFolder folder;
  Evaluator evaluator(folder.path);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 10; ++i) {
        std::string factor = std::to_string((thread + i) % 7 + 2);
        auto result = evaluator.evaluate(requestOf("def golden(x):\n    return x * " + factor + "\n",
                                                   {{"x", tensorOf(DType::F32, {3})}}, DType::F32, {1}));
        wrong += !result || result->front().exact[0] != 3 * std::stod(factor);
        if (!result)
          llvm::consumeError(result.takeError());
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}
