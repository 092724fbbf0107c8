//===- QuantizeKernel.cpp - Rows of floats to 8-bit codes -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One block a row: the largest magnitude gives the scale (or the scale is given), then q = saturate(rint(x / scale)),
// or the nearest 8-bit float to x / scale, saturated.
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"
#include "Kernels.h"

using namespace mlir;
using namespace quantopt;

std::string QuantizeKernel::getName() const {
  std::string name = "quantize_rows_";
  if (!code.isInteger(8))
    name += (getElementName(code) + "_").str();
  name += getElementName(input);
  name += choosesScale ? "_dynamic" : scalePerRow ? "_r" : "_t";
  return name + "_v" + std::to_string(vector) + "_t" + std::to_string(threads);
}

namespace {

class QuantizeBody {
public:
  QuantizeBody(const QuantizeKernel &kernel, KernelBuilder &builder, Block &entry, Value shared)
      : kernel(kernel), b(builder), input(entry.getArgument(0)), scale(entry.getArgument(1)), out(entry.getArgument(2)),
        length(entry.getArgument(3)), shared(shared) {}
  void build();

private:
  scf::ForOp loopOverRow(ValueRange initial);
  SmallVector<Value> loadFloats(Value column);
  Value reduceMagnitude();
  Value chooseScale();
  Value quantize(Value value);
  Value encodeFloats(ArrayRef<Value> values);
  void storeCodes(Value rowScale);

  const QuantizeKernel &kernel;
  KernelBuilder &b;
  Value input, scale, out, length, shared, thread, row;
};

} // namespace

/// Columns thread * vector, then on by threads * vector.
scf::ForOp QuantizeBody::loopOverRow(ValueRange initial) {
  return scf::ForOp::create(b, b.mul(thread, kernel.vector), length, b.i32(kernel.threads * kernel.vector), initial);
}

/// `vector` elements of the row from `column` on, as f32.
SmallVector<Value> QuantizeBody::loadFloats(Value column) {
  Type type = kernel.input;
  Value pointer = b.address(input, b.offset(row, length, column), type);
  unsigned bytes = type.getIntOrFloatBitWidth() / 8;
  SmallVector<Value> values;
  if (kernel.vector == 1) {
    values.push_back(b.load(pointer, type, bytes));
  } else {
    Value loaded = b.load(pointer, VectorType::get({kernel.vector}, type), bytes * kernel.vector);
    for (int64_t i = 0; i < kernel.vector; ++i)
      values.push_back(LLVM::ExtractElementOp::create(b, loaded, b.i32(i)));
  }
  if (!type.isF32())
    for (Value &value : values)
      value = LLVM::FPExtOp::create(b, b.getF32Type(), value);
  return values;
}

/// The largest |x| of the row, as bits: for values without a sign, integers order as floats do.
Value QuantizeBody::reduceMagnitude() {
  Type word = b.getI32Type();
  scf::ForOp loop = loopOverRow(b.i32(0));
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value largest = loop.getRegionIterArg(0);
    for (Value value : loadFloats(loop.getInductionVar())) {
      Value bits = b.mask(LLVM::BitcastOp::create(b, word, value), 0x7fffffff);
      largest = arith::MaxUIOp::create(b, largest, bits);
    }
    scf::YieldOp::create(b, largest);
  }
  Value ofWarp = NVVM::ReduxOp::create(b, word, loop.getResult(0), NVVM::ReduxKind::UMAX, b.i32(-1));
  Value warp = b.shr(thread, 5);
  b.ifThen(b.equal(b.mask(thread, 31), 0), [&] { b.store(ofWarp, b.address(shared, warp, word), 4); });
  b.barrier();
  Value largest = b.i32(0);
  for (int64_t i = 0; i < kernel.threads / 32; ++i)
    largest = arith::MaxUIOp::create(b, largest, b.load(b.address(shared, b.i32(i), word), word, 4));
  return LLVM::BitcastOp::create(b, b.getF32Type(), largest);
}

/// Half the range of codes (rule N9).
static float getHalfRange(Type code) {
  return code.isInteger(8) ? 127.5f : isa<Float8E4M3FNType>(code) ? 448.0f : 57344.0f;
}

/// absmax / half the range, and 1 for a row of zeros (rule N5); stored for the row.
Value QuantizeBody::chooseScale() {
  Value rowScale = LLVM::FDivOp::create(b, reduceMagnitude(), b.f32(getHalfRange(kernel.code)));
  Value isZero = LLVM::FCmpOp::create(b, LLVM::FCmpPredicate::oeq, rowScale, b.f32(0.0f));
  rowScale = b.select(isZero, b.f32(1.0f), rowScale);
  b.ifThen(b.equal(thread, 0), [&] { b.store(rowScale, b.address(scale, row, b.getF32Type()), 4); });
  return rowScale;
}

/// The int8 code of a quotient (rule N1).
Value QuantizeBody::quantize(Value value) {
  Value code = LLVM::RoundEvenOp::create(b, value);
  code = LLVM::MaxNumOp::create(b, code, b.f32(-128.0f));
  code = LLVM::MinNumOp::create(b, code, b.f32(127.0f));
  Value wide = LLVM::FPToSIOp::create(b, b.getI32Type(), code);
  return arith::TruncIOp::create(b, b.getI8Type(), wide);
}

/// The 8-bit floats of one quotient, as i8, or of several, as a vector (rule N6: the conversion saturates).
Value QuantizeBody::encodeFloats(ArrayRef<Value> values) {
  auto pair = VectorType::get({2}, b.getI8Type());
  auto convert = [&](Value low, Value high) -> Value { // the first operand goes to the upper byte
    return NVVM::ConvertF32x2ToF8x2Op::create(b, pair, high, low, NVVM::FPRoundingMode::RN,
                                              NVVM::SaturationMode::SATFINITE, /*relu=*/false, kernel.code);
  };
  auto extract = [&](Value vector, int64_t i) { return LLVM::ExtractElementOp::create(b, vector, b.i32(i)); };
  if (values.size() == 1)
    return extract(convert(values[0], values[0]), 0);
  Value packed = LLVM::UndefOp::create(b, VectorType::get({int64_t(values.size())}, b.getI8Type()));
  for (size_t i = 0; i < values.size(); i += 2) {
    Value codes = convert(values[i], values[i + 1]);
    for (int64_t j = 0; j < 2; ++j)
      packed = LLVM::InsertElementOp::create(b, packed, extract(codes, j), b.i32(i + j));
  }
  return packed;
}

void QuantizeBody::storeCodes(Value rowScale) {
  scf::ForOp loop = loopOverRow({});
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  Value column = loop.getInductionVar();
  SmallVector<Value> codes = loadFloats(column);
  for (Value &value : codes)
    value = LLVM::FDivOp::create(b, value, rowScale); // by the scale as stored (rule N2)
  Value pointer = b.address(out, b.offset(row, length, column), b.getI8Type());
  if (!kernel.code.isInteger(8))
    return b.store(encodeFloats(codes), pointer, kernel.vector);
  for (Value &code : codes)
    code = quantize(code);
  if (codes.size() == 1)
    return b.store(codes[0], pointer, 1);
  Value packed = LLVM::UndefOp::create(b, VectorType::get({kernel.vector}, b.getI8Type()));
  for (auto [i, code] : llvm::enumerate(codes))
    packed = LLVM::InsertElementOp::create(b, packed, code, b.i32(i));
  b.store(packed, pointer, kernel.vector);
}

void QuantizeBody::build() {
  thread = b.threadId();
  row = NVVM::BlockIdXOp::create(b, b.getI32Type());
  Value rowScale;
  if (kernel.choosesScale)
    rowScale = chooseScale();
  else
    rowScale = b.load(b.address(scale, kernel.scalePerRow ? row : b.i32(0), b.getF32Type()), b.getF32Type());
  storeCodes(rowScale);
  LLVM::ReturnOp::create(b, ValueRange());
}

LLVM::LLVMFuncOp QuantizeKernel::build(ModuleOp module) const {
  BufferAccess scaleAccess = choosesScale ? BufferAccess::Write : BufferAccess::Read;
  KernelSignature signature{{BufferAccess::Read, scaleAccess, BufferAccess::Write}, /*tensorMaps=*/0, /*scalars=*/1};
  LLVM::LLVMFuncOp function = createKernel(module, getName(), signature, threads);
  KernelBuilder builder(function.getLoc(), function.getContext());
  builder.setInsertionPoint(function);
  auto words = LLVM::LLVMArrayType::get(builder.getI32Type(), threads / 32);
  if (choosesScale)
    LLVM::GlobalOp::create(builder, words, /*isConstant=*/false, LLVM::Linkage::Internal, "warp_maxima", Attribute(),
                           /*alignment=*/16, unsigned(NVVM::NVVMMemorySpace::Shared));
  builder.setInsertionPointToStart(&function.getBody().front());
  Value shared;
  if (choosesScale)
    shared = LLVM::AddressOfOp::create(builder, KernelBuilder::sharedPointer(builder.getContext()),
                                       StringRef("warp_maxima"));
  QuantizeBody(*this, builder, function.getBody().front(), shared).build();
  return function;
}
