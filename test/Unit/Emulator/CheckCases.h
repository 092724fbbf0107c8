//===- CheckCases.h - Tables of instructions and their results ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_CHECKCASES_H
#define QUANTOPT_TEST_UNIT_EMULATOR_CHECKCASES_H

#include "Evaluate.h"

namespace quantopt::ptx::test {

struct Case {
  const char *instruction;
  Operands operands;
  uint64_t expected;
};

inline void check32(const std::vector<Case> &cases) {
  Evaluator evaluator;
  for (const Case &each : cases)
    EXPECT_EQ(evaluator.run32(each.instruction, each.operands), uint32_t(each.expected)) << each.instruction;
}
inline void check64(const std::vector<Case> &cases) {
  Evaluator evaluator;
  for (const Case &each : cases)
    EXPECT_EQ(evaluator.run64(each.instruction, each.operands), each.expected) << each.instruction;
}
inline void check16(const std::vector<Case> &cases) {
  Evaluator evaluator;
  for (const Case &each : cases)
    EXPECT_EQ(evaluator.run16(each.instruction, each.operands), uint16_t(each.expected)) << each.instruction;
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_CHECKCASES_H
