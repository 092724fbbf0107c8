//===- ConvertLowPToNVVM.cpp - lowp operations to kernel launches ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Chooses a kernel for each lowp.quantized_matmul and each int8 lowp.quantize, and launches it on buffers.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Conversion/Passes.h"

#include "Kernels.h"

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

static RankedTensorType tensorType(Value value) { return cast<RankedTensorType>(value.getType()); }

//===----------------------------------------------------------------------===//
// Launches
//===----------------------------------------------------------------------===//

namespace {

/// Emits the launches of one function.
class Launcher {
public:
  Launcher(ModuleOp module, Operation *before) : module(module), b(before->getLoc(), before) {}

  Value index(int64_t value) { return arith::ConstantIndexOp::create(b, value); }
  Value length(Value tensor, int64_t dim) { return tensor::DimOp::create(b, tensor, dim); }
  /// A length as a kernel takes it.
  Value asArgument(Value length) { return arith::IndexCastOp::create(b, b.getI32Type(), length); }
  Value ceilDiv(Value value, int64_t divisor) { return arith::CeilDivUIOp::create(b, value, index(divisor)); }
  Value product(Value a, Value c) { return arith::MulIOp::create(b, a, c); }

  Value read(Value tensor) {
    RankedTensorType type = tensorType(tensor);
    auto buffer = MemRefType::get(type.getShape(), type.getElementType());
    return bufferization::ToBufferOp::create(b, buffer, tensor, /*read_only=*/true);
  }
  /// A fresh buffer of a result whose dynamic lengths are those of `like`, in order.
  Value allocate(RankedTensorType type, ValueRange dynamicLengths) {
    return memref::AllocOp::create(b, MemRefType::get(type.getShape(), type.getElementType()), dynamicLengths);
  }
  Value asTensor(Value buffer, Type type) {
    return bufferization::ToTensorOp::create(b, type, buffer, /*restrict=*/true);
  }

  template <typename Kernel>
  void launch(const Kernel &kernel, ArrayRef<Value> grid, int64_t threads, int64_t sharedBytes, ValueRange arguments) {
    std::string name = kernel.getName();
    if (!module.lookupSymbol(name))
      kernel.build(module);
    auto symbol = SymbolRefAttr::get(b.getContext(), name, FlatSymbolRefAttr::get(b.getContext(), name));
    Value one = index(1);
    Value bytes = sharedBytes ? Value(arith::ConstantIntOp::create(b, b.getI32Type(), sharedBytes)) : Value();
    gpu::LaunchFuncOp::create(b, symbol, gpu::KernelDim3{grid[0], grid.size() > 1 ? grid[1] : one, one},
                              gpu::KernelDim3{index(threads), one, one}, bytes, arguments);
  }

private:
  ModuleOp module;
  ImplicitLocOpBuilder b;
};

} // namespace

//===----------------------------------------------------------------------===//
// lowp.quantized_matmul
//===----------------------------------------------------------------------===//

static TileLoad chooseLoad(int64_t k) {
  return ShapedType::isDynamic(k) || k % 16 != 0 ? TileLoad::Bytes : TileLoad::Async;
}

static void convertMatmul(ModuleOp module, QuantizedMatmulOp op, const MatmulSchedule &schedule) {
  int64_t rhsK = op.getRhsReductionDim();
  MatmulKernel kernel;
  kernel.result = tensorType(op.getResult()).getElementType();
  // Either operand may know k.
  int64_t k = tensorType(op.getLhs()).getDimSize(1);
  if (ShapedType::isDynamic(k))
    k = tensorType(op.getRhs()).getDimSize(rhsK);
  kernel.lhsLoad = chooseLoad(k);
  kernel.rhsLoad = op.getTransposedRhs() ? TileLoad::Across : chooseLoad(k);
  kernel.lhsScalePerRow = tensorType(op.getLhsScale()).getDimSize(0) != 1;
  kernel.rhsScalePerRow = tensorType(op.getRhsScale()).getDimSize(1 - rhsK) != 1;
  kernel.hasBias = bool(op.getBias());
  kernel.schedule = schedule;

  Launcher launcher(module, op);
  Value m = launcher.length(op.getLhs(), 0), n = launcher.length(op.getRhs(), 1 - rhsK);
  SmallVector<Value> dynamic;
  RankedTensorType type = tensorType(op.getResult());
  if (type.isDynamicDim(0))
    dynamic.push_back(m);
  if (type.isDynamicDim(1))
    dynamic.push_back(n);
  Value out = launcher.allocate(type, dynamic);
  SmallVector<Value> arguments = {launcher.read(op.getLhs()), launcher.read(op.getRhs()),
                                  launcher.read(op.getLhsScale()), launcher.read(op.getRhsScale())};
  if (op.getBias())
    arguments.push_back(launcher.read(op.getBias()));
  arguments.append(
      {out, launcher.asArgument(m), launcher.asArgument(n), launcher.asArgument(launcher.length(op.getLhs(), 1))});
  launcher.launch(kernel, {launcher.ceilDiv(m, schedule.tileM), launcher.ceilDiv(n, schedule.tileN)},
                  schedule.getThreads(), schedule.getSharedBytes(), arguments);
  op.getResult().replaceAllUsesWith(launcher.asTensor(out, type));
  op->erase();
}

//===----------------------------------------------------------------------===//
// lowp.quantize
//===----------------------------------------------------------------------===//

/// Empty when a kernel exists for `op`; else why none does.
static std::string refuseQuantize(QuantizeOp op) {
  RankedTensorType input = tensorType(op.getInput()), scale = tensorType(op.getScale());
  if (!tensorType(op.getResult()).getElementType().isInteger(8))
    return "the codes are not i8";
  if (op.getZeroPoint())
    return "codes with a zero point have no kernel";
  Type element = input.getElementType();
  if (!element.isF32() && !element.isF16() && !element.isBF16())
    return "the input is neither f32, f16 nor bf16";
  if (!scale.getElementType().isF32() || input.getRank() == 0)
    return "the scale is not f32 of rank 1 or more";
  if (llvm::all_of(scale.getShape(), [](int64_t length) { return length == 1; }))
    return "";
  if (scale.getShape().back() != 1 || scale.getShape().drop_back() != input.getShape().drop_back())
    return "only one scale a row, or one for all, has a kernel";
  return "";
}

/// The choose_params of the rows that `op` quantizes, when one kernel can do both.
static ChooseParamsOp getRowScale(QuantizeOp op) {
  auto choose = op.getScale().getDefiningOp<ChooseParamsOp>();
  if (!choose || choose.getInput() != op.getInput() || !choose.getScheme().isSymmetric() ||
      !choose.getScheme().getStorageType().isInteger(8))
    return nullptr;
  RankedTensorType scale = tensorType(choose.getScale()), input = tensorType(op.getInput());
  // One scale for everything needs a reduction over blocks unless there is one row.
  bool onePerRow = scale.getShape().drop_back() == input.getShape().drop_back();
  return onePerRow && scale.getShape().back() == 1 ? choose : nullptr;
}

static void convertQuantize(ModuleOp module, QuantizeOp op, int64_t threads) {
  ChooseParamsOp choose = getRowScale(op);
  RankedTensorType input = tensorType(op.getInput()), scale = tensorType(op.getScale());
  int64_t columns = input.getShape().back();
  QuantizeKernel kernel;
  kernel.input = input.getElementType();
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
  Value rows = launcher.index(1);
  for (Value length : ArrayRef(lengths).drop_back())
    rows = launcher.product(rows, length);
  SmallVector<Value> dynamicRows(dynamic);
  if (input.isDynamicDim(input.getRank() - 1))
    dynamicRows.pop_back();
  Value scaleBuffer = choose ? launcher.allocate(scale, dynamicRows) : launcher.read(op.getScale());
  Value codes = launcher.allocate(tensorType(op.getResult()), dynamic);
  launcher.launch(kernel, {rows}, threads, /*sharedBytes=*/0,
                  {launcher.read(op.getInput()), scaleBuffer, codes, launcher.asArgument(lengths.back())});
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
    MatmulSchedule schedule{tileM, tileN, tileK, stages, warpsM, warpsN};
    std::string broken = schedule.check();
    if (broken.empty() && (rowThreads < 32 || rowThreads > 1024 || rowThreads % 32 != 0))
      broken = "row-threads must be a multiple of 32 up to 1024";
    if (!broken.empty()) {
      emitError(module.getLoc()) << "convert-lowp-to-nvvm: " << broken;
      return signalPassFailure();
    }
    SmallVector<QuantizeOp> quantizes;
    SmallVector<QuantizedMatmulOp> matmuls;
    module.walk([&](Operation *op) {
      if (auto quantize = dyn_cast<QuantizeOp>(op))
        quantizes.push_back(quantize);
      if (auto matmul = dyn_cast<QuantizedMatmulOp>(op))
        matmuls.push_back(matmul);
    });
    for (QuantizeOp op : quantizes) {
      std::string reason = refuseQuantize(op);
      if (reason.empty())
        convertQuantize(module, op, rowThreads);
      else
        remark::missed(op.getLoc(), remark::RemarkOpts::name("NoKernel").category("convert-lowp-to-nvvm")) << reason;
    }
    for (QuantizedMatmulOp op : matmuls)
      convertMatmul(module, op, schedule);
    if (!module.getOps<gpu::GPUModuleOp>().empty())
      module->setAttr(gpu::GPUDialect::getContainerModuleAttrName(), UnitAttr::get(&getContext()));
  }
};
} // namespace
