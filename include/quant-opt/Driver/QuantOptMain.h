//===- QuantOptMain.h - The whole of quant-opt -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_DRIVER_QUANTOPTMAIN_H
#define QUANTOPT_DRIVER_QUANTOPTMAIN_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace quantopt {

/// mlir-opt, with three additions: the input may be a model (Hugging Face folder, .gguf), an output that ends in
/// .mlir or .mlirbc gets the weights it needs in a folder beside it, and --report=F.json says what was done.
/// All passes and dialects must be registered. Returns the exit status.
int quantOptMain(int argc, char **argv, mlir::DialectRegistry &registry);

} // namespace quantopt

#endif // QUANTOPT_DRIVER_QUANTOPTMAIN_H
