//===- LowPElements.cpp - Elements of constants and stored weights --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One reader for every carrier of weights: a pass asks for elements and does
// not care whether they come from a store, a dense or a resource constant.
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/AlignOf.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

FailureOr<ElementKind> lowp::getElementKind(Type type) {
  if (type.isF64())
    return ElementKind::F64;
  if (type.isF32())
    return ElementKind::F32;
  if (type.isF16())
    return ElementKind::F16;
  if (type.isBF16())
    return ElementKind::BF16;
  if (isa<Float8E4M3FNType>(type))
    return ElementKind::F8E4M3;
  if (isa<Float8E5M2Type>(type))
    return ElementKind::F8E5M2;
  if (type.isIndex())
    return ElementKind::I64;
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return failure();
  switch (integer.getWidth()) {
  case 64:
    return ElementKind::I64;
  case 32:
    return ElementKind::I32;
  case 16:
    return ElementKind::I16;
  case 8:
    return integer.isUnsigned() ? ElementKind::U8 : ElementKind::I8;
  case 4:
    return integer.isUnsigned() ? FailureOr<ElementKind>(failure()) : ElementKind::I4;
  case 1:
    return ElementKind::Bool;
  default:
    return failure();
  }
}

namespace {
/// The raw form in which a constant holds its elements.
struct RawElements {
  ArrayRef<char> bytes;
  Type type;
  int64_t count = 0;
  bool isSplat = false;
  bool isBitPacked = false; ///< dense i1: eight a byte, the first in the lowest bit

  unsigned getStride() const {
    if (type.isIndex())
      return 8;
    return llvm::divideCeil(type.getIntOrFloatBitWidth(), 8);
  }
  const char *at(int64_t index) const { return bytes.data() + (isSplat ? 0 : index * getStride()); }
};
} // namespace

//===----------------------------------------------------------------------===//
// From an operation to its raw elements
//===----------------------------------------------------------------------===//

/// The value of a ConstantLike op, of an initialized global, or of a load from a global that nothing stores to.
static Attribute getConstantValue(Operation *op) {
  Attribute value;
  if (matchPattern(op, m_Constant(&value)))
    return value;
  if (auto global = dyn_cast<ml_program::GlobalOp>(op))
    return global.getIsMutable() ? Attribute() : global.getValueAttr();
  if (auto global = dyn_cast<memref::GlobalOp>(op))
    return global.getConstant() ? global.getInitialValueAttr() : Attribute();
  SymbolRefAttr symbol;
  if (auto load = dyn_cast<ml_program::GlobalLoadConstOp>(op))
    symbol = load.getGlobalAttr();
  else if (auto load = dyn_cast<ml_program::GlobalLoadOp>(op))
    symbol = load.getGlobalAttr();
  else if (auto get = dyn_cast<memref::GetGlobalOp>(op))
    symbol = get.getNameAttr();
  Operation *global = symbol ? SymbolTable::lookupNearestSymbolFrom(op, symbol) : nullptr;
  return global && isa<ml_program::GlobalOp, memref::GlobalOp>(global) ? getConstantValue(global) : Attribute();
}

static FailureOr<RawElements> getRawElements(Attribute value, std::string &reason) {
  auto elements = dyn_cast_or_null<ElementsAttr>(value);
  RawElements raw;
  if (elements) {
    raw.type = elements.getElementType();
    raw.count = elements.getNumElements();
  }
  if (auto dense = dyn_cast_or_null<DenseIntOrFPElementsAttr>(value)) {
    raw.bytes = dense.getRawData();
    raw.isSplat = dense.isSplat();
    raw.isBitPacked = raw.type.isInteger(1);
    return raw;
  }
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(value);
  if (!resource) {
    reason = elements ? "constant is neither dense nor dense_resource" : "not a constant with known elements";
    return failure();
  }
  if (!resource.getElementType().isIntOrIndexOrFloat()) {
    reason = "constant has no integer or float elements";
    return failure();
  }
  const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  if (!blob) {
    reason = ("resource '" + resource.getRawHandle().getKey() + "' has no data: it was elided or left out of the file")
                 .str();
    return failure();
  }
  raw.bytes = blob->getData();
  uint64_t wanted = uint64_t(raw.count) * raw.getStride();
  if (raw.bytes.size() != wanted) {
    reason = ("resource '" + resource.getRawHandle().getKey() + "' holds " + Twine(raw.bytes.size()) +
              " bytes, its type needs " + Twine(wanted))
                 .str();
    return failure();
  }
  return raw;
}

//===----------------------------------------------------------------------===//
// From raw elements to the wanted kind
//===----------------------------------------------------------------------===//

static bool isFloatKind(ElementKind kind) {
  return kind == ElementKind::F64 || kind == ElementKind::F32 || kind == ElementKind::F16 ||
         kind == ElementKind::BF16 || kind == ElementKind::F8E4M3 || kind == ElementKind::F8E5M2;
}

static const llvm::fltSemantics &getSemantics(ElementKind kind) {
  switch (kind) {
  case ElementKind::F64:
    return llvm::APFloat::IEEEdouble();
  case ElementKind::F16:
    return llvm::APFloat::IEEEhalf();
  case ElementKind::BF16:
    return llvm::APFloat::BFloat();
  case ElementKind::F8E4M3:
    return llvm::APFloat::Float8E4M3FN();
  case ElementKind::F8E5M2:
    return llvm::APFloat::Float8E5M2();
  default:
    return llvm::APFloat::IEEEsingle();
  }
}

static uint64_t loadBits(const char *from, unsigned bytes) {
  uint64_t bits = 0;
  std::memcpy(&bits, from, bytes); // little-endian hosts only, as everything that maps checkpoints
  return bits;
}

static uint64_t convertBits(uint64_t bits, const llvm::fltSemantics &from, const llvm::fltSemantics &to) {
  llvm::APFloat value(from, llvm::APInt(llvm::APFloat::getSizeInBits(from), bits));
  bool losesInfo;
  value.convert(to, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return value.bitcastToAPInt().getZExtValue();
}

static void convertFloats(const RawElements &raw, ElementKind kind, char *out) {
  const llvm::fltSemantics &from = cast<FloatType>(raw.type).getFloatSemantics();
  const llvm::fltSemantics &to = getSemantics(kind);
  unsigned stride = raw.getStride(), size = getElementSize(kind);
  // Narrow types have few values: converting each once is exact and as fast as a copy.
  std::vector<uint64_t> table;
  if (stride <= 2 && raw.count > 1024) {
    table.resize(size_t(1) << (8 * stride));
    for (size_t bits = 0; bits < table.size(); ++bits)
      table[bits] = convertBits(bits, from, to);
  }
  for (int64_t i = 0; i < raw.count; ++i) {
    uint64_t bits = loadBits(raw.at(i), stride);
    if (!table.empty()) {
      bits = table[bits];
    } else if (stride == 4 && size == 8) {
      double wide = llvm::bit_cast<float>(uint32_t(bits));
      bits = llvm::bit_cast<uint64_t>(wide);
    } else if (stride == 8 && size == 4) {
      bits = llvm::bit_cast<uint32_t>(float(llvm::bit_cast<double>(bits)));
    } else {
      bits = convertBits(bits, from, to);
    }
    std::memcpy(out + i * size, &bits, size);
  }
}

static void copyIntegers(const RawElements &raw, ElementKind kind, char *out) {
  unsigned stride = raw.getStride();
  for (int64_t i = 0; i < raw.count; ++i) {
    if (raw.isBitPacked) {
      out[i] = raw.isSplat ? raw.bytes[0] != 0 : (raw.bytes[i / 8] >> (i % 8)) & 1;
      continue;
    }
    std::memcpy(out + i * stride, raw.at(i), stride);
    // Constants keep i4 zero-extended in its byte; a reader of I4 expects -8 to 7.
    if (kind == ElementKind::I4)
      out[i] = char(llvm::SignExtend64<4>(out[i] & 15));
  }
}

static FailureOr<WeightBuffer> convertElements(const RawElements &raw, ElementKind kind, std::string &reason) {
  FailureOr<ElementKind> natural = getElementKind(raw.type);
  bool isFloat = isa<FloatType>(raw.type);
  if (isFloat ? !isFloatKind(kind) : (failed(natural) || *natural != kind)) {
    llvm::raw_string_ostream(reason) << "elements of type " << raw.type << " cannot be read as "
                                     << (isFloat ? "integers" : "another type");
    return failure();
  }
  bool sameLayout = succeeded(natural) && *natural == kind && !raw.isSplat && !raw.isBitPacked;
  if (sameLayout && kind != ElementKind::I4 && isAddrAligned(llvm::Align(getElementSize(kind)), raw.bytes.data()))
    // The context owns the bytes and outlives every pass, so nothing is copied.
    return WeightBuffer(std::shared_ptr<const char>(raw.bytes.data(), [](const char *) {}), raw.bytes.size());
  size_t size = size_t(raw.count) * getElementSize(kind);
  char *bytes = static_cast<char *>(llvm::allocate_buffer(std::max<size_t>(size, 1), 64));
  WeightBuffer buffer(
      std::shared_ptr<const char>(
          bytes, [size](const char *data) { llvm::deallocate_buffer((void *)data, std::max<size_t>(size, 1), 64); }),
      size);
  if (isFloat)
    convertFloats(raw, kind, bytes);
  else
    copyIntegers(raw, kind, bytes);
  return buffer;
}

FailureOr<WeightBuffer> lowp::readElements(Operation *constant, ElementKind kind, std::string &reason) {
  auto weight = dyn_cast<WeightOp>(constant);
  if (!weight) {
    FailureOr<RawElements> raw = getRawElements(getConstantValue(constant), reason);
    return failed(raw) ? FailureOr<WeightBuffer>(failure()) : convertElements(*raw, kind, reason);
  }
  std::shared_ptr<WeightStore> store = findStore(constant, weight.getKey(), reason);
  if (!store)
    return failure();
  StringRef key = weight.getKey().getLeafReference().getValue();
  auto type = cast<RankedTensorType>(weight.getType());
  const WeightInfo *info = store->lookup(key);
  if (info && ArrayRef<int64_t>(info->shape) != type.getShape()) {
    llvm::raw_string_ostream(reason) << "stored tensor '" << key << "' has another shape than " << type;
    return failure();
  }
  llvm::Expected<WeightBuffer> buffer = store->read(key, kind);
  if (!buffer) {
    reason = llvm::toString(buffer.takeError());
    return failure();
  }
  return *buffer;
}
