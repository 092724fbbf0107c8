//===- Launch.h - Load a module, launch a kernel -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The public face of the emulator:
//
//   Emulator emulator;
//   unsigned module = cantFail(emulator.load(cantFail(parse(text, "k.ptx"))));
//   uint64_t x = cantFail(emulator.memory().allocate(4096, "x", /*isWritten=*/true));
//   LaunchConfig config;  config.grid = {4, 1, 1};  config.block = {256, 1, 1};
//   Expected<LaunchResult> result = emulator.launch(module, "k", config, {KernelArgument::of(x)});
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_LAUNCH_H
#define QUANTOPT_EMULATOR_LAUNCH_H

#include "quant-opt/Emulator/Hazard.h"
#include "quant-opt/Emulator/Memory.h"
#include "quant-opt/Emulator/Module.h"
#include <cstring>

namespace quantopt::ptx {

struct Program;
class Observer;

/// When asynchronous work (TMA, cp.async, wgmma) takes effect. Results must not depend on it; what does is a bug in the
/// kernel.
enum class AsyncOrder : uint8_t { Now, Late, Random };

struct LaunchConfig {
  std::array<uint32_t, 3> grid{1, 1, 1}, block{1, 1, 1};
  std::array<uint32_t, 3> cluster{0, 0, 0}; // CTAs; zeros: as the kernel says, else 1 1 1
  uint32_t dynamicSharedBytes = 0;
  AsyncOrder async = AsyncOrder::Now;
  uint64_t seed = 1; // of AsyncOrder::Random, which also shuffles warps
  /// Warp instructions of the whole grid, 0: no end. A kernel that takes more stops with a hazard that says where.
  uint64_t instructionBudget = 0;
  unsigned threads = 0; // host threads; 0: all cores
  /// Counts lanes, bytes, bank conflicts and sectors too (`instructions` is always counted).
  bool counts = false;
  /// Looks for data races between threads (docs/emulator.md); the launch then runs on one host thread.
  bool races = false;
  /// Not together with `races`.
  Observer *observer = nullptr; // watches every access; the launch then runs on one host thread
};

/// Sums over the grid. All but `instructions` are 0 unless LaunchConfig::counts.
struct Counters {
  uint64_t instructions = 0;     // of warps
  uint64_t laneInstructions = 0; // of threads
  // Bytes that lanes asked for.
  uint64_t globalReadBytes = 0, globalWriteBytes = 0, sharedReadBytes = 0, sharedWriteBytes = 0;
  uint64_t localReadBytes = 0, localWriteBytes = 0, atomicBytes = 0;
  // 32-byte sectors that they touch, and the fewest that so many bytes could.
  uint64_t globalSectors = 0, globalSectorsIdeal = 0;
  // Passes of shared accesses over the 32 banks of 4 bytes, and those beyond the fewest.
  uint64_t sharedPasses = 0, bankConflicts = 0;
  uint64_t divergentBranches = 0, barriers = 0;

  void add(const Counters &other);
};

struct LaunchResult {
  std::vector<Hazard> hazards; // sorted by place
  size_t droppedHazards = 0;
  Counters counters;
  std::string output; // of printf, in the order of CTAs within a host thread

  bool isClean() const { return hazards.empty(); }
};

/// The bytes of one kernel parameter.
struct KernelArgument {
  llvm::SmallVector<uint8_t, 16> bytes;

  template <typename T> static KernelArgument of(const T &value) {
    KernelArgument result;
    result.bytes.resize(sizeof(T));
    std::memcpy(result.bytes.data(), &value, sizeof(T));
    return result;
  }
};

class Emulator {
public:
  Emulator();
  ~Emulator();

  Memory &memory() { return deviceMemory; }

  /// Allocates and fills the module's variables. The number names it from now on. Kernels are decoded when they are
  /// first launched.
  llvm::Expected<unsigned> load(Module module);
  const Module &getModule(unsigned number) const;
  /// Address and size of a .global or .const variable.
  llvm::Expected<std::pair<uint64_t, uint64_t>> findVariable(unsigned module, llvm::StringRef name) const;
  /// Decodes a kernel (once). Errors: no such kernel; an instruction that the emulator does not know.
  llvm::Expected<const Program *> prepare(unsigned module, llvm::StringRef kernel);

  /// Runs the kernel to its end. One argument a parameter. An Error is a launch that cannot begin (sizes, limits,
  /// unknown instructions); what goes wrong in the kernel is in the result's hazards.
  llvm::Expected<LaunchResult> launch(unsigned module, llvm::StringRef kernel, const LaunchConfig &config,
                                      llvm::ArrayRef<KernelArgument> arguments);

private:
  struct LoadedModule;
  llvm::Expected<uint64_t> getWorkspace();

  Memory deviceMemory;
  std::vector<std::unique_ptr<LoadedModule>> modules;
  uint64_t workspace = 0; // of cooperative launches
};

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_LAUNCH_H
