//===- KernelRun.h - Runs PTX in tests ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel, its arguments and what it leaves in memory, in every order of
// asynchronous completion.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_KERNELRUN_H
#define QUANTOPT_TEST_UNIT_EMULATOR_KERNELRUN_H

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/TensorMap.h"
#include "gtest/gtest.h"
#include <string>
#include <vector>

namespace quantopt::ptx::test {

/// When asynchronous work takes effect, and the seed of the dice.
struct Order {
  AsyncOrder async;
  uint64_t seed;
};
inline const std::vector<Order> allOrders = {
    {AsyncOrder::Now, 0}, {AsyncOrder::Late, 0}, {AsyncOrder::Random, 1}, {AsyncOrder::Random, 2}};

/// One kernel with buffers that are filled anew for each launch.
class KernelRun {
public:
  KernelRun(const std::string &text, std::string kernel);

  /// A buffer whose bytes the kernel gets; what it leaves there is a result if `isResult`.
  template <typename T>
  uint64_t addBuffer(const std::string &name, const std::vector<T> &values, bool isResult = false) {
    const auto *bytes = reinterpret_cast<const uint8_t *>(values.data());
    return allocate(name, {bytes, bytes + values.size() * sizeof(T)}, isResult);
  }
  /// Appends a parameter.
  template <typename T> KernelRun &pass(const T &value) {
    arguments.push_back(KernelArgument::of(value));
    return *this;
  }
  KernelRun &pass(const TensorMap &map);

  LaunchConfig config;

  /// The findings of a launch, and the results' bytes in `results`.
  std::vector<Hazard> launch(Order order);
  /// The bytes of the results, buffer by buffer, of the last launch.
  std::vector<std::vector<uint8_t>> results;
  template <typename T> std::vector<T> getResult(size_t index) const {
    std::vector<T> values(results[index].size() / sizeof(T));
    std::memcpy(values.data(), results[index].data(), values.size() * sizeof(T));
    return values;
  }

private:
  struct Content {
    uint64_t address;
    std::vector<uint8_t> bytes;
    bool isResult;
  };
  uint64_t allocate(const std::string &name, std::vector<uint8_t> bytes, bool isResult);

  Emulator emulator;
  unsigned module = 0;
  std::string kernel;
  std::vector<Content> contents;
  std::vector<KernelArgument> arguments;
};

/// The text of a file of test/Emulator/tensor/ptx.
std::string readKernelFile(const std::string &name);

/// The lines of the findings.
std::string formatHazards(const std::vector<Hazard> &hazards);

/// A map of a row-major matrix with `columns` elements in rows of `rowBytes`.
TensorMap makeMatrixMap(TensorElement element, uint64_t address, uint64_t rows, uint64_t columns, uint64_t rowBytes,
                        uint32_t boxRows, uint32_t boxColumns, Swizzle swizzle);

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_KERNELRUN_H
