//===- Hessian.cpp - Second moments of activations ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Hessian.h"

#include "quant-opt/Numerics/Parallel.h"
#include <algorithm>
#include <cassert>
#include <cblas.h>

using namespace quantopt;

static constexpr int64_t chunkTokens = 4096;
/// Rows of H that are in work at a time; bounds the fp32 buffers of wide layers.
static constexpr int64_t panelRows = 2048;

HessianAccumulator::HessianAccumulator(int64_t features) : features(features), sum(features * features) {}

void HessianAccumulator::add(llvm::ArrayRef<MatrixRef> samples, unsigned threads) {
  std::vector<Chunk> chunks;
  int64_t room = 0;
  for (const MatrixRef &sample : samples) {
    assert(sample.cols == features && "samples are [tokens, features]");
    for (int64_t at = 0; at != sample.rows;) {
      if (room == 0) {
        chunks.emplace_back();
        room = chunkTokens;
      }
      int64_t count = std::min(room, sample.rows - at);
      chunks.back().push_back({sample.row(at), count, sample.stride});
      at += count;
      room -= count;
    }
    tokens += sample.rows;
  }
  for (int64_t begin = 0; begin < features; begin += panelRows)
    addPanel(chunks, begin, std::min(begin + panelRows, features), threads);
}

/// Adds to rows [begin, end) of the lower triangle.
void HessianAccumulator::addPanel(llvm::ArrayRef<Chunk> chunks, int64_t begin, int64_t end, unsigned threads) {
  // One chunk a thread at a time; how many does not matter, because they are added in order.
  size_t wave = std::min<size_t>(resolveThreadCount(threads), chunks.size());
  int64_t height = end - begin, width = end;
  std::vector<std::vector<float>> products(wave);
  for (size_t at = 0; at < chunks.size(); at += wave) {
    size_t count = std::min(wave, chunks.size() - at);
    parallelFor(threads, count, [&](size_t i) {
      products[i].resize(height * width);
      float beta = 0;
      for (const Piece &piece : chunks[at + i]) {
        if (begin != 0)
          cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, height, begin, piece.tokens, 1, piece.data + begin,
                      piece.stride, piece.data, piece.stride, beta, products[i].data(), width);
        cblas_ssyrk(CblasRowMajor, CblasLower, CblasTrans, height, piece.tokens, 1, piece.data + begin, piece.stride,
                    beta, products[i].data() + begin, width);
        beta = 1;
      }
    });
    parallelFor(threads, height, [&](size_t row) {
      for (size_t i = 0; i != count; ++i) {
        const float *from = products[i].data() + row * width;
        double *to = sum.data() + (begin + row) * features;
        for (int64_t col = 0, last = begin + int64_t(row); col <= last; ++col)
          to[col] += from[col];
      }
    });
  }
}

std::vector<double> HessianAccumulator::take() {
  double factor = tokens ? 1 / double(tokens) : 0;
  for (int64_t i = 0; i != features; ++i)
    for (int64_t j = 0; j <= i; ++j)
      sum[j * features + i] = sum[i * features + j] = sum[i * features + j] * factor;
  std::vector<double> result(features * features);
  std::swap(result, sum);
  tokens = 0;
  return result;
}
