//===- ExpressionTest.cpp - Numbers of PTX --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "Constants" and "Constant Expressions": literals and operators,
// with values worked out by hand.
//
//===----------------------------------------------------------------------===//

#include "ParseText.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

/// The second operand of `mov.b64 %rd1, <text>;`.
static Operand parseImmediate(llvm::StringRef text) {
  Module module = parseGood(inKernel(("mov.b64 %rd1, " + text + ";").str()));
  const std::vector<Instruction> &body = module.functions.front().body;
  return body.empty() || body[0].operands.size() != 2 ? Operand() : body[0].operands[1];
}

TEST(Expression, Integers) {
  const std::pair<const char *, int64_t> cases[] = {
      {"0", 0},
      {"42", 42},
      {"-5", -5},
      {"0x1F", 31},
      {"0XfF", 255},
      {"017", 15},
      {"0b101", 5},
      {"7U", 7},
      {"0xFFFFFFFFFFFFFFFF", -1},
      {"18446744073709551615", -1},
      {"-9223372036854775808", INT64_MIN},
      {"WARP_SZ", 32},
      {"+3", 3},
      {"~0", -1},
      {"!5", 0},
      {"!0", 1},
      {"2 + 3 * 4", 14},
      {"(2 + 3) * 4", 20},
      {"10 - 4 - 3", 3},
      {"100 / 7 / 2", 7},
      {"-7 / 2", -3},
      {"-7 % 3", -1},
      {"-1 / 2U", INT64_MAX},
      {"(.s64)0x8000000000000000 / -1", INT64_MIN},
      {"(.s64)0x8000000000000000 % -1", 0},
      {"1 << 4 | 3", 19},
      {"1 << 64", 0},
      {"-8 >> 1", -4},
      {"-8 >> 70", -1},
      {"0x8000000000000000 >> 63", 1},
      {"6 & 3", 2},
      {"6 ^ 3", 5},
      {"1 < 2", 1},
      {"-1 < 1U", 0},
      {"2 <= 2", 1},
      {"3 > 4", 0},
      {"4 >= 5", 0},
      {"5 == 5", 1},
      {"5 != 5", 0},
      {"1 && 0", 0},
      {"1 || 0", 1},
      {"1 ? 2 : 3", 2},
      {"0 ? 2 : 1 ? 4 : 5", 4},
      {"(.u64)-1 > 5", 1},
      {"(.s64)0xFFFFFFFFFFFFFFFF < 5", 1},
      {"WARP_SZ - 1", 31},
      {"1 == 1 + 0 & 3", 1},
  };
  for (auto [text, value] : cases) {
    Operand operand = parseImmediate(text);
    EXPECT_EQ(operand.kind, Operand::Kind::Integer) << text;
    EXPECT_EQ(operand.value, value) << text;
  }
}

TEST(Expression, Floats) {
  struct Case {
    const char *text;
    Operand::Kind kind;
    uint64_t bits;
  };
  const Case cases[] = {
      {"0f3F800000", Operand::Kind::Float32, 0x3F800000},
      {"0FffC00000", Operand::Kind::Float32, 0xFFC00000},
      {"-0f3F800000", Operand::Kind::Float32, 0xBF800000},
      {"0d3FF0000000000000", Operand::Kind::Float64, 0x3FF0000000000000},
      {"-0d3FF0000000000000", Operand::Kind::Float64, 0xBFF0000000000000},
      {"1.5", Operand::Kind::Float64, 0x3FF8000000000000},
      {"-2.0", Operand::Kind::Float64, 0xC000000000000000},
      {"1e3", Operand::Kind::Float64, 0x408F400000000000},
      {"2.5e-1", Operand::Kind::Float64, 0x3FD0000000000000},
  };
  for (const Case &c : cases) {
    Operand operand = parseImmediate(c.text);
    EXPECT_EQ(operand.kind, c.kind) << c.text;
    EXPECT_EQ(uint64_t(operand.value), c.bits) << c.text;
  }
}

TEST(Expression, Offsets) {
  const std::pair<const char *, int64_t> cases[] = {
      {"[%rd1]", 0},        {"[%rd1+16]", 16},      {"[%rd1-16]", -16},
      {"[%rd1+-16]", -16},  {"[memory]", 0},        {"[memory+4]", 4},
      {"[memory+4+8]", 12}, {"[%rd1 + 2 * 8]", 16}, {"[%rd1+0xFFFFFFFFFFFFFFF0]", -16},
      {"[%rd1+8-4]", 4},
  };
  for (auto [text, offset] : cases) {
    Operand operand = parseImmediate(text);
    EXPECT_EQ(operand.kind, Operand::Kind::Address) << text;
    EXPECT_EQ(operand.value, offset) << text;
  }
  Operand absolute = parseImmediate("[64+8]");
  ASSERT_EQ(absolute.elements.size(), 1u);
  EXPECT_EQ(absolute.elements[0].kind, Operand::Kind::Integer);
  EXPECT_EQ(absolute.elements[0].value, 72);
  EXPECT_EQ(absolute.value, 0);
}
