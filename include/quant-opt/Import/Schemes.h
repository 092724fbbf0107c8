//===- Schemes.h - Schemes of checkpoints and of the IR ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_IMPORT_SCHEMES_H
#define QUANTOPT_IMPORT_SCHEMES_H

#include "LowP/LowP.h"

namespace quantopt {

/// The attribute that says what `scheme` says.
lowp::SchemeAttr makeScheme(const TensorScheme &scheme, mlir::MLIRContext *context);

/// What `scheme` says, asked through its interface.
TensorScheme getTensorScheme(lowp::SchemeInterface scheme);

} // namespace quantopt

#endif // QUANTOPT_IMPORT_SCHEMES_H
