//===- Int8KernelsTest.cpp - INT8 kernels in the emulator -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The PTX of every kind of int8 kernel, run in the emulator on shapes that are
// no multiple of anything, against loops that compute what docs/kernels.md
// says: the same bits.
//
//===----------------------------------------------------------------------===//

#include "mlir/Parser/Parser.h"
#include "quant-opt/Device/Device.h"
#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "quant-opt/InitAll.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"
#include <cmath>
#include <cstring>
#include <random>

using namespace quantopt;
using llvm::StringRef;

namespace {

//===----------------------------------------------------------------------===//
// Kernels and launches
//===----------------------------------------------------------------------===//

/// The kernels of one module, in an emulator.
class Kernels {
public:
  explicit Kernels(StringRef text) {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    mlir::MLIRContext context(registry);
    mlir::OwningOpRef<mlir::ModuleOp> module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    mlir::FailureOr<PtxTexts> texts = mlir::failure();
    if (module)
      texts = lowerToKernels(*module);
    EXPECT_TRUE(mlir::succeeded(texts));
    if (mlir::failed(texts))
      return;
    for (auto &entry : *texts) {
      llvm::Expected<ptx::Module> parsed = ptx::parse(entry.second, entry.first().str() + ".ptx");
      EXPECT_TRUE(bool(parsed)) << (parsed ? "" : llvm::toString(parsed.takeError()));
      if (parsed)
        numbers[entry.first()] = llvm::cantFail(emulator.load(std::move(*parsed)));
    }
  }

  template <typename T> uint64_t upload(const std::vector<T> &values, StringRef name) {
    uint64_t address = llvm::cantFail(emulator.memory().allocate(values.size() * sizeof(T), name, true));
    llvm::cantFail(emulator.memory().write(
        address, {reinterpret_cast<const uint8_t *>(values.data()), values.size() * sizeof(T)}));
    return address;
  }
  uint64_t allocate(size_t bytes, StringRef name) {
    return llvm::cantFail(emulator.memory().allocate(bytes, name, /*isWritten=*/false));
  }
  template <typename T> std::vector<T> download(uint64_t address, size_t count) {
    std::vector<T> values(count);
    llvm::cantFail(emulator.memory().read(address, {reinterpret_cast<uint8_t *>(values.data()), count * sizeof(T)}));
    return values;
  }
  void free(llvm::ArrayRef<uint64_t> addresses) {
    for (uint64_t address : addresses)
      llvm::cantFail(emulator.memory().free(address));
  }

  /// Launches the kernel whose name begins with `prefix`. Any hazard is a failure of the test.
  void launch(StringRef prefix, std::array<uint32_t, 3> grid, uint32_t shared,
              llvm::ArrayRef<ptx::KernelArgument> arguments) {
    ptx::LaunchConfig config;
    config.grid = grid;
    config.block = {256, 1, 1};
    config.dynamicSharedBytes = shared;
    config.async = order;
    for (auto &entry : numbers) {
      if (!entry.first().starts_with(prefix))
        continue;
      llvm::Expected<ptx::LaunchResult> result = emulator.launch(entry.second, entry.first(), config, arguments);
      ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
      for (const ptx::Hazard &hazard : result->hazards)
        ADD_FAILURE() << hazard.format(entry.first());
      return;
    }
    FAIL() << "no kernel " << prefix.str();
  }

  ptx::AsyncOrder order = ptx::AsyncOrder::Now;

private:
  ptx::Emulator emulator;
  llvm::StringMap<unsigned> numbers;
};

template <typename T> ptx::KernelArgument argument(T value) { return ptx::KernelArgument::of(value); }

std::mt19937 generator(17);

std::vector<int8_t> makeCodes(size_t count) {
  std::vector<int8_t> codes(count);
  for (int8_t &code : codes)
    code = int8_t(generator());
  return codes;
}

std::vector<float> makeFloats(size_t count) {
  std::vector<float> values(count);
  for (float &value : values)
    value = std::ldexp(float(int32_t(generator())) / 2147483648.0f, int(generator() % 8) - 4);
  return values;
}

//===----------------------------------------------------------------------===//
// The product
//===----------------------------------------------------------------------===//

struct Product {
  int m, n, k;
};

/// Rounds to f16 or bf16 by LLVM's own arithmetic.
uint16_t roundTo16(float value, const llvm::fltSemantics &semantics) {
  llvm::APFloat result(value);
  bool losesInfo;
  result.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return uint16_t(result.bitcastToAPInt().getZExtValue());
}

struct Variant {
  StringRef type;    // of the result
  StringRef kOfType; // of the operands' types: a known multiple of 16, or any
  bool isTransposed, scalePerRow, scalePerColumn, hasBias;
};

std::string makeModule(const Variant &v) {
  std::string rhs = v.isTransposed ? (v.kOfType + "x?").str() : ("?x" + v.kOfType).str();
  std::string rhsScale = v.isTransposed ? (v.scalePerColumn ? "1x?" : "1x1") : (v.scalePerColumn ? "?x1" : "1x1");
  return llvm::formatv(R"mlir(
    func.func @f(%x: tensor<?x{0}xi8>, %xs: tensor<{1}x1xf32>, %w: tensor<{2}xi8>, %ws: tensor<{3}xf32>{4})
        -> tensor<?x?x{5}> {{
      %y = lowp.quantized_matmul %x, %w scales(%xs, %ws){6}{7} {{lowp.schedule = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>}
        : (tensor<?x{0}xi8>, tensor<{2}xi8>, tensor<{1}x1xf32>, tensor<{3}xf32>{8}) -> tensor<?x?x{5}>
      return %y : tensor<?x?x{5}>
    })mlir",
                       v.kOfType, v.scalePerRow ? "?" : "1", rhs, rhsScale, v.hasBias ? ", %b: tensor<?xf32>" : "",
                       v.type, v.hasBias ? " bias(%b)" : "", v.isTransposed ? " transposed_rhs" : "",
                       v.hasBias ? ", tensor<?xf32>" : "");
}

/// One element as docs/kernels.md defines it: the sum exactly, then f32, each step rounded.
float computeElement(const Variant &v, const Product &p, int row, int column, llvm::ArrayRef<int8_t> lhs,
                     llvm::ArrayRef<int8_t> rhs, llvm::ArrayRef<float> lhsScale, llvm::ArrayRef<float> rhsScale,
                     llvm::ArrayRef<float> bias) {
  int32_t sum = 0;
  for (int i = 0; i < p.k; ++i)
    sum += int32_t(lhs[row * p.k + i]) * rhs[v.isTransposed ? i * p.n + column : column * p.k + i];
  float value = float(sum) * lhsScale[v.scalePerRow ? row : 0];
  value = value * rhsScale[v.scalePerColumn ? column : 0];
  return v.hasBias ? value + bias[column] : value;
}

template <typename T> T convertElement(StringRef type, float value) {
  if constexpr (sizeof(T) == 4)
    return value;
  else
    return roundTo16(value, type == "f16" ? llvm::APFloat::IEEEhalf() : llvm::APFloat::BFloat());
}

template <typename T> void checkProduct(Kernels &kernels, const Variant &v, const Product &p) {
  SCOPED_TRACE(llvm::formatv("m {0} n {1} k {2}", p.m, p.n, p.k).str());
  std::vector<int8_t> lhs = makeCodes(p.m * p.k), rhs = makeCodes(p.n * p.k);
  std::vector<float> lhsScale = makeFloats(v.scalePerRow ? p.m : 1), rhsScale = makeFloats(v.scalePerColumn ? p.n : 1),
                     bias = makeFloats(p.n);
  llvm::SmallVector<uint64_t> buffers = {kernels.upload(lhs, "lhs"), kernels.upload(rhs, "rhs"),
                                         kernels.upload(lhsScale, "lhs scale"), kernels.upload(rhsScale, "rhs scale")};
  if (v.hasBias)
    buffers.push_back(kernels.upload(bias, "bias"));
  buffers.push_back(kernels.allocate(size_t(p.m) * p.n * sizeof(T), "out"));
  std::vector<ptx::KernelArgument> arguments;
  for (uint64_t buffer : buffers)
    arguments.push_back(argument(buffer));
  for (int length : {p.m, p.n, p.k})
    arguments.push_back(argument(length));
  kernels.launch("quantized_matmul", {uint32_t(p.m + 127) / 128, uint32_t(p.n + 127) / 128, 1}, 65536, arguments);
  std::vector<T> actual = kernels.download<T>(buffers.back(), size_t(p.m) * p.n);
  kernels.free(buffers);
  for (int row = 0; row < p.m; ++row)
    for (int column = 0; column < p.n; ++column) {
      float value = computeElement(v, p, row, column, lhs, rhs, lhsScale, rhsScale, bias);
      T expected = convertElement<T>(v.type, value);
      ASSERT_EQ(std::memcmp(&actual[row * p.n + column], &expected, sizeof(T)), 0)
          << "row " << row << " column " << column << ": " << actual[row * p.n + column] << " for " << expected;
    }
}

/// 1, primes, one more and one less than a tile, k that ends inside a tile, inside 16 bytes, and after several stages.
const Product anyShapes[] = {
    {1, 1, 1},    {1, 1, 2},    {2, 3, 5},     {7, 11, 13},   {17, 19, 23},  {1, 127, 3},  {127, 1, 31}, {129, 2, 7},
    {3, 131, 63}, {5, 8, 65},   {16, 16, 15},  {31, 37, 17},  {41, 43, 97},  {8, 130, 33}, {64, 9, 129}, {1, 2, 257},
    {2, 257, 31}, {13, 64, 99}, {128, 128, 1}, {53, 59, 200}, {61, 67, 300}, {4, 6, 511},
};
const Product alignedShapes[] = {
    {1, 1, 16},   {1, 7, 32},     {2, 9, 48},    {128, 128, 64}, {127, 129, 80}, {3, 5, 112},
    {13, 17, 16}, {130, 31, 128}, {1, 256, 192}, {37, 8, 256},   {64, 65, 272},  {19, 23, 576},
};

template <typename T> void checkVariant(const Variant &v, llvm::ArrayRef<Product> shapes) {
  Kernels kernels(makeModule(v));
  for (const Product &shape : shapes)
    checkProduct<T>(kernels, v, shape);
}

TEST(Int8Kernels, AlignedProducts) { checkVariant<float>({"f32", "64", false, true, true, false}, alignedShapes); }

TEST(Int8Kernels, RaggedProducts) { checkVariant<float>({"f32", "?", false, true, true, false}, anyShapes); }

TEST(Int8Kernels, TransposedProducts) { checkVariant<uint16_t>({"f16", "?", true, false, false, false}, anyShapes); }

TEST(Int8Kernels, ProductsWithBias) {
  checkVariant<uint16_t>({"bf16", "?", false, true, true, true}, anyShapes);
  checkVariant<float>({"f32", "64", false, false, true, true}, alignedShapes);
}

/// Copies to shared memory may land as late as their wait, or in any order: the same bits.
TEST(Int8Kernels, AsynchronousOrderDoesNotMatter) {
  Variant v{"f32", "64", false, true, true, false};
  Kernels kernels(makeModule(v));
  for (ptx::AsyncOrder order : {ptx::AsyncOrder::Late, ptx::AsyncOrder::Random}) {
    kernels.order = order;
    for (const Product &shape : alignedShapes)
      checkProduct<float>(kernels, v, shape);
  }
}

//===----------------------------------------------------------------------===//
// Quantization of rows
//===----------------------------------------------------------------------===//

/// Scale of a row: its largest magnitude over 127.5, 1 for zeros. A code: rounded to even, saturated.
void checkRows(Kernels &kernels, int rows, int columns) {
  SCOPED_TRACE(llvm::formatv("{0} rows of {1}", rows, columns).str());
  std::vector<float> values = makeFloats(size_t(rows) * columns);
  std::fill(values.begin(), values.begin() + columns, 0.0f);
  uint64_t input = kernels.upload(values, "input"), scale = kernels.allocate(rows * 4, "scale"),
           codes = kernels.allocate(values.size(), "codes");
  kernels.launch("quantize_rows", {uint32_t(rows), 1, 1}, 0,
                 {argument(input), argument(scale), argument(codes), argument(columns)});
  std::vector<float> scales = kernels.download<float>(scale, rows);
  std::vector<int8_t> actual = kernels.download<int8_t>(codes, values.size());
  kernels.free({input, scale, codes});
  for (int row = 0; row < rows; ++row) {
    float largest = 0;
    for (int column = 0; column < columns; ++column)
      largest = std::max(largest, std::abs(values[row * columns + column]));
    float rowScale = largest == 0 ? 1.0f : largest / 127.5f;
    ASSERT_EQ(scales[row], rowScale) << "row " << row;
    for (int column = 0; column < columns; ++column) {
      float code = std::nearbyint(values[row * columns + column] / rowScale);
      ASSERT_EQ(int(actual[row * columns + column]), int(std::min(127.0f, std::max(-128.0f, code))))
          << "row " << row << " column " << column;
    }
  }
}

TEST(Int8Kernels, QuantizesRows) {
  for (auto [type, lengths] :
       {std::pair<StringRef, std::vector<int>>("?", {1, 2, 3, 31, 32, 33, 127, 255, 256, 257, 1000}),
        {"64", {4, 64, 252, 1024, 1028}}}) {
    Kernels kernels(llvm::formatv(R"mlir(
      func.func @f(%x: tensor<?x{0}xf32>) -> (tensor<?x{0}xi8>, tensor<?x1xf32>) {{
        %s = lowp.choose_params %x : tensor<?x{0}xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
        %q = lowp.quantize %x, %s : tensor<?x{0}xf32>, tensor<?x1xf32> -> tensor<?x{0}xi8>
        return %q, %s : tensor<?x{0}xi8>, tensor<?x1xf32>
      })mlir",
                                  type)
                        .str());
    for (int length : lengths)
      checkRows(kernels, 3, length);
  }
}

} // namespace
