//===- Lowering.cpp - Tensor functions to the LLVM dialect ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "LowP/LowP.h"
#include "LowerEffects.h"
#include "Runtime.h"
#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/BufferizationToMemRef/BufferizationToMemRef.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/MathToFuncs/MathToFuncs.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/ShapeToStandard/ShapeToStandard.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVMPass.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "quant-opt/Conversion/Passes.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

FailureOr<BoundaryType> execution::getBoundaryType(Type type) {
  BoundaryType boundary;
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    boundary.shape.assign(tensor.getShape().begin(), tensor.getShape().end());
  else if (isa<ShapedType>(type))
    return failure();
  Type element = getElementTypeOrSelf(type);
  FailureOr<ElementKind> kind =
      element.isIndex() ? FailureOr<ElementKind>(ElementKind::I64) : lowp::getElementKind(element);
  if (failed(kind))
    return failure();
  boundary.kind = *kind;
  return boundary;
}

//===----------------------------------------------------------------------===//
// The boundary: scalars as tensors, results into buffers of the caller
//===----------------------------------------------------------------------===//

static void wrapScalarArguments(func::FuncOp function) {
  Block &entry = function.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&entry);
  for (BlockArgument argument : entry.getArguments()) {
    if (isa<ShapedType>(argument.getType()))
      continue;
    auto tensor = RankedTensorType::get({}, argument.getType());
    argument.setType(tensor);
    auto extract = tensor::ExtractOp::create(builder, function.getLoc(), argument, ValueRange());
    argument.replaceAllUsesExcept(extract, extract);
  }
}

static void wrapScalarResults(func::ReturnOp op) {
  OpBuilder builder(op);
  for (OpOperand &operand : op->getOpOperands()) {
    Value value = operand.get();
    if (!isa<ShapedType>(value.getType()))
      operand.set(tensor::FromElementsOp::create(builder, op.getLoc(), RankedTensorType::get({}, value.getType()),
                                                 ValueRange(value)));
  }
}

static SmallVector<func::ReturnOp> getReturns(func::FuncOp function) {
  return llvm::to_vector(function.getBody().getOps<func::ReturnOp>());
}

static void updateType(func::FuncOp function) {
  SmallVector<func::ReturnOp> returns = getReturns(function);
  function.setType(FunctionType::get(function.getContext(), function.getBody().front().getArgumentTypes(),
                                     returns.front().getOperandTypes()));
}

/// Boundary types as the caller sees them, before narrow types become bytes.
static FailureOr<EntryInterface> describeEntry(func::FuncOp function) {
  EntryInterface interface;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    FailureOr<BoundaryType> boundary = getBoundaryType(type);
    if (failed(boundary))
      return function.emitError() << "argument " << i << " has type " << type << ", which cannot be passed in memory";
    interface.inputs.push_back(*boundary);
  }
  for (auto [i, type] : llvm::enumerate(function.getResultTypes())) {
    FailureOr<BoundaryType> boundary = getBoundaryType(type);
    if (failed(boundary))
      return function.emitError() << "result " << i << " has type " << type << ", which cannot be passed in memory";
    interface.results.push_back(*boundary);
  }
  return interface;
}

/// Casts that canonicalization left before a return hide a static shape.
static void dropReturnCasts(func::FuncOp function, EntryInterface &interface) {
  SmallVector<func::ReturnOp> returns = getReturns(function);
  if (returns.size() != 1)
    return;
  for (OpOperand &operand : returns.front()->getOpOperands()) {
    if (auto cast = operand.get().getDefiningOp<tensor::CastOp>();
        cast && isa<RankedTensorType>(cast.getSource().getType()))
      operand.set(cast.getSource());
    interface.results[operand.getOperandNumber()].shape.assign(
        llvm::cast<RankedTensorType>(operand.get().getType()).getShape());
  }
  updateType(function);
}

/// Hands a result whose shape is known only now to the runtime, which copies it.
static void emitTakeResult(OpBuilder &builder, func::FuncOp function, unsigned index, Value value) {
  Location loc = function.getLoc();
  auto type = cast<RankedTensorType>(value.getType());
  auto unranked = UnrankedMemRefType::get(type.getElementType(), 0);
  auto module = function->getParentOfType<ModuleOp>();
  std::string name = getTakeResultName(index);
  auto callee = module.lookupSymbol<func::FuncOp>(name);
  if (!callee) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    callee = func::FuncOp::create(builder, loc, name, builder.getFunctionType({builder.getI64Type(), unranked}, {}));
    callee.setPrivate();
    callee->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(), builder.getUnitAttr());
  }
  Value buffer = bufferization::ToBufferOp::create(
      builder, loc, bufferization::getMemRefTypeWithFullyDynamicLayout(type), value, /*read_only=*/true);
  Value erased = memref::CastOp::create(builder, loc, unranked, buffer);
  Value number = arith::ConstantIntOp::create(builder, loc, index, 64);
  func::CallOp::create(builder, loc, callee, ValueRange{number, erased});
}

static void returnThroughBuffers(func::FuncOp function, const EntryInterface &interface) {
  Block &entry = function.getBody().front();
  SmallVector<Value> outputs;
  for (auto [result, type] : llvm::zip(interface.results, function.getResultTypes())) {
    auto tensor = cast<RankedTensorType>(type);
    outputs.push_back(
        result.isStatic()
            ? Value(entry.addArgument(MemRefType::get(tensor.getShape(), tensor.getElementType()), function.getLoc()))
            : Value());
  }
  for (func::ReturnOp op : getReturns(function)) {
    OpBuilder builder(op);
    for (auto [i, value] : llvm::enumerate(op.getOperands())) {
      if (!outputs[i]) {
        emitTakeResult(builder, function, i, value);
        continue;
      }
      bufferization::MaterializeInDestinationOp::create(builder, function.getLoc(), TypeRange(), value, outputs[i],
                                                        /*restrict=*/true, /*writable=*/true);
    }
    op->setOperands({});
  }
  updateType(function);
  for (BlockArgument argument : entry.getArguments())
    if (isa<TensorType>(argument.getType()))
      function.setArgAttr(argument.getArgNumber(), bufferization::BufferizationDialect::kWritableAttrName,
                          BoolAttr::get(function.getContext(), false));
  function->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(), UnitAttr::get(function.getContext()));
}

/// A failed assertion must end the call, not the process.
static void convertAssertions(ModuleOp module, EntryInterface &interface) {
  SmallVector<cf::AssertOp> assertions;
  module.walk([&](cf::AssertOp op) { assertions.push_back(op); });
  if (assertions.empty())
    return;
  OpBuilder builder(module.getBodyRegion());
  Type i64 = builder.getI64Type();
  auto callee =
      func::FuncOp::create(builder, module.getLoc(), "quantopt_check", builder.getFunctionType({i64, i64}, {}));
  callee.setPrivate();
  for (cf::AssertOp op : assertions) {
    builder.setInsertionPoint(op);
    Value condition = arith::ExtUIOp::create(builder, op.getLoc(), i64, op.getArg());
    Value number = arith::ConstantIntOp::create(builder, op.getLoc(), interface.effects.assertions.size(), 64);
    func::CallOp::create(builder, op.getLoc(), callee, ValueRange{condition, number});
    interface.effects.assertions.push_back(op.getMsg().str());
    op.erase();
  }
}

//===----------------------------------------------------------------------===//
// Pipelines
//===----------------------------------------------------------------------===//

static void buildTensorPipeline(OpPassManager &pm) {
  pm.addPass(createLowerTosa());
  pm.addPass(createConvertShapeToStandardPass());
  pm.addPass(createConvertElementwiseToLinalgPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(memref::createResolveShapedTypeResultDimsPass());
  pm.addPass(createCanonicalizerPass());
}

static void buildBufferPipeline(OpPassManager &pm) {
  pm.addPass(createPrepareTensorsPass());
  pm.addPass(createFuseElementwisePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createPrepareTensorsPass());
  pm.addPass(bufferization::createEmptyTensorEliminationPass());
  bufferization::OneShotBufferizePassOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.functionBoundaryTypeConversion = bufferization::LayoutMapOption::IdentityLayoutMap;
  options.allowReturnAllocsFromLoops = true;
  pm.addPass(bufferization::createOneShotBufferizePass(options));
  bufferization::buildBufferDeallocationPipeline(pm, bufferization::BufferDeallocationPipelineOptions());
  pm.addPass(createConvertBufferizationToMemRefPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

static void buildLoopPipeline(OpPassManager &pm) {
  pm.addPass(createConvertLinalgToBlas());
  pm.addNestedPass<func::FuncOp>(createPrepareLoopsPass());
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addNestedPass<func::FuncOp>(createLoopInvariantCodeMotionPass());
  arith::ArithEmulateUnsupportedFloatsOptions floats;
  floats.sourceTypeStrs = {"bf16", "f16"};
  pm.addPass(arith::createArithEmulateUnsupportedFloats(floats));
  pm.addPass(math::createMathExtendToSupportedTypes());
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = true;
  pm.addPass(arith::createArithExpandOpsPass(expand));
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createConvertMathToFuncs());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createConvertMathToLibmPass());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
}

static LogicalResult runPipeline(ModuleOp module, function_ref<void(OpPassManager &)> build) {
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  build(pm);
  return pm.run(module);
}

/// Conversions leave what they do not know in place, so what is left is looked for.
static LogicalResult checkAllLowered(ModuleOp module) {
  WalkResult result = module.walk([&](Operation *op) {
    if (isa<ModuleOp>(op) || isa<LLVM::LLVMDialect>(op->getDialect()))
      return WalkResult::advance();
    op->emitError() << "no lowering of '" << op->getName() << "' to the CPU";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

FailureOr<EntryInterface> execution::lowerToLLVM(ModuleOp module) {
  auto function = module.lookupSymbol<func::FuncOp>(entryName);
  wrapScalarArguments(function);
  for (func::ReturnOp op : getReturns(function))
    wrapScalarResults(op);
  updateType(function);
  FailureOr<EntryInterface> interface = describeEntry(function);
  if (failed(interface) || failed(runPipeline(module, buildTensorPipeline)))
    return failure();
  dropReturnCasts(function, *interface);
  convertAssertions(module, *interface);
  if (failed(convertChecks(module, interface->effects)))
    return failure();
  if (failed(runPipeline(module, [](OpPassManager &pm) {
        pm.addPass(createConvertLowPToLinalg());
        pm.addPass(createCanonicalizerPass());
        pm.addPass(createCSEPass());
      })))
    return failure();
  returnThroughBuffers(function, *interface);
  passCheckedValues(module);
  if (failed(runPipeline(module, buildBufferPipeline)))
    return failure();
  convertLaunches(module, interface->effects);
  if (failed(runPipeline(module, buildLoopPipeline)) || failed(checkAllLowered(module)))
    return failure();
  return interface;
}
