//===- Scalars.h - Arithmetic inside a generic's body ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Short spellings, so that a formula in a builder reads as a formula.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_IMPORT_SCALARS_H
#define QUANTOPT_LIB_IMPORT_SCALARS_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace quantopt::importer {

/// f32 scalars at the builder's insertion point.
struct Scalars {
  mlir::OpBuilder &b;
  mlir::Location loc;

  mlir::Value constant(double x) const {
    return mlir::arith::ConstantOp::create(b, loc, b.getF32FloatAttr(static_cast<float>(x)));
  }
  mlir::Value add(mlir::Value x, mlir::Value y) const { return mlir::arith::AddFOp::create(b, loc, x, y); }
  mlir::Value sub(mlir::Value x, mlir::Value y) const { return mlir::arith::SubFOp::create(b, loc, x, y); }
  mlir::Value mul(mlir::Value x, mlir::Value y) const { return mlir::arith::MulFOp::create(b, loc, x, y); }
  mlir::Value div(mlir::Value x, mlir::Value y) const { return mlir::arith::DivFOp::create(b, loc, x, y); }
  mlir::Value neg(mlir::Value x) const { return mlir::arith::NegFOp::create(b, loc, x); }
  mlir::Value exp(mlir::Value x) const { return mlir::math::ExpOp::create(b, loc, x); }
  mlir::Value erf(mlir::Value x) const { return mlir::math::ErfOp::create(b, loc, x); }
  mlir::Value tanh(mlir::Value x) const { return mlir::math::TanhOp::create(b, loc, x); }
  mlir::Value rsqrt(mlir::Value x) const { return mlir::math::RsqrtOp::create(b, loc, x); }
  mlir::Value cos(mlir::Value x) const { return mlir::math::CosOp::create(b, loc, x); }
  mlir::Value sin(mlir::Value x) const { return mlir::math::SinOp::create(b, loc, x); }
  mlir::Value max(mlir::Value x, mlir::Value y) const { return mlir::arith::MaximumFOp::create(b, loc, x, y); }
};

} // namespace quantopt::importer

#endif // QUANTOPT_LIB_IMPORT_SCALARS_H
