//===- VerifyQuantized.cpp - Every plan was carried out -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Transforms/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_VERIFYQUANTIZEDPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {

class VerifyQuantized : public quantopt::impl::VerifyQuantizedPassBase<VerifyQuantized> {
  void runOnOperation() override {
    getOperation().walk([&](linalg::LinalgOp op) {
      auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
      if (plan && failed(verify(op, plan)))
        signalPassFailure();
    });
    getOperation().walk([&](FunctionOpInterface function) {
      for (Contraction &contraction : findContractions(function))
        if (!contraction.op->hasAttr(LowPDialect::getPlanAttrName()) &&
            !contraction.op->hasAttr(LowPDialect::getSkipAttrName())) {
          contraction.op->emitOpError() << "has neither lowp.plan nor lowp.skip; run quant-plan";
          signalPassFailure();
        }
    });
    markAllAnalysesPreserved();
  }

  /// Type of the codes that an operand is dequantized from, behind views; null when it is not.
  static Type getCodeType(Value operand) {
    auto dequantize = getViewSource(operand).getDefiningOp<lowp::DequantizeOp>();
    return dequantize ? getElementTypeOrSelf(dequantize.getInput().getType()) : Type();
  }

  /// They describe the float input of the stage before: whoever read them here would be misled.
  static LogicalResult verifyNoStatistics(linalg::LinalgOp op, lowp::PlanAttr plan) {
    if (!op->hasAttr(LowPDialect::getStatsAttrName()))
      return success();
    return op.emitOpError() << "at site '" << plan.getSite().getValue()
                            << "' still has lowp.stats; the pass that carries out a plan drops them";
  }

  static LogicalResult verify(linalg::LinalgOp op, lowp::PlanAttr plan) {
    Type codes[2] = {getCodeType(op->getOperand(0)), getCodeType(op->getOperand(1))};
    Type weight = plan.getWeight().getStorageType();
    Type input = plan.getInput() ? plan.getInput().getStorageType() : Type();
    for (int i : {0, 1})
      if (codes[i] == weight && (!input || codes[1 - i] == input))
        return verifyNoStatistics(op, plan);
    if (codes[0] != weight && codes[1] != weight)
      return op.emitOpError() << "at site '" << plan.getSite().getValue() << "' is planned for a weight of " << weight
                              << ", but no operand is dequantized from it; run a pass of the method "
                              << plan.getMethod();
    return op.emitOpError() << "at site '" << plan.getSite().getValue() << "' is planned for an input of " << input
                            << ", but no operand is dequantized from it";
  }
};

} // namespace
