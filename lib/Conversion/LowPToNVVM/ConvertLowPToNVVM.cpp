//===- ConvertLowPToNVVM.cpp - lowp operations to kernel launches ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Chooses a kernel for each fused contraction and each 8-bit lowp.quantize, and launches it on buffers.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Conversion/Passes.h"

#include "Kernels.h"
#include "Launcher.h"

#include "Hopper/Hopper.h"
#include "quant-opt/Scheduling/MatmulSchedules.h"

#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Remarks.h"

namespace quantopt {
#define GEN_PASS_DEF_CONVERTLOWPTONVVM
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

//===----------------------------------------------------------------------===//
// lowp.quantized_matmul
//===----------------------------------------------------------------------===//

void quantopt::describeLaunch(gpu::LaunchFuncOp launch, Operation *op, ScheduleAttr schedule) {
  launch->setDiscardableAttr(LowPDialect::getScheduleAttrName(), schedule);
  if (Attribute site = op->getDiscardableAttr(LowPDialect::getSiteAttrName()))
    launch->setDiscardableAttr(LowPDialect::getSiteAttrName(), site);
}

/// The kernel of `op` by `schedule`, which is legal for it.
static MatmulKernel describeKernel(QuantizedMatmulOp op, ScheduleAttr schedule) {
  int64_t rhsK = op.getRhsReductionDim(), k = getReductionLength(op);
  bool isAligned = !ShapedType::isDynamic(k) && k % 16 == 0, isWgmma = schedule.getUnit() == MatrixUnit::Wgmma;
  RankedTensorType result = tensorType(op.getResult());
  MatmulKernel kernel;
  kernel.lhs = tensorType(op.getLhs()).getElementType();
  kernel.rhs = tensorType(op.getRhs()).getElementType();
  kernel.result = result.getElementType();
  kernel.lhsLoad = isWgmma ? TileLoad::Tma : isAligned ? TileLoad::Async : TileLoad::Bytes;
  kernel.rhsLoad = op.getTransposedRhs() ? TileLoad::Across : kernel.lhsLoad;
  kernel.lhsScalePerRow = tensorType(op.getLhsScale()).getDimSize(0) != 1;
  kernel.rhsScalePerRow = tensorType(op.getRhsScale()).getDimSize(1 - rhsK) != 1;
  if (std::optional<ScaleBlocks> blocks = getScaleBlocks(op)) {
    kernel.blockK = blocks->k;
    kernel.blockN = blocks->n;
  }
  kernel.addend = getAddend(op.getBias());
  int64_t columns = result.getDimSize(1);
  kernel.storesByTma = isWgmma && !kernel.result.isF32() && !ShapedType::isDynamic(columns) && columns % 8 == 0 &&
                       schedule.getTileN() % MatmulKernel::kStoreColumns == 0;
  kernel.schedule = schedule;
  return kernel;
}

static void convertMatmul(ModuleOp module, QuantizedMatmulOp op, ScheduleAttr schedule) {
  int64_t rhsK = op.getRhsReductionDim();
  MatmulKernel kernel = describeKernel(op, schedule);
  Launcher launcher(module, op);
  Value m = launcher.length(op.getLhs(), 0), n = launcher.length(op.getRhs(), 1 - rhsK);
  SmallVector<Value> dynamic;
  RankedTensorType type = tensorType(op.getResult());
  if (type.isDynamicDim(0))
    dynamic.push_back(m);
  if (type.isDynamicDim(1))
    dynamic.push_back(n);
  Value out = launcher.allocate(type, dynamic), lhs = launcher.read(op.getLhs()), rhs = launcher.read(op.getRhs());
  SmallVector<Value> arguments,
      grid{launcher.ceilDiv(m, schedule.getTileM()), launcher.ceilDiv(n, schedule.getTileN())};
  bool isWgmma = schedule.getUnit() == MatrixUnit::Wgmma;
  if (!isWgmma)
    arguments.append({lhs, rhs});
  arguments.append({launcher.read(op.getLhsScale()), launcher.read(op.getRhsScale())});
  if (op.getBias())
    arguments.push_back(launcher.read(op.getBias()));
  arguments.push_back(out);
  if (isWgmma) {
    arguments.append({launcher.map(lhs, {schedule.getTileM(), schedule.getTileK()}),
                      launcher.map(rhs, {schedule.getTileN(), schedule.getTileK()})});
    if (kernel.storesByTma)
      arguments.push_back(launcher.map(out, {MatmulKernel::kStoreRows, MatmulKernel::kStoreColumns}));
    // Blocks stay: no more of them than multiprocessors.
    grid = {launcher.least(launcher.product(grid[0], grid[1]), getHopperModel().multiprocessors)};
  }
  arguments.append(
      {launcher.asArgument(m), launcher.asArgument(n), launcher.asArgument(launcher.length(op.getLhs(), 1))});
  gpu::LaunchFuncOp launch = launcher.launch(kernel, grid, schedule.getThreads(), schedule.getSharedBytes(), arguments);
  describeLaunch(launch, op, schedule);
  op.getResult().replaceAllUsesWith(launcher.asTensor(out, type));
  op->erase();
}

//===----------------------------------------------------------------------===//
// lowp.quantize
//===----------------------------------------------------------------------===//

/// One scale for each row of `input`, or for equally long groups of a row of known length.
static bool isPerRow(RankedTensorType scale, RankedTensorType input) {
  int64_t groups = scale.getShape().back(), length = input.getShape().back();
  return scale.getRank() == input.getRank() && scale.getShape().drop_back() == input.getShape().drop_back() &&
         (groups == 1 || (!ShapedType::isDynamic(length) && groups > 0 && length % groups == 0));
}

/// Empty when a kernel exists for `op`; else why none does.
static std::string refuseQuantize(QuantizeOp op) {
  RankedTensorType input = tensorType(op.getInput()), scale = tensorType(op.getScale());
  Type code = tensorType(op.getResult()).getElementType();
  if (!code.isInteger(8) && !isa<Float8E4M3FNType, Float8E5M2Type>(code))
    return "the codes are neither i8 nor 8-bit floats";
  if (op.getZeroPoint())
    return "codes with a zero point have no kernel";
  Type element = input.getElementType();
  if (!element.isF32() && !element.isF16() && !element.isBF16())
    return "the input is neither f32, f16 nor bf16";
  if (!scale.getElementType().isF32() || input.getRank() == 0)
    return "the scale is not f32 of rank 1 or more";
  if (llvm::all_of(scale.getShape(), [](int64_t length) { return length == 1; }))
    return "";
  if (!isPerRow(scale, input))
    return "only one scale a row, a group of it, or one for all, has a kernel";
  return "";
}

/// The choose_params of the rows that `op` quantizes, when one kernel can do both.
static ChooseParamsOp getRowScale(QuantizeOp op) {
  auto choose = op.getScale().getDefiningOp<ChooseParamsOp>();
  if (!choose || choose.getInput() != op.getInput() || !choose.getScheme().isSymmetric() ||
      choose.getScheme().getStorageType() != tensorType(op.getResult()).getElementType())
    return nullptr;
  RankedTensorType scale = tensorType(choose.getScale()), input = tensorType(op.getInput());
  // One scale for everything needs a reduction over blocks unless there is one row.
  return isPerRow(scale, input) ? choose : nullptr;
}

static void convertQuantize(ModuleOp module, QuantizeOp op, int64_t threads) {
  ChooseParamsOp choose = getRowScale(op);
  RankedTensorType input = tensorType(op.getInput()), scale = tensorType(op.getScale());
  // A group of a row is quantized as a row of its own; the buffers are the same.
  int64_t groups = isPerRow(scale, input) ? scale.getShape().back() : 1, columns = input.getShape().back();
  if (groups > 1)
    columns /= groups;
  QuantizeKernel kernel;
  kernel.input = input.getElementType();
  kernel.code = tensorType(op.getResult()).getElementType();
  kernel.choosesScale = bool(choose);
  kernel.scalePerRow = choose || !llvm::all_of(scale.getShape(), [](int64_t length) { return length == 1; });
  kernel.vector = !ShapedType::isDynamic(columns) && columns % 4 == 0 ? 4 : 1;
  kernel.threads = threads;

  Launcher launcher(module, op);
  SmallVector<Value> lengths, dynamic;
  for (int64_t dim = 0; dim < input.getRank(); ++dim) {
    lengths.push_back(launcher.length(op.getInput(), dim));
    if (input.isDynamicDim(dim))
      dynamic.push_back(lengths.back());
  }
  Value rows = launcher.index(groups);
  for (Value length : ArrayRef(lengths).drop_back())
    rows = launcher.product(rows, length);
  Value rowLength = groups > 1 ? launcher.index(columns) : lengths.back();
  SmallVector<Value> dynamicRows(dynamic);
  if (input.isDynamicDim(input.getRank() - 1))
    dynamicRows.pop_back();
  Value scaleBuffer = choose ? launcher.allocate(scale, dynamicRows) : launcher.read(op.getScale());
  Value codes = launcher.allocate(tensorType(op.getResult()), dynamic);
  launcher.launch(kernel, {rows}, threads, /*sharedBytes=*/0,
                  {launcher.read(op.getInput()), scaleBuffer, codes, launcher.asArgument(rowLength)});
  op.getResult().replaceAllUsesWith(launcher.asTensor(codes, op.getResult().getType()));
  Value written = choose ? launcher.asTensor(scaleBuffer, scale) : Value();
  op->erase();
  if (!choose)
    return;
  // Users of the scale that stand before the launch keep the operation that computes it.
  DominanceInfo dominance(written.getDefiningOp()->getParentOp());
  choose.getScale().replaceUsesWithIf(written,
                                      [&](OpOperand &use) { return dominance.dominates(written, use.getOwner()); });
  if (choose->use_empty())
    choose->erase();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertLowPToNVVM : quantopt::impl::ConvertLowPToNVVMBase<ConvertLowPToNVVM> {
  using ConvertLowPToNVVMBase::ConvertLowPToNVVMBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (rowThreads < 32 || rowThreads > 1024 || rowThreads % 32 != 0) {
      emitError(module.getLoc()) << "convert-lowp-to-nvvm: row-threads must be a multiple of 32 up to 1024";
      return signalPassFailure();
    }
    SmallVector<QuantizeOp> quantizes;
    SmallVector<QuantizedMatmulOp> matmuls;
    SmallVector<MixedMatmulOp> mixed;
    module.walk([&](Operation *op) {
      if (auto quantize = dyn_cast<QuantizeOp>(op))
        quantizes.push_back(quantize);
      if (auto matmul = dyn_cast<QuantizedMatmulOp>(op))
        matmuls.push_back(matmul);
      if (auto matmul = dyn_cast<MixedMatmulOp>(op))
        mixed.push_back(matmul);
    });
    for (QuantizeOp op : quantizes) {
      std::string reason = refuseQuantize(op);
      if (reason.empty())
        convertQuantize(module, op, rowThreads);
      else
        remark::missed(op.getLoc(), remark::RemarkOpts::name("NoKernel").category("convert-lowp-to-nvvm")) << reason;
    }
    for (QuantizedMatmulOp op : matmuls) {
      SmallVector<ScheduleAttr> schedules = getSchedules(op);
      if (schedules.empty() && getScaleBlocks(op)) {
        remark::missed(op.getLoc(), remark::RemarkOpts::name("NoKernel").category("convert-lowp-to-nvvm"))
            << "block scales have no lowp.schedule; run schedule-kernels";
        continue;
      }
      if (schedules.empty())
        schedules.push_back(getPlainSchedule(&getContext()));
      std::string reason = refuseSchedule(op, schedules[0]);
      if (schedules.size() != 1)
        reason = "its kernels need one schedule for any number of tokens";
      if (!reason.empty()) {
        op.emitOpError() << "cannot follow lowp.schedule: " << reason;
        return signalPassFailure();
      }
      convertMatmul(module, op, schedules[0]);
    }
    for (MixedMatmulOp op : mixed)
      if (failed(convertMixedMatmul(module, op)))
        return signalPassFailure();
    if (!module.getOps<gpu::GPUModuleOp>().empty())
      module->setAttr(gpu::GPUDialect::getContainerModuleAttrName(), UnitAttr::get(&getContext()));
  }
};
} // namespace
