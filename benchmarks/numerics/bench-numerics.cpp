//===- bench-numerics.cpp - Speed of the numerics library -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// bench-numerics [threads]: GFLOP/s of Hessian accumulation beside the peak of
// sgemm, and seconds of the GPTQ solver, of plain rounding, of a scale search.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Gptq.h"
#include "quant-opt/Numerics/Hessian.h"
#include "quant-opt/Numerics/Parallel.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/TargetParser/Host.h"
#include <algorithm>
#include <cblas.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace quantopt;

/// Least of three runs, which is what an otherwise busy machine leaves comparable.
static double measure(llvm::function_ref<void()> body) {
  double best = 1e30;
  for (int run = 0; run != 3; ++run) {
    auto start = std::chrono::steady_clock::now();
    body();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

static std::vector<float> makeNormal(size_t count) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> result(count);
  for (float &value : result)
    value = normal(random);
  return result;
}

static void printMachine() {
  std::printf("cpu %s, OpenBLAS core %s, OPENBLAS_CORETYPE %s, features", llvm::sys::getHostCPUName().str().c_str(),
              openblas_get_corename(), std::getenv("OPENBLAS_CORETYPE") ? std::getenv("OPENBLAS_CORETYPE") : "unset");
  llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  for (const char *name : {"avx2", "fma", "f16c", "avx512f", "avx512vnni", "avx512bf16", "amx-tile"})
    if (features.lookup(name))
      std::printf(" %s", name);
  std::printf("\n");
}

/// Peak: a large square product on each thread at once.
static double measurePeak(unsigned threads) {
  constexpr int64_t n = 1024;
  std::vector<float> a = makeNormal(n * n), b = makeNormal(n * n);
  std::vector<std::vector<float>> c(threads, std::vector<float>(n * n));
  double seconds = measure([&] {
    parallelFor(threads, threads, [&](size_t i) {
      for (int repeat = 0; repeat != 8; ++repeat)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0, c[i].data(), n);
    });
  });
  return 8 * 2e-9 * double(n * n * n) * threads / seconds;
}

static void benchHessian(int64_t features, unsigned threads, double peak) {
  constexpr int64_t tokens = 65536, length = 512;
  std::vector<float> x = makeNormal(tokens * features);
  std::vector<MatrixRef> samples;
  for (int64_t at = 0; at != tokens; at += length)
    samples.emplace_back(x.data() + at * features, length, features);
  HessianAccumulator accumulator(features);
  double seconds = measure([&] { accumulator.add(samples, threads); });
  double rate = 1e-9 * double(features * (features + 1)) * tokens / seconds;
  std::printf("hessian K=%-5lld %6.3f s  %6.1f GFLOP/s of the triangle, %3.0f %% of sgemm peak\n",
              static_cast<long long>(features), seconds, rate, 100 * rate / peak);
}

static void benchSolver(int64_t rows, int64_t cols, unsigned threads) {
  std::vector<float> x = makeNormal(2 * cols * cols), w = makeNormal(rows * cols);
  HessianAccumulator accumulator(cols);
  accumulator.add({MatrixRef(x.data(), 2 * cols, cols)}, threads);
  std::vector<double> hessian = accumulator.take();
  BlockScheme scheme;
  scheme.blockCols = 64;
  GptqOptions options;
  options.threads = threads;
  MatrixRef weight(w.data(), rows, cols);
  HessianFactor factor;
  double factorSeconds =
      measure([&] { factor = llvm::cantFail(factorHessian(hessian, cols, scheme.blockCols, options)); });
  double solveSeconds = measure([&] { llvm::cantFail(solveGptq(weight, factor, scheme, options)); });
  double roundSeconds = measure([&] { llvm::cantFail(roundMatrix(weight, scheme, threads)); });
  scheme.search.steps = 50;
  double searchSeconds = measure([&] { llvm::cantFail(roundMatrix(weight, scheme, threads)); });
  std::printf("gptq %lldx%lld int4 g64: factor %.4f s, solve %.4f s; round %.4f s, 50-step search %.4f s\n",
              static_cast<long long>(rows), static_cast<long long>(cols), factorSeconds, solveSeconds, roundSeconds,
              searchSeconds);
}

int main(int argc, char **argv) {
  unsigned threads = resolveThreadCount(argc > 1 ? std::atoi(argv[1]) : 0);
  printMachine();
  double peak = measurePeak(threads);
  std::printf("%u threads, sgemm peak %.1f GFLOP/s\n", threads, peak);
  for (int64_t features : {576, 1536})
    benchHessian(features, threads, peak);
  benchSolver(1536, 576, threads);
  benchSolver(576, 1536, threads);
  benchSolver(576, 576, threads);
  return 0;
}
