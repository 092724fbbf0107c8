//===- PlanOnly.cpp - What a pipeline would do, before it does it ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlanOnly.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Checkpoint/WeightStore.h"
#include "quant-opt/Report/Report.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

//===----------------------------------------------------------------------===//
// The plan as a table
//===----------------------------------------------------------------------===//

/// Bytes of packed elements.
static uint64_t getBytes(ArrayRef<int64_t> shape, uint64_t width) {
  return llvm::divideCeil(uint64_t(ShapedType::getNumElements(shape)) * width, 8);
}

/// Bytes of the float weight where it lies: a store may hold it in a narrower type than the IR computes with.
static uint64_t getStoredBytes(const Contraction &contraction) {
  if (auto weight = contraction.weightSource.getDefiningOp<lowp::WeightOp>())
    if (auto store = lowp::getStore(weight, weight.getKey()))
      if (const WeightInfo *info = store->lookup(weight.getKey().getLeafReference().getValue()))
        return info->storedBytes;
  auto type = cast<RankedTensorType>(contraction.weightSource.getType());
  return getBytes(type.getShape(), type.getElementTypeBitWidth());
}

/// Codes, scales in f32 and zero points as a rounding pass stores them; what has no scale of a fixed shape stays.
static uint64_t getPlannedBytes(const Contraction &contraction, lowp::SchemeInterface scheme, uint64_t before) {
  auto shape = cast<RankedTensorType>(contraction.weightSource.getType()).getShape();
  std::string reason;
  FailureOr<SmallVector<int64_t>> scales = scheme.getScaleShape(shape, contraction.weightReduction, reason);
  if (failed(scales))
    return before;
  uint64_t width = scheme.getStorageType().getIntOrFloatBitWidth();
  return getBytes(shape, width) + getBytes(*scales, 32) + (scheme.isSymmetric() ? 0 : getBytes(*scales, width));
}

static std::string print(Attribute attribute) {
  if (!attribute)
    return "float";
  std::string text;
  llvm::raw_string_ostream os(text);
  os << attribute;
  StringRef inside(text);
  return inside.consume_front("#lowp.scheme<") && inside.consume_back(">") ? inside.str() : text;
}

namespace {
struct PrintPlanPass : PassWrapper<PrintPlanPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(PrintPlanPass)
  StringRef getArgument() const override { return "print-plan"; }

  void runOnOperation() override {
    planned = left = 0;
    rounded.clear();
    freed.clear();
    bytesBefore = bytesAfter = getWeightBytes(getOperation());
    writeRow("site", "weight", "scheme", "input", "method", "bytes", "after");
    getOperation().walk([&](FunctionOpInterface function) {
      if (!function.isExternal())
        printFunction(function);
    });
    llvm::outs() << llvm::formatv(
        "\n{0} contractions are quantized, {1} left as they are; {2} bytes of weights become {3}\n", planned, left,
        bytesBefore, bytesAfter);
  }

private:
  int64_t planned = 0, left = 0;
  uint64_t bytesBefore = 0, bytesAfter = 0;
  /// Weights and schemes that are counted: contractions may share them.
  llvm::DenseSet<std::pair<Value, Attribute>> rounded;

  static void writeRow(StringRef site, StringRef weight, StringRef scheme, StringRef input, StringRef method,
                       StringRef bytes, StringRef after) {
    llvm::outs() << llvm::formatv("{0,-48} {1,-14} {2,-28} {3,-22} {4,-7} {5,11} {6,11}\n", site, weight, scheme, input,
                                  method, bytes, after);
  }

  void printFunction(FunctionOpInterface function) {
    for (const Contraction &contraction : findContractions(function)) {
      auto plan = contraction.op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
      auto skip = contraction.op->getAttrOfType<StringAttr>(LowPDialect::getSkipAttrName());
      if (plan)
        printPlan(contraction, plan);
      else
        llvm::outs() << llvm::formatv("{0,-48} float: {1}\n", contraction.site, skip ? skip.getValue() : "no plan");
      ++(plan ? planned : left);
    }
  }

  void printPlan(const Contraction &contraction, lowp::PlanAttr plan) {
    uint64_t before = getStoredBytes(contraction);
    bool isConstant =
        contraction.sourceKind != WeightSourceKind::Argument && contraction.sourceKind != WeightSourceKind::Computed;
    uint64_t after = isConstant ? getPlannedBytes(contraction, plan.getWeight(), before) : before;
    writeRow(contraction.site, llvm::formatv("{0}x{1}", contraction.outFeatures, contraction.inFeatures).str(),
             print(plan.getWeight()), print(plan.getInput()), plan.getMethod().getValue(), std::to_string(before),
             std::to_string(after));
    if (!isConstant || !rounded.insert({contraction.weightSource, plan.getWeight()}).second)
      return;
    bytesAfter += after;
    if (isReadByPlansOnly(contraction.weightSource))
      bytesAfter -= before;
  }

  /// Whether no one reads the float weight once all plans are carried out. Counted once a weight.
  bool isReadByPlansOnly(Value weight) {
    if (!freed.insert(weight).second)
      return false;
    return llvm::all_of(weight.getUsers(), [](Operation *user) { return leadsToPlansOnly(user); });
  }
  static bool leadsToPlansOnly(Operation *op) {
    if (op->hasAttr(LowPDialect::getPlanAttrName()))
      return true;
    return op->getNumResults() != 0 && !op->use_empty() && !op->hasAttr(LowPDialect::getSkipAttrName()) &&
           getViewSource(op->getResult(0)) != op->getResult(0) &&
           llvm::all_of(op->getUsers(), [](Operation *user) { return leadsToPlansOnly(user); });
  }
  llvm::DenseSet<Value> freed;
};
} // namespace

//===----------------------------------------------------------------------===//
// The pipeline up to the plan
//===----------------------------------------------------------------------===//

LogicalResult quantopt::addPlanOnly(PassManager &manager, const MlirOptMainConfig &config) {
  PassManager whole(manager.getContext());
  if (failed(config.setupPassPipeline(whole)))
    return failure();
  std::string text;
  llvm::raw_string_ostream os(text);
  bool isPlanned = false;
  for (Pass &pass : whole.getPasses()) {
    os << (text.empty() ? "" : ",");
    pass.printAsTextualPipeline(os);
    isPlanned = pass.getArgument() == "verify-planned";
    if (isPlanned)
      break;
  }
  if (!isPlanned) {
    llvm::errs() << "error: --plan-only needs a recipe, or a pipeline with quant-plan and verify-planned\n";
    return failure();
  }
  if (failed(parsePassPipeline(text, manager)))
    return failure();
  manager.addPass(std::make_unique<PrintPlanPass>());
  return success();
}
