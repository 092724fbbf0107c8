//===- bench-emulator.cpp - Speed of the PTX emulator ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// bench-emulator [threads]: seconds, multiply-adds and instructions a second of
// 512 x 512 x 512 products on emulated tensor cores (test/Emulator/tensor),
// beside a plain interpreter of one thread's scalar loop.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "quant-opt/Emulator/TensorMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace quantopt::ptx;

static constexpr unsigned size = 512;

static double getSeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

namespace {

struct Kernel {
  const char *name;
  unsigned columns; // of a tile of D
  unsigned sharedBytes;
  bool hasMapD; // writes bf16 by tensor copies and takes alpha
};

} // namespace

static KernelArgument makeMap(TensorElement element, uint64_t address, unsigned boxRows, unsigned boxColumns) {
  TensorMap map;
  map.element = element;
  map.rank = 2;
  map.address = address;
  map.dims = {size, size};
  map.strides = {0, size * getTensorElementBytes(element)};
  map.box = {boxColumns, boxRows};
  map.traversal = {1, 1};
  map.swizzle = Swizzle::B128;
  std::array<uint8_t, TensorMap::encodedBytes> bytes{};
  llvm::cantFail(encodeTensorMap(map, bytes.data()));
  return KernelArgument::of(bytes);
}

static uint64_t addMatrix(Emulator &emulator, const char *name, std::mt19937 &random) {
  std::vector<uint8_t> bytes(size * size);
  for (uint8_t &byte : bytes)
    byte = uint8_t(random() & 0xBF); // no NaN of e4m3
  uint64_t address = llvm::cantFail(emulator.memory().allocate(bytes.size(), name, /*isWritten=*/true));
  llvm::cantFail(emulator.memory().write(address, bytes));
  return address;
}

/// Seconds and warp instructions of one launch; exits on a finding, which would be a bug.
static std::pair<double, uint64_t> runKernel(Emulator &emulator, unsigned module, const Kernel &kernel,
                                             unsigned threads, bool races) {
  std::mt19937 random(1);
  uint64_t a = addMatrix(emulator, "a", random), b = addMatrix(emulator, "b", random);
  uint64_t d = llvm::cantFail(emulator.memory().allocate(size * size * 4, "d", /*isWritten=*/false));
  std::vector<KernelArgument> arguments = {makeMap(TensorElement::U8, a, 128, 128),
                                           makeMap(TensorElement::U8, b, kernel.columns, 128)};
  arguments.push_back(kernel.hasMapD ? makeMap(TensorElement::BF16, d, 64, 64) : KernelArgument::of(d));
  for (unsigned i = 0; i != 3; ++i)
    arguments.push_back(KernelArgument::of(size));
  if (kernel.hasMapD)
    arguments.push_back(KernelArgument::of(1.0f));
  LaunchConfig config;
  config.grid = {4, 1, 1};
  config.block = {384, 1, 1};
  config.dynamicSharedBytes = kernel.sharedBytes;
  config.threads = threads;
  config.races = races;
  double start = getSeconds();
  LaunchResult result = llvm::cantFail(emulator.launch(module, kernel.name, config, arguments));
  double seconds = getSeconds() - start;
  for (const Hazard &hazard : result.hazards)
    std::fprintf(stderr, "%s\n", hazard.format("gemm.ptx").c_str());
  if (!result.isClean())
    std::exit(1);
  return {seconds, result.counters.instructions};
}

//===----------------------------------------------------------------------===//
// The yardstick: a loop over instructions of one thread, with a switch
//===----------------------------------------------------------------------===//

namespace {

enum class Opcode : uint8_t { LoadA, LoadB, MultiplyAdd, Add, BranchIfLess, Return };
struct ScalarInstruction {
  Opcode opcode;
  int operand;
};

} // namespace

/// Multiply-adds and instructions a second of a dot product of `size` bytes.
static void runScalar(double &macs, double &instructions) {
  const ScalarInstruction loop[] = {{Opcode::LoadA, 0}, {Opcode::LoadB, 0},        {Opcode::MultiplyAdd, 0},
                                    {Opcode::Add, 1},   {Opcode::BranchIfLess, 0}, {Opcode::Return, 0}};
  std::vector<int8_t> a(size, 3), b(size, 5);
  constexpr unsigned repeats = 4000;
  uint64_t count = 0;
  volatile int sink = 0;
  double start = getSeconds();
  for (unsigned repeat = 0; repeat != repeats; ++repeat) {
    int registers[4] = {};
    for (unsigned pc = 0; loop[pc].opcode != Opcode::Return; ++count) {
      const ScalarInstruction &instruction = loop[pc++];
      switch (instruction.opcode) {
      case Opcode::LoadA:
        registers[1] = a[registers[0]];
        break;
      case Opcode::LoadB:
        registers[2] = b[registers[0]];
        break;
      case Opcode::MultiplyAdd:
        registers[3] += registers[1] * registers[2];
        break;
      case Opcode::Add:
        registers[0] += instruction.operand;
        break;
      case Opcode::BranchIfLess:
        pc = registers[0] < int(size) ? unsigned(instruction.operand) : pc;
        break;
      case Opcode::Return:
        break;
      }
    }
    sink = sink + registers[3];
  }
  double seconds = getSeconds() - start;
  macs = double(repeats) * size / seconds;
  instructions = double(count) / seconds;
}

int main(int argc, char **argv) {
  unsigned threads = argc > 1 ? unsigned(std::atoi(argv[1])) : 0;
  std::string path = QUANTOPT_SOURCE_DIR "/test/Emulator/tensor/ptx/gemm.ptx";
  auto text = llvm::MemoryBuffer::getFile(path);
  if (!text) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    return 1;
  }
  Emulator emulator;
  unsigned module = llvm::cantFail(emulator.load(llvm::cantFail(parse((*text)->getBuffer(), path))));
  const Kernel kernels[] = {{"gemm_s8", 256, 220 * 1024, false}, {"gemm_e4m3", 128, 150 * 1024, true}};
  for (bool races : {false, true})
    for (const Kernel &kernel : kernels) {
      std::pair<double, uint64_t> best{1e30, 0};
      for (unsigned run = 0; run != 3; ++run)
        best = std::min(best, runKernel(emulator, module, kernel, threads, races));
      std::printf("%-12s %.3f s  %8.1f M multiply-adds/s  %6.2f M warp instructions/s%s\n", kernel.name, best.first,
                  double(size) * size * size / best.first * 1e-6, double(best.second) / best.first * 1e-6,
                  races ? "  (looking for races, one thread)" : "");
    }
  double macs, instructions;
  runScalar(macs, instructions);
  std::printf("%-12s          %8.1f M multiply-adds/s  %6.2f M thread instructions/s\n", "scalar", macs * 1e-6,
              instructions * 1e-6);
  return 0;
}
