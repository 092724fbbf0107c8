//===- WmmaTest.cpp -------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// wmma.load, wmma.mma and wmma.store of every shape, type and layout, from
// matrices in memory to a matrix in memory: how fragments lie is not seen.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"
#include "MatrixValues.h"
#include "PtxText.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

struct WmmaCase {
  unsigned m, n, k;
  ElementType a, b, c;       // c is also the type of d
  unsigned numA, numB, numC; // registers, from the ISA's table of fragments
  const char *layoutA = "row", *layoutB = "col", *layoutD = "row";
  std::string head = "", tail = ""; // .xor.popc in front; .satfinite behind the types

  std::string getShape() const { return "m" + std::to_string(m) + "n" + std::to_string(n) + "k" + std::to_string(k); }
};

/// A matrix in memory with four (of nibbles 32, of bits 128) elements of padding a line.
struct Stored {
  std::vector<uint8_t> bytes;
  unsigned stride;
};

Stored store(const WholeMatrix &matrix, const ElementType &type, bool isColumnMajor) {
  unsigned lines = isColumnMajor ? matrix.columns : matrix.rows, length = isColumnMajor ? matrix.rows : matrix.columns;
  unsigned padding = type.bits == 1 ? 128 : type.bits == 4 ? 32 : 8;
  Stored result{{}, length + padding};
  result.bytes.resize(size_t(lines) * result.stride * type.bits / 8);
  for (unsigned row = 0; row != matrix.rows; ++row)
    for (unsigned column = 0; column != matrix.columns; ++column) {
      size_t line = isColumnMajor ? column : row, at = isColumnMajor ? row : column;
      putBits(result.bytes, (line * result.stride + at) * type.bits, type.bits, type.encode(matrix.at(row, column)));
    }
  return result;
}

bool isColumn(const char *layout) { return std::string(layout) == "col"; }

std::string getText(const WmmaCase &c, unsigned strideA, unsigned strideB, unsigned strideC, unsigned strideD) {
  unsigned bits = c.a.bits == 64 ? 64 : 32;
  std::string regs = ".reg .b" + std::to_string(bits) + " ", shape = c.getShape();
  std::string text =
      std::string(header) + ".visible .entry k(.param .u64 a, .param .u64 b, .param .u64 c, .param .u64 d) {\n" + regs +
      "%a<" + std::to_string(c.numA) + ">;\n" + regs + "%b<" + std::to_string(c.numB) + ">;\n" + regs + "%c<" +
      std::to_string(c.numC) + ">;\n" + regs + "%d<" + std::to_string(c.numC) + ">;\n.reg .b64 %addr;\n";
  auto load = [&](const char *which, unsigned count, const char *layout, const char *type, unsigned stride) {
    text += std::string("ld.param.u64 %addr, [") + which + "];\nwmma.load." + which + ".sync.aligned." + layout + "." +
            shape + ".global." + type + " " + listRegisters(which, count) + ", [%addr], " + std::to_string(stride) +
            ";\n";
  };
  load("a", c.numA, c.layoutA, c.a.name, strideA);
  load("b", c.numB, c.layoutB, c.b.name, strideB);
  load("c", c.numC, c.layoutD, c.c.name, strideC);
  std::string types = std::string(".") + c.c.name;
  if (std::string(c.a.name) != "f16")
    types += std::string(".") + c.a.name + "." + c.b.name;
  types += std::string(".") + c.c.name;
  text += "wmma.mma" + c.head + ".sync.aligned." + c.layoutA + "." + c.layoutB + "." + shape + types + c.tail + " " +
          listRegisters("d", c.numC) + ", " + listRegisters("a", c.numA) + ", " + listRegisters("b", c.numB) + ", " +
          listRegisters("c", c.numC) + ";\nld.param.u64 %addr, [d];\n";
  text += std::string("wmma.store.d.sync.aligned.") + c.layoutD + "." + shape + ".global." + c.c.name + " [%addr], " +
          listRegisters("d", c.numC) + ", " + std::to_string(strideD) + ";\nret;\n}\n";
  return text;
}

void testWmma(const WmmaCase &c) {
  std::mt19937 random(29);
  WholeMatrix a(c.m, c.k), b(c.k, c.n), sums(c.m, c.n), expected(c.m, c.n);
  a.fill(c.a, random);
  b.fill(c.b, random);
  sums.fill(c.c, random);
  for (unsigned y = 0; y != c.m; ++y)
    for (unsigned x = 0; x != c.n; ++x) {
      int sum = sums.at(y, x);
      for (unsigned i = 0; i != c.k; ++i)
        sum += c.a.bits != 1           ? a.at(y, i) * b.at(i, x)
               : c.head == ".xor.popc" ? a.at(y, i) ^ b.at(i, x)
                                       : a.at(y, i) & b.at(i, x);
      expected.at(y, x) = sum;
    }
  Stored storedA = store(a, c.a, isColumn(c.layoutA)), storedB = store(b, c.b, isColumn(c.layoutB));
  Stored storedC = store(sums, c.c, isColumn(c.layoutD)), storedD = store(expected, c.c, isColumn(c.layoutD));
  KernelRun run(getText(c, storedA.stride, storedB.stride, storedC.stride, storedD.stride), "k");
  run.pass(run.addBuffer("a", storedA.bytes))
      .pass(run.addBuffer("b", storedB.bytes))
      .pass(run.addBuffer("c", storedC.bytes));
  run.pass(run.addBuffer("d", std::vector<uint8_t>(storedD.bytes.size()), /*isResult=*/true));
  run.config.block = {32, 1, 1};
  std::string name = c.getShape() + " " + c.a.name + " " + c.layoutA + " " + c.layoutB + " " + c.layoutD;
  EXPECT_EQ(formatHazards(run.launch(allOrders[0])), "") << name;
  ASSERT_EQ(run.results.size(), 1u) << name;
  EXPECT_EQ(run.results[0], storedD.bytes) << name; // the padding is zeros in both
}

TEST(Wmma, EveryShapeTypeAndLayout) {
  for (const char *layoutA : {"row", "col"})
    for (const char *layoutB : {"row", "col"})
      for (const char *layoutD : {"row", "col"}) {
        for (auto [m, n] : {std::pair(16u, 16u), {8u, 32u}, {32u, 8u}}) {
          testWmma({m, n, 16, f16Type, f16Type, f32Type, 8, 8, 8, layoutA, layoutB, layoutD});
          testWmma({m, n, 16, f16Type, f16Type, f16Type, 8, 8, 4, layoutA, layoutB, layoutD});
          testWmma({m, n, 16, bf16Type, bf16Type, f32Type, m / 4, n / 4, 8, layoutA, layoutB, layoutD});
          testWmma({m, n, 16, s8Type, s8Type, s32Type, m / 8, n / 8, 8, layoutA, layoutB, layoutD});
          testWmma({m, n, 16, u8Type, u8Type, s32Type, m / 8, n / 8, 8, layoutA, layoutB, layoutD, "", ".satfinite"});
        }
        testWmma({16, 16, 8, tf32Type, tf32Type, f32Type, 4, 4, 8, layoutA, layoutB, layoutD});
        testWmma({8, 8, 4, f64Type, f64Type, f64Type, 1, 1, 2, layoutA, layoutB, layoutD});
      }
  for (const char *layoutD : {"row", "col"}) {
    testWmma({8, 8, 32, s4Type, s4Type, s32Type, 1, 1, 2, "row", "col", layoutD});
    testWmma({8, 8, 32, u4Type, u4Type, s32Type, 1, 1, 2, "row", "col", layoutD});
    testWmma({8, 8, 128, b1Type, b1Type, s32Type, 1, 1, 2, "row", "col", layoutD, ".xor.popc"});
    testWmma({8, 8, 128, b1Type, b1Type, s32Type, 1, 1, 2, "row", "col", layoutD, ".and.popc"});
  }
}

} // namespace
