//===- PlainRounding.cpp - Weights to their nearest codes -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainRounding.h"
#include "QuantizedWeight.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "quant-opt/Report/Report.h"
#include <cmath>

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {

class PlainRounder {
public:
  explicit PlainRounder(const PlainRoundingOptions &options) : options(options) {}

  LogicalResult run(ModuleOp module) {
    context = module.getContext();
    std::vector<Contraction> contractions;
    module.walk([&](FunctionOpInterface function) {
      llvm::move(findContractions(function), std::back_inserter(contractions));
    });
    for (Contraction &contraction : contractions) {
      auto plan = contraction.op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
      if (plan && plan.getMethod() == options.method && failed(round(contraction, plan)))
        return failure();
    }
    return success();
  }

private:
  PlainRoundingOptions options;
  MLIRContext *context = nullptr;

  /// A weight as some contraction already has it.
  struct Rounded {
    Value dequantized;
    std::optional<double> error;
  };
  using Key = std::tuple<Value, Attribute, Attribute>; ///< source, scheme, reduction dimensions
  llvm::DenseMap<Key, Rounded> rounded;

  LogicalResult round(Contraction &contraction, lowp::PlanAttr plan) {
    lowp::SchemeInterface scheme = plan.getWeight();
    Key key{contraction.weightSource, scheme, DenseI64ArrayAttr::get(context, contraction.weightReduction)};
    Rounded &entry = rounded[key];
    if (!entry.dequantized) {
      std::string skipReason;
      FailureOr<Rounded> created = roundSource(contraction, scheme, skipReason);
      if (!skipReason.empty())
        return skip(contraction, skipReason), success();
      if (failed(created))
        return failure();
      entry = *created;
    }
    redirectWeight(contraction, entry.dequantized);
    linalg::LinalgOp op = contraction.op;
    auto remark = remark::passed(op.getLoc(), remark::RemarkOpts::name(options.passName).category("round"));
    remark << remark::metric("site", contraction.site);
    if (entry.error) {
      op->setAttr(kWeightErrorAttrName, FloatAttr::get(Float64Type::get(context), *entry.error));
      remark << remark::metric("weightError", *entry.error);
    }
    return finishPlan(contraction, plan, options.inputMargin);
  }

  /// `skipReason` is set when the weight has no scale: a NaN or infinity in it, or bytes that cannot be read.
  FailureOr<Rounded> roundSource(const Contraction &contraction, lowp::SchemeInterface scheme,
                                 std::string &skipReason) {
    FailureOr<WeightMatrix> matrix = failure();
    if (contraction.sourceKind != WeightSourceKind::Argument)
      matrix = readWeightMatrix(contraction, skipReason);
    if (failed(matrix) && (contraction.sourceKind == WeightSourceKind::Argument ||
                           contraction.sourceKind == WeightSourceKind::Computed)) {
      skipReason.clear();
      FailureOr<Value> dequantized = createDequantizedAtRunTime(contraction, scheme);
      return failed(dequantized) ? FailureOr<Rounded>(failure()) : Rounded{*dequantized, std::nullopt};
    }
    if (failed(matrix))
      return failure();
    FailureOr<BlockScheme> blocks = getBlockScheme(contraction, scheme, skipReason);
    if (failed(blocks))
      return failure();
    blocks->search.steps = options.searchSteps;
    blocks->search.norm = ErrorNorm::L2Half;
    llvm::Expected<QuantizedMatrix> quantized = roundMatrix(matrix->getRef(), *blocks, /*threads=*/0);
    if (!quantized) {
      skipReason = llvm::toString(quantized.takeError()) + ": left float; give finite weights to have it quantized";
      return failure();
    }
    FailureOr<Value> dequantized = createDequantized(contraction, scheme, *quantized);
    if (failed(dequantized))
      return failure();
    return Rounded{*dequantized, getRelativeError(*matrix, *quantized, blocks->range)};
  }

  /// ||W - Q|| / ||W||, in double; 0 for a zero weight.
  static double getRelativeError(const WeightMatrix &weight, const QuantizedMatrix &quantized, const CodeRange &range) {
    std::vector<float> values(weight.elements.size());
    dequantizeMatrix(quantized.codes, weight.rows, weight.cols, range, quantized.params, values);
    double error = 0, norm = 0;
    for (auto [value, element] : llvm::zip_equal(values, weight.elements)) {
      double difference = double(element) - value;
      error += difference * difference;
      norm += double(element) * element;
    }
    return norm == 0 ? 0 : std::sqrt(error / norm);
  }

  void skip(const Contraction &contraction, StringRef reason) {
    linalg::LinalgOp op = contraction.op;
    op->removeAttr(LowPDialect::getPlanAttrName());
    op->removeAttr(LowPDialect::getStatsAttrName());
    op->setAttr(LowPDialect::getSkipAttrName(), StringAttr::get(context, reason));
    remark::missed(op.getLoc(), remark::RemarkOpts::name(options.passName).category("round"))
        << remark::reason("{0}", reason.str()) << remark::metric("site", contraction.site);
  }
};

} // namespace

LogicalResult quantopt::roundPlainly(ModuleOp module, const PlainRoundingOptions &options) {
  return PlainRounder(options).run(module);
}
