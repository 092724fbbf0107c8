//===- RegisterPipeline.h - Named pipelines with options ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// mlir::PassPipelineRegistration, but for an unknown option: the error lists
// those that there are.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_PIPELINES_REGISTERPIPELINE_H
#define QUANTOPT_PIPELINES_REGISTERPIPELINE_H

#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace quantopt {

/// The names of `options`, sorted, separated by commas.
inline std::string listOptionNames(const mlir::detail::PassOptions &options) {
  // A C-style cast reaches the protected base, which alone knows the names.
  const auto &command = (const llvm::cl::SubCommand &)options;
  llvm::SmallVector<llvm::StringRef> names;
  for (const auto &entry : command.OptionsMap)
    names.push_back(entry.first);
  llvm::sort(names);
  return llvm::join(names, ", ");
}

/// Makes `build` known as `--name="OPTIONS"`.
template <typename Options>
void registerPipeline(llvm::StringRef name, llvm::StringRef description,
                      std::function<void(mlir::OpPassManager &, const Options &)> build) {
  auto parse = [name = name.str(), build](mlir::OpPassManager &manager, llvm::StringRef text,
                                          llvm::function_ref<llvm::LogicalResult(const llvm::Twine &)> onError) {
    Options options;
    std::string message;
    llvm::raw_string_ostream os(message);
    if (failed(options.parseFromString(text, os))) {
      // What is wrong with a value is printed already, by the parser of the option.
      llvm::StringRef reason = llvm::StringRef(message).trim();
      reason.consume_front("<Pass-Options-Parser>: ");
      return reason.empty() ? llvm::failure()
                            : onError(name + ": " + reason + "; its options are " + listOptionNames(options));
    }
    build(manager, options);
    return llvm::success();
  };
  mlir::registerPassPipeline(name, description, parse,
                             [](llvm::function_ref<void(const mlir::detail::PassOptions &)> visit) {
                               Options options;
                               visit(options);
                             });
}

} // namespace quantopt

#endif // QUANTOPT_PIPELINES_REGISTERPIPELINE_H
