//===- ParserTest.cpp - What a PTX text becomes ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The forms of PTX, each in a few lines, with the module they must give.
//
//===----------------------------------------------------------------------===//

#include "ParseText.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;
using Kind = Operand::Kind;

static const Function &first(const Module &module) { return module.functions.front(); }

TEST(Parser, Header) {
  Module module = parseGood("// by hand\n.version 7.0\n.target sm_80, debug\n.address_size 64\n");
  EXPECT_EQ(module.versionMajor, 7u);
  EXPECT_EQ(module.versionMinor, 0u);
  EXPECT_EQ(module.target, "sm_80");
  EXPECT_EQ(module.targetOptions, std::vector<std::string>{"debug"});
}

TEST(Parser, Kernel) {
  Module module =
      parseGood(inModule(".visible .entry k(.param .u64 .ptr .global .align 16 a, .param .align 64 .b8 map[128],\n"
                         ".param .f32 x) .maxntid 128, 2 .minnctapersm 3 .maxnreg 64\n"
                         ".reqnctapercluster 2 .explicitcluster\n{ ret; }"));
  const Function &k = first(module);
  EXPECT_TRUE(k.isEntry && k.isDefined);
  EXPECT_EQ(k.name, "k");
  EXPECT_EQ(k.location.line, 2u);
  EXPECT_EQ(k.location.column, 17u);
  EXPECT_EQ(k.linkage, Linkage::Visible);
  ASSERT_EQ(k.params.size(), 3u);
  EXPECT_EQ(k.params[0].pointee, Space::Global);
  EXPECT_EQ(k.params[0].pointeeAlignment, 16u);
  EXPECT_EQ(k.params[0].alignment, 8u);
  EXPECT_EQ(k.params[0].size, 8u);
  EXPECT_EQ(k.params[1].alignment, 64u);
  EXPECT_EQ(k.params[1].size, 128u);
  EXPECT_EQ(k.params[2].type, Type::F32);
  EXPECT_EQ(k.directives.maxntid, (std::array<uint32_t, 3>{128, 2, 1}));
  EXPECT_EQ(k.directives.reqnctapercluster, (std::array<uint32_t, 3>{2, 1, 1}));
  EXPECT_FALSE(k.directives.reqntid);
  EXPECT_EQ(k.directives.minnctapersm, 3u);
  EXPECT_EQ(k.directives.maxnreg, 64u);
  EXPECT_TRUE(k.directives.isExplicitCluster);
  EXPECT_EQ(module.findFunction("k"), &k);
  EXPECT_EQ(module.findFunction("l"), nullptr);
}

TEST(Parser, Instruction) {
  Module module = parseGood(inKernel("@!%p1\tld.global.nc.L1::no_allocate.L2::128B.v4.f32 {%f0, %f1, _, %f3},\n"
                                     "  [%rd1+-16]; // a comment"));
  ASSERT_EQ(first(module).body.size(), 1u);
  const Instruction &load = first(module).body[0];
  EXPECT_EQ(load.location.line, 5u);
  EXPECT_EQ(load.location.column, 1u);
  EXPECT_EQ(load.text, "@!%p1\tld.global.nc.L1::no_allocate.L2::128B.v4.f32 {%f0, %f1, _, %f3},\n  [%rd1+-16]");
  EXPECT_EQ(first(module).getRegisterName(load.guard), "%p1");
  EXPECT_TRUE(load.guardNegated);
  EXPECT_EQ(load.opcode, "ld");
  std::vector<llvm::StringRef> modifiers = {"global", "nc", "L1::no_allocate", "L2::128B", "v4", "f32"};
  EXPECT_EQ(llvm::ArrayRef<llvm::StringRef>(load.modifiers), llvm::ArrayRef<llvm::StringRef>(modifiers));
  EXPECT_TRUE(load.hasModifier("nc"));
  EXPECT_FALSE(load.hasModifier("volatile"));
  ASSERT_EQ(load.operands.size(), 2u);
  EXPECT_EQ(load.operands[0].kind, Kind::Vector);
  ASSERT_EQ(load.operands[0].elements.size(), 4u);
  EXPECT_EQ(load.operands[0].elements[2].kind, Kind::Sink);
  EXPECT_EQ(first(module).getRegisterName(load.operands[0].elements[3].index), "%f3");
  EXPECT_EQ(first(module).getRegisterType(load.operands[0].elements[3].index), Type::F32);
  EXPECT_EQ(load.operands[1].elements[0].kind, Kind::Register);
}

TEST(Parser, Operands) {
  Module module =
      parseGood(inKernel("setp.lt.and.s32 %p1|%p2, %r1, -5, !%p3;\n"
                         "shfl.sync.bfly.b32 _|%p1, %r1, 16, 31, -1;\n"
                         "mov.u32 %r1, %ctaid.y;\n"
                         "mov.b64 %rd1, {%r1, %r2};\n"
                         "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [%r1], "
                         "[%rd1, {%r2, %r3}], [memory+8];\n"
                         "mov.u64 %rd1, memory+4;\n"
                         "tex.1d.v4.f32.s32 {%f0, %f1, %f2, %f3}, [%rd1, %rd2, {%r1}];\n"
                         "ld.param.u64 %rd1, [in];\n"
                         "vadd.s32.s32.s32 %r1, %r2.b3, %r3.h1;\n"
                         "mov.u32 %r1, %envreg3; mov.u64 %rd1, %clock64; mov.u32 %r1, %lanemask_lt;"));
  const std::vector<Instruction> &body = first(module).body;
  ASSERT_EQ(body.size(), 12u);
  EXPECT_EQ(body[0].operands[0].kind, Kind::Pair);
  EXPECT_EQ(body[0].operands[2].value, -5);
  EXPECT_TRUE(body[0].operands[3].negated);
  EXPECT_EQ(body[1].operands[0].elements[0].kind, Kind::Sink);
  EXPECT_EQ(body[1].operands[0].elements[1].kind, Kind::Register);
  EXPECT_EQ(body[2].operands[1].kind, Kind::Special);
  EXPECT_EQ(SpecialRegister(body[2].operands[1].index), SpecialRegister::CtaidY);
  EXPECT_EQ(body[3].operands[1].kind, Kind::Vector);
  const Operand &tensor = body[4].operands[1];
  EXPECT_EQ(tensor.kind, Kind::Address);
  ASSERT_EQ(tensor.elements.size(), 2u);
  EXPECT_EQ(tensor.elements[1].kind, Kind::Vector);
  EXPECT_EQ(tensor.elements[1].elements.size(), 2u);
  EXPECT_EQ(body[4].operands[2].value, 8);
  EXPECT_EQ(body[4].modifiers[6], "mbarrier::complete_tx::bytes");
  EXPECT_EQ(body[5].operands[1].kind, Kind::Symbol);
  EXPECT_EQ(body[5].operands[1].symbol.kind, SymbolKind::FunctionVariable);
  EXPECT_EQ(body[5].operands[1].value, 4);
  EXPECT_EQ(body[6].operands[1].elements.size(), 3u);
  EXPECT_EQ(body[7].operands[1].elements[0].symbol, (SymbolRef{SymbolKind::Parameter, 0}));
  EXPECT_EQ(body[8].operands[1].selector, Operand::Selector::B3);
  EXPECT_EQ(body[8].operands[2].selector, Operand::Selector::H1);
  EXPECT_EQ(SpecialRegister(body[9].operands[1].index), SpecialRegister::Envreg);
  EXPECT_EQ(SpecialRegister(body[10].operands[1].index), SpecialRegister::Clock64);
  EXPECT_EQ(SpecialRegister(body[11].operands[1].index), SpecialRegister::LanemaskLt);
}

TEST(Parser, Registers) {
  Module module = parseGood(inModule(".func f(.reg .u32 a) {\n"
                                     ".reg .b32 %r<12>, x; .reg .b64 %r1<3>; .reg .v4 .f32 v; .reg .v2 .u32 w<2>;\n"
                                     "mov.b32 %r2, %r9;\n" // number 9 of %r
                                     "mov.b32 x, %r12;\n"  // number 2 of %r1
                                     "mov.b32 v.z, v.a;\n"
                                     "st.global.v4.f32 [%r10], v;\n"
                                     "mov.v2.u32 w1, w0; mov.b32 x, a; }"));
  const Function &f = first(module);
  const std::vector<Instruction> &body = f.body;
  auto name = [&](const Operand &operand) { return f.getRegisterName(operand.index); };
  EXPECT_EQ(name(body[0].operands[0]), "%r2");
  EXPECT_EQ(f.getRegisterType(body[0].operands[1].index), Type::B32);
  EXPECT_EQ(name(body[1].operands[0]), "x");
  EXPECT_EQ(f.getRegisterType(body[1].operands[1].index), Type::B64);
  EXPECT_EQ(name(body[2].operands[0]), "v.z");
  EXPECT_EQ(name(body[2].operands[1]), "v.w");
  EXPECT_EQ(body[3].operands[1].kind, Kind::Vector);
  EXPECT_EQ(name(body[3].operands[1].elements[3]), "v.w");
  EXPECT_EQ(name(body[4].operands[0].elements[1]), "w1.y");
  EXPECT_EQ(body[5].operands[1].index, f.params[0].registerIndex);
  EXPECT_EQ(f.numRegisters, 1u + 12 + 1 + 3 + 4 + 4);
}

TEST(Parser, BlocksHaveNamesOfTheirOwn) {
  Module module = parseGood(inKernel("mov.b32 %r1, 0;\n"
                                     "{ .reg .b32 %r<2>; .reg .pred p; .shared .b8 own[4];\n"
                                     "wait: mov.b32 %r1, %r7; @p bra wait; @p bra out; { wait: @p bra wait; } }\n"
                                     "{ .reg .pred p; wait: @p bra wait; }\n"
                                     "out: ret;"));
  const Function &k = first(module);
  ASSERT_EQ(k.body.size(), 7u);
  uint32_t outer = k.body[0].operands[0].index, inner = k.body[1].operands[0].index;
  EXPECT_NE(outer, inner);
  EXPECT_EQ(k.body[1].operands[1].index, outer + 6) << "%r7 is the outer block's";
  EXPECT_EQ(k.body[2].operands[0].index, 1u);
  EXPECT_EQ(k.body[3].operands[0].index, 6u);
  EXPECT_EQ(k.body[4].operands[0].index, 4u);
  EXPECT_EQ(k.body[5].operands[0].index, 5u);
  EXPECT_NE(k.body[2].guard, k.body[5].guard);
  EXPECT_EQ(k.labels.size(), 4u);
  EXPECT_EQ(k.variables.size(), 2u);
}

TEST(Parser, LabelAtTheEnd) {
  Module module = parseGood(inKernel("bra.uni end; end:"));
  EXPECT_EQ(first(module).body[0].operands[0].index, 1u);
}

TEST(Parser, BranchTable) {
  Module module =
      parseGood(inKernel("table: .branchtargets one, two, one;\nbrx.idx %r1, table;\none: ret;\ntwo: exit;"));
  const Function &k = first(module);
  ASSERT_EQ(k.tables.size(), 1u);
  EXPECT_EQ(k.tables[0].targets, (std::vector<uint32_t>{1, 2, 1}));
  EXPECT_EQ(k.body[0].operands[1].kind, Kind::Table);
  EXPECT_EQ(k.body[0].operands[1].index, 0u);
}

TEST(Parser, Calls) {
  Module module = parseGood(
      inModule(".extern .func (.param .b32 r) vprintf (.param .b64 a, .param .b64 b);\n"
               ".func trap_it() .noreturn { trap; }\n"
               ".func (.param .b32 r) f(.param .b32 x, .param .align 8 .b8 s[16]);\n"
               ".visible .entry k() { .reg .b32 %r<3>; .reg .b64 %rd<3>;\n"
               "{ .param .b32 param0; .param .align 8 .b8 param1[16]; .param .b32 retval0;\n"
               "st.param.b32 [param0], %r1; st.param.b64 [param1+8], %rd1;\n"
               "call.uni (retval0), \n f, \n ( param0, \n param1 ); ld.param.b32 %r2, [retval0]; }\n"
               "{ .param .b32 param0; st.param.b32 [param0], 1;\n"
               "p: .callprototype (.param .b32 _) _ (.param .b32 _, .param .align 8 .b8 _[16]) .noreturn;\n"
               "call (%r1), %rd1, (param0, 5), p; }\n"
               "call trap_it; t: .calltargets f, trap_it; call %rd1, t; ret; }\n"
               ".func (.param .b32 r) f(.param .b32 x, .param .align 8 .b8 s[16]) { st.param.b32 [r], 0; ret; }\n"));
  ASSERT_EQ(module.functions.size(), 4u);
  EXPECT_FALSE(module.functions[0].isDefined);
  EXPECT_EQ(module.functions[0].linkage, Linkage::Extern);
  EXPECT_TRUE(module.functions[1].directives.isNoReturn);
  EXPECT_TRUE(module.functions[2].isDefined) << "the definition is at the index of the declaration";
  EXPECT_EQ(module.functions[2].body[0].operands[0].elements[0].symbol, (SymbolRef{SymbolKind::ReturnParameter, 0}));
  const Function &k = module.functions[3];
  const Instruction &direct = k.body[2];
  EXPECT_EQ(direct.opcode, "call");
  EXPECT_TRUE(direct.hasModifier("uni"));
  EXPECT_EQ(direct.operands[0].elements[0].symbol, (SymbolRef{SymbolKind::FunctionVariable, 2}));
  EXPECT_EQ(direct.operands[1].symbol, (SymbolRef{SymbolKind::Function, 2}));
  EXPECT_EQ(direct.operands[2].elements.size(), 2u);
  EXPECT_EQ(direct.operands[3].kind, Kind::Sink);
  EXPECT_EQ(k.variables[1].size, 16u);
  EXPECT_EQ(k.variables[1].space, Space::Param);
  const Instruction &indirect = k.body[5];
  EXPECT_EQ(indirect.operands[1].kind, Kind::Register);
  EXPECT_EQ(indirect.operands[2].elements[1].value, 5);
  ASSERT_EQ(indirect.operands[3].kind, Kind::Table);
  const Table &prototype = k.tables[indirect.operands[3].index];
  EXPECT_EQ(prototype.kind, Table::Kind::CallPrototype);
  EXPECT_EQ(prototype.prototype.params[1].size, 16u);
  EXPECT_TRUE(prototype.prototype.isNoReturn);
  EXPECT_EQ(k.body[6].operands[0].kind, Kind::List);
  EXPECT_EQ(k.body[6].operands[2].kind, Kind::List);
  EXPECT_EQ(k.tables[k.body[7].operands[3].index].targets, (std::vector<uint32_t>{2, 1}));
}

TEST(Parser, Alias) {
  Module module =
      parseGood(inModule(".func g(); .func f() { ret; } .func h() { .reg .b64 %rd; call g; mov.u64 %rd, g; ret; }\n"
                         ".global .u64 p = g; .alias g, f;"));
  EXPECT_EQ(module.functions[2].body[0].operands[1].symbol.index, 1u);
  EXPECT_EQ(module.functions[2].body[1].operands[1].symbol.index, 1u);
  EXPECT_EQ(module.variables[0].relocations[0].symbol.index, 1u);
}

TEST(Parser, Initializers) {
  Module module = parseGood(inModule(".const .align 4 .f32 f[3] = {0f3F800000, -2.0, 3};\n"
                                     ".global .s16 m[2][3] = {{1, -2, 3}, {4}};\n"
                                     ".global .align 8 .b8 text[] = {113, 0x75, 0};\n"
                                     ".global .v2 .u16 v = {1, 2};\n"
                                     ".global .u64 p[4] = {text+1, generic(m)+6, 5, generic(p)};\n"
                                     ".global .b8 bytes[2] = {0xFF(text), 0xFF00(generic(text)+4)};\n"
                                     ".global .f64 d = 0f3F800000; .global .s64 n = -1; .global .b32 zeros[4];\n"
                                     ".extern .shared .align 16 .b8 dynamic[];\n"
                                     ".global .u32 rows[][2] = {{1, 2}, {3}};\n"));
  using Bytes = std::vector<uint8_t>;
  EXPECT_EQ(module.variables[0].initializer, (Bytes{0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0x40, 0x40}));
  EXPECT_EQ(module.variables[0].space, Space::Const);
  EXPECT_EQ(module.variables[1].initializer, (Bytes{1, 0, 0xFE, 0xFF, 3, 0, 4, 0, 0, 0, 0, 0}));
  EXPECT_EQ(module.variables[2].initializer, (Bytes{113, 0x75, 0}));
  EXPECT_EQ(module.variables[2].dims, std::vector<uint64_t>{3});
  EXPECT_EQ(module.variables[3].initializer, (Bytes{1, 0, 2, 0}));
  const Variable &pointers = module.variables[4];
  ASSERT_EQ(pointers.relocations.size(), 3u);
  EXPECT_EQ(pointers.relocations[0].addend, 1);
  EXPECT_FALSE(pointers.relocations[0].isGeneric);
  EXPECT_EQ(pointers.relocations[1].offset, 8u);
  EXPECT_EQ(pointers.relocations[1].addend, 6);
  EXPECT_TRUE(pointers.relocations[1].isGeneric);
  EXPECT_EQ(pointers.relocations[2].symbol.index, 4u);
  EXPECT_EQ(pointers.initializer[16], 5);
  const Variable &bytes = module.variables[5];
  ASSERT_EQ(bytes.relocations.size(), 2u);
  EXPECT_EQ(bytes.relocations[1].mask, 0xFF00u);
  EXPECT_EQ(bytes.relocations[1].size, 1u);
  EXPECT_EQ(bytes.relocations[1].addend, 4);
  EXPECT_EQ(module.variables[6].initializer, (Bytes{0, 0, 0, 0, 0, 0, 0xF0, 0x3F}));
  EXPECT_EQ(module.variables[7].initializer, Bytes(8, 0xFF));
  EXPECT_TRUE(module.variables[8].initializer.empty());
  EXPECT_EQ(module.variables[8].size, 16u);
  EXPECT_EQ(module.variables[9].size, 0u);
  EXPECT_EQ(module.variables[9].linkage, Linkage::Extern);
  EXPECT_EQ(module.variables[10].initializer, (Bytes{1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(Parser, DebugLines) {
  Module module = parseGood(
      inModule(".file 1 \"kernel.cu\", 1700000000, 42\n.file 2 \"header.h\"\n"
               ".visible .entry k() {\n.loc 1 10 3\n$L__func_begin0:\nret;\n"
               ".loc 2 7 5, function_name $L__info_string0, inlined_at 1 11 9\nret; }\n"
               ".section .debug_str { $L__info_string0: .b8 102, 0 }\n"
               ".section\t.debug_abbrev\n{\n.b8 1 // code\n.b32 .debug_info+12\n}\n.section .debug_macinfo { }\n"));
  EXPECT_EQ(module.files, (std::vector<std::string>{"", "kernel.cu", "header.h"}));
  EXPECT_EQ(first(module).body[0].source.line, 10u);
  EXPECT_EQ(first(module).body[0].source.column, 3u);
  EXPECT_EQ(first(module).body[1].source.file, 2u);
  EXPECT_EQ(first(module).body[1].source.line, 7u);
}

TEST(Parser, TakesWhatDoesNotMatter) {
  Module module = parseGood(inModule(".pragma \"nounroll\", \"x\";\n"
                                     ".weak .global .attribute(.managed) .align 4 .u32 a, b = 3;\n"
                                     ".visible .entry k() .attribute(.unified(1, 2)) .pragma \"nounroll\"; {\n"
                                     ".pragma \"nounroll\"; ; {} /* a\ncomment */ ret; }\n"));
  EXPECT_EQ(module.variables.size(), 2u);
  EXPECT_EQ(module.variables[0].linkage, Linkage::Weak);
  EXPECT_EQ(first(module).body.size(), 1u);
  EXPECT_EQ(first(module).body[0].location.line, 6u);
}

TEST(Parser, SpecialVectors) {
  Module module = parseGood(inKernel(".reg .v4 .u32 v; mov.v4.u32 v, %tid; mov.u32 %r1, %tid.w;"));
  const Operand &vector = first(module).body[0].operands[1];
  ASSERT_EQ(vector.elements.size(), 4u);
  EXPECT_EQ(SpecialRegister(vector.elements[2].index), SpecialRegister::TidZ);
  EXPECT_EQ(vector.elements[3].kind, Kind::Integer);
  EXPECT_EQ(first(module).body[1].operands[1].kind, Kind::Integer);
}

TEST(Parser, TypeNames) {
  for (const char *name : {"b8", "f16x2", "e4m3x2", "pred", "u64", "s4", "tf32", "ue8m0x2"})
    EXPECT_EQ(getTypeName(parseType(name)), name);
  EXPECT_EQ(parseType("f33"), Type::None);
  EXPECT_EQ(parseType(""), Type::None);
  EXPECT_EQ(getTypeBits(Type::BF16x2), 32u);
}
