//===- Program.h - A kernel decoded for execution ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel and the functions that it calls, decoded once: an instruction is a
// handler, the places of its operands and a few numbers, in one cache line.
// How a family of instructions is added is told in lib/Emulator/Decoder.h.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EMULATOR_PROGRAM_H
#define QUANTOPT_EMULATOR_PROGRAM_H

#include "quant-opt/Emulator/Module.h"
#include "llvm/ADT/DenseMap.h"
#include <cstddef>

namespace quantopt::ptx {

struct Warp;
struct MicroOp;

inline constexpr unsigned numLanes = 32;
inline constexpr uint32_t allLanes = 0xFFFFFFFF;

/// What the warp does after a handler.
enum class Flow : uint8_t {
  Next,  // the running lanes go on behind this instruction
  Jump,  // the handler has moved lanes itself (`Warp::branch`, `Warp::exit`, ..)
  Yield, // done, and others should have a turn: this warp polls for something that they do
  Block, // not done: the lanes of `exec` stay here and the handler is called again after an event
  Stop,  // a fatal hazard is in the sink
};

/// Executes one instruction for the lanes of `exec`, which is never empty. It must leave the results of other lanes
/// alone and may compute with their (stale) sources as long as that cannot trap.
using Handler = Flow (*)(Warp &warp, const MicroOp &op, uint32_t exec);

/// Where the 32 lanes of an operand lie, as an offset in 32-bit words: into the frame of the running lanes, or into the
/// program's constants (immediates and addresses of symbols, broadcast).
///
/// A register of 32 bits and less is 32 words, of 64 bits 32 pairs of words (uint64_t[32]), of 128 bits two of these
/// (uint64_t[32] of the low halves, then of the high ones). Bits of a lane above a narrow type (.b8, .b16) are zero. A
/// predicate is one word, a bit a lane.
struct Slot {
  static constexpr uint32_t constantBit = 0x80000000, none = 0x7FFFFFFF;
  uint32_t bits = none;

  bool isNone() const { return bits == none; }
  bool isConstant() const { return bits & constantBit; }
};

/// Words of a register of the type.
constexpr uint32_t getSlotWords(unsigned bits) { return bits == 1 ? 1 : bits <= 32 ? 32 : bits <= 64 ? 64 : 128; }

/// A decoded instruction. The meaning of all but `run`, `guard` and `flags` is its handler's; the comments tell what
/// the shared helpers (memory access, branches) make of them.
struct alignas(64) MicroOp {
  enum Flag : uint16_t {
    Guarded = 1,        // executes where `guard` is set
    GuardNegated = 2,   // .. where it is not
    TracksReads = 4,    // may read a register that nobody wrote
    TracksWrites = 8,   // writes a register that such an instruction reads
    WideAddress = 16,   // the address register has 64 bits
    NarrowAddress = 32, // .. or 32; neither: the address is in `imm` alone
    LaneWise = 64,      // results depend on sources of the same lane only
    Selects = 128,      // result: slots[1] where slots[3], else slots[2]
    Branches = 256,     // may go to `imm`
    BranchesMany = 512, // may go to `poolCount` positions from `pool` on in `Program::targets`
    Ends = 1024,        // its lanes never go to the next position
    // What the scheduler must look at.
    Special = Guarded | TracksReads | TracksWrites,
  };

  Handler run = nullptr;
  Slot slots[6]; // results first
  Slot guard;
  uint16_t flags = 0;
  uint8_t count = 1;      // memory: elements a lane
  uint8_t bytes = 0;      // memory: bytes of an element
  int64_t imm = 0;        // memory: offset from the address; branches: position in `Program::code`
  uint32_t pool = 0;      // first of `poolCount` more operands in `Program::pool`
  uint16_t poolCount = 0; //
  uint16_t bits16 = 0;
  uint64_t bits64 = 0;
};
static_assert(sizeof(MicroOp) == 64, "one cache line");

/// A register that an instruction reads or writes, its guard included.
struct RegisterUse {
  Slot slot;
  uint16_t words = 32;
  bool isWrite = false;
  bool mustBeDefined = false; // an address, a guard, a value that leaves the thread
  uint32_t reg = 0;           // of the function
  uint32_t definedWord = ~0u; // of the frame: the lanes whose value is defined; ~0: not tracked
};

/// A function of the program.
struct FunctionCode {
  const Function *source = nullptr;
  uint32_t entry = 0, end = 0; // in `Program::code`
  uint32_t frameWords = 0;     // of registers, a warp
  uint32_t definedWord = ~0u;  // the words from here on say which lanes are defined; they begin as 0
  uint32_t localBytes = 0;     // of .local and .param variables, a thread
  std::vector<uint32_t> paramOffsets, returnOffsets; // in the function's local bytes; of the kernel: in its parameters
};

/// The copies that a call makes. Offsets count from the frames' local bases.
struct CallSite {
  struct Copy {
    uint32_t from = 0, to = 0, bytes = 0;
  };
  uint32_t function = ~0u; // ~0: by the address in a register
  std::vector<Copy> arguments, returns;
};

/// Storage for constants: vector loads want whole cache lines.
struct alignas(64) LaneBlock {
  uint32_t words[16] = {};
};

/// One kernel, ready to run. Immutable: every host thread reads it.
struct Program {
  const Module *module = nullptr;
  std::vector<MicroOp> code;
  std::vector<const Instruction *> origins; // by position in `code`; null: the return at a function's end
  std::vector<RegisterUse> uses;            // of all instructions
  std::vector<uint32_t> firstUse;           // position `i` uses [firstUse[i], firstUse[i + 1])
  std::vector<Slot> pool;
  std::vector<uint32_t> targets; // of brx.idx, positions in `code`
  std::vector<CallSite> calls;
  std::vector<LaneBlock> constants;
  std::vector<FunctionCode> functions;   // the kernel first
  std::vector<uint32_t> functionNumbers; // Module::functions to `functions`, ~0 for those out of reach
  uint32_t paramBytes = 0;               // of the kernel
  uint32_t staticSharedBytes = 0;        // behind `sharedBase`
  bool usesAsync = false;                // has instructions of the asynchronous half
  bool usesWorkspace = false;            // reads the address of the grid's barrier
  uint32_t sharedAlignment = 16;         // of the dynamic part
  std::vector<std::pair<const Variable *, uint32_t>> sharedVariables; // with their shared addresses, ascending

  const FunctionCode &getKernel() const { return functions.front(); }
  const Directives &getDirectives() const { return getKernel().source->directives; }
  llvm::ArrayRef<RegisterUse> getUses(size_t position) const {
    return llvm::ArrayRef<RegisterUse>(uses).slice(firstUse[position], firstUse[position + 1] - firstUse[position]);
  }
  /// The function that a position is in.
  const FunctionCode &getFunctionAt(size_t position) const;
};

/// Shared addresses begin here, as on sm_90, where the system keeps the first KiB.
inline constexpr uint32_t sharedBase = 1024;
/// Generic addresses with this bit are shared memory: the low 24 bits an offset in a CTA, above them 1 + the CTA's rank
/// in the cluster (0: the executing CTA). The low 32 bits are the shared::cluster address.
inline constexpr uint64_t sharedWindow = uint64_t(1) << 48;
inline constexpr uint64_t localWindow = uint64_t(2) << 48;
inline constexpr uint64_t paramWindow = uint64_t(3) << 48;
inline constexpr unsigned clusterRankShift = 24;
inline constexpr uint64_t windowMask = uint64_t(0xFFFF) << 48;

/// Device addresses of the module's .global and .const variables, those inside functions included.
using SymbolAddresses = llvm::DenseMap<const Variable *, uint64_t>;

/// The address that stands for a function in a function pointer: not memory.
constexpr uint64_t getFunctionAddress(uint32_t index) { return (uint64_t(4) << 48) + (uint64_t(index) << 4); }

/// Decodes the kernel and what it calls. The module must outlive the program. Errors name line, text and remedy: an
/// unknown instruction or modifier, operands of wrong types, too much static shared memory.
llvm::Expected<std::unique_ptr<Program>> decode(const Module &module, const Function &kernel,
                                                const SymbolAddresses &symbols);

} // namespace quantopt::ptx

#endif // QUANTOPT_EMULATOR_PROGRAM_H
