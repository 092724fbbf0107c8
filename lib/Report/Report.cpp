//===- Report.cpp - What was done to a model, as JSON ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Report/Report.h"
#include "LowP/LowP.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/raw_ostream.h"
#include <sys/resource.h>

using namespace mlir;
using namespace quantopt;
using lowp::LowPDialect;

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

static std::string toText(Attribute attribute) {
  std::string text;
  llvm::raw_string_ostream(text) << attribute;
  return text;
}

static llvm::json::Value toJson(Attribute attribute) {
  if (auto text = dyn_cast<StringAttr>(attribute))
    return text.getValue();
  if (auto number = dyn_cast<FloatAttr>(attribute))
    return number.getValueAsDouble();
  if (auto number = dyn_cast<IntegerAttr>(attribute))
    return number.getType().isInteger(1) ? llvm::json::Value(number.getValue().getBoolValue())
                                         : llvm::json::Value(number.getInt());
  return toText(attribute);
}

/// True when an operand is computed from a dequantized weight: codes that no activation enters.
static bool readsQuantizedWeight(Operation *op) {
  SmallVector<Value> worklist(op->getOperands());
  llvm::SmallDenseSet<Operation *> seen;
  while (!worklist.empty()) {
    Operation *def = worklist.pop_back_val().getDefiningOp();
    if (!def || !seen.insert(def).second || (def != op && def->hasAttr(LowPDialect::getPlanAttrName())))
      continue;
    if (auto dequantize = dyn_cast<lowp::DequantizeOp>(def)) {
      // Codes of an activation come from a quantize of something computed; a weight's are stored, or are those of
      // an argument that the plan calls a weight.
      auto quantize = dequantize.getInput().getDefiningOp<lowp::QuantizeOp>();
      if (!quantize || isa<BlockArgument>(quantize.getInput()))
        return true;
      continue;
    }
    // Views and layout changes have one tensor operand; anything wider is activation arithmetic.
    if (def->getNumOperands() <= 2)
      llvm::append_range(worklist, def->getOperands());
  }
  return false;
}

static llvm::json::Object describeContraction(Operation *op) {
  llvm::json::Object entry;
  if (auto plan = op->getAttrOfType<lowp::PlanAttr>(LowPDialect::getPlanAttrName())) {
    bool isQuantized = readsQuantizedWeight(op);
    entry["site"] = plan.getSite().getValue();
    entry["scheme"] = toText(plan.getWeight());
    if (plan.getInput())
      entry["input_scheme"] = toText(plan.getInput());
    entry["method"] = plan.getMethod().getValue();
    entry["status"] = isQuantized ? "quantized" : "skipped";
    if (!isQuantized) {
      auto skip = op->getAttrOfType<StringAttr>(LowPDialect::getSkipAttrName());
      entry["reason"] = skip ? skip.getValue() : "planned, but no pass of its method ran";
    }
  } else {
    auto site = op->getAttrOfType<StringAttr>(LowPDialect::getSiteAttrName());
    entry["site"] = site ? site.getValue() : op->getName().getStringRef();
    entry["status"] = "skipped";
    entry["reason"] = op->getAttrOfType<StringAttr>(LowPDialect::getSkipAttrName()).getValue();
  }
  for (auto [name, key] : {std::pair(kErrorAttrName, "error"), std::pair(kWeightErrorAttrName, "weight_error")})
    if (auto error = op->getAttrOfType<FloatAttr>(name))
      entry[key] = error.getValueAsDouble();
  if (auto details = op->getAttrOfType<DictionaryAttr>(kDetailsAttrName)) {
    llvm::json::Object object;
    for (NamedAttribute detail : details)
      object[detail.getName().getValue()] = toJson(detail.getValue());
    entry["details"] = std::move(object);
  }
  return entry;
}

void quantopt::addDetails(Operation *op, ArrayRef<NamedAttribute> details) {
  NamedAttrList list(op->getAttrOfType<DictionaryAttr>(kDetailsAttrName));
  for (NamedAttribute detail : details)
    list.set(detail.getName(), detail.getValue());
  op->setAttr(kDetailsAttrName, list.getDictionary(op->getContext()));
}

llvm::json::Array quantopt::describeContractions(ModuleOp module) {
  llvm::json::Array entries;
  module.walk([&](Operation *op) {
    if (op->hasAttr(LowPDialect::getPlanAttrName()) || op->hasAttr(LowPDialect::getSkipAttrName()))
      entries.push_back(describeContraction(op));
  });
  return entries;
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

static uint64_t getConstantBytes(ElementsAttr elements) {
  Type type = elements.getElementType();
  return type.isIntOrFloat() ? llvm::divideCeil(uint64_t(elements.getNumElements()) * type.getIntOrFloatBitWidth(), 8)
                             : 0;
}

uint64_t quantopt::getWeightBytes(ModuleOp module) {
  llvm::DenseSet<Attribute> seen;
  uint64_t bytes = 0;
  module.walk([&](Operation *op) {
    if (auto weight = dyn_cast<lowp::WeightOp>(op)) {
      if (!seen.insert(weight.getKey()).second)
        return;
      if (auto store = lowp::getStore(op, weight.getKey()))
        if (const WeightInfo *info = store->lookup(weight.getKey().getLeafReference().getValue()))
          bytes += info->storedBytes;
      return;
    }
    for (NamedAttribute attribute : op->getAttrs())
      if (auto elements = dyn_cast<ElementsAttr>(attribute.getValue());
          elements && (isa<arith::ConstantOp>(op) || attribute.getName() == "value") &&
          !isa<DenseArrayAttr>(attribute.getValue()) && seen.insert(attribute.getValue()).second)
        bytes += getConstantBytes(elements);
  });
  return bytes;
}

uint64_t quantopt::getPeakRssBytes() {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return uint64_t(usage.ru_maxrss) * 1024;
}

//===----------------------------------------------------------------------===//
// File
//===----------------------------------------------------------------------===//

llvm::Expected<PendingFile> quantopt::prepareReport(llvm::json::Object report, llvm::StringRef path) {
  llvm::json::Value value(std::move(report));
  return PendingFile::write(path, [&](llvm::raw_ostream &os) { os << llvm::formatv("{0:2}", value) << "\n"; });
}
