//===- CollectModel.h - What the IR says of a checkpoint ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXPORT_COLLECTMODEL_H
#define QUANTOPT_LIB_EXPORT_COLLECTMODEL_H

#include "LowP/LowP.h"

namespace quantopt {

/// The quantized layers and the other weights of `module`, with keys of `store`; parameters that are constants of the
/// IR are added to it. The configuration stays empty but for what the IR changes of it. Fails with an error on the
/// operation that a folder has no place for.
mlir::FailureOr<CheckpointModel> collectModel(mlir::ModuleOp module, WeightStore &store);

} // namespace quantopt

#endif // QUANTOPT_LIB_EXPORT_COLLECTMODEL_H
