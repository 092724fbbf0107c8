//===- HopperOps.cpp - Rules of the hopper operations ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Hopper/Hopper.h"

using namespace mlir;
using namespace quantopt::hopper;

#define GET_OP_CLASSES
#include "Hopper/HopperOps.cpp.inc"

//===----------------------------------------------------------------------===//
// wgmma
//===----------------------------------------------------------------------===//

static bool isFp8(MatrixElement element) { return element == MatrixElement::E4M3 || element == MatrixElement::E5M2; }
static bool isInt8(MatrixElement element) { return element == MatrixElement::S8 || element == MatrixElement::U8; }

std::string quantopt::hopper::checkWgmmaColumns(int64_t n, bool isInteger) {
  if (n < 8 || n > 256 || n % 8 != 0)
    return "wgmma computes a multiple of 8 columns up to 256, not " + std::to_string(n);
  if (isInteger && n % 16 != 0 && n != 8 && n != 24)
    return "wgmma of integers computes 8, 24 or a multiple of 16 columns, not " + std::to_string(n);
  return "";
}

int64_t WgmmaOp::getK() { return isFp8(getAElement()) || isInt8(getAElement()) ? 32 : 16; }

LogicalResult WgmmaOp::verify() {
  MatrixElement a = getAElement(), b = getBElement();
  bool isFamily = (isFp8(a) && isFp8(b)) || (isInt8(a) && isInt8(b));
  if (!isFamily && a != b)
    return emitOpError() << "multiplies two 8-bit floats, two 8-bit integers, or two of one 16-bit type, got "
                         << stringifyMatrixElement(a) << " and " << stringifyMatrixElement(b);
  bool isDescriptor = getA().size() == 1 && getA()[0].getType().isInteger(64);
  bool isFragment = getA().size() == 4 && llvm::all_of(getA().getTypes(), [](Type t) { return t.isInteger(32); });
  if (!isDescriptor && !isFragment)
    return emitOpError("a must be one i64 descriptor or four i32 registers");
  ArrayRef<Type> sums = cast<LLVM::LLVMStructType>(getSums().getType()).getBody();
  bool isRight = llvm::all_of(sums, [&](Type type) { return isInteger() ? type.isInteger(32) : type.isF32(); });
  if (!isRight)
    return emitOpError() << "sums of " << stringifyMatrixElement(a) << " are " << (isInteger() ? "i32" : "f32")
                         << ", got " << getSums().getType();
  std::string broken = checkWgmmaColumns(getN(), isInteger());
  if (!broken.empty())
    return emitOpError() << broken;
  return success();
}

LogicalResult WgmmaWaitOp::inferReturnTypes(MLIRContext *, std::optional<Location>, ValueRange operands, DictionaryAttr,
                                            OpaqueProperties, RegionRange, SmallVectorImpl<Type> &types) {
  llvm::append_range(types, operands.getTypes());
  return success();
}

LogicalResult WgmmaWaitOp::verify() {
  if (int32_t(getPending()) < 0 || getPending() > 7)
    return emitOpError() << "waits until 0 to 7 groups are pending, got " << int32_t(getPending());
  if (getInputs().empty())
    return emitOpError("needs the sums of the groups that it ends");
  for (Type type : getInputs().getTypes())
    if (auto sums = dyn_cast<LLVM::LLVMStructType>(type))
      for (Type member : sums.getBody())
        if (!member.isF32() && !member.isInteger(32))
          return emitOpError() << "registers are f32 or i32, got " << type;
  return success();
}

//===----------------------------------------------------------------------===//
// Others
//===----------------------------------------------------------------------===//

LogicalResult Lop3Op::verify() {
  if (getTable() > 255)
    return emitOpError() << "the table has 8 bits, got " << getTable();
  return success();
}

LogicalResult TensorMapOp::verify() {
  auto buffer = cast<MemRefType>(getBuffer().getType());
  if (!buffer.getLayout().isIdentity() || buffer.getRank() < 1 || buffer.getRank() > 5)
    return emitOpError() << "needs a contiguous buffer of 1 to 5 dimensions, got " << getBuffer().getType();
  Type element = buffer.getElementType();
  if (!element.isIntOrFloat() || element.getIntOrFloatBitWidth() % 8 != 0)
    return emitOpError() << "elements must be whole bytes, got " << element;
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  ArrayRef<int64_t> box = getBox();
  if (int64_t(box.size()) != buffer.getRank())
    return emitOpError() << "box must have " << buffer.getRank() << " lengths, got " << box.size();
  for (int64_t length : box)
    if (length < 1 || length > 256)
      return emitOpError() << "lengths of a box are 1 to 256, got " << length;
  if (!llvm::is_contained({0u, 32u, 64u, 128u}, getSwizzle()))
    return emitOpError() << "swizzle must be 0, 32, 64 or 128, got " << getSwizzle();
  if (box.back() * bytes % 16 != 0 || (getSwizzle() && box.back() * bytes != getSwizzle()))
    return emitOpError() << "the last length of the box must be "
                         << (getSwizzle() ? std::to_string(getSwizzle()) : std::string("a multiple of 16"))
                         << " bytes, got " << box.back() * bytes;
  // Strides, in bytes: every dimension but the first contributes.
  for (int64_t dim = buffer.getRank() - 1, stride = bytes; dim > 0; --dim) {
    stride *= buffer.isDynamicDim(dim) ? 1 : buffer.getDimSize(dim);
    if (buffer.isDynamicDim(dim) || stride % 16 != 0)
      return emitOpError() << "strides must be known multiples of 16 bytes, got " << buffer;
  }
  return success();
}
