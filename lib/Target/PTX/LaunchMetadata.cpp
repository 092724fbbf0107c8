//===- LaunchMetadata.cpp - How to launch the kernels ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names the buffers of each launch by where they come from, and spells lengths as expressions over argument shapes.
//
//===----------------------------------------------------------------------===//

#include "LaunchMetadata.h"

#include "Hopper/Hopper.h"
#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace quantopt;
namespace json = llvm::json;

namespace {

/// Describes the launches of one function.
class FunctionLaunches {
public:
  explicit FunctionLaunches(FunctionOpInterface function) : function(function) {}
  FailureOr<json::Object> describe(gpu::LaunchFuncOp op);

private:
  std::string nameOf(Value buffer);
  std::string nameOfResult(Value value);
  std::string expressionOf(Value value);
  json::Value lengthOf(Value value);
  json::Array triple(gpu::KernelDim3 sizes);
  json::Array shapeOf(Value buffer);
  json::Array conditionsOf(Operation *op);
  json::Object describeTensorMap(hopper::TensorMapOp op);
  FailureOr<json::Object> describeArgument(LLVM::LLVMFuncOp kernel, unsigned index, Value value, gpu::LaunchFuncOp op);

  FunctionOpInterface function;
  DenseMap<Value, std::string> names;
  unsigned temporaries = 0;
};

} // namespace

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// True for operations whose result is their first operand, seen in another form.
static bool isView(Operation *op) {
  return isa<bufferization::ToBufferOp, bufferization::ToTensorOp, tensor::CastOp, tensor::ExpandShapeOp,
             tensor::CollapseShapeOp, memref::CastOp, memref::ExpandShapeOp, memref::CollapseShapeOp>(op);
}

static Value getSource(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isView(op))
      break;
    value = op->getOperand(0);
  }
  return value;
}

/// "out0", ... when the function returns `value` or a view of it; else empty.
std::string FunctionLaunches::nameOfResult(Value value) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (user->hasTrait<OpTrait::ReturnLike>() && user->getParentOp() == function)
      return "out" + std::to_string(use.getOperandNumber());
    if (!isView(user))
      continue;
    std::string name = nameOfResult(user->getResult(0));
    if (!name.empty())
      return name;
  }
  return "";
}

std::string FunctionLaunches::nameOf(Value buffer) {
  Value source = getSource(buffer);
  auto [place, isNew] = names.try_emplace(source);
  if (!isNew)
    return place->second;
  std::string name;
  auto argument = dyn_cast<BlockArgument>(source);
  if (argument && argument.getOwner() == &function.getFunctionBody().front())
    name = "in" + std::to_string(argument.getArgNumber());
  else if (auto weight = source.getDefiningOp<lowp::WeightOp>())
    name = weight.getKey().getLeafReference().str();
  else if (source.getDefiningOp<memref::AllocOp>())
    name = nameOfResult(source);
  if (name.empty())
    name = "t" + std::to_string(temporaries++);
  return names[source] = name;
}

//===----------------------------------------------------------------------===//
// Lengths
//===----------------------------------------------------------------------===//

std::string FunctionLaunches::expressionOf(Value value) {
  Operation *op = value.getDefiningOp();
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return std::to_string(*constant);
  auto call = [&](StringRef name) {
    return (name + "(" + expressionOf(op->getOperand(0)) + ", " + expressionOf(op->getOperand(1)) + ")").str();
  };
  if (isa_and_nonnull<arith::IndexCastOp, arith::IndexCastUIOp>(op))
    return expressionOf(op->getOperand(0));
  if (isa_and_nonnull<arith::CeilDivUIOp, arith::CeilDivSIOp>(op))
    return call("ceildiv");
  if (isa_and_nonnull<arith::DivUIOp, arith::DivSIOp>(op))
    return call("div");
  if (isa_and_nonnull<arith::MulIOp>(op))
    return call("mul");
  if (isa_and_nonnull<arith::AddIOp>(op))
    return call("add");
  if (isa_and_nonnull<arith::MinUIOp, arith::MinSIOp>(op))
    return call("min");
  if (isa_and_nonnull<tensor::DimOp, memref::DimOp>(op))
    return "dim(" + nameOf(op->getOperand(0)) + ", " + expressionOf(op->getOperand(1)) + ")";
  // A number that other code computes: named like a buffer.
  return nameOf(value);
}

json::Value FunctionLaunches::lengthOf(Value value) {
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return *constant;
  return expressionOf(value);
}

json::Array FunctionLaunches::triple(gpu::KernelDim3 sizes) {
  return json::Array{lengthOf(sizes.x), lengthOf(sizes.y), lengthOf(sizes.z)};
}

json::Array FunctionLaunches::shapeOf(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  auto alloc = buffer.getDefiningOp<memref::AllocOp>();
  json::Array shape;
  unsigned dynamic = 0;
  for (auto [dim, length] : llvm::enumerate(type.getShape())) {
    if (!ShapedType::isDynamic(length))
      shape.push_back(length);
    else if (alloc)
      shape.push_back(lengthOf(alloc.getDynamicSizes()[dynamic++]));
    else
      shape.push_back("dim(" + nameOf(buffer) + ", " + std::to_string(dim) + ")");
  }
  return shape;
}

//===----------------------------------------------------------------------===//
// Launches
//===----------------------------------------------------------------------===//

template <typename T> static std::string print(T printable) {
  std::string text;
  llvm::raw_string_ostream(text) << printable;
  return text;
}

/// As docs/emulator.md names element types.
static std::string getTypeName(Type type) {
  return isa<Float8E4M3FNType>(type) ? "e4m3" : isa<Float8E5M2Type>(type) ? "e5m2" : print(type);
}

/// Shape, strides (in elements) and box with the contiguous dimension last.
json::Object FunctionLaunches::describeTensorMap(hopper::TensorMapOp op) {
  auto type = cast<MemRefType>(op.getBuffer().getType());
  json::Array strides{1};
  // Only the first length may be dynamic (verifier), and it is no factor of a stride.
  for (int64_t dim = type.getRank() - 1, stride = 1; dim > 0; --dim)
    strides.insert(strides.begin(), stride *= type.getDimSize(dim));
  return json::Object{{"tensormap", json::Object{{"of", nameOf(op.getBuffer())},
                                                 {"dtype", getTypeName(type.getElementType())},
                                                 {"shape", shapeOf(op.getBuffer())},
                                                 {"strides", std::move(strides)},
                                                 {"box", json::Array(op.getBox())},
                                                 {"swizzle", int64_t(op.getSwizzle())},
                                                 {"fill", "zero"}}}};
}

FailureOr<json::Object> FunctionLaunches::describeArgument(LLVM::LLVMFuncOp kernel, unsigned index, Value value,
                                                           gpu::LaunchFuncOp op) {
  if (auto integer = dyn_cast<IntegerType>(value.getType()))
    return json::Object{{"i" + std::to_string(integer.getWidth()), lengthOf(value)}};
  if (auto map = value.getDefiningOp<hopper::TensorMapOp>())
    return describeTensorMap(map);
  auto type = dyn_cast<MemRefType>(value.getType());
  if (!type || !type.getLayout().isIdentity()) {
    op.emitOpError() << "argument " << index << " of type " << value.getType()
                     << " has no form in launch metadata; pass integers and contiguous buffers";
    return failure();
  }
  bool onlyRead = bool(kernel.getArgAttr(index, LLVM::LLVMDialect::getReadonlyAttrName()));
  bool onlyWritten = bool(kernel.getArgAttr(index, LLVM::LLVMDialect::getWriteOnlyAttrName()));
  return json::Object{{onlyRead      ? "in"
                       : onlyWritten ? "out"
                                     : "inout",
                       nameOf(value)},
                      {"dtype", getTypeName(type.getElementType())},
                      {"shape", shapeOf(value)}};
}

/// What must hold for `op` to run: the conditions of the scf.ifs around it.
json::Array FunctionLaunches::conditionsOf(Operation *op) {
  json::Array conditions;
  while (auto choice = op->getParentOfType<scf::IfOp>()) {
    auto compare = choice.getCondition().getDefiningOp<arith::CmpIOp>();
    bool isThen = choice.getThenRegion().isAncestor(op->getParentRegion());
    if (compare && compare.getPredicate() == arith::CmpIPredicate::ule)
      conditions.push_back(
          ((isThen ? "le(" : "gt(") + expressionOf(compare.getLhs()) + ", " + expressionOf(compare.getRhs()) + ")"));
    else // a value that other code computes
      conditions.push_back((isThen ? "" : "not ") + nameOf(choice.getCondition()));
    op = choice;
  }
  return conditions;
}

FailureOr<json::Object> FunctionLaunches::describe(gpu::LaunchFuncOp op) {
  auto kernel = SymbolTable::lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(op, op.getKernel());
  if (!kernel) {
    op.emitOpError() << "kernel " << op.getKernel() << " is no llvm.func; lower its gpu.module first";
    return failure();
  }
  json::Array arguments;
  for (auto [index, value] : llvm::enumerate(op.getKernelOperands())) {
    FailureOr<json::Object> argument = describeArgument(kernel, index, value, op);
    if (failed(argument))
      return failure();
    arguments.push_back(std::move(*argument));
  }
  Value shared = op.getDynamicSharedMemorySize();
  json::Object launch;
  launch["function"] = function.getName();
  launch["kernel"] = op.getKernelName().getValue();
  launch["file"] = (op.getKernelModuleName().getValue() + ".ptx").str();
  launch["grid"] = triple(op.getGridSizeOperandValues());
  launch["block"] = triple(op.getBlockSizeOperandValues());
  launch["cluster"] = op.hasClusterSize() ? triple(op.getClusterSizeOperandValues()) : json::Array{1, 1, 1};
  launch["shared_bytes"] = shared ? lengthOf(shared) : json::Value(0);
  launch["args"] = std::move(arguments);
  json::Array conditions = conditionsOf(op);
  if (!conditions.empty())
    launch["when"] = std::move(conditions);
  if (Attribute schedule = op->getDiscardableAttr(lowp::LowPDialect::getScheduleAttrName()))
    launch["schedule"] = print(schedule);
  if (auto site = op->getAttrOfType<StringAttr>(lowp::LowPDialect::getSiteAttrName()))
    launch["site"] = site.getValue();
  return launch;
}

FailureOr<json::Array> quantopt::describeLaunches(ModuleOp module) {
  json::Array result;
  for (auto function : module.getOps<FunctionOpInterface>()) {
    FunctionLaunches launches(function);
    WalkResult walk = function->walk([&](gpu::LaunchFuncOp op) {
      FailureOr<json::Object> launch = launches.describe(op);
      if (failed(launch))
        return WalkResult::interrupt();
      result.push_back(std::move(*launch));
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      return failure();
  }
  return result;
}
