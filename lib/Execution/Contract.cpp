//===- Contract.cpp - Any f32 contraction as BLAS calls -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A contraction is a loop nest with a stride for each operand and loop. Loops
// that run on without a gap are merged, one row, column and sum loop each are
// given to sgemm, the others run around it.
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <cblas.h>
#include <cstring>

using namespace quantopt;

namespace {

struct Loop {
  int64_t size, a, b, c; ///< trip count and strides

  bool isSum() const { return c == 0; }
  bool isRow() const { return c != 0 && b == 0; }
  bool isColumn() const { return c != 0 && a == 0; }
  bool isGemmSum() const { return c == 0 && a != 0 && b != 0; }
};

/// One sgemm problem: at most one loop of each role, size 1 where there is none.
struct Gemm {
  Loop row{1, 0, 0, 0}, column{1, 0, 0, 0}, sum{1, 0, 0, 0};
};

} // namespace

/// Joins pairs of loops of which one continues where the other ends, in all operands.
static void mergeLoops(llvm::SmallVectorImpl<Loop> &loops) {
  llvm::erase_if(loops, [](const Loop &loop) { return loop.size == 1; });
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < loops.size() && !changed; ++i)
      for (size_t j = 0; j < loops.size() && !changed; ++j) {
        Loop &inner = loops[i], &outer = loops[j];
        if (i == j || outer.a != inner.a * inner.size || outer.b != inner.b * inner.size ||
            outer.c != inner.c * inner.size)
          continue;
        inner.size *= outer.size;
        loops.erase(loops.begin() + j);
        changed = true;
      }
  }
}

/// Takes the longest loop that `has` holds for out of `loops`.
static void takeLongest(llvm::SmallVectorImpl<Loop> &loops, bool (Loop::*has)() const, Loop &result) {
  auto best = loops.end();
  for (auto it = loops.begin(); it != loops.end(); ++it)
    if (((*it).*has)() && (best == loops.end() || it->size > best->size))
      best = it;
  if (best == loops.end())
    return;
  result = *best;
  loops.erase(best);
}

/// A matrix with `inner` dense or not: leading dimension for BLAS, or 0 when neither stride is 1.
static int64_t getLeadingDimension(int64_t rowStride, int64_t rows, int64_t columnStride, int64_t columns,
                                   CBLAS_TRANSPOSE &transpose) {
  if ((columnStride == 1 || columns == 1) && (rows == 1 || rowStride >= columns)) {
    transpose = CblasNoTrans;
    return rows == 1 ? columns : rowStride;
  }
  if ((rowStride == 1 || rows == 1) && (columns == 1 || columnStride >= rows)) {
    transpose = CblasTrans;
    return columns == 1 ? rows : columnStride;
  }
  return 0;
}

/// Copies a matrix to dense rows.
static void pack(const float *source, int64_t rowStride, int64_t rows, int64_t columnStride, int64_t columns,
                 std::vector<float> &target) {
  target.resize(rows * columns);
  float *out = target.data();
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j)
      *out++ = source[i * rowStride + j * columnStride];
}

/// c = a x b + beta * c for one sgemm problem of any strides.
static void runGemm(const Gemm &gemm, const float *a, const float *b, float *c, float beta) {
  int64_t m = gemm.row.size, n = gemm.column.size, k = gemm.sum.size;
  CBLAS_TRANSPOSE transposeA, transposeB, transposeC;
  std::vector<float> packedA, packedB, packedC;
  int64_t lda = getLeadingDimension(gemm.row.a, m, gemm.sum.a, k, transposeA);
  if (!lda) {
    pack(a, gemm.row.a, m, gemm.sum.a, k, packedA);
    a = packedA.data(), lda = k, transposeA = CblasNoTrans;
  }
  int64_t ldb = getLeadingDimension(gemm.sum.b, k, gemm.column.b, n, transposeB);
  if (!ldb) {
    pack(b, gemm.sum.b, k, gemm.column.b, n, packedB);
    b = packedB.data(), ldb = n, transposeB = CblasNoTrans;
  }
  int64_t ldc = getLeadingDimension(gemm.row.c, m, gemm.column.c, n, transposeC);
  if (ldc && transposeC == CblasTrans) {
    // c^T = b^T a^T: column-major BLAS writes it in place.
    cblas_sgemm(CblasColMajor, transposeA == CblasNoTrans ? CblasTrans : CblasNoTrans,
                transposeB == CblasNoTrans ? CblasTrans : CblasNoTrans, m, n, k, 1.0f, a, lda, b, ldb, beta, c, ldc);
    return;
  }
  if (ldc) {
    cblas_sgemm(CblasRowMajor, transposeA, transposeB, m, n, k, 1.0f, a, lda, b, ldb, beta, c, ldc);
    return;
  }
  packedC.resize(m * n);
  cblas_sgemm(CblasRowMajor, transposeA, transposeB, m, n, k, 1.0f, a, lda, b, ldb, 0.0f, packedC.data(), n);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      float &target = c[i * gemm.row.c + j * gemm.column.c];
      target = packedC[i * n + j] + (beta == 0.0f ? 0.0f : target);
    }
}

/// The loops around sgemm; sums among them add to what their first trip wrote.
static void runLoops(llvm::ArrayRef<Loop> loops, const Gemm &gemm, const float *a, const float *b, float *c,
                     float beta) {
  if (loops.empty())
    return runGemm(gemm, a, b, c, beta);
  const Loop &loop = loops.front();
  for (int64_t i = 0; i < loop.size; ++i)
    runLoops(loops.drop_front(), gemm, a + i * loop.a, b + i * loop.b, c + i * loop.c,
             loop.isSum() && i > 0 ? 1.0f : beta);
}

/// Without a term to sum the result is zero, or what was there.
static void clear(llvm::ArrayRef<Loop> loops, float *c) {
  if (loops.empty()) {
    *c = 0.0f;
    return;
  }
  for (int64_t i = 0; i < (loops.front().isSum() ? 1 : loops.front().size); ++i)
    clear(loops.drop_front(), c + i * loops.front().c);
}

void execution::contractF32(int64_t rank, const int64_t *layout, const float *a, const float *b, float *c,
                            bool accumulate) {
  llvm::SmallVector<Loop, 8> loops;
  bool emptySum = false;
  for (int64_t i = 0; i < rank; ++i) {
    Loop loop{layout[i], layout[rank + i], layout[2 * rank + i], layout[3 * rank + i]};
    if (loop.size == 0 && !loop.isSum())
      return;
    emptySum |= loop.size == 0;
    loops.push_back(loop);
  }
  if (emptySum)
    return accumulate ? void() : clear(loops, c);
  mergeLoops(loops);
  Gemm gemm;
  takeLongest(loops, &Loop::isRow, gemm.row);
  takeLongest(loops, &Loop::isColumn, gemm.column);
  takeLongest(loops, &Loop::isGemmSum, gemm.sum);
  // Sums innermost, so that one element's terms stay together.
  llvm::SmallVector<Loop, 8> ordered;
  llvm::copy_if(loops, std::back_inserter(ordered), [](const Loop &loop) { return !loop.isSum(); });
  llvm::copy_if(loops, std::back_inserter(ordered), [](const Loop &loop) { return loop.isSum(); });
  runLoops(ordered, gemm, a, b, c, accumulate ? 1.0f : 0.0f);
}
