//===- ElementsTest.cpp - Elements of constants ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace quantopt;
using lowp::readElements;

namespace {
class ElementsTest : public ::testing::Test {
protected:
  ElementsTest() {
    context.loadDialect<arith::ArithDialect, func::FuncDialect, ml_program::MLProgramDialect, memref::MemRefDialect,
                        lowp::LowPDialect>();
  }

  /// The only op of that name in `text`.
  Operation *parse(StringRef text, StringRef name) {
    module = parseSourceString<ModuleOp>(text, ParserConfig(&context));
    Operation *found = nullptr;
    if (module)
      module->walk([&](Operation *op) {
        if (op->getName().getStringRef() == name)
          found = op;
      });
    return found;
  }

  template <typename T> std::vector<T> read(StringRef text, ElementKind kind, StringRef name = "arith.constant") {
    Operation *op = parse(text, name);
    EXPECT_NE(op, nullptr) << text.str();
    reason.clear();
    FailureOr<WeightBuffer> buffer = op ? readElements(op, kind, reason) : FailureOr<WeightBuffer>(failure());
    failedToRead = failed(buffer);
    return failedToRead ? std::vector<T>() : buffer->as<T>().vec();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  std::string reason;
  bool failedToRead = false;
};

TEST_F(ElementsTest, FloatsConvertToAnyFloatKind) {
  StringRef text = "%0 = arith.constant dense<[1.0, -0.5, 65504.0]> : tensor<3xf32>";
  EXPECT_EQ(read<float>(text, ElementKind::F32), (std::vector<float>{1, -0.5, 65504}));
  EXPECT_EQ(read<double>(text, ElementKind::F64), (std::vector<double>{1, -0.5, 65504}));
  EXPECT_EQ(read<uint16_t>(text, ElementKind::F16), (std::vector<uint16_t>{0x3C00, 0xB800, 0x7BFF}));
  EXPECT_EQ(read<uint16_t>(text, ElementKind::BF16), (std::vector<uint16_t>{0x3F80, 0xBF00, 0x4780}));
  // 448 is the largest f8E4M3FN.
  EXPECT_EQ(read<uint8_t>(text, ElementKind::F8E4M3), (std::vector<uint8_t>{0x38, 0xB0, 0x7E}));
}

TEST_F(ElementsTest, NarrowFloatsAreRead) {
  EXPECT_EQ(read<float>("%0 = arith.constant dense<[1.5, -2.0]> : tensor<2xbf16>", ElementKind::F32),
            (std::vector<float>{1.5, -2}));
  EXPECT_EQ(read<float>("%0 = arith.constant dense<[1.5, -2.0]> : tensor<2xf16>", ElementKind::F32),
            (std::vector<float>{1.5, -2}));
  EXPECT_EQ(read<float>("%0 = arith.constant dense<[1.5, -2.0]> : tensor<2xf8E5M2>", ElementKind::F32),
            (std::vector<float>{1.5, -2}));
  EXPECT_EQ(read<float>("%0 = arith.constant dense<[1.5, -2.0]> : tensor<2xf64>", ElementKind::F32),
            (std::vector<float>{1.5, -2}));
}

TEST_F(ElementsTest, SplatsAreExpanded) {
  EXPECT_EQ(read<float>("%0 = arith.constant dense<2.5> : tensor<2x2xf32>", ElementKind::F32),
            std::vector<float>(4, 2.5f));
  EXPECT_EQ(read<float>("%0 = arith.constant dense<2.5> : tensor<3xf16>", ElementKind::F32),
            std::vector<float>(3, 2.5f));
  EXPECT_EQ(read<int8_t>("%0 = arith.constant dense<-3> : tensor<5xi4>", ElementKind::I4), std::vector<int8_t>(5, -3));
  EXPECT_EQ(read<int8_t>("%0 = arith.constant dense<true> : tensor<5xi1>", ElementKind::Bool),
            std::vector<int8_t>(5, 1));
}

TEST_F(ElementsTest, IntegersKeepTheirKind) {
  EXPECT_EQ(read<int8_t>("%0 = arith.constant dense<[-8, 7, -1]> : tensor<3xi4>", ElementKind::I4),
            (std::vector<int8_t>{-8, 7, -1}));
  EXPECT_EQ(read<int64_t>("%0 = arith.constant dense<[-8, 7]> : tensor<2xindex>", ElementKind::I64),
            (std::vector<int64_t>{-8, 7}));
  EXPECT_EQ(read<int8_t>("%0 = arith.constant dense<[1,0,0,1,0,0,0,0,1]> : tensor<9xi1>", ElementKind::Bool),
            (std::vector<int8_t>{1, 0, 0, 1, 0, 0, 0, 0, 1}));
  read<int8_t>("%0 = arith.constant dense<[1, 2]> : tensor<2xi32>", ElementKind::I8);
  EXPECT_EQ(reason, "elements of type i32 cannot be read as another type");
  read<int8_t>("%0 = arith.constant dense<1.0> : tensor<2xf32>", ElementKind::I8);
  EXPECT_EQ(reason, "elements of type f32 cannot be read as integers");
}

TEST_F(ElementsTest, Resources) {
  auto text = [](StringRef type, StringRef data) {
    return ("%0 = arith.constant dense_resource<w> : " + type + "\n{-# dialect_resources: { builtin: { " + data +
            " } } #-}")
        .str();
  };
  EXPECT_EQ(read<float>(text("tensor<2xf32>", "w: \"0x040000000000803F000000C0\""), ElementKind::F32),
            (std::vector<float>{1, -2}));
  EXPECT_EQ(read<int8_t>(text("tensor<3xi4>", "w: \"0x010000000F0708\""), ElementKind::I4),
            (std::vector<int8_t>{-1, 7, -8}));
  EXPECT_EQ(read<int8_t>(text("tensor<3xi1>", "w: \"0x01000000010001\""), ElementKind::Bool),
            (std::vector<int8_t>{1, 0, 1}));
  read<float>(text("tensor<4xf32>", "w: \"0x040000000000803F000000C0\""), ElementKind::F32);
  EXPECT_NE(reason.find("holds 8 bytes, its type needs 16"), std::string::npos) << reason;
  read<float>("%0 = arith.constant dense_resource<gone> : tensor<4xf32>", ElementKind::F32);
  EXPECT_EQ(reason, "resource 'gone' has no data: it was elided or left out of the file");
}

TEST_F(ElementsTest, Globals) {
  StringRef program = R"(
    ml_program.global private @w(dense<[1.0, 2.0]> : tensor<2xf32>) : tensor<2xf32>
    func.func @f() -> tensor<2xf32> {
      %0 = ml_program.global_load_const @w : tensor<2xf32>
      return %0 : tensor<2xf32>
    })";
  EXPECT_EQ(read<float>(program, ElementKind::F32, "ml_program.global_load_const"), (std::vector<float>{1, 2}));
  StringRef mutated = R"(
    ml_program.global private mutable @w(dense<[1.0, 2.0]> : tensor<2xf32>) : tensor<2xf32>
    func.func @f() -> tensor<2xf32> {
      %0 = ml_program.global_load @w : tensor<2xf32>
      return %0 : tensor<2xf32>
    })";
  read<float>(mutated, ElementKind::F32, "ml_program.global_load");
  EXPECT_EQ(reason, "not a constant with known elements");
  StringRef buffers = R"(
    memref.global "private" constant @w : memref<2xf32> = dense<[1.0, 2.0]>
    func.func @f() -> memref<2xf32> {
      %0 = memref.get_global @w : memref<2xf32>
      return %0 : memref<2xf32>
    })";
  EXPECT_EQ(read<float>(buffers, ElementKind::F32, "memref.get_global"), (std::vector<float>{1, 2}));
}

TEST_F(ElementsTest, WeightsOfAStore) {
  auto store = std::make_shared<WeightStore>();
  std::vector<float> values{1, 2, 3, 4};
  ArrayRef<char> bytes(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(float));
  llvm::Expected<std::string> key = store->put("w", {2, 2}, Storage::F32, bytes);
  ASSERT_TRUE(bool(key));
  std::string id = context.getLoadedDialect<lowp::LowPDialect>()->getStores().add(store, "");
  auto text = [&](StringRef type) {
    return "lowp.store @s \"none\" id = \"" + id + "\"\nfunc.func @f() -> " + type.str() +
           " {\n%0 = lowp.weight @s::@" + *key + " : " + type.str() + "\nreturn %0 : " + type.str() + "}";
  };
  EXPECT_EQ(read<float>(text("tensor<2x2xf32>"), ElementKind::F32, "lowp.weight"), values);
  read<float>(text("tensor<4xf32>"), ElementKind::F32, "lowp.weight");
  EXPECT_EQ(reason, "stored tensor 'w' has another shape than tensor<4xf32>");
}
} // namespace
