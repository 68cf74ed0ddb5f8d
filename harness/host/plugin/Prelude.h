// What a host program may include: the part of the standard library and of the device's runtime that such programs use,
// as declarations. It is compiled in front of each source; the headers themselves are empty.
#pragma once

namespace pto::harness::host {

/// Where a source finds it, and the headers.
inline constexpr char preludeFolder[] = "/pto-host";

inline constexpr char prelude[] = R"cpp(
typedef signed char int8_t; typedef short int16_t; typedef int int32_t; typedef long int64_t;
typedef unsigned char uint8_t; typedef unsigned short uint16_t; typedef unsigned int uint32_t; typedef unsigned long uint64_t;
typedef unsigned long size_t; typedef long ssize_t; typedef long ptrdiff_t; typedef long intptr_t; typedef unsigned long uintptr_t;
typedef __fp16 half; typedef __fp16 float16_t; typedef unsigned short aclFloat16; typedef unsigned short bfloat16_t;
typedef unsigned char float8_e4m3_t; typedef unsigned char float8_e5m2_t; typedef unsigned char float8_e8m0_t;
typedef unsigned char hifloat8_t; typedef unsigned char float4_e1m2x2_t; typedef unsigned char float4_e2m1x2_t;
typedef unsigned char int4x2_t;

#define __global__ __attribute__((global))
#define __gm__
#define __aicore__
#define NULL 0
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define INT32_MAX 2147483647
#define SIZE_MAX (~0ul)

struct _IO_FILE; typedef struct _IO_FILE FILE;
extern FILE *stdout, *stderr;
extern "C" {
int printf(const char *, ...); int fprintf(FILE *, const char *, ...); int puts(const char *); int fflush(FILE *);
int snprintf(char *, size_t, const char *, ...); int sprintf(char *, const char *, ...);
char *getenv(const char *); int atoi(const char *); long atol(const char *);
void *malloc(size_t); void *calloc(size_t, size_t); void free(void *);
void *memcpy(void *, const void *, size_t); void *memmove(void *, const void *, size_t); void *memset(void *, int, size_t);
size_t strlen(const char *); int strcmp(const char *, const char *);
void exit(int); void abort(); int mkdir(const char *, unsigned);
long readPart(const char *, size_t, void *, size_t);

unsigned __cudaPushCallConfiguration(unsigned blocks, const void *l2 = nullptr, const void *stream = nullptr);
unsigned cudaConfigureCall(unsigned blocks, const void *l2 = nullptr, const void *stream = nullptr);

typedef int aclError; typedef void *aclrtStream; typedef void *aclrtContext; typedef void *aclrtEvent;
#define ACL_SUCCESS 0
#define ACL_ERROR_NONE 0
enum aclrtMemcpyKind { ACL_MEMCPY_HOST_TO_HOST, ACL_MEMCPY_HOST_TO_DEVICE, ACL_MEMCPY_DEVICE_TO_HOST, ACL_MEMCPY_DEVICE_TO_DEVICE };
enum aclrtMemMallocPolicy { ACL_MEM_MALLOC_HUGE_FIRST, ACL_MEM_MALLOC_HUGE_ONLY, ACL_MEM_MALLOC_NORMAL_ONLY };
aclError aclInit(const char *); aclError aclFinalize();
aclError aclrtSetDevice(int); aclError aclrtResetDevice(int);
aclError aclrtCreateContext(aclrtContext *, int); aclError aclrtDestroyContext(aclrtContext);
aclError aclrtCreateStream(aclrtStream *); aclError aclrtDestroyStream(aclrtStream);
aclError aclrtSynchronizeStream(aclrtStream); aclError aclrtSynchronizeDevice();
aclError aclrtMalloc(void **, size_t, aclrtMemMallocPolicy); aclError aclrtFree(void *);
aclError aclrtMallocHost(void **, size_t); aclError aclrtFreeHost(void *);
aclError aclrtMemcpy(void *, size_t, const void *, size_t, aclrtMemcpyKind);
aclError aclrtMemcpyAsync(void *, size_t, const void *, size_t, aclrtMemcpyKind, aclrtStream);
aclError aclrtMemset(void *, size_t, int, size_t);
aclError aclrtMemsetAsync(void *, size_t, int, size_t, aclrtStream);
const char *aclGetRecentErrMsg();
}

namespace std {
using ::size_t; using ::int8_t; using ::int16_t; using ::int32_t; using ::int64_t;
using ::uint8_t; using ::uint16_t; using ::uint32_t; using ::uint64_t; using ::ptrdiff_t; using ::uintptr_t;
using ::printf; using ::fprintf; using ::puts; using ::fflush; using ::snprintf; using ::sprintf; using ::getenv; using ::atoi;
using ::malloc; using ::calloc; using ::free; using ::memcpy; using ::memmove; using ::memset; using ::strlen; using ::strcmp;
using ::exit; using ::abort;
typedef decltype(nullptr) nullptr_t;
template <class T> T min(T a, T b) { return b < a ? b : a; }
template <class T> T max(T a, T b) { return a < b ? b : a; }
template <class T, class V> T *fill_n(T *first, size_t count, V value) {
  for (size_t i = 0; i < count; ++i) first[i] = value;
  return first + count;
}
template <class T, class V> void fill(T *first, T *last, V value) { for (; first != last; ++first) *first = value; }
template <class T, class U> U *copy(T *first, T *last, U *to) { for (; first != last; ++first, ++to) *to = *first; return to; }
template <class T> struct vector {
  vector() {}
  explicit vector(size_t n) : first((T *)malloc(n * sizeof(T))), count(n) {}
  vector(size_t n, T value) : first((T *)malloc(n * sizeof(T))), count(n) { fill_n(first, n, value); }
  T *data() { return first; }
  const T *data() const { return first; }
  size_t size() const { return count; }
  bool empty() const { return count == 0; }
  T *begin() { return first; }
  T *end() { return first + count; }
  const T *begin() const { return first; }
  const T *end() const { return first + count; }
  T &operator[](size_t i) { return first[i]; }
  const T &operator[](size_t i) const { return first[i]; }
private:
  T *first = nullptr;
  size_t count = 0;
};
struct string {
  string() {}
  string(const char *text) : text(text) {}
  const char *c_str() const { return text; }
  const char *data() const { return text; }
  size_t size() const { return strlen(text); }
  bool empty() const { return size() == 0; }
private:
  const char *text = "";
};
inline string operator+(const string &a, const string &b) {
  char *made = (char *)malloc(a.size() + b.size() + 1);
  memcpy(made, a.c_str(), a.size());
  memcpy(made + a.size(), b.c_str(), b.size() + 1);
  return string(made);
}
inline bool operator==(const string &a, const string &b) { return strcmp(a.c_str(), b.c_str()) == 0; }
inline bool operator!=(const string &a, const string &b) { return strcmp(a.c_str(), b.c_str()) != 0; }
struct ios { enum { in = 1, out = 2, binary = 4 }; };
struct ifstream {
  explicit ifstream(const string &file, int = 0) : file(file) {
    char none;
    isOpen = isGood = readPart(file.c_str(), 0, &none, 0) == 0;
  }
  bool is_open() const { return isOpen; }
  bool good() const { return isGood; }
  bool operator!() const { return !isGood; }
  explicit operator bool() const { return isGood; }
  ifstream &read(char *to, size_t size) {
    last = isGood ? readPart(file.c_str(), place, to, size) : 0;
    place += last;
    isGood = isGood && last == size;
    return *this;
  }
  size_t gcount() const { return last; }
  void close() {}
private:
  string file;
  size_t place = 0, last = 0;
  bool isOpen = false, isGood = false;
};
}

namespace PtoTestCommon {
bool readFile(const char *, size_t *, void *, size_t);
bool writeFile(const char *, const void *, size_t);
inline bool ReadFile(const std::string &file, size_t &size, void *to, size_t room) { return readFile(file.c_str(), &size, to, room); }
inline bool WriteFile(const std::string &file, const void *from, size_t size) { return writeFile(file.c_str(), from, size); }
}
)cpp";

} // namespace pto::harness::host
