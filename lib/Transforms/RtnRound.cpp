//===- RtnRound.cpp - Rounds weights to nearest ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Transforms/Passes.h"
#include "quant-opt/Transforms/QuantizedWeight.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantopt {
#define GEN_PASS_DEF_RTNROUNDPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {

class RtnRound : public quantopt::impl::RtnRoundPassBase<RtnRound> {
public:
  using RtnRoundPassBase::RtnRoundPassBase;

  void runOnOperation() override {
    QuantizedIRBuilder ir(&getContext());
    std::vector<Contraction> contractions;
    getOperation().walk([&](FunctionOpInterface function) {
      for (Contraction &contraction : findContractions(function))
        contractions.push_back(std::move(contraction));
    });
    for (Contraction &contraction : contractions) {
      auto plan = contraction.op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
      if (plan && plan.getMethod() == "rtn" && failed(round(contraction, plan, ir)))
        return signalPassFailure();
    }
    ir.eraseDeadViews();
  }

private:
  /// Weights that were rounded before, by their dequantized value: their error.
  llvm::DenseMap<Value, double> errors;

  LogicalResult round(const Contraction &contraction, lowp::PlanAttr plan, QuantizedIRBuilder &ir) {
    linalg::LinalgOp op = contraction.op;
    if (plan.getInput() && !plan.getInput().isDynamic())
      return op.emitOpError() << "at site '" << contraction.site << "': a static input scheme needs statistics, which "
                              << "the method \"rtn\" has none of; add 'dynamic'";
    lowp::SchemeInterface scheme = plan.getWeight();
    FailureOr<Value> dequantized = ir.lookup(contraction, scheme);
    if (!*dequantized) {
      std::string skipReason;
      dequantized = contraction.sourceKind == WeightSourceKind::Argument ||
                            contraction.sourceKind == WeightSourceKind::Computed
                        ? ir.quantizeWeightAtRunTime(contraction, scheme)
                        : roundNow(contraction, scheme, ir, skipReason);
      if (!skipReason.empty()) {
        skip(contraction, skipReason);
        return success();
      }
      if (failed(dequantized))
        return failure();
    }
    ir.replaceWeight(contraction, *dequantized);
    auto remark = remark::passed(op.getLoc(), remark::RemarkOpts::name("rtn-round").category("round"));
    remark << remark::metric("site", contraction.site);
    if (auto error = errors.find(*dequantized); error != errors.end()) {
      op->setAttr("lowp.error", FloatAttr::get(Float64Type::get(&getContext()), error->second));
      remark << remark::metric("relativeError", error->second);
    }
    return plan.getInput() ? ir.quantizeInput(contraction, plan.getInput()) : success();
  }

  /// A weight with a NaN or infinity is skipped with a reason: there is no scale for it.
  FailureOr<Value> roundNow(const Contraction &contraction, lowp::SchemeInterface scheme, QuantizedIRBuilder &ir,
                            std::string &skipReason) {
    FailureOr<WeightMatrix> matrix = WeightMatrix::read(contraction, skipReason);
    if (failed(matrix))
      return failure();
    FailureOr<BlockScheme> blocks = matrix->getBlockScheme(scheme, skipReason);
    if (failed(blocks))
      return failure();
    llvm::Expected<QuantizedMatrix> quantized = roundMatrix(matrix->getRef(), *blocks, /*threads=*/0);
    if (!quantized) {
      skipReason = llvm::toString(quantized.takeError());
      return failure();
    }
    FailureOr<Value> dequantized = ir.materializeWeight(contraction, scheme, *matrix, *quantized);
    if (succeeded(dequantized))
      errors[*dequantized] = getRelativeError(*matrix, *quantized, blocks->range);
    return dequantized;
  }

  void skip(const Contraction &contraction, StringRef reason) {
    linalg::LinalgOp op = contraction.op;
    op->removeAttr(LowPDialect::getPlanAttrName());
    op->setAttr(LowPDialect::getSkipAttrName(), StringAttr::get(&getContext(), reason));
    remark::missed(op.getLoc(), remark::RemarkOpts::name("rtn-round").category("round"))
        << remark::reason("{0}", reason.str()) << remark::metric("site", contraction.site);
  }
};

} // namespace
