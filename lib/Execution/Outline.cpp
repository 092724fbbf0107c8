//===- Outline.cpp - Functions cut out to be compiled ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "Check/Check.h"
#include "Jit.h"
#include "LowerEffects.h"
#include "Lowering.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

func::FuncOp Outlined::getEntry() { return module->lookupSymbol<func::FuncOp>(entryName); }

//===----------------------------------------------------------------------===//
// Symbols and origins
//===----------------------------------------------------------------------===//

/// Points the location of each op under `clone` to the op under `original` that it is a copy of.
static void recordOrigins(Operation *original, Operation *clone, std::vector<Operation *> &origins) {
  SmallVector<Operation *> originals;
  original->walk<WalkOrder::PreOrder>([&](Operation *op) { originals.push_back(op); });
  size_t next = 0;
  clone->walk<WalkOrder::PreOrder>([&](Operation *op) {
    op->setLoc(getOriginLocation(op->getContext(), origins.size()));
    origins.push_back(originals[next++]);
  });
}

/// Copies what `root` refers to by symbol, and what that refers to, from the module of `from`.
static void cloneReferencedSymbols(Operation *root, Operation *from, Outlined &outlined) {
  Operation *table = SymbolTable::getNearestSymbolTable(from);
  SmallVector<Operation *> worklist = {root};
  OpBuilder builder = OpBuilder::atBlockEnd(outlined.module->getBody());
  while (!worklist.empty()) {
    std::optional<SymbolTable::UseRange> uses = SymbolTable::getSymbolUses(worklist.pop_back_val());
    if (!uses)
      continue;
    for (SymbolTable::SymbolUse use : *uses) {
      StringAttr name = use.getSymbolRef().getRootReference();
      Operation *original = SymbolTable::lookupSymbolIn(table, name);
      if (!original || SymbolTable::lookupSymbolIn(*outlined.module, name))
        continue;
      Operation *clone = builder.clone(*original);
      recordOrigins(original, clone, outlined.origins);
      if (auto symbol = dyn_cast<func::FuncOp>(clone))
        symbol.setPrivate();
      worklist.push_back(clone);
    }
  }
}

//===----------------------------------------------------------------------===//
// Constants to arguments
//===----------------------------------------------------------------------===//

/// Smaller constants stay in the code, where they fold.
static constexpr int64_t maxInlineBytes = 4096;

static bool isLargeConstant(Attribute value) {
  auto elements = dyn_cast_or_null<ElementsAttr>(value);
  auto type = elements ? dyn_cast<RankedTensorType>(elements.getType()) : RankedTensorType();
  if (!type || succeeded(getBoundaryType(type)) == false)
    return false;
  if (isa<DenseResourceElementsAttr>(elements))
    return true;
  size_t size = getElementSize(getBoundaryType(type)->kind);
  return !elements.isSplat() && type.getNumElements() * int64_t(size) > maxInlineBytes;
}

/// Loads of globals that nothing changes are constants.
static void inlineImmutableGlobals(ModuleOp module) {
  SmallVector<Operation *> loads;
  module.walk([&](Operation *op) {
    if (op->getNumResults() == 1 && isa<RankedTensorType>(op->getResult(0).getType()) && lowp::getLoadedGlobal(op))
      loads.push_back(op);
  });
  for (Operation *load : loads) {
    auto value = dyn_cast_or_null<ElementsAttr>(lowp::getConstantValue(load));
    if (!value || value.getType() != load->getResult(0).getType())
      continue;
    OpBuilder builder(load);
    auto constant = arith::ConstantOp::create(builder, load->getLoc(), value);
    load->replaceAllUsesWith(constant->getResults());
    load->erase();
  }
}

static LogicalResult readParameter(Operation *op, Outlined &outlined) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  FailureOr<BoundaryType> boundary = getBoundaryType(type);
  if (failed(boundary))
    return op->emitError() << "elements of type " << type.getElementType() << " cannot be passed in memory";
  std::string reason;
  FailureOr<WeightBuffer> buffer = lowp::readElements(op, boundary->kind, reason);
  if (failed(buffer))
    return op->emitError() << reason;
  auto owner = std::make_shared<WeightBuffer>(std::move(*buffer));
  outlined.parameters.push_back(HostTensor::wrap(
      type.getShape(), boundary->kind, std::shared_ptr<char>(owner, const_cast<char *>(owner->getBytes().data()))));
  if (auto weight = dyn_cast<lowp::WeightOp>(op))
    if (std::shared_ptr<WeightStore> store = lowp::getStore(op, weight.getKey()))
      outlined.weights.push_back({store, weight.getKey().getLeafReference().str()});
  return success();
}

/// Replaces weights and large constants of the entry by arguments and reads them.
static LogicalResult hoistConstants(Outlined &outlined) {
  func::FuncOp entry = outlined.getEntry();
  SmallVector<Operation *> constants;
  entry.walk([&](Operation *op) {
    auto constant = dyn_cast<arith::ConstantOp>(op);
    if (isa<lowp::WeightOp>(op) || (constant && isLargeConstant(constant.getValue())) ||
        (op->getName().getStringRef() == "tosa.const" && isLargeConstant(op->getAttr("values"))))
      constants.push_back(op);
  });
  DenseMap<Attribute, BlockArgument> known;
  for (Operation *op : constants) {
    Attribute identity = op->getAttrDictionary();
    BlockArgument &argument = known[identity];
    if (!argument) {
      if (failed(readParameter(op, outlined))) {
        return failure();
      }
      argument = entry.getBody().front().addArgument(op->getResult(0).getType(), entry.getLoc());
    }
    op->getResult(0).replaceAllUsesWith(argument);
    op->erase();
  }
  return success();
}

/// Names and plans do not change what is computed: equal functions compile once.
static void stripAnnotations(ModuleOp module) {
  module.walk([](Operation *op) {
    if (isLaunchCallee(op))
      return;
    for (NamedAttribute attribute : llvm::to_vector(op->getDiscardableAttrs()))
      op->removeDiscardableAttr(attribute.getName());
    if (auto function = dyn_cast<func::FuncOp>(op)) {
      function.removeArgAttrsAttr();
      function.removeResAttrsAttr();
    }
  });
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (isa<lowp::StoreOp>(op))
      op.erase();
}

/// What a check expects becomes a constant like any other.
static void expandCheckedConstants(ModuleOp module) {
  auto expand = [](auto op) {
    if (!op.getConstant())
      return;
    OpBuilder builder(op);
    Value expected = arith::ConstantOp::create(builder, op.getLoc(), cast<TypedAttr>(*op.getConstant()));
    op.getExpectedMutable().assign(expected);
    op.removeConstantAttr();
  };
  module.getContext()->loadDialect<arith::ArithDialect>();
  module.walk([&](check::ExpectBitsOp op) { expand(op); });
  module.walk([&](check::ExpectCloseOp op) { expand(op); });
}

static LogicalResult finish(Outlined &outlined, Operation *from) {
  func::FuncOp entry = outlined.getEntry();
  if (failed(outlineLaunches(entry, from)))
    return failure();
  cloneReferencedSymbols(entry, from, outlined);
  bool hasCalls = entry.walk([](func::CallOp) { return WalkResult::interrupt(); }).wasInterrupted();
  if (hasCalls) {
    PassManager pm(entry.getContext(), ModuleOp::getOperationName());
    pm.addPass(createInlinerPass());
    pm.addPass(createSymbolDCEPass());
    if (failed(pm.run(*outlined.module)))
      return failure();
  }
  inlineImmutableGlobals(*outlined.module);
  expandCheckedConstants(*outlined.module);
  if (failed(hoistConstants(outlined)))
    return failure();
  entry.setType(
      FunctionType::get(entry.getContext(), entry.getBody().front().getArgumentTypes(), entry.getResultTypes()));
  stripAnnotations(*outlined.module);
  return success();
}

//===----------------------------------------------------------------------===//
// Outlining
//===----------------------------------------------------------------------===//

FailureOr<Outlined> execution::outlineFunction(func::FuncOp function) {
  if (function.isExternal())
    return function.emitError() << "has no body to run";
  Outlined outlined;
  outlined.module = ModuleOp::create(function.getLoc());
  auto clone = cast<func::FuncOp>(OpBuilder::atBlockEnd(outlined.module->getBody()).clone(*function));
  recordOrigins(function, clone, outlined.origins);
  clone.setName(entryName);
  clone.setPublic();
  if (failed(finish(outlined, function)))
    return failure();
  return outlined;
}

FailureOr<Outlined> execution::outlineSlice(func::FuncOp function, ArrayRef<Value> inputs, ArrayRef<Value> outputs) {
  llvm::SmallPtrSet<Value, 16> known(inputs.begin(), inputs.end());
  llvm::SetVector<Operation *> ops;
  SmallVector<Value> worklist(outputs);
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (known.contains(value))
      continue;
    Operation *op = value.getDefiningOp();
    if (!op)
      return function.emitError() << "internal: a block argument is missing from the inputs of a segment";
    // Ops with regions also use what their regions read from outside.
    if (ops.insert(op))
      op->walk([&](Operation *inner) {
        for (Value operand : inner->getOperands())
          if (operand.getParentBlock() == op->getBlock())
            worklist.push_back(operand);
      });
  }
  SmallVector<Operation *> sorted(ops.getArrayRef());
  llvm::sort(sorted, [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });

  Outlined outlined;
  outlined.module = ModuleOp::create(function.getLoc());
  OpBuilder builder = OpBuilder::atBlockEnd(outlined.module->getBody());
  SmallVector<Type> inputTypes(ValueRange(inputs).getTypes()), outputTypes(ValueRange(outputs).getTypes());
  Location loc = getOriginLocation(function.getContext(), 0);
  outlined.origins.push_back(function);
  auto entry = func::FuncOp::create(builder, loc, entryName, builder.getFunctionType(inputTypes, outputTypes));
  Block *body = entry.addEntryBlock();
  builder.setInsertionPointToEnd(body);
  IRMapping mapping;
  mapping.map(inputs, body->getArguments());
  for (Operation *op : sorted)
    recordOrigins(op, builder.clone(*op, mapping), outlined.origins);
  SmallVector<Value> results;
  for (Value output : outputs)
    results.push_back(mapping.lookup(output));
  func::ReturnOp::create(builder, loc, results);
  if (failed(finish(outlined, function)))
    return failure();
  return outlined;
}

void execution::specializeArguments(func::FuncOp entry, ArrayRef<HostTensor> arguments) {
  entry.getContext()->loadDialect<tensor::TensorDialect>();
  Block &body = entry.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  for (auto [argument, tensor] : llvm::zip(body.getArguments(), arguments)) {
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    if (!type || type.hasStaticShape() || type.getRank() != int64_t(tensor.getShape().size()))
      continue;
    argument.setType(RankedTensorType::get(tensor.getShape(), type.getElementType(), type.getEncoding()));
    auto cast = tensor::CastOp::create(builder, entry.getLoc(), type, argument);
    argument.replaceAllUsesExcept(cast, cast);
  }
  entry.setType(FunctionType::get(entry.getContext(), body.getArgumentTypes(), entry.getResultTypes()));
}
