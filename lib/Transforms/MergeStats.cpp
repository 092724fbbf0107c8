//===- MergeStats.cpp - Statistics of several runs as of one --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/Parser/Parser.h"
#include "quant-opt/Transforms/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FileSystem.h"

namespace quantopt {
#define GEN_PASS_DEF_MERGESTATSPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

namespace {
/// Calibrated contractions by site.
using SiteMap = llvm::MapVector<StringAttr, Operation *>;

struct MergeStats : quantopt::impl::MergeStatsPassBase<MergeStats> {
  using MergeStatsPassBase::MergeStatsPassBase;

  void runOnOperation() override {
    FailureOr<SiteMap> sites = findSites(getOperation(), "this module");
    if (failed(sites))
      return signalPassFailure();
    if (from.empty()) {
      getOperation().emitError() << "merge-stats: give from=FILE.mlir, modules that calibrate has written";
      return signalPassFailure();
    }
    for (const std::string &path : from)
      if (failed(mergeFile(*sites, path)))
        return signalPassFailure();
  }

private:
  static DictionaryAttr getStats(Operation *op) {
    return op->getAttrOfType<DictionaryAttr>(LowPDialect::getStatsAttrName());
  }

  FailureOr<SiteMap> findSites(ModuleOp module, const Twine &name) {
    SiteMap sites;
    module.walk([&](Operation *op) {
      auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName());
      if (plan && getStats(op))
        sites.insert({plan.getSite(), op});
    });
    if (sites.empty())
      return getOperation().emitError() << "merge-stats: " << name << " has no statistics; run calibrate first";
    return sites;
  }

  LogicalResult mergeFile(SiteMap &sites, StringRef path) {
    // The parser says nothing of a file that is not there.
    if (llvm::sys::fs::is_directory(path) || !llvm::sys::fs::exists(path))
      return getOperation().emitError() << "merge-stats: " << path << ": no such file";
    OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, &getContext());
    if (!module)
      return failure();
    FailureOr<SiteMap> others = findSites(*module, path);
    if (failed(others))
      return failure();
    for (auto [site, op] : *others)
      if (!sites.contains(site))
        return getOperation().emitError() << "merge-stats: " << path << " has statistics of " << site.getValue()
                                          << ", this module none; both must be calibrated from one plan";
    for (auto [site, op] : sites) {
      Operation *other = others->lookup(site);
      if (!other)
        return getOperation().emitError() << "merge-stats: " << path << " has no statistics of " << site.getValue()
                                          << "; both must be calibrated from one plan";
      std::string reason;
      FailureOr<DictionaryAttr> merged = merge(getStats(op), getStats(other), reason);
      if (failed(merged))
        return op->emitOpError() << "merge-stats: " << site.getValue() << " of " << path << ": " << reason;
      op->setAttr(LowPDialect::getStatsAttrName(), *merged);
    }
    return success();
  }

  /// The larger of two numbers of a field; the smaller for a negative sign.
  static FloatAttr pick(DictionaryAttr a, DictionaryAttr b, StringRef field, double sign) {
    auto left = a.getAs<FloatAttr>(field), right = b.getAs<FloatAttr>(field);
    if (!left || !right)
      return {};
    return sign * left.getValueAsDouble() >= sign * right.getValueAsDouble() ? left : right;
  }

  /// Fails with `reason` set.
  static FailureOr<DictionaryAttr> merge(DictionaryAttr a, DictionaryAttr b, std::string &reason) {
    auto observer = a.getAs<StringAttr>("observer");
    if (!observer || observer != b.getAs<StringAttr>("observer"))
      return reason = "its observer is another one", failure();
    if (observer != "absmax" && observer != "minmax")
      return reason = ("what the observer " + observer.getValue() +
                       " keeps says too little of the data to be merged; calibrate with absmax or minmax")
                          .str(),
             failure();
    auto left = a.getAs<DenseElementsAttr>("channel_absmax"), right = b.getAs<DenseElementsAttr>("channel_absmax");
    auto tokens = a.getAs<IntegerAttr>("tokens"), more = b.getAs<IntegerAttr>("tokens");
    FloatAttr max = pick(a, b, "max", 1), min = pick(a, b, "min", -1);
    if (!left || !right || left.getType() != right.getType() || !tokens || !more || !max || !min)
      return reason = "its statistics are of another shape", failure();
    SmallVector<float> channels;
    for (auto [x, y] : llvm::zip_equal(left.getValues<float>(), right.getValues<float>()))
      channels.push_back(std::max(x, y));
    Builder builder(a.getContext());
    NamedAttrList list(a);
    list.set("channel_absmax", DenseElementsAttr::get(left.getType(), ArrayRef<float>(channels)));
    list.set("dead_channels", builder.getI64IntegerAttr(llvm::count(channels, 0.0f)));
    list.set("max", max);
    list.set("min", min);
    list.set("tokens", builder.getI64IntegerAttr(tokens.getInt() + more.getInt()));
    return list.getDictionary(a.getContext());
  }
};
} // namespace
