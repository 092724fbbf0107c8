//===- TritonKernel.h - Launches of the Triton corpus ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Kernels of test/Emulator/triton with what ptx/launches.json says about them,
// and floats of any format through LLVM's APFloat.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_TRITONKERNEL_H
#define QUANTOPT_TEST_UNIT_EMULATOR_TRITONKERNEL_H

#include "RunKernel.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/Support/JSON.h"

namespace quantopt::ptx::test {

inline unsigned toBits(double value, const llvm::fltSemantics &format) {
  llvm::APFloat number(value);
  bool lost;
  number.convert(format, llvm::APFloat::rmNearestTiesToEven, &lost);
  return unsigned(number.bitcastToAPInt().getZExtValue());
}

inline double fromBits(unsigned bits, const llvm::fltSemantics &format) {
  llvm::APFloat number(format, llvm::APInt(llvm::APFloat::getSizeInBits(format), bits));
  bool lost;
  number.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &lost);
  return number.convertToDouble();
}

template <typename T> std::vector<T> encode(const std::vector<int> &values, const llvm::fltSemantics &format) {
  std::vector<T> bits;
  for (int value : values)
    bits.push_back(T(toBits(value, format)));
  return bits;
}

/// A file of the Triton corpus with its launch parameters. Every kernel takes two more pointers that it does not use.
/// All lengths are multiples of 16: compile.py promises that, as Triton's launcher does when it finds them so.
class TritonKernel : public Device {
public:
  explicit TritonKernel(const std::string &name) : Device("triton/ptx/" + name + ".ptx") {
    std::string text = readFile(std::string(QUANTOPT_PTX_CORPUS) + "/triton/ptx/launches.json");
    llvm::json::Value all = llvm::cantFail(llvm::json::parse(text));
    const llvm::json::Object &launch = *all.getAsObject()->getObject(name);
    kernel = launch.getString("kernel")->str();
    warps = uint32_t(*launch.getInteger("warps"));
    sharedBytes = uint32_t(*launch.getInteger("shared"));
  }

  template <typename... Args> LaunchResult runGrid(std::array<uint32_t, 3> grid, Args... arguments) {
    LaunchConfig config = shape(grid, {32 * warps, 1, 1}, sharedBytes);
    config.async = async;
    return run(kernel, config, arguments..., uint64_t(0), uint64_t(0));
  }

  AsyncOrder async = AsyncOrder::Now;

private:
  std::string kernel;
  uint32_t warps = 0, sharedBytes = 0;
};

inline void forEachFile(const std::string &name, llvm::function_ref<void(TritonKernel &)> test, bool hasSm80 = true) {
  for (const char *arch : {"sm_80", "sm_90a"}) {
    if (!hasSm80 && llvm::StringRef(arch) == "sm_80")
      continue;
    SCOPED_TRACE(name + "." + arch);
    TritonKernel kernel(name + "." + arch);
    if (kernel.isLoaded)
      test(kernel);
  }
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_TRITONKERNEL_H
