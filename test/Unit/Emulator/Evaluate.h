//===- Evaluate.h - One PTX instruction on given operands --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Expected values in these tests are written out by hand from the PTX ISA's
// definitions, never computed by the emulator's own helpers.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_EVALUATE_H
#define QUANTOPT_TEST_UNIT_EMULATOR_EVALUATE_H

#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "gtest/gtest.h"
#include <cstdint>
#include <string>
#include <vector>

namespace quantopt::ptx::test {

/// Registers of a test body. Inputs %a0..%a3 (.b32), %A0..%A3 (.b64), %h0..%h3 (.b16), %p0..%p3 (bit 0) all hold the
/// same four operands, cut to size; results go to %r (.b32), %R (.b64), %w (.b16) or %v.
struct Operands {
  uint64_t a = 0, b = 0, c = 0, d = 0;
};

/// A kernel around a body, run by one warp, whose result is what `result` (one of the registers) holds in lane 0.
class Evaluator {
public:
  explicit Evaluator(std::string target = "sm_90a") : target(std::move(target)) {}

  /// The lanes' results. Lane i gets operands[i % size].
  std::vector<uint64_t> runLanes(const std::string &body, const std::string &result,
                                 const std::vector<Operands> &operands);
  /// Of lane 0.
  uint64_t run(const std::string &body, const std::string &result, Operands operands) {
    return runLanes(body, result, {operands})[0];
  }
  uint32_t run32(const std::string &instruction, Operands operands) {
    return uint32_t(run(instruction, "%r", operands));
  }
  uint64_t run64(const std::string &instruction, Operands operands) { return run(instruction, "%R", operands); }
  uint16_t run16(const std::string &instruction, Operands operands) {
    return uint16_t(run(instruction, "%w", operands));
  }
  bool runPredicate(const std::string &instruction, Operands operands) { return run(instruction, "%v", operands) & 1; }

  /// The message of a body that cannot be decoded; empty when it can.
  std::string getDecodeError(const std::string &body);
  /// Of the last run.
  LaunchResult launched;

private:
  std::string makeKernel(const std::string &body, const std::string &result) const;
  std::string target;
};

inline uint32_t bits(float value) {
  uint32_t result;
  std::memcpy(&result, &value, 4);
  return result;
}
inline uint64_t bits(double value) {
  uint64_t result;
  std::memcpy(&result, &value, 8);
  return result;
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_EVALUATE_H
