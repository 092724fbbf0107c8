//===- LowP.h - The lowp dialect ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWP_LOWP_H
#define LOWP_LOWP_H

#include "quant-opt/Checkpoint/WeightStore.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringMap.h"
#include <memory>
#include <mutex>

namespace quantopt::lowp {

/// The weight stores of a context, by content id, so that two models in one context cannot collide.
class StoreRegistry {
public:
  /// Registers `store`, opened from `path`, and returns its id, as the hex text of `lowp.store`.
  std::string add(std::shared_ptr<WeightStore> store, llvm::StringRef path);
  /// Null when no store of that id was opened.
  std::shared_ptr<WeightStore> lookup(llvm::StringRef id) const;
  /// Where the store of that id was opened from (its tokenizer lies there too); empty when it was not.
  std::string lookupPath(llvm::StringRef id) const;

private:
  struct Entry {
    std::shared_ptr<WeightStore> store;
    std::string path;
  };
  mutable std::mutex mutex;
  llvm::StringMap<Entry> stores;
};

} // namespace quantopt::lowp

#include "LowP/LowPDialect.h.inc"
#include "LowP/LowPEnums.h.inc"

#include "LowP/LowPAttrInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "LowP/LowPAttrs.h.inc"

#define GET_OP_CLASSES
#include "LowP/LowPOps.h.inc"

namespace quantopt::lowp {

/// Opens the store of every lowp.store in `module` that is not open yet, paths relative to `baseFolder`.
/// Emits an error on the op when it cannot be opened or its content id differs.
mlir::LogicalResult openStores(mlir::ModuleOp module, llvm::StringRef baseFolder);

/// The store that `key`'s root symbol names, seen from `from`; null with `reason` set otherwise. A store that no one
/// opened yet is opened, its path taken relative to the file that the lowp.store was parsed from.
std::shared_ptr<WeightStore> findStore(mlir::Operation *from, mlir::SymbolRefAttr key, std::string &reason);

/// The same, with an error on `from` in place of a reason.
std::shared_ptr<WeightStore> getStore(mlir::Operation *from, mlir::SymbolRefAttr key);

/// The element kind that holds elements of `type`; failure for types that no store holds.
mlir::FailureOr<ElementKind> getElementKind(mlir::Type type);

/// The global (ml_program, memref) that `op` reads as a whole; null when it reads none.
mlir::Operation *getLoadedGlobal(mlir::Operation *op);

/// The value of a ConstantLike op, of an immutable global with elements in the IR, or of a load from one; null
/// otherwise.
mlir::Attribute getConstantValue(mlir::Operation *op);

/// The elements of a constant, row-major, as `kind`: a lowp.weight, a ConstantLike op, an immutable global
/// (ml_program, memref) or a load from one, its value dense or dense_resource. Float elements convert to any float
/// kind (round half to even, 8-bit kinds saturate); integers are read as their own kind only. Failure with `reason` set
/// when they cannot be read (elided, missing, wrong kind). Bytes may belong to the context, which must outlive the
/// buffer.
mlir::FailureOr<WeightBuffer> readElements(mlir::Operation *constant, ElementKind kind, std::string &reason);

/// Block length of the parameter tensor along dimension `dim` (rule N7): 1 for per-element, the whole dimension for
/// a scale dimension of 1. Dynamic dimensions give 1 or ShapedType::kDynamic.
int64_t getBlockLength(mlir::RankedTensorType data, mlir::RankedTensorType scale, int64_t dim);

/// `value` quantized and dequantized with parameters that are computed from it: lowp.choose_params, lowp.quantize and
/// lowp.dequantize at the insertion point. `scaleShape` is the shape of the scale.
mlir::Value createRunTimeQdq(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value,
                             llvm::ArrayRef<int64_t> scaleShape, SchemeInterface scheme);
/// The `lowp.schedule` of an operation, one or a list; empty when there is none.
llvm::SmallVector<ScheduleAttr> getSchedules(mlir::Operation *op);

} // namespace quantopt::lowp

#endif // LOWP_LOWP_H
