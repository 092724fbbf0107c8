//===- LinalgToBlas.cpp - Contractions and softmax to runtime calls -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "quant-opt/Conversion/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_CONVERTLINALGTOBLAS
#include "quant-opt/Conversion/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;

namespace {

/// What a runtime call needs to know of one buffer.
struct Buffer {
  Value address; ///< of its first element, as index
  SmallVector<OpFoldResult> sizes, strides;
};

/// Emits calls at one place of a function.
class CallEmitter {
public:
  CallEmitter(Operation *op) : builder(op), loc(op->getLoc()), module(op->getParentOfType<ModuleOp>()) {
    function = op->getParentOfType<FunctionOpInterface>();
  }

  Value constant(int64_t value) { return arith::ConstantIndexOp::create(builder, loc, value); }
  Value materialize(OpFoldResult value) { return getValueOrCreateConstantIndexOp(builder, loc, value); }
  Buffer describe(Value memref);
  /// Stores `numbers` to stack memory and returns its address.
  Value storeLayout(ArrayRef<OpFoldResult> numbers);
  void call(StringRef name, ValueRange operands);

private:
  OpBuilder builder;
  Location loc;
  ModuleOp module;
  FunctionOpInterface function;
};

} // namespace

Buffer CallEmitter::describe(Value memref) {
  auto type = cast<MemRefType>(memref.getType());
  auto metadata = memref::ExtractStridedMetadataOp::create(builder, loc, memref);
  Buffer buffer;
  buffer.sizes = metadata.getConstifiedMixedSizes();
  buffer.strides = metadata.getConstifiedMixedStrides();
  Value base = memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, memref);
  Value bytes = arith::MulIOp::create(builder, loc, materialize(metadata.getConstifiedMixedOffset()),
                                      constant(type.getElementTypeBitWidth() / 8));
  buffer.address = arith::AddIOp::create(builder, loc, base, bytes);
  return buffer;
}

Value CallEmitter::storeLayout(ArrayRef<OpFoldResult> numbers) {
  auto type = MemRefType::get({static_cast<int64_t>(std::max<size_t>(numbers.size(), 1))}, builder.getIndexType());
  Value memory;
  {
    // In the entry block, so that a call in a loop does not grow the stack.
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&function.getFunctionBody().front());
    memory = memref::AllocaOp::create(builder, loc, type);
  }
  for (auto [i, number] : llvm::enumerate(numbers))
    memref::StoreOp::create(builder, loc, materialize(number), memory, constant(i));
  return memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, memory);
}

void CallEmitter::call(StringRef name, ValueRange operands) {
  auto callee = module.lookupSymbol<func::FuncOp>(name);
  if (!callee) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    SmallVector<Type> types(operands.getTypes());
    callee = func::FuncOp::create(builder, module.getLoc(), name, builder.getFunctionType(types, {}));
    callee.setPrivate();
  }
  func::CallOp::create(builder, loc, callee, operands);
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

/// Why `op` stays a loop nest is left in `reason`.
static bool isBlasContraction(linalg::LinalgOp op, std::string &reason) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1) {
    reason = "not two inputs and one output in memory";
    return false;
  }
  for (Value operand : op->getOperands())
    if (!getElementTypeOrSelf(operand.getType()).isF32() || !isa<MemRefType>(operand.getType())) {
      reason = "an operand is no f32 buffer";
      return false;
    }
  if (!linalg::isaContractionOpInterface(op)) {
    reason = "no contraction";
    return false;
  }
  return true;
}

/// True when the op before `op` fills its output with zero; that fill is then erased.
static bool eraseZeroFill(linalg::LinalgOp op) {
  Value output = op.getDpsInits()[0];
  for (Operation *previous = op->getPrevNode(); previous; previous = previous->getPrevNode()) {
    if (auto fill = dyn_cast<linalg::FillOp>(previous); fill && fill.getDpsInits()[0] == output) {
      auto constant = fill.getInputs()[0].getDefiningOp<arith::ConstantOp>();
      auto value = constant ? dyn_cast<FloatAttr>(constant.getValue()) : FloatAttr();
      // Minus zero, too: it is the neutral element of the sum.
      if (!value || !value.getValue().isZero())
        return false;
      fill.erase();
      return true;
    }
    if (!isMemoryEffectFree(previous) && !isa<memref::AllocOp>(previous))
      return false;
  }
  return false;
}

/// The stride of every loop in one operand: the sum over the dimensions that the loop indexes.
static LogicalResult appendStrides(CallEmitter &emitter, const Buffer &buffer, AffineMap map, unsigned numLoops,
                                   SmallVectorImpl<OpFoldResult> &layout, SmallVectorImpl<OpFoldResult> &sizes) {
  Builder builder(map.getContext());
  SmallVector<OpFoldResult> strides(numLoops, builder.getIndexAttr(0));
  for (auto [i, expression] : llvm::enumerate(map.getResults())) {
    auto dim = dyn_cast<AffineDimExpr>(expression);
    if (!dim)
      continue; // a constant 0: isaContractionOpInterface admits projected permutations only
    strides[dim.getPosition()] = buffer.strides[i];
    sizes[dim.getPosition()] = buffer.sizes[i];
  }
  layout.append(strides);
  return success();
}

static void convertContraction(linalg::LinalgOp op) {
  bool accumulate = !eraseZeroFill(op);
  CallEmitter emitter(op);
  unsigned numLoops = op.getNumLoops();
  SmallVector<OpFoldResult> sizes(numLoops), layout;
  SmallVector<Value> addresses;
  for (OpOperand &operand : op->getOpOperands()) {
    Buffer buffer = emitter.describe(operand.get());
    (void)appendStrides(emitter, buffer, op.getMatchingIndexingMap(&operand), numLoops, layout, sizes);
    addresses.push_back(buffer.address);
  }
  layout.insert(layout.begin(), sizes.begin(), sizes.end());
  Value layoutAddress = emitter.storeLayout(layout);
  emitter.call("quantopt_contract_f32", {emitter.constant(numLoops), layoutAddress, addresses[0], addresses[1],
                                         addresses[2], emitter.constant(accumulate)});
  op->erase();
}

//===----------------------------------------------------------------------===//
// Softmax
//===----------------------------------------------------------------------===//

static bool isRuntimeSoftmax(linalg::SoftmaxOp op) {
  auto type = dyn_cast<MemRefType>(op.getInput().getType());
  return type && type.getElementType().isF32() && static_cast<int64_t>(op.getDimension()) == type.getRank() - 1;
}

static void convertSoftmax(linalg::SoftmaxOp op) {
  CallEmitter emitter(op);
  Buffer in = emitter.describe(op.getInput()), out = emitter.describe(op.getOutput());
  SmallVector<OpFoldResult> layout(in.sizes);
  layout.append(in.strides);
  layout.append(out.strides);
  Value layoutAddress = emitter.storeLayout(layout);
  emitter.call("quantopt_softmax_f32", {emitter.constant(in.sizes.size()), layoutAddress, in.address, out.address});
  op.erase();
}

namespace {

struct LinalgToBlas : public quantopt::impl::ConvertLinalgToBlasBase<LinalgToBlas> {
  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> contractions;
    SmallVector<linalg::SoftmaxOp> softmaxes;
    getOperation().walk([&](Operation *op) {
      std::string reason;
      if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op); linalgOp && isBlasContraction(linalgOp, reason))
        contractions.push_back(linalgOp);
      else if (auto softmax = dyn_cast<linalg::SoftmaxOp>(op); softmax && isRuntimeSoftmax(softmax))
        softmaxes.push_back(softmax);
    });
    for (linalg::LinalgOp op : contractions)
      convertContraction(op);
    for (linalg::SoftmaxOp op : softmaxes)
      convertSoftmax(op);
  }
};

} // namespace
