//===- LowPAttrs.cpp - Schemes, plans, external tensors -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

#include "LowP/LowPAttrInterfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "LowP/LowPAttrs.cpp.inc"

void LowPDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "LowP/LowPAttrs.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// SchemeAttr
//===----------------------------------------------------------------------===//

Type SchemeAttr::getStorageType() const { return getElement(); }
bool SchemeAttr::isSymmetric() const { return !getAsymmetric(); }
bool SchemeAttr::isDynamic() const { return getDynamic(); }

std::pair<double, double> SchemeAttr::getCodeRange() const {
  if (auto type = dyn_cast<IntegerType>(getElement())) {
    double half = double(int64_t(1) << (type.getWidth() - 1));
    return {-half, half - 1};
  }
  const llvm::fltSemantics &semantics = cast<FloatType>(getElement()).getFloatSemantics();
  double max = llvm::APFloat::getLargest(semantics).convertToDouble();
  return {-max, max};
}

std::pair<int64_t, int64_t> SchemeAttr::getBlockLengths() const {
  switch (getGranularity()) {
  case Granularity::Tensor:
    return {0, 0};
  case Granularity::Channel:
  case Granularity::Token:
    return {1, 0};
  case Granularity::Group:
    return {1, getGroupSize()};
  case Granularity::Block:
    return {getBlockRows(), getGroupSize()};
  }
  llvm_unreachable("granularity");
}

FailureOr<SmallVector<int64_t>> SchemeAttr::getScaleShape(ArrayRef<int64_t> shape, ArrayRef<int64_t> reduction,
                                                          std::string &reason) const {
  SmallVector<int64_t> result(shape);
  auto collapse = [&](ArrayRef<int64_t> dims) {
    for (int64_t dim : dims)
      result[dim] = 1;
  };
  switch (getGranularity()) {
  case Granularity::Tensor:
    return SmallVector<int64_t>(shape.size(), 1);
  case Granularity::Channel:
  case Granularity::Token:
    collapse(reduction);
    return result;
  case Granularity::Group: {
    if (reduction.size() != 1) {
      reason = "groups need exactly one reduction dimension";
      return failure();
    }
    int64_t length = shape[reduction[0]];
    if (ShapedType::isDynamic(length)) {
      reason = "groups need a reduction of static length";
      return failure();
    }
    if (length % getGroupSize() != 0) {
      reason = ("group size " + Twine(getGroupSize()) + " does not divide the reduction length " + Twine(length)).str();
      return failure();
    }
    result[reduction[0]] = length / getGroupSize();
    return result;
  }
  case Granularity::Block: {
    if (shape.size() != 2) {
      reason = "blocks need a tensor of rank 2";
      return failure();
    }
    const int64_t blocks[] = {getBlockRows(), getGroupSize()};
    for (auto [dim, block] : llvm::enumerate(blocks)) {
      if (ShapedType::isDynamic(shape[dim]) || shape[dim] % block != 0) {
        reason = ("block length " + Twine(block) + " does not divide dimension " + Twine(dim) + " of length " +
                  Twine(shape[dim]))
                     .str();
        return failure();
      }
      result[dim] = shape[dim] / block;
    }
    return result;
  }
  }
  llvm_unreachable("granularity");
}

/// `<i4, group = 64, asymmetric, dynamic>`; block is `block = RxC`.
Attribute SchemeAttr::parse(AsmParser &parser, Type) {
  Type element;
  int64_t groupSize = 0, blockRows = 0;
  bool asymmetric = false, dynamic = false;
  std::optional<Granularity> granularity;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parser.parseType(element))
    return {};
  while (succeeded(parser.parseOptionalComma())) {
    StringRef word;
    SMLoc wordLoc = parser.getCurrentLocation();
    if (parser.parseKeyword(&word))
      return {};
    if (word == "asymmetric") {
      asymmetric = true;
      continue;
    }
    if (word == "symmetric")
      continue;
    if (word == "dynamic") {
      dynamic = true;
      continue;
    }
    granularity = symbolizeGranularity(word);
    if (!granularity)
      return parser.emitError(wordLoc, "expected a granularity (tensor, channel, token, group, block), asymmetric or "
                                       "dynamic, got '")
                 << word << "'",
             Attribute();
    if (*granularity == Granularity::Group && (parser.parseEqual() || parser.parseInteger(groupSize)))
      return {};
    if (*granularity == Granularity::Block) {
      SmallVector<int64_t> dims;
      if (parser.parseEqual() || parser.parseDimensionList(dims, /*allowDynamic=*/false, /*withTrailingX=*/false))
        return {};
      if (dims.size() != 2)
        return parser.emitError(wordLoc, "a block has two lengths, rows x columns"), Attribute();
      blockRows = dims[0];
      groupSize = dims[1];
    }
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<SchemeAttr>(loc, parser.getContext(), element, granularity.value_or(Granularity::Tensor),
                                       groupSize, blockRows, asymmetric, dynamic);
}

void SchemeAttr::print(AsmPrinter &printer) const {
  printer << "<" << getElement() << ", " << stringifyGranularity(getGranularity());
  if (getGranularity() == Granularity::Group)
    printer << " = " << getGroupSize();
  if (getGranularity() == Granularity::Block)
    printer << " = " << getBlockRows() << "x" << getGroupSize();
  if (getAsymmetric())
    printer << ", asymmetric";
  if (getDynamic())
    printer << ", dynamic";
  printer << ">";
}

LogicalResult SchemeAttr::verify(llvm::function_ref<InFlightDiagnostic()> emitError, Type element,
                                 Granularity granularity, int64_t groupSize, int64_t blockRows, bool asymmetric,
                                 bool dynamic) {
  auto integer = dyn_cast<IntegerType>(element);
  bool isFloat8 = isa<Float8E4M3FNType, Float8E5M2Type>(element);
  if (!isFloat8 && !(integer && integer.isSignless() && integer.getWidth() >= 2 && integer.getWidth() <= 8))
    return emitError() << "element of a scheme must be i2 to i8, f8E4M3FN or f8E5M2, got " << element;
  if (asymmetric && isFloat8)
    return emitError() << "a float scheme has no zero point: drop 'asymmetric'";
  if ((granularity == Granularity::Group || granularity == Granularity::Block) && groupSize <= 0)
    return emitError() << "group size must be positive, got " << groupSize;
  if (granularity == Granularity::Block && blockRows <= 0)
    return emitError() << "block rows must be positive, got " << blockRows;
  if (granularity == Granularity::Token && !dynamic)
    return emitError() << "token scales are known only at run time: add 'dynamic'";
  return success();
}

//===----------------------------------------------------------------------===//
// PlanAttr
//===----------------------------------------------------------------------===//

LogicalResult PlanAttr::verify(llvm::function_ref<InFlightDiagnostic()> emitError, StringAttr site,
                               SchemeInterface weight, SchemeInterface input, StringAttr method) {
  if (site.empty())
    return emitError() << "a plan needs a site: reports and errors name the contraction by it";
  if (method.empty())
    return emitError() << "a plan needs a method: the name of what rounds the weight";
  if (weight.isDynamic())
    return emitError() << "a weight's scheme is static, its values are known: drop 'dynamic'";
  return success();
}
