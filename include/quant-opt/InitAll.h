//===- InitAll.h - Registers everything --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_INITALL_H
#define QUANTOPT_INITALL_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace quantopt {

/// Our dialects and every upstream dialect and extension that our passes may meet.
void registerAllDialects(mlir::DialectRegistry &registry);

/// Our passes alone, for a program that registers upstream's itself.
void registerOwnPasses();

/// Our passes and every upstream pass. Call once a process.
void registerAllPasses();

} // namespace quantopt

#endif // QUANTOPT_INITALL_H
