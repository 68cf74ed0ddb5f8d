// Programs that are spread over several files: what is found where, and what is said when it is not.
// Every test has a folder of its own; nothing in a file is run.
#include "compiler/frontend/program/tests/Reading.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::frontend::tests {
namespace {

using testing::HasSubstr;

class Imports : public testing::Test {
protected:
  Imports() { llvm::sys::fs::createUniqueDirectory("program-imports", folder); }
  ~Imports() override { llvm::sys::fs::remove_directories(folder); }

  std::string in(const std::string &name) { return folder.str().str() + "/" + name; }

  std::string write(const std::string &name, const std::string &text) {
    std::string file = in(name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
    std::error_code error;
    llvm::raw_fd_ostream out(file, error);
    out << text;
    return file;
  }

  /// The program of a file in the folder, or what is wrong with it.
  std::string read(const std::string &name, const std::string &text) {
    Reading reading(context, text, {}, write(name, text));
    return reading.program() ? reading.printed() : reading.errors();
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  llvm::SmallString<128> folder;
};

const std::string head = "import pypto.language as pl\n";
const std::string helpers = head + "from .sizes import ROWS\n"
                                   "COLUMNS = ROWS * 2\n"
                                   "Wide = pl.Tensor[[ROWS, COLUMNS], pl.FP32]\n"
                                   "@pl.function\n"
                                   "def twice(x: Wide) -> Wide:\n"
                                   "    return pl.mul(x, 2.0)\n"
                                   "@pl.inline\n"
                                   "def thrice(x):\n"
                                   "    return pl.mul(x, 3.0)\n";

std::string program(const std::string &imports, const std::string &body, const std::string &type = "pl.FP32") {
  return imports + head + "@pl.program\nclass P:\n    @pl.function\n    def f(self, x: pl.Tensor[[8, 16], " + type +
         "]):\n        " + body + "\n";
}

TEST_F(Imports, TakeFunctionsAndConstantsFromOtherFiles) {
  write("kernels/__init__.py", "");
  write("kernels/sizes.py", "ROWS = 8\n");
  write("kernels/helpers.py", helpers);
  for (const auto &[imports, body] : std::initializer_list<std::pair<const char *, const char *>>{
           {"from kernels.helpers import twice, thrice\n", "return thrice(twice(x))"},
           {"from kernels.helpers import *\n", "return thrice(twice(x))"},
           {"import kernels.helpers as h\n", "return h.thrice(h.twice(x))"},
           {"from kernels import helpers\n", "return helpers.thrice(helpers.twice(x))"}}) {
    std::string text = read("main.py", program(imports, body));
    EXPECT_THAT(text, HasSubstr("def twice(self, x: pl.Tensor[[8, 16], pl.FP32])")) << imports;
    EXPECT_THAT(text, HasSubstr("pl.tensor.muls(t, 3.0)")) << imports;
  }
  // From inside the package, and from a file of a package that imports one beside the package.
  EXPECT_THAT(read("kernels/main.py", program("from .helpers import twice\n", "return twice(x)")),
              HasSubstr("self.twice(x)"));
  EXPECT_THAT(read("kernels/deep/main.py", program("from ..helpers import twice\n", "return twice(x)")),
              HasSubstr("self.twice(x)"));
  EXPECT_THAT(read("kernels/other.py", program("from kernels.helpers import twice\n", "return twice(x)")),
              HasSubstr("self.twice(x)"));
}

TEST_F(Imports, ReadAFileOnceWhateverItIsCalled) {
  write("kernels/sizes.py", "ROWS = 8\n");
  write("kernels/helpers.py", helpers);
  write("kernels/more.py", head + "from .helpers import Wide, twice\n"
                                  "@pl.function\ndef four_times(x: Wide) -> Wide:\n    return twice(twice(x))\n");
  std::string text = read("main.py", program("from kernels.helpers import twice\nfrom kernels.more import four_times\n",
                                             "return four_times(twice(x))"));
  EXPECT_THAT(text, HasSubstr("self.four_times(t)"));
  EXPECT_EQ(text.find("def twice("), text.rfind("def twice("));
}

TEST_F(Imports, PointIntoTheFileThatIsWrong) {
  write("helpers.py", head + "@pl.function\ndef bad(x: pl.Tensor[[8, 16], pl.FP32]):\n    return pl.exq(x)\n");
  std::string errors = read("main.py", program("from helpers import bad\n", "return bad(x)"));
  EXPECT_THAT(errors, HasSubstr(in("helpers.py") + ":4:15: error: unknown operation 'pl.exq'"));
  EXPECT_THAT(errors, HasSubstr("    return pl.exq(x)\n"));
}

TEST_F(Imports, SayWhyANameIsNotKnown) {
  write("helpers.py", helpers);
  write("broken.py", "x = (1\n");
  write("one.py", "from two import b\na = b\n");
  write("two.py", "from one import a\nb = a\n");
  auto errors = [&](const std::string &imports, const std::string &body) {
    return read("main.py", program(imports, body));
  };
  std::string place = "what " + in("main.py") + ":1:1 imports from '";
  EXPECT_THAT(errors("from missing.add import add\n", "return add(x)"),
              HasSubstr("main.py:7:16: error: 'add' is " + place +
                        "missing.add', which cannot be found: there is no missing/add.py in "));
  EXPECT_THAT(errors("from helpers import twise\n", "return twise(x)"),
              HasSubstr("'twise' is " + place + in("helpers.py") + "', which has no 'twise'; did you mean 'twice'?"));
  EXPECT_THAT(errors("import helpers\n", "return helpers.twise(x)"),
              HasSubstr("'helpers.twise' is a name in '" + in("helpers.py") + "', which has no 'twise'"));
  EXPECT_THAT(
      errors("from broken import y\n", "return y(x)"),
      HasSubstr(place + in("broken.py") + "', which has an error: " + in("broken.py") + ":1:5: '(' was never closed"));
  EXPECT_THAT(errors("from two import b\n", "return pl.mul(x, b)"),
              HasSubstr("what " + in("one.py") + ":1:1 imports from '" + in("two.py") +
                        "', which imports itself: " + in("two.py") + " → " + in("one.py") + " → " + in("two.py")));
  EXPECT_THAT(errors("from main import Q\n", "return Q(x)"),
              HasSubstr("which imports itself: " + in("main.py") + " → " + in("main.py")));
  // What is not used may be missing.
  EXPECT_THAT(errors("import torch\nfrom broken import y\n", "return pl.exp(x)"), HasSubstr("pl.tensor.exp(x)"));
}

} // namespace
} // namespace pto::frontend::tests
