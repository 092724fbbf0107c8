//===- ConvertMixedMatmul.cpp - lowp.mixed_matmul to kernel launches ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launcher.h"
#include "MixedMatmul.h"

#include "quant-opt/Scheduling/MatmulSchedules.h"

#include "mlir/IR/Remarks.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

/// The kernel of `op` by `schedule`, which is legal for it.
static MixedMatmulKernel describeKernel(MixedMatmulOp op, ScheduleAttr schedule) {
  RankedTensorType result = tensorType(op.getResult());
  MixedMatmulKernel kernel;
  kernel.element = tensorType(op.getLhs()).getElementType();
  kernel.result = result.getElementType();
  kernel.groupSize = getGroupSize(op);
  kernel.hasZeros = bool(op.getZero());
  kernel.addend = getAddend(op.getBias());
  kernel.storesByTma = schedule.getUnit() == MatrixUnit::Wgmma && storesByTma(op);
  kernel.schedule = schedule;
  return kernel;
}

namespace {
/// Buffers that the kernels of one operation share.
struct Buffers {
  Value lhs, out, m;
  SmallVector<Value> read;
};
} // namespace

static void emitLaunch(Launcher &launcher, MixedMatmulOp op, ScheduleAttr schedule, const Buffers &buffers) {
  MixedMatmulKernel kernel = describeKernel(op, schedule);
  int64_t n = tensorType(op.getResult()).getDimSize(1), k = tensorType(op.getLhs()).getDimSize(1);
  SmallVector<Value> arguments(buffers.read), grid;
  arguments.append({buffers.out, launcher.map(buffers.lhs, {schedule.getTileN(), kBlockK})});
  if (kernel.storesByTma)
    arguments.push_back(launcher.map(buffers.out, {kernel.getStoreTokens(), kBlockRows}));
  arguments.append(
      {launcher.asArgument(buffers.m), launcher.asArgument(launcher.index(n)), launcher.asArgument(launcher.index(k))});
  int64_t cluster = 1;
  if (schedule.getUnit() == MatrixUnit::Stream) {
    cluster = schedule.getSplit();
    grid.push_back(launcher.index(int64_t(llvm::divideCeil(n, kBlockRows)) * cluster));
  } else {
    Value tiles = launcher.product(launcher.ceilDiv(buffers.m, schedule.getTileN()),
                                   launcher.index(llvm::divideCeil(n, schedule.getTileM())));
    grid.push_back(launcher.least(tiles, getHopperModel().multiprocessors));
  }
  int64_t shared = kernel.getSharedBytes(llvm::divideCeil(k, kBlockK));
  describeLaunch(launcher.launch(kernel, grid, schedule.getThreads(), shared, arguments, cluster), op, schedule);
}

/// Launches the first of `schedules` that computes as many tokens; the last one computes any number.
static void emitChoice(Launcher &launcher, MixedMatmulOp op, ArrayRef<ScheduleAttr> schedules, const Buffers &buffers) {
  if (schedules.size() == 1)
    return emitLaunch(launcher, op, schedules[0], buffers);
  launcher.ifAtMost(
      buffers.m, schedules[0].getTileN(), [&] { emitLaunch(launcher, op, schedules[0], buffers); },
      [&] { emitChoice(launcher, op, schedules.drop_front(), buffers); });
}

LogicalResult quantopt::convertMixedMatmul(ModuleOp module, MixedMatmulOp op) {
  SmallVector<ScheduleAttr> schedules = getSchedules(op);
  if (schedules.empty()) {
    std::string reason = refuseMixedMatmul(op);
    remark::missed(op.getLoc(), remark::RemarkOpts::name("NoKernel").category("convert-lowp-to-nvvm"))
        << (reason.empty() ? "it has no lowp.schedule; run schedule-kernels" : reason);
    return success();
  }
  int64_t rows = tensorType(op.getLhs()).getDimSize(0);
  for (ScheduleAttr schedule : schedules) {
    std::string reason = refuseSchedule(op, schedule);
    bool isForAny = schedule.getUnit() == MatrixUnit::Wgmma;
    if (reason.empty() && isForAny != (schedule == schedules.back()) &&
        (isForAny || ShapedType::isDynamic(rows) || rows > schedule.getTileN()))
      reason = "stream computes the tokens of its tile; end a list of schedules with one of wgmma";
    if (!reason.empty())
      return op.emitOpError() << "cannot follow lowp.schedule: " << reason;
  }
  Launcher launcher(module, op);
  RankedTensorType type = tensorType(op.getResult());
  Buffers buffers;
  buffers.m = launcher.length(op.getLhs(), 0);
  buffers.out = launcher.allocate(type, type.isDynamicDim(0) ? ValueRange(buffers.m) : ValueRange());
  buffers.lhs = launcher.read(op.getLhs());
  buffers.read = {launcher.read(op.getRhs()), launcher.read(op.getScale())};
  for (Value optional : {op.getZero(), op.getBias()})
    if (optional)
      buffers.read.push_back(launcher.read(optional));
  emitChoice(launcher, op, schedules, buffers);
  op.getResult().replaceAllUsesWith(launcher.asTensor(buffers.out, type));
  op->erase();
  return success();
}
