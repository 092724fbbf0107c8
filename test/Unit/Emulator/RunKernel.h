//===- RunKernel.h - Kernels of the corpus in tests --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loads a PTX file, moves arrays, launches, and expects a clean run.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_RUNKERNEL_H
#define QUANTOPT_TEST_UNIT_EMULATOR_RUNKERNEL_H

#include "Corpus.h"
#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "gtest/gtest.h"
#include <random>

namespace quantopt::ptx::test {

/// A device with one module of the corpus ("cuda/ptx/scan.sm_80.ptx").
class Device {
public:
  explicit Device(const std::string &path) {
    llvm::Expected<Module> parsed = parse(readFile(std::string(QUANTOPT_PTX_CORPUS) + "/" + path), path);
    if (!parsed) {
      ADD_FAILURE() << llvm::toString(parsed.takeError());
      return;
    }
    module = llvm::cantFail(emulator.load(std::move(*parsed)));
    isLoaded = true;
  }

  /// An array that the kernel reads.
  template <typename T> uint64_t upload(const std::vector<T> &values, llvm::StringRef name = "in") {
    uint64_t address = llvm::cantFail(emulator.memory().allocate(values.size() * sizeof(T), name, /*isWritten=*/true));
    llvm::cantFail(emulator.memory().write(
        address, llvm::ArrayRef(reinterpret_cast<const uint8_t *>(values.data()), values.size() * sizeof(T))));
    return address;
  }

  /// An array that the kernel must write before anyone reads it.
  template <typename T> uint64_t allocate(size_t count, llvm::StringRef name = "out") {
    return llvm::cantFail(emulator.memory().allocate(count * sizeof(T), name, /*isWritten=*/false));
  }

  template <typename T> std::vector<T> download(uint64_t address, size_t count) {
    std::vector<T> values(count);
    llvm::cantFail(emulator.memory().read(
        address, llvm::MutableArrayRef(reinterpret_cast<uint8_t *>(values.data()), count * sizeof(T))));
    return values;
  }

  /// Launches and returns all that happened; a test failure when the launch could not begin.
  template <typename... Args>
  LaunchResult launch(llvm::StringRef kernel, const LaunchConfig &config, Args... arguments) {
    if (!isLoaded)
      return LaunchResult();
    std::vector<KernelArgument> list = {KernelArgument::of(arguments)...};
    llvm::Expected<LaunchResult> result = emulator.launch(module, kernel, config, list);
    if (result)
      return std::move(*result);
    ADD_FAILURE() << llvm::toString(result.takeError());
    return LaunchResult();
  }

  /// Launches and expects no hazard.
  template <typename... Args> LaunchResult run(llvm::StringRef kernel, const LaunchConfig &config, Args... arguments) {
    LaunchResult result = launch(kernel, config, arguments...);
    for (const Hazard &hazard : result.hazards)
      ADD_FAILURE() << kernel.str() << ": " << hazard.format("test.ptx");
    return result;
  }

  Emulator emulator;
  unsigned module = 0;
  bool isLoaded = false;
};

inline LaunchConfig shape(std::array<uint32_t, 3> grid, std::array<uint32_t, 3> block, uint32_t sharedBytes = 0) {
  LaunchConfig config;
  config.grid = grid;
  config.block = block;
  config.dynamicSharedBytes = sharedBytes;
  config.instructionBudget = 50 * 1000 * 1000;
  config.races = true;
  return config;
}
inline LaunchConfig shape(uint32_t grid, uint32_t block, uint32_t sharedBytes = 0) {
  return shape({grid, 1, 1}, {block, 1, 1}, sharedBytes);
}

/// Runs a test with the file of each architecture.
inline void forEachArch(const std::string &name, llvm::function_ref<void(Device &)> test) {
  for (const char *arch : {"sm_80", "sm_90a"}) {
    SCOPED_TRACE(name + "." + arch);
    Device device("cuda/ptx/" + name + "." + arch + ".ptx");
    if (device.isLoaded)
      test(device);
  }
}

/// Numbers between `low` and `high`, the same on every run and machine.
template <typename T> std::vector<T> randomArray(size_t count, double low, double high, uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  std::vector<T> values(count);
  for (T &value : values)
    value = T(low + (high - low) * double(random() >> 11) * 0x1p-53);
  return values;
}

/// |a - b| <= tolerance * max(1, |b|), for every element; the first few that differ are shown.
template <typename T, typename U>
void expectClose(const std::vector<T> &actual, const std::vector<U> &expected, double tolerance) {
  ASSERT_EQ(actual.size(), expected.size());
  unsigned shown = 0;
  for (size_t i = 0; i < actual.size() && shown < 4; ++i) {
    double a = double(actual[i]), b = double(expected[i]);
    bool isClose = std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
    if (!isClose && ++shown)
      ADD_FAILURE() << "element " << i << " is " << a << ", not " << b;
  }
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_RUNKERNEL_H
