//===- DecodeLanes.h - Decoding of lane-wise instructions --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_DECODELANES_H
#define QUANTOPT_LIB_EMULATOR_DECODELANES_H

#include "Decoder.h"
#include "Lanes/LaneTables.h"
#include "quant-opt/Emulator/Machine.h"

namespace quantopt::ptx {

/// Emits slots[0] = handler(slots[1], ..) from operands 0, 1, ..; a null handler is an error.
void emitLanes(Decoder &d, Handler handler, Type result, llvm::ArrayRef<Type> sources, uint16_t bits16 = 0);
/// The same with the carry predicate in slots[4].
void emitCarry(Decoder &d, LaneOp op, Type type, unsigned numSources);
/// Takes a state space; Generic when there is none.
Space takeSpace(Decoder &d);
/// Takes .cta, .cluster, .gpu, .sys (or membar's .gl).
MemoryScope takeScope(Decoder &d);
/// Behind an access to what other threads may change: a loop around it must give them turns.
void emitPoll(Decoder &d);
/// f16, bf16, their pairs, f32, f64.
bool isFloatType(Type type);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_DECODELANES_H
