//===- bench-instructions.cpp - Instructions a second ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// bench-instructions [threads]: thread instructions a second of the emulator
// on loops of PTX, beside a plain interpreter that runs the arithmetic loop
// one thread and one instruction at a time.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/TargetParser/Host.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace llvm;
using namespace quantopt::ptx;

static constexpr uint32_t numCtas = 32, numThreads = 256, numIterations = 1000;

static double measure(function_ref<void()> body) {
  double best = 1e30;
  for (int run = 0; run != 3; ++run) {
    auto start = std::chrono::steady_clock::now();
    body();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

//===----------------------------------------------------------------------===//
// The emulator
//===----------------------------------------------------------------------===//

static const char *const arithmetic = R"(
LOOP: mad.lo.u32 %x, %x, 1664525, 1013904223; shr.u32 %y, %x, 9; xor.b32 %y, %y, %x; and.b32 %y, %y, 0xFFFF;
  add.u32 %s, %s, %y; fma.rn.f32 %f, %f, 0f3F7FBE77, 0f3A83126F; add.u32 %i, %i, 1; setp.lt.u32 %p, %i, %n;
  @%p bra LOOP;)";
static const char *const sharedMemory = R"(
LOOP: ld.shared.u32 %y, [%a]; add.u32 %y, %y, 1; st.shared.u32 [%a], %y; xor.b32 %a, %a, 128;
  add.u32 %s, %s, %y; add.u32 %i, %i, 1; setp.lt.u32 %p, %i, %n; @%p bra LOOP;)";
static const char *const globalMemory = R"(
LOOP: ld.global.f32 %f, [%g]; fma.rn.f32 %f, %f, 0f3F7FBE77, 0f3A83126F; st.global.f32 [%g], %f;
  add.u32 %i, %i, 1; setp.lt.u32 %p, %i, %n; @%p bra LOOP;)";
static const char *const divergent = R"(
LOOP: and.b32 %y, %x, 1; setp.eq.u32 %p, %y, 0; @%p bra EVEN; mad.lo.u32 %x, %x, 3, 1; bra JOIN;
EVEN: shr.u32 %x, %x, 1; JOIN: or.b32 %x, %x, 64; add.u32 %s, %s, %x; add.u32 %i, %i, 1; setp.lt.u32 %p, %i, %n;
  @%p bra LOOP;)";

static std::string makeKernel(const char *loop) {
  return std::string(".version 8.6\n.target sm_90a\n.address_size 64\n"
                     ".visible .entry k(.param .u64 out, .param .u32 count)\n{\n"
                     ".reg .b32 %x, %y, %s, %i, %n, %t, %c, %a; .reg .f32 %f; .reg .b64 %g, %d; .reg .pred %p;\n"
                     ".shared .align 16 .b8 tile[2048];\n"
                     "ld.param.u64 %g, [out]; ld.param.u32 %n, [count]; mov.u32 %t, %tid.x; mov.u32 %c, %ctaid.x;\n"
                     "mad.lo.u32 %x, %c, 256, %t; mul.wide.u32 %d, %x, 4; add.u64 %g, %g, %d; mov.u32 %s, 0;\n"
                     "mov.u32 %i, 0; mov.f32 %f, 0f3F800000; shl.b32 %a, %t, 2; mov.u32 %y, tile;\n"
                     "and.b32 %a, %a, 1023; add.u32 %a, %a, %y; st.shared.u32 [%a], %t; xor.b32 %a, %a, 128;\n"
                     "st.shared.u32 [%a], %t; bar.sync 0;\n") +
         loop + "\nadd.u32 %s, %s, %x; st.global.u32 [%g], %s;\nret;\n}\n";
}

/// Prints a row; returns the first results.
static std::vector<uint32_t> benchEmulator(const char *name, const char *loop, unsigned threads) {
  Emulator emulator;
  unsigned module = cantFail(emulator.load(cantFail(parse(makeKernel(loop), "bench.ptx"))));
  uint64_t out = cantFail(emulator.memory().allocate(uint64_t(4) * numCtas * numThreads, "out", /*isWritten=*/true));
  LaunchConfig config;
  config.grid = {numCtas, 1, 1};
  config.block = {numThreads, 1, 1};
  config.threads = threads;
  LaunchResult result;
  double seconds = measure([&] {
    result =
        cantFail(emulator.launch(module, "k", config, {KernelArgument::of(out), KernelArgument::of(numIterations)}));
  });
  for (const Hazard &hazard : result.hazards)
    std::printf("%s\n", hazard.format("bench.ptx").c_str());
  double warps = double(result.counters.instructions);
  std::printf("emulator, %-10s %8.1f M warp instructions/s %9.1f M thread instructions/s\n", name,
              1e-6 * warps / seconds, 32e-6 * warps / seconds);
  std::vector<uint32_t> values(numThreads);
  cantFail(emulator.memory().read(out, MutableArrayRef<uint8_t>(reinterpret_cast<uint8_t *>(values.data()), 1024)));
  return values;
}

//===----------------------------------------------------------------------===//
// The plain interpreter
//===----------------------------------------------------------------------===//

namespace {

enum class Opcode { Mad, Shr, Xor, And, Add, Fma, Less, Branch };

struct Plain {
  Opcode opcode;
  unsigned d, a, b, c;
  int target;
};

/// Registers of one thread. The constants of the loop are registers of their own.
struct Thread {
  uint32_t r[16];
};

float toFloat(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}
uint32_t toBits(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  return bits;
}

enum Register { X, Y, S, I, N, F, P, Multiplier, Increment, Nine, Mask, Scale, Offset, One };

const Plain program[] = {{Opcode::Mad, X, X, Multiplier, Increment, 0},
                         {Opcode::Shr, Y, X, Nine, 0, 0},
                         {Opcode::Xor, Y, Y, X, 0, 0},
                         {Opcode::And, Y, Y, Mask, 0, 0},
                         {Opcode::Add, S, S, Y, 0, 0},
                         {Opcode::Fma, F, F, Scale, Offset, 0},
                         {Opcode::Add, I, I, One, 0, 0},
                         {Opcode::Less, P, I, N, 0, 0},
                         {Opcode::Branch, 0, P, 0, 0, 0}};

uint64_t interpret(Thread &thread) {
  uint64_t count = 0;
  uint32_t *r = thread.r;
  for (size_t pc = 0; pc != std::size(program); ++count) {
    const Plain &op = program[pc++];
    switch (op.opcode) {
    case Opcode::Mad:
      r[op.d] = r[op.a] * r[op.b] + r[op.c];
      break;
    case Opcode::Shr:
      r[op.d] = r[op.a] >> (r[op.b] & 31);
      break;
    case Opcode::Xor:
      r[op.d] = r[op.a] ^ r[op.b];
      break;
    case Opcode::And:
      r[op.d] = r[op.a] & r[op.b];
      break;
    case Opcode::Add:
      r[op.d] = r[op.a] + r[op.b];
      break;
    case Opcode::Fma:
      r[op.d] = toBits(toFloat(r[op.a]) * toFloat(r[op.b]) + toFloat(r[op.c]));
      break;
    case Opcode::Less:
      r[op.d] = r[op.a] < r[op.b];
      break;
    case Opcode::Branch:
      if (r[op.a])
        pc = size_t(op.target);
      break;
    }
  }
  return count;
}

} // namespace

/// On one thread of the host, whatever the emulator uses.
static std::vector<uint32_t> benchPlain() {
  std::vector<uint32_t> sums(numThreads);
  uint64_t count = 0;
  double seconds = measure([&] {
    count = 0;
    for (uint32_t t = 0; t != numThreads; ++t) {
      Thread thread{
          {t, 0, 0, 0, numIterations, toBits(1.0f), 0, 1664525, 1013904223, 9, 0xFFFF, 0x3F7FBE77, 0x3A83126F, 1}};
      count += interpret(thread);
      sums[t] = thread.r[S] + thread.r[X];
    }
  });
  std::printf("plain interpreter, arithmetic, one host thread        %9.1f M thread instructions/s\n",
              1e-6 * double(count) / seconds);
  return sums;
}

int main(int argc, char **argv) {
  unsigned threads = argc > 1 ? unsigned(std::atoi(argv[1])) : 0;
  std::printf("cpu %s, host threads %u (0: all)\n", sys::getHostCPUName().str().c_str(), threads);
  std::vector<uint32_t> emulated = benchEmulator("arithmetic", arithmetic, threads);
  benchEmulator("shared", sharedMemory, threads);
  benchEmulator("global", globalMemory, threads);
  benchEmulator("divergent", divergent, threads);
  if (benchPlain() != emulated) {
    std::printf("the plain interpreter has other results\n");
    return 1;
  }
  return 0;
}
