//===- MmaTest.cpp --------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every shape and type of mma.sync on whole numbers, whose sums are exact; and
// the moves of matrices.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"
#include "MatrixFragments.h"
#include "MatrixValues.h"
#include "PtxText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

struct MmaCase {
  unsigned m, n, k;
  ElementType a, b, c; // c is also the type of d
  std::string tail;    // .xor.popc
  std::string head;    // .satfinite

  unsigned wordBits() const { return a.bits == 64 ? 64 : 32; }
  unsigned numA() const { return m * k * a.bits / 32 / wordBits(); }
  unsigned numB() const { return n * k * b.bits / 32 / wordBits(); }
  unsigned numC() const { return m * n / 32 * c.bits / wordBits(); }
  std::string getName() const {
    return "mma.sync.aligned.m" + std::to_string(m) + "n" + std::to_string(n) + "k" + std::to_string(k) + ".row.col" +
           head + "." + c.name + "." + a.name + "." + b.name + "." + c.name + tail;
  }
  std::string getText() const {
    std::string text = std::string(header) +
                       ".visible .entry k(.param .u64 a, .param .u64 b, .param .u64 c, .param .u64 d) {\n"
                       ".reg .b64 %addr;\n.reg .b32 %lane;\nmov.u32 %lane, %tid.x;\n";
    text += moveRegisters(true, "a", "a", numA(), wordBits()) + moveRegisters(true, "b", "b", numB(), wordBits()) +
            moveRegisters(true, "c", "c", numC(), wordBits());
    text += ".reg .b" + std::to_string(wordBits()) + " %d<" + std::to_string(numC()) + ">;\n" + getName() + " " +
            listRegisters("d", numC()) + ", " + listRegisters("a", numA()) + ", " + listRegisters("b", numB()) + ", " +
            listRegisters("c", numC()) + ";\n";
    return text + moveRegisters(false, "d", "d", numC(), wordBits()) + "ret;\n}\n";
  }
};

/// Which bit of the registers' bytes holds an element of a fragment.
size_t getBit(const MmaCase &c, unsigned lane, unsigned index, unsigned element, unsigned bits) {
  return (size_t(index) * 32 + lane) * c.wordBits() + size_t(element) * bits;
}

int expectedSum(const MmaCase &c, const WholeMatrix &a, const WholeMatrix &b, unsigned row, unsigned column) {
  int sum = 0;
  for (unsigned i = 0; i != c.k; ++i) {
    int x = a.at(row, i), y = b.at(i, column);
    sum += c.tail == ".xor.popc" ? x ^ y : c.tail == ".and.popc" ? x & y : x * y;
  }
  return sum;
}

void testMma(const MmaCase &c) {
  std::mt19937 random(17);
  WholeMatrix a(c.m, c.k), b(c.k, c.n), sums(c.m, c.n);
  a.fill(c.a, random);
  b.fill(c.b, random);
  sums.fill(c.c, random);
  std::vector<uint8_t> bytesA(c.numA() * 4 * c.wordBits()), bytesB(c.numB() * 4 * c.wordBits()),
      bytesC(c.numC() * 4 * c.wordBits()), expected(bytesC.size());
  unsigned perA = c.wordBits() / c.a.bits, perB = c.wordBits() / c.b.bits, perC = c.wordBits() / c.c.bits;
  for (unsigned lane = 0; lane != 32; ++lane) {
    for (unsigned i = 0; i != c.numA() * perA; ++i) {
      MatrixPosition at = getFragmentA(c.m, perA, lane, i / perA, i % perA);
      putBits(bytesA, getBit(c, lane, i / perA, i % perA, c.a.bits), c.a.bits, c.a.encode(a.at(at.row, at.column)));
    }
    for (unsigned i = 0; i != c.numB() * perB; ++i) {
      MatrixPosition at = getFragmentB(perB, lane, i / perB, i % perB);
      putBits(bytesB, getBit(c, lane, i / perB, i % perB, c.b.bits), c.b.bits, c.b.encode(b.at(at.row, at.column)));
    }
    for (unsigned i = 0; i != c.numC() * perC; ++i) {
      MatrixPosition at = getFragmentC(c.m, lane, i);
      size_t bit = getBit(c, lane, i / perC, i % perC, c.c.bits);
      putBits(bytesC, bit, c.c.bits, c.c.encode(sums.at(at.row, at.column)));
      putBits(expected, bit, c.c.bits,
              c.c.encode(sums.at(at.row, at.column) + expectedSum(c, a, b, at.row, at.column)));
    }
  }
  KernelRun run(c.getText(), "k");
  uint64_t atA = run.addBuffer("a", bytesA), atB = run.addBuffer("b", bytesB), atC = run.addBuffer("c", bytesC);
  uint64_t atD = run.addBuffer("d", std::vector<uint8_t>(bytesC.size()), /*isResult=*/true);
  run.pass(atA).pass(atB).pass(atC).pass(atD);
  run.config.block = {32, 1, 1};
  EXPECT_EQ(formatHazards(run.launch(allOrders[0])), "") << c.getName();
  ASSERT_EQ(run.results.size(), 1u) << c.getName();
  EXPECT_EQ(run.results[0], expected) << c.getName();
}

TEST(Mma, EveryShapeAndType) {
  std::vector<MmaCase> cases = {
      {16, 8, 8, f16Type, f16Type, f32Type, "", ""},    {16, 8, 16, f16Type, f16Type, f32Type, "", ""},
      {16, 8, 8, f16Type, f16Type, f16Type, "", ""},    {16, 8, 16, f16Type, f16Type, f16Type, "", ""},
      {16, 8, 8, bf16Type, bf16Type, f32Type, "", ""},  {16, 8, 16, bf16Type, bf16Type, f32Type, "", ""},
      {16, 8, 4, tf32Type, tf32Type, f32Type, "", ""},  {16, 8, 8, tf32Type, tf32Type, f32Type, "", ""},
      {16, 8, 32, e4m3Type, e5m2Type, f32Type, "", ""}, {16, 8, 32, e5m2Type, e5m2Type, f16Type, "", ""},
      {16, 8, 16, e4m3Type, e4m3Type, f32Type, "", ""}, {8, 8, 4, f64Type, f64Type, f64Type, "", ""},
      {16, 8, 4, f64Type, f64Type, f64Type, "", ""},    {16, 8, 8, f64Type, f64Type, f64Type, "", ""},
      {16, 8, 16, f64Type, f64Type, f64Type, "", ""}};
  for (const ElementType &x : {s8Type, u8Type})
    for (const ElementType &y : {s8Type, u8Type})
      for (auto [m, k] : {std::pair(8u, 16u), {16u, 16u}, {16u, 32u}})
        cases.push_back({m, 8, k, x, y, s32Type, "", ""});
  for (const ElementType &x : {s4Type, u4Type})
    for (auto [m, k] : {std::pair(8u, 32u), {16u, 32u}, {16u, 64u}})
      cases.push_back({m, 8, k, x, s4Type, s32Type, "", ".satfinite"});
  for (const char *tail : {".xor.popc", ".and.popc"})
    for (auto [m, k] : {std::pair(8u, 128u), {16u, 128u}, {16u, 256u}})
      cases.push_back({m, 8, k, b1Type, b1Type, s32Type, tail, ""});
  for (const MmaCase &c : cases)
    testMma(c);
}

/// The quad pairs of Volta: four products of 8x8x4.
void testQuad(bool columnMajorA, bool columnMajorB, const ElementType &sumType) {
  std::mt19937 random(19);
  unsigned numC = sumType.bits == 32 ? 8 : 4, perC = 32 / sumType.bits;
  std::vector<uint8_t> bytesA(2 * 128), bytesB(2 * 128), bytesC(numC * 128), expected(numC * 128);
  std::vector<WholeMatrix> a(4, {8, 4}), b(4, {4, 8}), c(4, {8, 8});
  for (unsigned q = 0; q != 4; ++q) {
    a[q].fill(f16Type, random);
    b[q].fill(f16Type, random);
    c[q].fill(f32Type, random);
  }
  for (unsigned lane = 0; lane != 32; ++lane) {
    unsigned q = getQuadPair(lane);
    auto bit = [&](unsigned i, unsigned per) { return (size_t(i / per) * 32 + lane) * 32 + i % per * (32 / per); };
    for (unsigned i = 0; i != 4; ++i) {
      MatrixPosition atA = getQuadFragmentA(columnMajorA, lane, i), atB = getQuadFragmentB(columnMajorB, lane, i);
      putBits(bytesA, bit(i, 2), 16, f16Type.encode(a[q].at(atA.row, atA.column)));
      putBits(bytesB, bit(i, 2), 16, f16Type.encode(b[q].at(atB.row, atB.column)));
    }
    for (unsigned i = 0; i != 8; ++i) {
      MatrixPosition at = getQuadFragmentC(sumType.bits == 32, lane, i);
      int sum = c[q].at(at.row, at.column);
      putBits(bytesC, bit(i, perC), sumType.bits, sumType.encode(sum));
      for (unsigned k = 0; k != 4; ++k)
        sum += a[q].at(at.row, k) * b[q].at(k, at.column);
      putBits(expected, bit(i, perC), sumType.bits, sumType.encode(sum));
    }
  }
  std::string text = std::string(header) +
                     ".visible .entry k(.param .u64 a, .param .u64 b, .param .u64 c, .param .u64 d) {\n"
                     ".reg .b64 %addr;\n.reg .b32 %lane;\nmov.u32 %lane, %tid.x;\n" +
                     moveRegisters(true, "a", "a", 2, 32) + moveRegisters(true, "b", "b", 2, 32) +
                     moveRegisters(true, "c", "c", numC, 32) + ".reg .b32 %d<8>;\nmma.sync.aligned.m8n8k4." +
                     (columnMajorA ? "col." : "row.") + (columnMajorB ? "col." : "row.") + sumType.name + ".f16.f16." +
                     sumType.name + " " + listRegisters("d", numC) + ", {%a0, %a1}, {%b0, %b1}, " +
                     listRegisters("c", numC) + ";\n" + moveRegisters(false, "d", "d", numC, 32) + "ret;\n}\n";
  KernelRun run(text, "k");
  uint64_t atA = run.addBuffer("a", bytesA), atB = run.addBuffer("b", bytesB), atC = run.addBuffer("c", bytesC);
  run.pass(atA).pass(atB).pass(atC);
  run.pass(run.addBuffer("d", std::vector<uint8_t>(numC * 128), /*isResult=*/true));
  run.config.block = {32, 1, 1};
  EXPECT_EQ(formatHazards(run.launch(allOrders[0])), "");
  ASSERT_EQ(run.results.size(), 1u);
  EXPECT_EQ(run.results[0], expected);
}

TEST(Mma, QuadPairs) {
  for (bool columnMajorA : {false, true})
    for (bool columnMajorB : {false, true}) {
      testQuad(columnMajorA, columnMajorB, f32Type);
      testQuad(columnMajorA, columnMajorB, f16Type);
    }
}

/// Registers of ldmatrix or stmatrix and back through a row-major image: 8 x 8 matrices after each other.
std::string getMoveText(unsigned count, bool loads, const std::string &trans) {
  std::string suffix = "sync.aligned.m8n8.x" + std::to_string(count) + trans + ".shared.b16 ";
  std::string registers = listRegisters("r", count), text = header;
  text += ".visible .entry k(.param .u64 from, .param .u64 to) {\n.shared .align 16 .b8 tile[512];\n"
          ".reg .b64 %addr;\n.reg .b32 %lane, %row, %x;\nmov.u32 %lane, %tid.x;\nmov.u32 %row, tile;\n"
          "mad.lo.u32 %row, %lane, 16, %row;\n";
  std::string rows =
      "{.reg .b32 %w<4>;\nld.param.u64 %addr, [from];\nmad.wide.u32 %addr, %lane, 16, %addr;\n"
      "ld.global.v4.b32 {%w0, %w1, %w2, %w3}, [%addr];\nst.shared.v4.b32 [%row], {%w0, %w1, %w2, %w3};\n}\n";
  if (loads)
    return text + rows + "bar.sync 0;\n.reg .b32 %r<4>;\nldmatrix." + suffix + registers + ", [%row];\n" +
           moveRegisters(false, "r", "to", count, 32) + "ret;\n}\n";
  text +=
      moveRegisters(true, "r", "from", count, 32) + "stmatrix." + suffix + "[%row], " + registers + ";\nbar.sync 0;\n";
  text += "ld.param.u64 %addr, [to];\nmad.wide.u32 %addr, %lane, 16, %addr;\n.reg .b32 %w<4>;\n";
  text += ".reg .pred %p;\nsetp.lt.u32 %p, %lane, " + std::to_string(8 * count) + ";\n";
  return text +
         "@%p ld.shared.v4.b32 {%w0, %w1, %w2, %w3}, [%row];\n@%p st.global.v4.b32 [%addr], {%w0, %w1, %w2, %w3};\n"
         "ret;\n}\n";
}

TEST(Mma, LoadAndStoreMatrices) {
  for (unsigned count : {1u, 2u, 4u})
    for (bool transposed : {false, true})
      for (bool loads : {true, false}) {
        std::vector<uint16_t> image(256), registers(count * 64);
        for (unsigned i = 0; i != 256; ++i)
          image[i] = uint16_t(i * 257);
        for (unsigned j = 0; j != count; ++j)
          for (unsigned lane = 0; lane != 32; ++lane)
            for (unsigned e = 0; e != 2; ++e) {
              // Figure of ldmatrix: lane 4 r + c holds elements 2 c and 2 c + 1 of row r; .trans exchanges the indices.
              unsigned r = lane / 4, c = lane % 4 * 2 + e;
              registers[(j * 32 + lane) * 2 + e] = image[j * 64 + (transposed ? c * 8 + r : r * 8 + c)];
            }
        KernelRun run(getMoveText(count, loads, transposed ? ".trans" : ""), "k");
        std::vector<uint16_t> moved(image.begin(), image.begin() + count * 64);
        run.pass(run.addBuffer("from", loads ? image : registers));
        run.pass(run.addBuffer("to", std::vector<uint16_t>(count * 64), /*isResult=*/true));
        run.config.block = {32, 1, 1};
        EXPECT_EQ(formatHazards(run.launch(allOrders[0])), "");
        ASSERT_EQ(run.results.size(), 1u);
        EXPECT_EQ(run.getResult<uint16_t>(0), loads ? registers : moved) << "x" << count << " trans " << transposed;
      }
}

TEST(Mma, MoveMatrix) {
  std::string text = std::string(header) +
                     ".visible .entry k(.param .u64 from, .param .u64 to) {\n.reg .b64 %addr;\n"
                     ".reg .b32 %lane, %d0;\nmov.u32 %lane, %tid.x;\n" +
                     moveRegisters(true, "a", "from", 1, 32) + "movmatrix.sync.aligned.m8n8.trans.b16 %d0, %a0;\n" +
                     moveRegisters(false, "d", "to", 1, 32) + "ret;\n}\n";
  std::vector<uint16_t> from(64), expected(64);
  for (unsigned i = 0; i != 64; ++i) {
    from[i] = uint16_t(i);
    expected[i % 8 * 8 + i / 8] = uint16_t(i);
  }
  KernelRun run(text, "k");
  run.pass(run.addBuffer("from", from));
  run.pass(run.addBuffer("to", std::vector<uint16_t>(64), /*isResult=*/true));
  run.config.block = {32, 1, 1};
  EXPECT_EQ(formatHazards(run.launch(allOrders[0])), "");
  EXPECT_EQ(run.getResult<uint16_t>(0), expected);
}

TEST(Mma, ReportsAPartialWarp) {
  MmaCase c{16, 8, 8, f16Type, f16Type, f32Type, "", ""};
  KernelRun run(c.getText(), "k");
  uint64_t bytes = run.addBuffer("x", std::vector<uint8_t>(1024));
  run.pass(bytes).pass(bytes).pass(bytes).pass(bytes);
  run.config.block = {24, 1, 1};
  std::string text = formatHazards(run.launch(allOrders[0]));
  EXPECT_NE(text.find("24 of its 32 threads"), std::string::npos) << text;
}

} // namespace
