//===- ScheduleKernels.cpp - How each kernel works ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Scheduling/MatmulSchedules.h"
#include "quant-opt/Transforms/Passes.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/FormatVariadic.h"

namespace quantopt {
#define GEN_PASS_DEF_SCHEDULEKERNELS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

static std::string describe(ScheduleAttr schedule) {
  std::string text;
  llvm::raw_string_ostream(text) << schedule;
  return text;
}

namespace {
struct ScheduleKernels : quantopt::impl::ScheduleKernelsBase<ScheduleKernels> {
  using ScheduleKernelsBase::ScheduleKernelsBase;

  void runOnOperation() override {
    if (rows < 1) {
      emitError(getOperation().getLoc()) << "schedule-kernels: rows must be at least 1, got " << int64_t(rows);
      return signalPassFailure();
    }
    getOperation()->walk([&](Operation *op) {
      if (op->hasAttr(LowPDialect::getScheduleAttrName()))
        return;
      Attribute schedule;
      if (auto matmul = dyn_cast<QuantizedMatmulOp>(op))
        schedule = choose(matmul);
      if (auto matmul = dyn_cast<MixedMatmulOp>(op))
        schedule = choose(matmul);
      if (schedule)
        op->setAttr(LowPDialect::getScheduleAttrName(), schedule);
    });
  }

private:
  static remark::RemarkOpts named(StringRef name) {
    return remark::RemarkOpts::name(name).category("schedule-kernels");
  }

  int64_t known(int64_t length) { return ShapedType::isDynamic(length) ? int64_t(rows) : length; }

  void reportChoice(Operation *op, ScheduleAttr schedule, const MatmulProblem &problem, Prediction prediction) {
    remark::passed(op->getLoc(), named("Scheduled"))
        << llvm::formatv("{0} for {1} x {2} x {3}, predicted {4:f1} us, bound by {5}", describe(schedule), problem.m,
                         problem.n, problem.k, prediction.microseconds, prediction.limit)
               .str();
  }

  /// For few tokens and for many, whichever there can be; null where no kernel exists.
  Attribute choose(MixedMatmulOp op) {
    std::string reason = chip == "sm_90a" ? refuseMixedMatmul(op) : "4-bit weights need sm_90a, the chip is " + chip;
    if (!reason.empty()) {
      remark::missed(op.getLoc(), named("NoKernel")) << reason;
      return nullptr;
    }
    auto lhs = cast<RankedTensorType>(op.getLhs().getType()), result = cast<RankedTensorType>(op.getResult().getType());
    MatmulProblem problem{known(lhs.getDimSize(0)), result.getDimSize(1), lhs.getDimSize(1),
                          result.getElementTypeBitWidth() / 8};
    const ChipModel &model = getHopperModel();
    SmallVector<Attribute> schedules;
    if (lhs.isDynamicDim(0) || problem.m <= kFewTokens) {
      MatmulProblem few = problem;
      few.m = std::min(problem.m, kFewTokens);
      ScheduleAttr stream = chooseStream(&getContext(), few, model);
      if (refuseSchedule(op, stream).empty()) {
        schedules.push_back(stream);
        reportChoice(op, stream, few, predictMixed(stream, few, model));
      }
    }
    if (schedules.empty() || lhs.isDynamicDim(0)) {
      auto [wgmma, prediction] = chooseMixedWgmma(&getContext(), problem, model, getMostTokens(op));
      schedules.push_back(wgmma);
      reportChoice(op, wgmma, problem, prediction);
    }
    return schedules.size() == 1 ? schedules[0] : Attribute(ArrayAttr::get(&getContext(), schedules));
  }

  ScheduleAttr choose(QuantizedMatmulOp op) {
    std::string reason = chip == "sm_90a" ? refuseWgmma(op) : "wgmma needs sm_90a, the chip is " + chip;
    std::optional<ScaleBlocks> blocks = getScaleBlocks(op);
    if (!reason.empty() && blocks) {
      remark::missed(op.getLoc(), named("NoKernel")) << reason;
      return nullptr;
    }
    if (!reason.empty()) {
      remark::missed(op.getLoc(), named("NoWgmma")) << "mma.sync is used, which is slower: " + reason;
      return getPlainSchedule(&getContext());
    }
    auto lhs = cast<RankedTensorType>(op.getLhs().getType()), result = cast<RankedTensorType>(op.getResult().getType());
    MatmulProblem problem{known(lhs.getDimSize(0)), known(result.getDimSize(1)), lhs.getDimSize(1),
                          result.getElementTypeBitWidth() / 8, blocks ? blocks->n : 0};
    auto [schedule, prediction] = chooseWgmma(&getContext(), problem, getHopperModel());
    reportChoice(op, schedule, problem, prediction);
    return schedule;
  }
};
} // namespace
