//===- Schemes.cpp - Schemes of checkpoints and of the IR -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Import/Schemes.h"

using namespace mlir;
using namespace quantopt;

static lowp::Granularity getGranularity(const TensorScheme &scheme) {
  if (scheme.blockRows == 0)
    return lowp::Granularity::Tensor;
  if (scheme.blockCols == 0)
    return scheme.dynamic ? lowp::Granularity::Token : lowp::Granularity::Channel;
  return scheme.blockRows == 1 ? lowp::Granularity::Group : lowp::Granularity::Block;
}

lowp::SchemeAttr quantopt::makeScheme(const TensorScheme &scheme, MLIRContext *context) {
  Type element = IntegerType::get(context, scheme.bits);
  if (scheme.kind == CodeKind::F8E4M3)
    element = Float8E4M3FNType::get(context);
  else if (scheme.kind == CodeKind::F8E5M2)
    element = Float8E5M2Type::get(context);
  lowp::Granularity granularity = getGranularity(scheme);
  bool hasBlockRows = granularity == lowp::Granularity::Block;
  return lowp::SchemeAttr::get(context, element, granularity, scheme.blockCols, hasBlockRows ? scheme.blockRows : 0,
                               !scheme.symmetric, scheme.dynamic);
}

TensorScheme quantopt::getTensorScheme(lowp::SchemeInterface scheme) {
  TensorScheme result;
  Type element = scheme.getStorageType();
  result.kind = element.isInteger()            ? CodeKind::Integer
                : isa<Float8E5M2Type>(element) ? CodeKind::F8E5M2
                                               : CodeKind::F8E4M3;
  result.bits = element.getIntOrFloatBitWidth();
  result.symmetric = scheme.isSymmetric();
  result.dynamic = scheme.isDynamic();
  std::tie(result.blockRows, result.blockCols) = scheme.getBlockLengths();
  return result;
}
