//===- Fp8Cast.cpp - Weights and activations in 8-bit floats --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainRounding.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "quant-opt/Transforms/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_FP8CASTPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

static bool isFloat8(Type type) { return isa<Float8E4M3FNType, Float8E5M2Type>(type); }

/// A plan of this method for codes of another kind is a slip that must not pass as FP8.
static LogicalResult checkPlan(linalg::LinalgOp op) {
  auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
  if (!plan || plan.getMethod() != "fp8")
    return success();
  for (lowp::SchemeInterface scheme : {plan.getWeight(), plan.getInput()})
    if (scheme && !isFloat8(scheme.getStorageType()))
      return op.emitOpError() << "at site '" << plan.getSite().getValue() << "' has the method fp8 but the scheme "
                              << scheme << "; plan f8E4M3FN or f8E5M2, or the method rtn";
  return success();
}

namespace {
struct Fp8Cast : quantopt::impl::Fp8CastPassBase<Fp8Cast> {
  using Fp8CastPassBase::Fp8CastPassBase;

  void runOnOperation() override {
    WalkResult checked = getOperation().walk([](linalg::LinalgOp op) { return WalkResult(checkPlan(op)); });
    PlainRoundingOptions options{/*passName=*/"fp8-cast", /*method=*/"fp8"};
    options.inputMargin = inputMargin;
    if (checked.wasInterrupted() || failed(roundPlainly(getOperation(), options)))
      signalPassFailure();
  }
};
} // namespace
