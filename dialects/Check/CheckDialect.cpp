//===- CheckDialect.cpp - Registration and verifiers ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check/Check.h"
#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace quantopt::check;

#include "Check/CheckDialect.cpp.inc"

#define GET_OP_CLASSES
#include "Check/CheckOps.cpp.inc"

void CheckDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "Check/CheckOps.cpp.inc"
      >();
}

/// What both operations demand of their operands.
static LogicalResult verifyOperands(Operation *op, Value actual, Value expected, std::optional<ElementsAttr> constant) {
  if (bool(expected) == constant.has_value())
    return op->emitOpError() << "needs one expected value: a second operand, or a constant after 'is'";
  auto type = cast<ShapedType>(actual.getType());
  ShapedType other = expected ? cast<ShapedType>(expected.getType()) : constant->getShapedType();
  Type element = type.getElementType();
  if (!element.isIntOrIndexOrFloat() || (!element.isIndex() && element.getIntOrFloatBitWidth() > 64))
    return op->emitOpError() << "elements must be integers or floats of at most 64 bits, got " << element;
  if (other.getElementType() != element)
    return op->emitOpError() << "elements are " << element << " but the expected ones are " << other.getElementType()
                             << "; cast one of them first";
  if (failed(verifyCompatibleShape(type, other)))
    return op->emitOpError() << "shape of " << type << " does not fit the expected " << other;
  return success();
}

LogicalResult ExpectBitsOp::verify() { return verifyOperands(*this, getActual(), getExpected(), getConstant()); }

LogicalResult ExpectCloseOp::verify() {
  if (failed(verifyOperands(*this, getActual(), getExpected(), getConstant())))
    return failure();
  Type element = cast<ShapedType>(getActual().getType()).getElementType();
  if (!isa<FloatType>(element))
    return emitOpError() << "elements must be floats, got " << element << "; compare integers by check.expect_bits";
  for (auto [name, value] : {std::pair("atol", getAtol().convertToDouble()), {"rtol", getRtol().convertToDouble()}})
    if (!std::isfinite(value) || value < 0)
      return emitOpError() << name << " must be finite and not negative, got " << value;
  return success();
}
