//===- Handlers.h - Handlers that decoders share -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_HANDLERS_H
#define QUANTOPT_LIB_EMULATOR_HANDLERS_H

#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// slots[0] = special register bits16, a value of `bytes` bytes.
Flow runReadSpecial(Warp &warp, const MicroOp &op, uint32_t exec);
/// slots[0] = the frame's local base + imm, a value of `bytes` bytes.
Flow runLocalAddress(Warp &warp, const MicroOp &op, uint32_t exec);
/// Predicates: slots[0] = not slots[1].
Flow runNotPredicate(Warp &warp, const MicroOp &op, uint32_t exec);
/// .. = slots[1] and (or) slots[2]. Known by name: one operand may decide although the other is undefined.
Flow runAndPredicate(Warp &warp, const MicroOp &op, uint32_t exec);
Flow runOrPredicate(Warp &warp, const MicroOp &op, uint32_t exec);
/// ret: from a function to its caller, from the kernel out.
Flow runReturn(Warp &warp, const MicroOp &op, uint32_t exec);
/// Orders the host thread's accesses with those of others (what .acquire, .release and fences need).
Flow runHostFence(Warp &warp, const MicroOp &op, uint32_t exec);
/// Behind an access to what other CTAs may write: enough of these, and the CTA gives others a turn.
Flow runPoll(Warp &warp, const MicroOp &op, uint32_t exec);
/// Nothing.
Flow runNothing(Warp &warp, const MicroOp &op, uint32_t exec);

/// Where parameters and then results lie in a function's local memory, from `end` on, which moves behind them.
void layOutSignature(llvm::ArrayRef<Variable> params, llvm::ArrayRef<Variable> returns,
                     std::vector<uint32_t> &paramOffsets, std::vector<uint32_t> &returnOffsets, uint64_t &end);

/// Handler of a call to an external function that the emulator provides (vprintf, __assertfail); null: none. imm: the
/// call site, whose arguments lie in the caller's local memory.
Handler findExternal(llvm::StringRef name);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_HANDLERS_H
