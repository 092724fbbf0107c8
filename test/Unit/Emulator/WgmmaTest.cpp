//===- WgmmaTest.cpp ------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every type of wgmma on whole numbers, with A from shared memory and from
// registers and each canonical layout. The layouts are written here from the
// tables of the ISA, as places of bytes, and not taken from the emulator.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"
#include "MatrixValues.h"
#include "PtxText.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

/// A canonical layout: swizzle of `span` bytes (16: none), K- or MN-major.
struct Layout {
  unsigned span;
  bool isMNMajor = false;
};

struct WgmmaCase {
  unsigned n;
  ElementType a, b, d;
  Layout layoutA{128}, layoutB{128};
  bool hasRegisterA = false;
  bool negatesA = false, negatesB = false, accumulates = true;

  unsigned k() const { return 256 / a.bits; }
  unsigned numD() const { return 64 * n * d.bits / 32 / 128; }
  bool hasTranspose() const { return a.bits == 16; }
};

/// An operand of `lines` rows (of A) or columns (of B) of `k` elements: bytes of shared memory and the descriptor's
/// strides in bytes.
struct Image {
  std::vector<uint8_t> bytes;
  unsigned leading = 0, stride = 0;
};

/// Bits 4.. XOR bits 7..: one at 32 bytes, two at 64, three at 128.
size_t swizzle(size_t at, unsigned span) {
  size_t mask = span / 16 - 1;
  return at ^ ((at >> 7) & mask) << 4;
}

Image makeImage(const WholeMatrix &matrix, const ElementType &type, const Layout &layout) {
  Image image;
  unsigned lines = matrix.rows, k = matrix.columns, span = layout.span, chunks = span / 16;
  bool isPlain = span == 16;
  unsigned blocks = (lines + 7) / 8;
  if (!layout.isMNMajor) {
    // Eight lines are `span` bytes each; without a swizzle the two halves of K are apart.
    image.stride = 8 * span + 256;
    image.leading = isPlain ? blocks * image.stride + 128 : 16;
    image.bytes.resize(image.stride * blocks + (isPlain ? image.leading : 0));
  } else if (isPlain) {
    image.stride = 256;                    // from eight lines to the next
    image.leading = blocks * image.stride; // from eight columns of K to the next
    image.bytes.resize(2 * image.leading);
  } else {
    image.stride = 8 * span + 1024 - 8 * span % 1024; // from eight columns of K to the next
    image.leading = 2 * image.stride;                 // from one span of lines to the next
    image.bytes.resize((blocks + chunks - 1) / chunks * image.leading);
  }
  for (unsigned line = 0; line != lines; ++line)
    for (unsigned i = 0; i != k; ++i) {
      size_t bit = size_t(i) * type.bits, at = bit / 8, place;
      if (!layout.isMNMajor && isPlain)
        place = line / 8 * image.stride + line % 8 * 16 + at / 16 * image.leading + at % 16;
      else if (!layout.isMNMajor)
        place = swizzle(line / 8 * image.stride + line % 8 * span + at, span);
      else if (isPlain)
        place = line / 8 * image.stride + i / 8 * image.leading + i % 8 * 16 + line % 8 * 2;
      else
        place = swizzle(line / 8 / chunks * image.leading + line / 8 % chunks * 16 + line % 8 * 2 +
                            i / 8 * image.stride + i % 8 * span,
                        span);
      putBits(image.bytes, place * 8 + (layout.isMNMajor ? 0 : bit % 8), type.bits, type.encode(matrix.at(line, i)));
    }
  return image;
}

uint64_t makeDescriptor(size_t offset, const Image &image, const Layout &layout) {
  uint64_t mode = layout.span == 128 ? 1 : layout.span == 64 ? 2 : layout.span == 32 ? 3 : 0;
  return offset >> 4 | uint64_t(image.leading >> 4) << 16 | uint64_t(image.stride >> 4) << 32 | mode << 62;
}

/// Copies the images to shared memory, multiplies once, writes all accumulators.
std::string getText(const WgmmaCase &c, size_t sharedBytes) {
  std::string text = std::string(header) +
                     ".extern .shared .align 1024 .b8 memory[];\n"
                     ".visible .entry k(.param .u64 image, .param .u64 a, .param .u64 c, "
                     ".param .u64 d, .param .u64 descA, .param .u64 descB) {\n"
                     ".reg .b64 %addr, %image, %descA, %descB, %base64;\n"
                     ".reg .b32 %lane, %at, %base;\n.reg .pred %more, %p;\n.reg .b32 %w<4>;\n"
                     "mov.u32 %lane, %tid.x;\nmov.u32 %base, memory;\nld.param.u64 %image, [image];\n"
                     "shl.b32 %at, %lane, 4;\nadd.u32 %base, %base, %at;\n"
                     "mad.wide.u32 %image, %lane, 16, %image;\ncopy:\n"
                     "ld.global.v4.b32 {%w0, %w1, %w2, %w3}, [%image];\n"
                     "st.shared.v4.b32 [%base], {%w0, %w1, %w2, %w3};\n"
                     "add.u64 %image, %image, 2048;\nadd.u32 %base, %base, 2048;\n"
                     "add.u32 %at, %at, 2048;\nsetp.lt.u32 %more, %at, " +
                     std::to_string(sharedBytes) + ";\n@%more bra copy;\nfence.proxy.async;\nbar.sync 0;\n";
  text += moveRegisters(true, "d", "c", c.numD(), 32, 128);
  if (c.hasRegisterA)
    text += moveRegisters(true, "a", "a", 4, 32, 128);
  text += "mov.u32 %base, memory;\nshr.u32 %base, %base, 4;\ncvt.u64.u32 %base64, %base;\n"
          "ld.param.u64 %descA, [descA];\nadd.u64 %descA, %descA, %base64;\n"
          "ld.param.u64 %descB, [descB];\nadd.u64 %descB, %descB, %base64;\nsetp.ne.b32 %p, " +
          std::string(c.accumulates ? "1" : "0") + ", 0;\nwgmma.fence.sync.aligned;\n";
  bool isFloat = c.a.isFloat();
  text += "wgmma.mma_async.sync.aligned.m64n" + std::to_string(c.n) + "k" + std::to_string(c.k()) + "." + c.d.name +
          "." + c.a.name + "." + c.b.name + (c.a.bits == 1 ? ".and.popc" : "") + " " + listRegisters("d", c.numD()) +
          ", " + (c.hasRegisterA ? listRegisters("a", 4) : "%descA") + ", %descB, %p";
  if (isFloat)
    text += std::string(c.negatesA ? ", -1" : ", 1") + (c.negatesB ? ", -1" : ", 1");
  if (c.hasTranspose() && !c.hasRegisterA)
    text += c.layoutA.isMNMajor ? ", 1" : ", 0";
  if (c.hasTranspose())
    text += c.layoutB.isMNMajor ? ", 1" : ", 0";
  text += ";\nwgmma.commit_group.sync.aligned;\nwgmma.wait_group.sync.aligned 0;\n";
  return text + moveRegisters(false, "d", "d", c.numD(), 32, 128) + "ret;\n}\n";
}

/// Bit of an element of D, figure "register fragment layout for accumulator matrix D", in [register][128] words.
template <typename Visit> void forEachAccumulator(const WgmmaCase &c, Visit visit) {
  unsigned perWord = 32 / c.d.bits;
  for (unsigned thread = 0; thread != 128; ++thread)
    for (unsigned i = 0; i != c.n / 2; ++i) {
      unsigned row = thread / 32 * 16 + thread % 32 / 4 + (i / 2 % 2) * 8, column = i / 4 * 8 + thread % 4 * 2 + i % 2;
      visit((size_t(i / perWord) * 128 + thread) * 32 + i % perWord * c.d.bits, row, column);
    }
}

/// Registers of A: word `r` of a thread holds 32 bits of K of row g or g + 8 (odd r), behind 16 bytes for r >= 2.
std::vector<uint8_t> makeRegistersA(const WgmmaCase &c, const WholeMatrix &a) {
  std::vector<uint8_t> bytes(4 * 128 * 4);
  unsigned perWord = 32 / c.a.bits;
  for (unsigned thread = 0; thread != 128; ++thread)
    for (unsigned r = 0; r != 4; ++r)
      for (unsigned e = 0; e != perWord; ++e) {
        unsigned row = thread / 32 * 16 + thread % 32 / 4 + r % 2 * 8, column = (r / 2 * 4 + thread % 4) * perWord + e;
        putBits(bytes, (r * 128 + thread) * 32 + e * c.a.bits, c.a.bits, c.a.encode(a.at(row, column)));
      }
  return bytes;
}

void testWgmma(const WgmmaCase &c) {
  std::mt19937 random(23);
  WholeMatrix a(64, c.k()), b(c.n, c.k()), sums(64, c.n);
  a.fill(c.a, random);
  b.fill(c.b, random);
  sums.fill(c.d, random);
  Image imageA = makeImage(a, c.a, c.layoutA), imageB = makeImage(b, c.b, c.layoutB);
  std::vector<uint8_t> image = imageA.bytes;
  image.resize((image.size() + 1023) / 1024 * 1024);
  size_t offsetB = image.size();
  image.insert(image.end(), imageB.bytes.begin(), imageB.bytes.end());
  image.resize((image.size() + 2047) / 2048 * 2048);
  std::vector<uint8_t> before(c.numD() * 512), expected(before.size());
  forEachAccumulator(c, [&](size_t bit, unsigned row, unsigned column) {
    int sum = c.accumulates ? sums.at(row, column) : 0, sign = c.negatesA != c.negatesB ? -1 : 1;
    for (unsigned i = 0; i != c.k(); ++i)
      sum += sign * a.at(row, i) * b.at(column, i);
    putBits(before, bit, c.d.bits, c.d.encode(sums.at(row, column)));
    putBits(expected, bit, c.d.bits, c.d.encode(sum));
  });
  KernelRun run(getText(c, image.size()), "k");
  run.pass(run.addBuffer("image", image))
      .pass(run.addBuffer("a", makeRegistersA(c, a)))
      .pass(run.addBuffer("c", before));
  run.pass(run.addBuffer("d", std::vector<uint8_t>(before.size()), /*isResult=*/true));
  run.pass(makeDescriptor(0, imageA, c.layoutA)).pass(makeDescriptor(offsetB, imageB, c.layoutB));
  run.config.block = {128, 1, 1};
  run.config.dynamicSharedBytes = uint32_t(image.size());
  std::string name = std::string(c.d.name) + "." + c.a.name + "." + c.b.name + " n " + std::to_string(c.n) + " spans " +
                     std::to_string(c.layoutA.span) + " " + std::to_string(c.layoutB.span) + " registers " +
                     std::to_string(c.hasRegisterA);
  for (const Order &order : {allOrders[0], allOrders[1]}) {
    EXPECT_EQ(formatHazards(run.launch(order)), "") << name;
    ASSERT_EQ(run.results.size(), 1u) << name;
    EXPECT_EQ(run.results[0], expected) << name;
  }
}

const ElementType f16Sums{"f16", 16, -20, 20};

TEST(Wgmma, EveryType) {
  struct Types {
    ElementType a, b, d;
  };
  const Types types[] = {{f16Type, f16Type, f32Type},   {f16Type, f16Type, f16Sums},   {bf16Type, bf16Type, f32Type},
                         {tf32Type, tf32Type, f32Type}, {e4m3Type, e4m3Type, f32Type}, {e4m3Type, e5m2Type, f16Sums},
                         {e5m2Type, e4m3Type, f32Type}, {s8Type, s8Type, s32Type},     {u8Type, s8Type, s32Type},
                         {s8Type, u8Type, s32Type},     {b1Type, b1Type, s32Type}};
  for (const Types &t : types)
    for (bool hasRegisterA : {false, true})
      testWgmma({24, t.a, t.b, t.d, {128}, {128}, hasRegisterA});
}

TEST(Wgmma, Widths) {
  for (unsigned n : {8u, 40u, 248u, 256u})
    testWgmma({n, bf16Type, bf16Type, f32Type});
  for (unsigned n : {8u, 16u, 192u, 256u})
    testWgmma({n, s8Type, s8Type, s32Type});
}

TEST(Wgmma, Layouts) {
  for (unsigned span : {16u, 32u, 64u, 128u}) {
    testWgmma({64, e4m3Type, e4m3Type, f32Type, {span}, {span}});
    testWgmma({64, tf32Type, tf32Type, f32Type, {span}, {128}});
    for (bool isMNMajorA : {false, true})
      for (bool isMNMajorB : {false, true})
        testWgmma({128, f16Type, f16Type, f32Type, {span, isMNMajorA}, {span, isMNMajorB}});
    testWgmma({72, bf16Type, bf16Type, f32Type, {128}, {span, true}, /*hasRegisterA=*/true});
  }
}

TEST(Wgmma, SignsAndZeroedAccumulators) {
  WgmmaCase c{16, f16Type, f16Type, f32Type};
  c.negatesA = true;
  testWgmma(c);
  c.negatesB = true;
  testWgmma(c);
  c.accumulates = false;
  testWgmma(c);
}

} // namespace
