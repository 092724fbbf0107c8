//===- VerifyPlanned.cpp - Every contraction has a plan or a reason -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"

namespace quantopt {
#define GEN_PASS_DEF_VERIFYPLANNEDPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {

class VerifyPlanned : public quantopt::impl::VerifyPlannedPassBase<VerifyPlanned> {
  void runOnOperation() override {
    getOperation().walk([&](FunctionOpInterface function) {
      llvm::StringMap<Operation *> sites;
      auto check = [&](linalg::LinalgOp op, StringRef reason) {
        if (failed(verify(op, reason, sites)))
          signalPassFailure();
      };
      for (Contraction &contraction : findContractions(function, check))
        check(contraction.op, "");
    });
    markAllAnalysesPreserved();
  }

  /// `reason`: why the analysis takes `op` for no quantizable contraction; empty when it is one.
  LogicalResult verify(linalg::LinalgOp op, StringRef reason, llvm::StringMap<Operation *> &sites) {
    auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
    bool isSkipped = op->hasAttr(LowPDialect::getSkipAttrName());
    if (!plan && !isSkipped)
      return op.emitOpError() << "has neither lowp.plan nor lowp.skip; run quant-plan";
    if (!plan)
      return success();
    if (isSkipped)
      return op.emitOpError() << "has both lowp.plan and lowp.skip; drop one";
    if (!reason.empty())
      return op.emitOpError() << "has a lowp.plan but cannot be quantized: " << reason;
    auto [site, isNew] = sites.try_emplace(plan.getSite().getValue(), op);
    if (isNew)
      return success();
    auto diagnostic = op.emitOpError() << "has the site '" << plan.getSite().getValue() << "' of another contraction";
    diagnostic.attachNote(site->second->getLoc()) << "the other one";
    return diagnostic;
  }
};

} // namespace
