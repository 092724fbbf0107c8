//===- LowPDialect.cpp - Registration, stores, element access -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

#include "LowP/LowPDialect.cpp.inc"
#include "LowP/LowPEnums.cpp.inc"

void LowPDialect::initialize() {
  stores = std::make_shared<StoreRegistry>();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "LowP/LowPOps.cpp.inc"
      >();
}

std::string StoreRegistry::add(std::shared_ptr<WeightStore> store, StringRef path) {
  std::string id = llvm::utohexstr(store->getContentId(), /*LowerCase=*/true, /*Width=*/16);
  std::lock_guard<std::mutex> lock(mutex);
  stores.try_emplace(id, Entry{std::move(store), path.str()});
  return id;
}

std::shared_ptr<WeightStore> StoreRegistry::lookup(StringRef id) const {
  std::lock_guard<std::mutex> lock(mutex);
  return stores.lookup(id).store;
}

std::string StoreRegistry::lookupPath(StringRef id) const {
  std::lock_guard<std::mutex> lock(mutex);
  return stores.lookup(id).path;
}

//===----------------------------------------------------------------------===//
// Discardable attributes
//===----------------------------------------------------------------------===//

LogicalResult LowPDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == getPlanAttrName() && !isa<PlanAttr>(attribute.getValue()))
    return op->emitOpError() << "'lowp.plan' must be a #lowp.plan";
  if (name == getScheduleAttrName() && getSchedules(op).empty())
    return op->emitOpError() << "'lowp.schedule' must be a #lowp.schedule, or a list of them";
  if ((name == getSiteAttrName() || name == getSkipAttrName()) && !isa<StringAttr>(attribute.getValue()))
    return op->emitOpError() << "'" << name << "' must be a string";
  return success();
}

//===----------------------------------------------------------------------===//
// Stores
//===----------------------------------------------------------------------===//

/// The store of `op`, opened if no one did yet; null with `reason` set otherwise.
static std::shared_ptr<WeightStore> openStore(StoreOp op, StringRef baseFolder, std::string &reason) {
  StoreRegistry &registry = op.getContext()->getOrLoadDialect<LowPDialect>()->getStores();
  if (auto store = registry.lookup(op.getId()))
    return store;
  SmallString<256> path(op.getPath());
  if (llvm::sys::path::is_relative(path)) {
    path = baseFolder;
    llvm::sys::path::append(path, op.getPath());
  }
  auto store = std::make_shared<WeightStore>();
  if (llvm::Error error = store->addPath(path)) {
    reason = llvm::toString(std::move(error));
    return nullptr;
  }
  std::string id = registry.add(store, path);
  if (id != op.getId()) {
    reason = ("the store at '" + path.str() + "' has content id " + id + " but the IR was written for " + op.getId() +
              "; restore the files that belong to this IR")
                 .str();
    return nullptr;
  }
  return registry.lookup(id);
}

LogicalResult lowp::openStores(ModuleOp module, StringRef baseFolder) {
  std::string reason;
  for (StoreOp op : module.getOps<StoreOp>())
    if (!openStore(op, baseFolder, reason))
      return op.emitOpError() << reason;
  return success();
}

/// The folder of the file that `op` was parsed from; empty (the working folder) when unknown.
static StringRef getSourceFolder(Operation *op) {
  auto loc = dyn_cast<FileLineColLoc>(op->getLoc());
  return loc ? llvm::sys::path::parent_path(loc.getFilename().getValue()) : StringRef();
}

std::shared_ptr<WeightStore> lowp::findStore(Operation *from, SymbolRefAttr key, std::string &reason) {
  if (auto op = SymbolTable::lookupNearestSymbolFrom<StoreOp>(from, key.getRootReference()))
    return openStore(op, getSourceFolder(op), reason);
  reason = ("no lowp.store named @" + key.getRootReference().getValue()).str();
  return nullptr;
}

std::shared_ptr<WeightStore> lowp::getStore(Operation *from, SymbolRefAttr key) {
  std::string reason;
  std::shared_ptr<WeightStore> store = findStore(from, key, reason);
  if (!store)
    from->emitOpError() << reason;
  return store;
}
