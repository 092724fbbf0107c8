//===- LowerEffects.cpp - Checks and launches to runtime calls ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerEffects.h"
#include "Check/Check.h"
#include "Hopper/Hopper.h"
#include "Jit.h"
#include "Outline.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

using ArgumentKind = KernelLaunch::Argument::Kind;

static func::FuncOp declare(ModuleOp module, StringRef name, TypeRange arguments) {
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  auto callee = func::FuncOp::create(builder, module.getLoc(), name, builder.getFunctionType(arguments, {}));
  callee.setPrivate();
  return callee;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static constexpr StringLiteral expectPrefix = "quantopt_expect_";

std::string execution::getExpectName(unsigned index) { return (expectPrefix + Twine(index)).str(); }

static LogicalResult convertCheck(ModuleOp module, Operation *op, Value actual, Value expected, Check check,
                                  Effects &effects) {
  Type element = cast<ShapedType>(actual.getType()).getElementType();
  FailureOr<ElementKind> kind =
      element.isIndex() ? FailureOr<ElementKind>(ElementKind::I64) : lowp::getElementKind(element);
  if (failed(kind))
    return op->emitError() << "elements of type " << element << " cannot be passed in memory";
  check.kind = *kind;
  check.origin = findOrigin(op->getLoc());
  func::FuncOp callee = declare(module, getExpectName(effects.checks.size()), {actual.getType(), expected.getType()});
  OpBuilder builder(op);
  func::CallOp::create(builder, op->getLoc(), callee, ValueRange{actual, expected});
  effects.checks.push_back(check);
  op->erase();
  return success();
}

LogicalResult execution::convertChecks(ModuleOp module, Effects &effects) {
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) {
    if (isa<check::ExpectBitsOp, check::ExpectCloseOp>(op))
      ops.push_back(op);
  });
  for (Operation *op : ops) {
    Check check;
    if (auto close = dyn_cast<check::ExpectCloseOp>(op)) {
      check.isBits = false;
      check.atol = close.getAtol().convertToDouble();
      check.rtol = close.getRtol().convertToDouble();
    }
    if (failed(convertCheck(module, op, op->getOperand(0), op->getOperand(1), check, effects)))
      return failure();
  }
  return success();
}

/// The value as an unranked memref.
static Value eraseShape(OpBuilder &builder, Location loc, Value value) {
  if (auto tensor = dyn_cast<RankedTensorType>(value.getType()))
    value = bufferization::ToBufferOp::create(builder, loc, bufferization::getMemRefTypeWithFullyDynamicLayout(tensor),
                                              value,
                                              /*read_only=*/true);
  auto type = cast<MemRefType>(value.getType());
  return memref::CastOp::create(builder, loc, UnrankedMemRefType::get(type.getElementType(), type.getMemorySpace()),
                                value);
}

void execution::passCheckedValues(ModuleOp module) {
  SmallVector<func::CallOp> calls;
  module.walk([&](func::CallOp call) {
    if (call.getCallee().starts_with(expectPrefix))
      calls.push_back(call);
  });
  for (func::CallOp call : calls) {
    std::string name = call.getCallee().str();
    module.lookupSymbol(name)->erase();
    OpBuilder builder(call);
    Location loc = call.getLoc();
    int64_t index = 0;
    StringRef(name).drop_front(expectPrefix.size()).getAsInteger(10, index);
    SmallVector<Value> operands = {arith::ConstantIntOp::create(builder, loc, index, 64)};
    for (Value operand : call.getOperands())
      operands.push_back(eraseShape(builder, loc, operand));
    func::FuncOp callee = declare(module, name, ValueRange(operands).getTypes());
    callee->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(), builder.getUnitAttr());
    func::CallOp::create(builder, loc, callee, operands);
    call.erase();
  }
}

//===----------------------------------------------------------------------===//
// Launches out of the host function
//===----------------------------------------------------------------------===//

static constexpr StringLiteral launchPrefix = "quantopt_launch_";
static constexpr StringLiteral moduleAttrName = "kernel_module", kernelAttrName = "kernel", kindsAttrName = "kinds",
                               boxesAttrName = "boxes", swizzlesAttrName = "swizzles";

bool execution::isLaunchCallee(Operation *op) {
  auto function = dyn_cast<func::FuncOp>(op);
  return function && function.getName().starts_with(launchPrefix);
}

Operation *execution::findLaunch(func::FuncOp function) {
  Operation *found = nullptr;
  function.walk([&](gpu::LaunchFuncOp op) {
    found = op;
    return WalkResult::interrupt();
  });
  return found;
}

/// What the kernel does with an argument; a buffer without a word about it is read and written.
static FailureOr<ArgumentKind> getArgumentKind(gpu::LaunchFuncOp op, unsigned index, Value value, Operation *kernel) {
  Type type = value.getType();
  if (type.isIntOrIndexOrFloat() && (type.isIndex() || type.getIntOrFloatBitWidth() <= 64))
    return ArgumentKind::Scalar;
  if (isa<hopper::TensorMapType>(type) && value.getDefiningOp<hopper::TensorMapOp>())
    return ArgumentKind::TensorMap;
  auto buffer = dyn_cast<MemRefType>(type);
  if (!buffer || !buffer.getLayout().isIdentity() || buffer.getElementTypeBitWidth() % 8 != 0)
    return op.emitError() << "kernel argument " << index << " of type " << type
                          << " cannot be passed to a device; pass numbers, contiguous buffers of whole bytes and "
                             "what hopper.tensor_map makes";
  auto function = dyn_cast_or_null<FunctionOpInterface>(kernel);
  if (!function)
    return ArgumentKind::InOut;
  if (function.getArgAttr(index, LLVM::LLVMDialect::getReadonlyAttrName()))
    return ArgumentKind::In;
  return function.getArgAttr(index, LLVM::LLVMDialect::getWriteOnlyAttrName()) ? ArgumentKind::Out
                                                                               : ArgumentKind::InOut;
}

/// Puts the buffers in the places of their tensor maps, and says how each is cut into boxes.
static void replaceTensorMaps(MutableArrayRef<Value> arguments, SmallVectorImpl<Attribute> &boxes,
                              SmallVectorImpl<int32_t> &swizzles) {
  for (Value &argument : arguments) {
    auto map = argument.getDefiningOp<hopper::TensorMapOp>();
    boxes.push_back(DenseI64ArrayAttr::get(argument.getContext(), map ? map.getBox() : ArrayRef<int64_t>()));
    swizzles.push_back(map ? int32_t(map.getSwizzle()) : 0);
    if (map)
      argument = map.getBuffer();
  }
}

static LogicalResult outlineLaunch(ModuleOp module, gpu::LaunchFuncOp op, Operation *from, unsigned number) {
  if (op.getAsyncToken() || !op.getAsyncDependencies().empty())
    return op.emitError() << "asynchronous launches are not run; use gpu.launch_func without tokens";
  Operation *kernel = SymbolTable::lookupNearestSymbolFrom(from, op.getKernel());
  SmallVector<int32_t> kinds;
  for (auto [index, value] : llvm::enumerate(op.getKernelOperands())) {
    FailureOr<ArgumentKind> kind = getArgumentKind(op, index, value, kernel);
    if (failed(kind))
      return failure();
    kinds.push_back(int32_t(*kind));
  }
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto zero = [&] { return arith::ConstantIndexOp::create(builder, loc, 0).getResult(); };
  auto asIndex = [&](Value value) -> Value {
    if (value.getType().isIndex())
      return value;
    return arith::IndexCastOp::create(builder, loc, builder.getIndexType(), value);
  };
  gpu::KernelDim3 grid = op.getGridSizeOperandValues(), block = op.getBlockSizeOperandValues();
  SmallVector<Value> operands = {grid.x, grid.y, grid.z, block.x, block.y, block.z};
  if (op.hasClusterSize()) {
    gpu::KernelDim3 cluster = op.getClusterSizeOperandValues();
    operands.append({cluster.x, cluster.y, cluster.z});
  } else {
    operands.append(3, zero());
  }
  for (Value &operand : operands)
    operand = asIndex(operand);
  operands.push_back(op.getDynamicSharedMemorySize() ? asIndex(op.getDynamicSharedMemorySize()) : zero());
  SmallVector<Value> arguments(op.getKernelOperands());
  SmallVector<Attribute> boxes;
  SmallVector<int32_t> swizzles;
  replaceTensorMaps(arguments, boxes, swizzles);
  llvm::append_range(operands, arguments);
  func::FuncOp callee = declare(module, (launchPrefix + Twine(number)).str(), ValueRange(operands).getTypes());
  callee->setAttr(moduleAttrName, op.getKernelModuleName());
  callee->setAttr(kernelAttrName, op.getKernelName());
  callee->setAttr(kindsAttrName, builder.getDenseI32ArrayAttr(kinds));
  callee->setAttr(boxesAttrName, builder.getArrayAttr(boxes));
  callee->setAttr(swizzlesAttrName, builder.getDenseI32ArrayAttr(swizzles));
  func::CallOp::create(builder, loc, callee, operands);
  op.erase();
  return success();
}

LogicalResult execution::outlineLaunches(func::FuncOp entry, Operation *from) {
  SmallVector<gpu::LaunchFuncOp> ops;
  entry.walk([&](gpu::LaunchFuncOp op) { ops.push_back(op); });
  if (ops.empty())
    return success();
  entry.getContext()->loadDialect<arith::ArithDialect, LLVM::LLVMDialect>();
  for (auto [number, op] : llvm::enumerate(ops))
    if (failed(outlineLaunch(entry->getParentOfType<ModuleOp>(), op, from, number)))
      return failure();
  // Their buffers have taken their places.
  SmallVector<hopper::TensorMapOp> maps;
  entry.walk([&](hopper::TensorMapOp map) { maps.push_back(map); });
  for (hopper::TensorMapOp map : maps)
    map.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// Launches into calls of the runtime
//===----------------------------------------------------------------------===//

/// Bytes of a contiguous buffer, as an index.
static Value emitByteCount(OpBuilder &builder, Location loc, Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  Value bytes = arith::ConstantIndexOp::create(builder, loc, type.getElementTypeBitWidth() / 8);
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    bytes = arith::MulIOp::create(builder, loc, bytes, memref::DimOp::create(builder, loc, buffer, dim));
  return bytes;
}

/// A number as an i64 whose low bytes are its own.
static Value emitBits(OpBuilder &builder, Location loc, Value value) {
  Type i64 = builder.getI64Type(), type = value.getType();
  if (type.isIndex())
    return arith::IndexCastOp::create(builder, loc, i64, value);
  if (isa<FloatType>(type))
    value = arith::BitcastOp::create(builder, loc, builder.getIntegerType(type.getIntOrFloatBitWidth()), value);
  if (value.getType() == i64)
    return value;
  return arith::ExtUIOp::create(builder, loc, i64, value);
}

/// The words of a launch, stored into an array of them whose address is returned as an index.
static Value emitWords(OpBuilder &builder, func::CallOp call, const Launch &launch) {
  Location loc = call.getLoc();
  SmallVector<Value> words;
  for (auto [index, operand] : llvm::enumerate(call.getOperands())) {
    if (!isa<MemRefType>(operand.getType())) {
      words.push_back(emitBits(builder, loc, operand));
      continue;
    }
    Value address = memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, operand);
    words.push_back(emitBits(builder, loc, address));
    words.push_back(emitBits(builder, loc, emitByteCount(builder, loc, operand)));
    size_t rank = launch.arguments[index - launchHeaderWords].boxes.box.size();
    for (size_t dim = 0; dim < rank; ++dim)
      words.push_back(emitBits(builder, loc, memref::DimOp::create(builder, loc, operand, int64_t(dim))));
  }
  auto type = MemRefType::get({int64_t(words.size())}, builder.getI64Type());
  Value array;
  {
    // Outside of loops, so that the stack does not grow.
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&call->getParentOfType<func::FuncOp>().getBody().front());
    array = memref::AllocaOp::create(builder, loc, type);
  }
  for (auto [i, word] : llvm::enumerate(words))
    memref::StoreOp::create(builder, loc, word, array,
                            ValueRange{arith::ConstantIndexOp::create(builder, loc, i).getResult()});
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, array);
}

static Launch describeLaunch(func::FuncOp callee) {
  Launch launch;
  launch.module = callee->getAttrOfType<StringAttr>(moduleAttrName).str();
  launch.kernel = callee->getAttrOfType<StringAttr>(kernelAttrName).str();
  ArrayRef<Type> types = callee.getArgumentTypes().drop_front(launchHeaderWords);
  ArrayRef<int32_t> kinds = callee->getAttrOfType<DenseI32ArrayAttr>(kindsAttrName).asArrayRef();
  auto boxes = callee->getAttrOfType<ArrayAttr>(boxesAttrName);
  ArrayRef<int32_t> swizzles = callee->getAttrOfType<DenseI32ArrayAttr>(swizzlesAttrName).asArrayRef();
  for (auto [index, type] : llvm::enumerate(types)) {
    Launch::Argument &argument = launch.arguments.emplace_back();
    argument.kind = ArgumentKind(kinds[index]);
    auto buffer = dyn_cast<MemRefType>(type);
    unsigned bits = buffer || type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
    argument.scalarBytes = (bits + 7) / 8;
    if (argument.kind != ArgumentKind::TensorMap)
      continue;
    FailureOr<ElementKind> element = lowp::getElementKind(buffer.getElementType());
    assert(succeeded(element) && "elements of tensor maps are whole bytes");
    argument.boxes = {*element, cast<DenseI64ArrayAttr>(boxes[index]).asArrayRef().vec(), unsigned(swizzles[index])};
  }
  return launch;
}

void execution::convertLaunches(ModuleOp module, Effects &effects) {
  SmallVector<func::CallOp> calls;
  module.walk([&](func::CallOp call) {
    if (call.getCallee().starts_with(launchPrefix))
      calls.push_back(call);
  });
  if (calls.empty())
    return;
  OpBuilder builder(module.getContext());
  Type i64 = builder.getI64Type();
  func::FuncOp runtime = declare(module, "quantopt_launch", {i64, builder.getIndexType()});
  for (func::CallOp call : calls) {
    auto callee = module.lookupSymbol<func::FuncOp>(call.getCallee());
    builder.setInsertionPoint(call);
    Value number = arith::ConstantIntOp::create(builder, call.getLoc(), effects.launches.size(), 64);
    Launch launch = describeLaunch(callee);
    Value words = emitWords(builder, call, launch);
    func::CallOp::create(builder, call.getLoc(), runtime, ValueRange{number, words});
    effects.launches.push_back(std::move(launch));
    call.erase();
  }
  for (auto function : llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
    if (isLaunchCallee(function))
      function.erase();
}
