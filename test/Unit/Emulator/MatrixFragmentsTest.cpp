//===- MatrixFragmentsTest.cpp --------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each expectation is a formula of the PTX ISA, section "Matrix Fragments for
// mma.<shape>", written for that shape alone: g is groupID = laneid >> 2, t is
// threadID_in_group = laneid % 4, i counts the elements of a fragment.
//
//===----------------------------------------------------------------------===//

#include "MatrixFragments.h"

#include "gtest/gtest.h"
#include <functional>
#include <set>

using namespace quantopt::ptx;

namespace {

using Formula = std::function<unsigned(unsigned g, unsigned t, unsigned i)>;

struct Figure {
  const char *name;
  unsigned rows;        // of A; 0: B
  unsigned perRegister; // elements
  unsigned elements;    // of a fragment
  Formula row, column;
};

unsigned group(unsigned g, unsigned, unsigned) { return g; }

const Figure figures[] = {
    {"m8n8k4.f64 A", 8, 1, 1, group, [](unsigned, unsigned t, unsigned) { return t; }},
    {"m8n8k4.f64 B", 0, 1, 1, [](unsigned, unsigned t, unsigned) { return t; }, group},
    {"m8n8k16.s8 A", 8, 4, 4, group, [](unsigned, unsigned t, unsigned i) { return t * 4 + i; }},
    {"m8n8k16.s8 B", 0, 4, 4, [](unsigned, unsigned t, unsigned i) { return t * 4 + i; }, group},
    {"m8n8k32.s4 A", 8, 8, 8, group, [](unsigned, unsigned t, unsigned i) { return t * 8 + i; }},
    {"m8n8k128.b1 A", 8, 32, 32, group, [](unsigned, unsigned t, unsigned i) { return t * 32 + i; }},
    {"m16n8k4.tf32 A", 16, 1, 2, [](unsigned g, unsigned, unsigned i) { return i == 0 ? g : g + 8; },
     [](unsigned, unsigned t, unsigned) { return t; }},
    {"m16n8k8.f16 A", 16, 2, 4, [](unsigned g, unsigned, unsigned i) { return i < 2 ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return t * 2 + (i & 1); }},
    {"m16n8k8.f16 B", 0, 2, 2, [](unsigned, unsigned t, unsigned i) { return t * 2 + i; }, group},
    {"m16n8k8.tf32 A", 16, 1, 4, [](unsigned g, unsigned, unsigned i) { return i == 0 || i == 2 ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return i < 2 ? t : t + 4; }},
    {"m16n8k8.tf32 B", 0, 1, 2, [](unsigned, unsigned t, unsigned i) { return i == 0 ? t : t + 4; }, group},
    {"m16n8k16.f16 A", 16, 2, 8,
     [](unsigned g, unsigned, unsigned i) { return i < 2 || (4 <= i && i < 6) ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return i < 4 ? t * 2 + (i & 1) : t * 2 + (i & 1) + 8; }},
    {"m16n8k16.f16 B", 0, 2, 4,
     [](unsigned, unsigned t, unsigned i) { return i < 2 ? t * 2 + i : t * 2 + (i & 1) + 8; }, group},
    {"m16n8k16.f64 A", 16, 1, 8, [](unsigned g, unsigned, unsigned i) { return i % 2 == 0 ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return i % 2 == 0 ? i * 2 + t : i * 2 - 2 + t; }},
    {"m16n8k16.f64 B", 0, 1, 4, [](unsigned, unsigned t, unsigned i) { return t + i * 4; }, group},
    {"m16n8k16.s8 A", 16, 4, 8, [](unsigned g, unsigned, unsigned i) { return i < 4 ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return t * 4 + (i & 3); }},
    {"m16n8k32.s8 A", 16, 4, 16,
     [](unsigned g, unsigned, unsigned i) { return i < 4 || (8 <= i && i < 12) ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return i < 8 ? t * 4 + (i & 3) : t * 4 + (i & 3) + 16; }},
    {"m16n8k32.s8 B", 0, 4, 8,
     [](unsigned, unsigned t, unsigned i) { return i < 4 ? t * 4 + i : t * 4 + (i & 3) + 16; }, group},
    {"m16n8k64.s4 A", 16, 8, 32,
     [](unsigned g, unsigned, unsigned i) { return i < 8 || (16 <= i && i < 24) ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return i < 16 ? t * 8 + (i & 7) : t * 8 + (i & 7) + 32; }},
    {"m16n8k128.b1 A", 16, 32, 64, [](unsigned g, unsigned, unsigned i) { return i < 32 ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return t * 32 + (i & 31); }},
    {"m16n8k256.b1 A", 16, 32, 128,
     [](unsigned g, unsigned, unsigned i) { return i < 32 || (64 <= i && i < 96) ? g : g + 8; },
     [](unsigned, unsigned t, unsigned i) { return i < 64 ? t * 32 + (i & 31) : t * 32 + (i & 31) + 128; }},
};

TEST(MatrixFragments, MultiplicandsAsInTheFigures) {
  for (const Figure &figure : figures)
    for (unsigned lane = 0; lane != 32; ++lane)
      for (unsigned i = 0; i != figure.elements; ++i) {
        unsigned index = i / figure.perRegister, element = i % figure.perRegister;
        MatrixPosition at = figure.rows ? getFragmentA(figure.rows, figure.perRegister, lane, index, element)
                                        : getFragmentB(figure.perRegister, lane, index, element);
        EXPECT_EQ(at.row, figure.row(lane >> 2, lane % 4, i)) << figure.name << " lane " << lane << " element " << i;
        EXPECT_EQ(at.column, figure.column(lane >> 2, lane % 4, i))
            << figure.name << " lane " << lane << " element " << i;
      }
}

TEST(MatrixFragments, AccumulatorsAsInTheFigures) {
  for (unsigned lane = 0; lane != 32; ++lane) {
    unsigned g = lane >> 2, t = lane % 4;
    for (unsigned i = 0; i != 4; ++i) // mma.m16n8k*
      EXPECT_EQ(getFragmentC(16, lane, i), (MatrixPosition{i < 2 ? g : g + 8, t * 2 + (i & 1)}));
    for (unsigned i = 0; i != 2; ++i) // mma.m8n8k*
      EXPECT_EQ(getFragmentC(8, lane, i), (MatrixPosition{g, t * 2 + i}));
    // wgmma, figure "WGMMA .m64nNk16 register fragment layout for accumulator matrix D", rows of one warp.
    for (unsigned i = 0; i != 128; ++i)
      EXPECT_EQ(getFragmentC(16, lane, i), (MatrixPosition{i / 2 % 2 == 0 ? g : g + 8, i / 4 * 8 + t * 2 + i % 2}));
  }
}

TEST(MatrixFragments, QuadPairsAsInTheFigures) {
  for (unsigned lane = 0; lane != 32; ++lane) {
    unsigned high = lane < 16 ? 0 : 4;
    EXPECT_EQ(getQuadPair(lane), lane % 16 / 4);
    for (unsigned i = 0; i != 4; ++i) {
      EXPECT_EQ(getQuadFragmentA(false, lane, i), (MatrixPosition{lane % 4 + high, i}));
      EXPECT_EQ(getQuadFragmentA(true, lane, i), (MatrixPosition{i % 4 + high, lane % 4}));
      EXPECT_EQ(getQuadFragmentB(false, lane, i), (MatrixPosition{lane % 4, i + high}));
      EXPECT_EQ(getQuadFragmentB(true, lane, i), (MatrixPosition{i, lane % 4 + high}));
    }
    for (unsigned i = 0; i != 8; ++i) {
      EXPECT_EQ(getQuadFragmentC(false, lane, i), (MatrixPosition{lane % 4 + high, i}));
      EXPECT_EQ(getQuadFragmentC(true, lane, i),
                (MatrixPosition{(lane & 1) + (i & 2) + high, (i & 4) + (lane & 2) + (i & 1)}));
    }
  }
}

// Whatever the formula, a fragment layout is a bijection between (lane, element) and the matrix.
TEST(MatrixFragments, EveryElementHasOneLane) {
  std::set<std::pair<unsigned, unsigned>> a, quad;
  for (unsigned lane = 0; lane != 32; ++lane) {
    for (unsigned i = 0; i != 16; ++i) {
      MatrixPosition at = getFragmentA(16, 4, lane, i / 4, i % 4);
      a.insert({at.row, at.column});
    }
    for (unsigned i = 0; i != 8; ++i) {
      MatrixPosition at = getQuadFragmentC(true, lane, i);
      quad.insert({at.row + 8 * getQuadPair(lane), at.column});
    }
  }
  EXPECT_EQ(a.size(), 16u * 32);
  EXPECT_EQ(quad.size(), 4u * 8 * 8);
}

// ldmatrix: "each row is eight 16-bit elements; a lane receives two consecutive ones of row laneid / 4"; .trans turns.
TEST(MatrixFragments, Ldmatrix) {
  EXPECT_EQ(getLdmatrixPosition(false, 0, 0), (MatrixPosition{0, 0}));
  EXPECT_EQ(getLdmatrixPosition(false, 31, 1), (MatrixPosition{7, 7}));
  EXPECT_EQ(getLdmatrixPosition(false, 5, 1), (MatrixPosition{1, 3}));
  EXPECT_EQ(getLdmatrixPosition(true, 5, 1), (MatrixPosition{3, 1}));
}

} // namespace
