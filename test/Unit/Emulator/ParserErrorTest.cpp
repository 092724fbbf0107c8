//===- ParserErrorTest.cpp - PTX that is refused, and how -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each rule has a text that breaks it: line, column, rule and remedy are
// compared. Hostile texts end soon and say which limit they met.
//
//===----------------------------------------------------------------------===//

#include "ParseText.h"
#include <chrono>

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

struct BadText {
  const char *text, *message;
};

} // namespace

static void checkAll(llvm::ArrayRef<BadText> cases, std::string (*wrap)(llvm::StringRef)) {
  for (const BadText &bad : cases) {
    std::string message = parseBad(wrap(bad.text));
    EXPECT_TRUE(llvm::StringRef(message).starts_with(std::string("test.ptx:") + bad.message))
        << bad.text << "\n  gives: " << message << "\n  wants: " << bad.message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(ParserError, Header) {
  static const BadText cases[] = {
      {"", "1:1: the text ends here: a PTX module begins with .version; is the file complete?: ``"},
      {"\n int main() {}", "2:2: a PTX module begins with .version; is this PTX text?"},
      {".version 8", "1:10: expected a version like 8.4"},
      {".version 8.4\n.entry", "2:1: expected .target after .version; add `.target sm_90a`: `.entry`"},
      {".version 8.4\n.target debug", "2:9: .target names no architecture; add one, like sm_90a"},
      {".version 8.4\n.target sm_80\n.address_size 32",
       "3:15: only .address_size 64 is supported; compile for 64 bits"},
      {"\x7f"
       "ELF",
       "1:1: this character has no place in PTX: ` ELF`"},
  };
  checkAll(cases, [](llvm::StringRef text) { return text.str(); });
}

TEST(ParserError, Lexical) {
  static const BadText cases[] = {
      {"mov.b32 %r0, 0f3F80;", "5:14: this number is malformed: `mov.b32 %r0, 0f3F80;`"},
      {"mov.b32 %r0, 0x;", "5:14: this number is malformed"},
      {"mov.b32 %r0, 12abc;", "5:14: this number is malformed"},
      {"mov.b32 %r0, 1.5e;", "5:14: this number is malformed"},
      {"mov.b32 %r0, 089;", "5:14: this integer is malformed or does not fit 64 bits"},
      {"mov.b64 %rd0, 18446744073709551616;", "5:15: this integer is malformed or does not fit 64 bits"},
      {"mov.b32 %r0, #1;", "5:14: this character has no place in PTX"},
      {"/* never\nclosed", "5:1: the comment has no end: `/* never`"},
      {".pragma \"nounroll\n;", "5:9: the string has no end on its line"},
      {"mov. b32 %r0, 1;", "5:4: a dot needs a word behind it"},
  };
  checkAll(cases, inKernel);
}

TEST(ParserError, Module) {
  static const BadText cases[] = {
      {"add.s32 %r1, %r1, 1;", "2:1: expected a directive; instructions stand in the braces of .entry or .func"},
      {".reg .b32 %r<5>;", "2:1: '.reg' does not begin a statement of a module"},
      {".global .b32 a\n.global .b32 b;", "2:15: expected ';' after a declaration: `.global .b32 a`"},
      {".global a;", "2:9: the declaration has no type; add one, like .b32"},
      {".global .b32 .b16 a;", "2:14: '.b16' is no part of a declaration here"},
      {".global .e4m3 a;", "2:9: '.e4m3' is no part of a declaration here"},
      {".global .pred a;", "2:9: a variable of type .pred in memory; use .b8 and setp"},
      {".global .v4 .f64 a;", "2:9: a vector of more than 128 bits; declare an array"},
      {".global .align 3 .b32 a;", "2:16: an alignment of 3 bytes; use a power of two"},
      {".global .b32 a; .const .b32 a;", "2:29: 'a' is declared twice; rename one"},
      {".global .b8 a[-1];", "2:15: an array of negative length"},
      {".global .b8 a[2][];", "2:18: only the first length of an array may be left out"},
      {".global .b8 a[2] = {1, 2, 3};", "2:27: more initial values than 'a' has elements"},
      {".global .b8 a[2] = {{1}};", "2:21: more braces than 'a' has dimensions"},
      {".global .b8 a = {{{1}}};", "2:18: more braces than 'a' has dimensions"},
      {".global .b8 a[2] = 1;", "2:20: expected '{' before the elements of 'a'"},
      {".shared .b8 a = 1;",
       "2:17: a variable in .shared space has no initializer; store the value at the kernel's begin"},
      {".global .f16 a = 1;", "2:18: a variable of type .f16 has no initializer; declare it as bits, .b16 say"},
      {".global .b32 a = 1.5;", "2:18: a float for a variable of type .b32; write its bits, 0x.."},
      {".global .b64 a = b;", "2:18: 'b' is no variable or function known here; declare it before its use"},
      {".func f() { ret; } .func f() { ret; }", "2:26: 'f' is defined twice; rename one"},
      {".func f(); .func f(.param .b32 a) { ret; }", "2:18: 'f' was declared with another signature; make them equal"},
      {".global .b32 f; .func f();", "2:23: 'f' is declared twice; rename one"},
      {".func f() .fast { ret; }", "2:11: '.fast' is no directive of a function; known ones are .maxntid"},
      {".entry k(.reg .b32 a) { ret; }", "2:8: a kernel's parameters are in .param space; declare them .param"},
      {".entry k(.b32 a) { ret; }", "2:10: expected .param or .reg in the parameters"},
      {".entry k() .maxntid 0 { ret; }", "2:21: a size is 0, outside 1..2147483647"},
      {".entry k() { ret; ", "3:1: the text ends here: expected a statement; is the file complete?"},
      {".func f(); .alias f, g;", "2:22: 'g' is no function; declare it with .func before the .alias"},
      {".func f(); .alias f, f;", "2:22: 'f' is not defined; an alias is a declared name for a defined function"},
      {".section .debug_info { .b8 1", "3:1: the text ends here: the section has no closing brace"},
      {".loc 1 2", "3:1: the text ends here: expected file, line and column"},
  };
  checkAll(cases, [](llvm::StringRef text) { return inModule(text.str() + "\n"); });
}

TEST(ParserError, Statements) {
  static const BadText cases[] = {
      {"add.s32 %r9, %r1, 1;", "5:9: '%r9' is not declared; declare the register with .reg: `add.s32 %r9, %r1, 1;`"},
      {"add.s32 %r01, %r1, 1;", "5:9: '%r01' is not declared"},
      {"mov.b64 %rd1, lost;", "5:15: 'lost' is not declared; declare it before its use"},
      {"add.s32 %r1, %r1, 1\nret;", "5:20: expected ';' after an instruction: `add.s32 %r1, %r1, 1`"},
      {"add.s32 %r1, %r1 1;", "5:18: expected ';' after an instruction"},
      {"add.s32 %r1, , 1;", "5:14: expected an operand; a register, a number, a symbol, [address] or {vector}"},
      {"ld.global.b32 %r1, [%rd1;", "5:25: expected ']' after an address"},
      {"ld.global.b32 %r1, [%rd1+%rd2];",
       "5:26: expected a number after the sign; an offset is a constant; add registers with add"},
      {"ld.global.b32 %r1, [{%r1, %r2}];", "5:21: expected an operand"},
      {"ld.global.b32 %r1, [_];", "5:21: an address begins with a register, a symbol or a number"},
      {"mov.b64 %rd1, {%r1, %r2;", "5:24: expected '}' after the parts of a vector"},
      {"mov.b64 %rd1, {{%r1}, %r2};", "5:16: expected an operand"},
      {"setp.eq.and.b32 %p1, %r1, %r2, !%r3;", "5:32: '!' stands before something else than a predicate"},
      {"@%r1 ret;", "5:2: '%r1' is no predicate; declare it with .reg .pred"},
      {"@%p9 ret;", "5:2: '%p9' is no predicate"},
      {"@%p1 5;", "5:6: expected an opcode"},
      {"bra nowhere;", "5:5: 'nowhere' is no label of this function; add `name:`"},
      {"bra %r7x;", "5:5: '%r7x' is no label of this function"},
      {"{ inner: } bra inner;", "5:16: 'inner' is no label of this function"},
      {"here: here: ret;", "5:7: 'here' is declared twice; rename one, or use a block { }"},
      {"here: brx.idx %r1, here;", "5:20: 'here' is no table of this function; declare it with .branchtargets"},
      {"t: .branchtargets a, b;\na:\nbrx.idx %r1, t;", "5:22: 'b' is no label of this function"},
      {"bra t;\nt: .branchtargets a;\na:", "5:5: 't' is no label of this function"},
      {"call f;", "5:6: 'f' is not declared; declare it before its use"},
      {"call 5;", "5:6: a call needs a function or a register that holds its address"},
      {"call k, (%r1, %r2;", "5:18: expected ')' after the values of a call"},
      {"call %rd1, (%r1), p;", "5:19: 'p' is no table of this function"},
      {"t: .calltargets memory;", "5:17: 'memory' is no function known here; declare it with .func before"},
      {".reg .b32 %r<9>;", "5:11: '%r' is declared twice; rename one, or use a block { }"},
      {".reg .b32 %x<2;", "5:15: expected '>' after the number of registers"},
      {"mov.b32 %r1, %r2.q;", "5:17: '.q' is no part of a register; parts are .b0 to .b3, .h0 and .h1"},
      {".reg .v2 .b32 v; mov.b32 %r1, v.z;",
       "5:32: '.z' is no component of this vector; components are .x, .y, .z and .w"},
      {"mov.u32 %r1, %tid.q;", "5:14: '%tid' is not declared"},
      {"mov.u32 %r1, %envreg32;", "5:14: '%envreg32' is not declared"},
      {"mov.b32 %r1, 1 / 0;", "5:16: division by zero"},
      {"mov.b32 %r1, (1;", "5:16: expected ')' after an expression"},
      {".sreg .b32 a;", "5:1: '.sreg' does not begin a statement of a function"},
      {"5;", "5:1: expected a statement; an instruction, a declaration, a label or a block"},
  };
  checkAll(cases, inKernel);
}

TEST(ParserError, NulEndsTheText) {
  std::string text = inKernel("ret;");
  Module module = parseGood(text + std::string(1, '\0') + "rubbish");
  EXPECT_EQ(module.functions.size(), 1u);
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

static std::string repeat(llvm::StringRef piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i)
    text += piece;
  return text;
}

TEST(ParserError, Limits) {
  auto has = [](const std::string &message, const char *part) {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  has(parseBad(inKernel(repeat("{", 1000000))), "blocks in one another");
  has(parseBad(inKernel("mov.b32 %r1, " + repeat("(", 1000000))), "the expression nests deeper than 64");
  has(parseBad(inKernel("mov.b32 %r1, " + repeat("- ", 1000000))), "the expression nests deeper than 64");
  has(parseBad(inKernel("mov.b32 %r1, " + repeat("1 ? 1 : ", 1000000))), "the expression nests deeper than 64");
  has(parseBad(inKernel("ld.b32 %r1, [%rd1, " + repeat("{", 1000000))), "expected an operand");
  has(parseBad(inKernel(".reg .b32 %x<4294967295>;")), "registers in a function");
  has(parseBad(inKernel(".reg .b32 %x<1000000>; .reg .b32 %y<1000000>;")), "registers in a function");
  has(parseBad(inModule(".global .b8 a[1000000000000000];")), "larger than the limit");
  has(parseBad(inModule(".global .b64 a[4294967296][4294967296];")), "larger than the limit");
  has(parseBad(inModule(".global .b8 a" + repeat("[1]", 100) + ";")), "more than 32 dimensions");
  has(parseBad(inModule(".global .b8 a[60000000000] = {1};")), "initializers of more than");
  has(parseBad(inModule(".global .b8 a = " + repeat("{", 1000000))), "more braces");
  has(parseBad(inModule(".file 4000000000 \"a\"")), "a file number is 4000000000, outside 0..65536");
  ParserLimits small;
  small.textBytes = 10;
  has(parseBad(inKernel("ret;"), small), "more than the limit of 10");
}

/// Long texts whose parts could be looked at again and again.
TEST(ParserError, TakesTimeInProportion) {
  const std::string texts[] = {
      inKernel(repeat("{", 60) + repeat("@!%p1 bra far;\n", 20000) + repeat("}", 60)),
      inKernel(repeat("{ .reg .b32 a; mov.b32 a, %r1; }\n", 20000)),
      inKernel(repeat("mov.b32 %r1111111111111111111111111111111111, 1;\n", 20000)),
      inKernel("mov.b32 %r1, " + repeat("1 + ", 100000) + "1;"),
      inModule(repeat(".extern .global .b8 a[];\n", 20000)),
      inModule(".global .b8 a[] = {" + repeat("1,", 200000) + "};"),
      inModule(repeat("/* ", 200000)),
      inKernel("st.v4.b32 [%rd1], {" + repeat("%r1,", 100000)),
  };
  auto start = std::chrono::steady_clock::now();
  for (const std::string &text : texts) {
    llvm::Expected<Module> module = parse(text, "test.ptx");
    if (!module)
      llvm::consumeError(module.takeError());
  }
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 5.0);
}
