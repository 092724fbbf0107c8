//===- RunModule.h - Every kernel of a parsed module, for a while -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Decodes and launches what a text defines, with arguments that mean nothing:
// whatever a kernel does then ends in a hazard, an error or its end.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_FUZZ_RUNMODULE_H
#define QUANTOPT_TEST_FUZZ_RUNMODULE_H

#include "quant-opt/Emulator/Launch.h"
#include <string>

/// Counts of what became of the kernels of a module.
struct RunOutcome {
  unsigned refused = 0; ///< by an error: an unknown instruction, a size over a limit
  unsigned stopped = 0; ///< by a hazard
  unsigned clean = 0;
  std::string fault; ///< a hazard that says too little; empty: none
};

class ModuleRunner {
public:
  /// Warp instructions of one launch.
  static constexpr uint64_t kBudget = 2000;
  static constexpr uint64_t kBufferBytes = 4096;

  static RunOutcome run(quantopt::ptx::Module module, bool races) {
    using namespace quantopt::ptx;
    Emulator emulator;
    uint64_t buffer = llvm::cantFail(emulator.memory().allocate(kBufferBytes, "buffer", /*isWritten=*/true));
    llvm::Expected<unsigned> number = emulator.load(std::move(module));
    RunOutcome outcome;
    if (!number) {
      llvm::consumeError(number.takeError());
      ++outcome.refused;
      return outcome;
    }
    for (const Function &function : emulator.getModule(*number).functions) {
      if (!function.isEntry || !function.isDefined)
        continue;
      LaunchConfig config;
      config.block = function.directives.reqntid.value_or(std::array<uint32_t, 3>{64, 1, 1});
      config.instructionBudget = kBudget;
      config.threads = 1;
      config.races = races;
      config.async = AsyncOrder::Random;
      llvm::Expected<LaunchResult> result =
          emulator.launch(*number, function.name, config, makeArguments(function, buffer));
      if (!result)
        llvm::consumeError(result.takeError());
      ++(!result ? outcome.refused : result->isClean() ? outcome.clean : outcome.stopped);
      for (const Hazard &hazard : result ? result->hazards : std::vector<Hazard>())
        if (std::string text = hazard.format("text.ptx"); llvm::StringRef(text).contains('\n'))
          outcome.fault = text + "\nis not one line";
        else if (hazard.remedy.empty() && hazard.kind != HazardKind::AssertFailed) // whose remedy the author knows
          outcome.fault = text + "\nhas no remedy";
    }
    return outcome;
  }

private:
  /// Every pointer to the buffer, every other number small; other parameters are zeros.
  static std::vector<quantopt::ptx::KernelArgument> makeArguments(const quantopt::ptx::Function &function,
                                                                  uint64_t buffer) {
    std::vector<quantopt::ptx::KernelArgument> arguments;
    for (const quantopt::ptx::Variable &parameter : function.params) {
      quantopt::ptx::KernelArgument argument;
      argument.bytes.resize(parameter.size);
      if (parameter.size == sizeof(buffer))
        argument = quantopt::ptx::KernelArgument::of(buffer);
      else if (parameter.size == sizeof(uint32_t))
        argument = quantopt::ptx::KernelArgument::of(uint32_t(3));
      arguments.push_back(std::move(argument));
    }
    return arguments;
  }
};

#endif // QUANTOPT_TEST_FUZZ_RUNMODULE_H
