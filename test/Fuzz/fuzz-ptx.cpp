//===- fuzz-ptx.cpp - Any bytes as a PTX module ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What parses is decoded and run. Good seeds are test/Emulator/cuda/ptx and the
// texts of ParserTest.cpp.
//
//===----------------------------------------------------------------------===//

#include "CheckModule.h"
#include "RunModule.h"
#include "quant-opt/Emulator/Parser.h"

using namespace quantopt::ptx;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ParserLimits limits;
  limits.variableBytes = 1 << 16; // memory that a few bytes ask for is no finding
  llvm::Expected<Module> module = parse({reinterpret_cast<const char *>(data), size}, "fuzz.ptx", limits);
  if (!module) {
    llvm::consumeError(module.takeError());
    return 0;
  }
  if (!ModuleChecker(*module).check().empty())
    std::abort();
  if (!ModuleRunner::run(std::move(*module), /*races=*/size % 2 == 0).fault.empty())
    std::abort();
  return 0;
}
