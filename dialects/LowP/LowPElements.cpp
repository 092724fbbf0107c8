//===- LowPElements.cpp - Elements of constants and stored weights --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One reader for every carrier of weights: a pass asks for elements and does
// not care whether they come from a store, a dense or a resource constant.
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "quant-opt/Checkpoint/Convert.h"
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
  case 2:
  case 3:
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
};
} // namespace

//===----------------------------------------------------------------------===//
// From an operation to its raw elements
//===----------------------------------------------------------------------===//

Operation *lowp::getLoadedGlobal(Operation *op) {
  SymbolRefAttr symbol;
  if (auto load = dyn_cast<ml_program::GlobalLoadConstOp>(op))
    symbol = load.getGlobalAttr();
  else if (auto load = dyn_cast<ml_program::GlobalLoadOp>(op))
    symbol = load.getGlobalAttr();
  else if (auto get = dyn_cast<memref::GetGlobalOp>(op))
    symbol = get.getNameAttr();
  else if (auto tensor = dyn_cast<bufferization::ToTensorOp>(op))
    if (Operation *buffer = tensor.getBuffer().getDefiningOp())
      return getLoadedGlobal(buffer);
  Operation *global = symbol ? SymbolTable::lookupNearestSymbolFrom(op, symbol) : nullptr;
  return isa_and_nonnull<ml_program::GlobalOp, memref::GlobalOp>(global) ? global : nullptr;
}

Attribute lowp::getConstantValue(Operation *op) {
  Attribute value;
  if (matchPattern(op, m_Constant(&value)))
    return value;
  if (auto global = dyn_cast<ml_program::GlobalOp>(op))
    return global.getIsMutable() ? Attribute() : global.getValueAttr();
  if (auto global = dyn_cast<memref::GlobalOp>(op))
    return global.getConstant() ? global.getInitialValueAttr() : Attribute();
  Operation *global = getLoadedGlobal(op);
  return global ? getConstantValue(global) : Attribute();
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

/// How a constant stores the elements of a kind; i4, one a byte, as i8.
static Storage getConstantStorage(ElementKind kind) {
  switch (kind) {
  case ElementKind::F64:
    return Storage::F64;
  case ElementKind::F32:
    return Storage::F32;
  case ElementKind::F16:
    return Storage::F16;
  case ElementKind::BF16:
    return Storage::BF16;
  case ElementKind::F8E4M3:
    return Storage::F8E4M3;
  case ElementKind::F8E5M2:
    return Storage::F8E5M2;
  case ElementKind::I64:
    return Storage::I64;
  case ElementKind::I32:
    return Storage::I32;
  case ElementKind::I16:
    return Storage::I16;
  case ElementKind::I8:
  case ElementKind::I4:
    return Storage::I8;
  case ElementKind::U8:
    return Storage::U8;
  case ElementKind::Bool:
    return Storage::Bool;
  }
  llvm_unreachable("element kind");
}

/// Writes the first `count` elements of `raw`, which are of `natural` kind, as `kind`.
static void writeElements(const RawElements &raw, ElementKind natural, int64_t count, ElementKind kind, char *out) {
  if (raw.isBitPacked) {
    // The value of a dense i1 splat fills its byte.
    for (int64_t i = 0; i < count; ++i)
      out[i] = (raw.bytes[i / 8] >> (i % 8)) & 1;
    return;
  }
  ElementKind held = natural == ElementKind::I4 ? ElementKind::I8 : natural;
  ElementKind wanted = kind == ElementKind::I4 ? ElementKind::I8 : kind;
  decodeElements(getConstantStorage(held), raw.bytes.data(), count, count, wanted, out);
  // Constants keep narrow codes zero-extended in their byte; a reader of I4 expects them signed.
  unsigned width = raw.type.getIntOrFloatBitWidth();
  if (natural == ElementKind::I4)
    for (int64_t i = 0; i < count; ++i)
      out[i] = char(llvm::SignExtend64(out[i], width));
}

/// Uninitialized bytes, aligned to 64, and the buffer that owns them.
static std::pair<char *, WeightBuffer> allocate(size_t size) {
  size_t allocated = std::max<size_t>(size, 1);
  char *bytes = static_cast<char *>(llvm::allocate_buffer(allocated, 64));
  auto free = [allocated](const char *data) { llvm::deallocate_buffer(const_cast<char *>(data), allocated, 64); };
  return {bytes, WeightBuffer(std::shared_ptr<const char>(bytes, free), size)};
}

static FailureOr<WeightBuffer> convertElements(const RawElements &raw, ElementKind kind, std::string &reason) {
  FailureOr<ElementKind> natural = getElementKind(raw.type);
  bool isFloat = isa<FloatType>(raw.type);
  if (failed(natural) || (isFloat ? !canDecode(getConstantStorage(*natural), kind) : *natural != kind)) {
    llvm::raw_string_ostream(reason) << "elements of type " << raw.type << " cannot be read as "
                                     << (isFloat ? "integers" : "another type");
    return failure();
  }
  size_t size = getElementSize(kind);
  bool isAsHeld = *natural == kind && kind != ElementKind::I4 && !raw.isBitPacked && !raw.isSplat;
  if (isAsHeld && isAddrAligned(llvm::Align(size), raw.bytes.data()))
    // The context owns the bytes and outlives every pass, so nothing is copied.
    return WeightBuffer(std::shared_ptr<const char>(raw.bytes.data(), [](const char *) {}), raw.bytes.size());
  auto [bytes, buffer] = allocate(size_t(raw.count) * size);
  writeElements(raw, *natural, raw.isSplat ? std::min<int64_t>(raw.count, 1) : raw.count, kind, bytes);
  if (raw.isSplat)
    for (int64_t i = 1; i < raw.count; ++i)
      std::memcpy(bytes + i * size, bytes, size);
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
