//===- PlantedCases.cpp - Kernels that faults are planted in --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small launches of kernels of test/Emulator; their results are compared with
// the CPU elsewhere.
//
//===----------------------------------------------------------------------===//

#include "PlantedCases.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

using Run = std::unique_ptr<KernelRun>;

std::vector<int32_t> makeInts(size_t count, int limit) {
  std::vector<int32_t> values(count);
  for (size_t i = 0; i != count; ++i)
    values[i] = int32_t(i * 7919 % size_t(limit));
  return values;
}

std::vector<float> makeFloats(size_t count) {
  std::vector<float> values(count);
  for (size_t i = 0; i != count; ++i)
    values[i] = float(int(i * 7919 % 64) - 32) * 0.25f;
  return values;
}

std::vector<float> makeEmpty(size_t count) { return std::vector<float>(count, -1.0f); }

Run makeRun(const std::string &text, const char *kernel, std::array<uint32_t, 3> grid, std::array<uint32_t, 3> block,
            uint32_t sharedBytes = 0) {
  auto run = std::make_unique<KernelRun>(text, kernel);
  run->config.grid = grid;
  run->config.block = block;
  run->config.dynamicSharedBytes = sharedBytes;
  return run;
}

//===----------------------------------------------------------------------===//
// nvcc
//===----------------------------------------------------------------------===//

Run makeReduceSum(const std::string &text) {
  Run run = makeRun(text, "reduce_sum", {2, 1, 1}, {128, 1, 1});
  uint64_t x = run->addBuffer("x", makeFloats(700)), sum = run->addBuffer("sum", std::vector<float>{0}, true);
  run->pass(x).pass(sum).pass(700);
  return run;
}

Run makeReduceMax(const std::string &text) {
  Run run = makeRun(text, "reduce_max", {2, 1, 1}, {128, 1, 1}, 512);
  uint64_t x = run->addBuffer("x", makeFloats(2 * 200)), result = run->addBuffer("result", makeEmpty(2), true);
  run->pass(x).pass(result).pass(200);
  return run;
}

Run makeArgMax(const std::string &text) {
  Run run = makeRun(text, "argmax", {2, 1, 1}, {64, 1, 1});
  uint64_t x = run->addBuffer("x", makeFloats(4 * 100)), index = run->addBuffer("index", makeInts(4, 9), true);
  run->pass(x).pass(index).pass(4).pass(100);
  return run;
}

Run makeTranspose(const std::string &text) {
  Run run = makeRun(text, "transpose", {2, 3, 1}, {32, 8, 1});
  uint64_t x = run->addBuffer("x", makeFloats(70 * 45)), y = run->addBuffer("y", makeEmpty(70 * 45), true);
  run->pass(x).pass(y).pass(70).pass(45);
  return run;
}

Run makeScanBlock(const std::string &text) {
  Run run = makeRun(text, "scan_block", {2, 1, 1}, {256, 1, 1});
  uint64_t x = run->addBuffer("x", makeInts(512, 100)), y = run->addBuffer("y", makeInts(512, 3), true);
  run->pass(x).pass(y);
  return run;
}

Run makeScanChained(const std::string &text) {
  constexpr int n = 4 * 128 - 17;
  Run run = makeRun(text, "scan_chained", {4, 1, 1}, {128, 1, 1});
  uint64_t x = run->addBuffer("x", makeInts(n, 100)), y = run->addBuffer("y", makeInts(n, 3), true);
  uint64_t totals = run->addBuffer("totals", std::vector<int32_t>(8));
  run->pass(x).pass(y).pass(totals).pass(n);
  return run;
}

Run makeHistogram(const std::string &text) {
  Run run = makeRun(text, "histogram", {2, 1, 1}, {128, 1, 1});
  std::vector<uint8_t> bytes;
  for (int32_t value : makeInts(1000, 100)) // several of a warp in one bin
    bytes.push_back(uint8_t(value));
  uint64_t x = run->addBuffer("x", bytes), bins = run->addBuffer("bins", std::vector<int32_t>(256), true);
  run->pass(x).pass(bins).pass(1000);
  return run;
}

Run makeLastBlock(const std::string &text) {
  Run run = makeRun(text, "last_block", {4, 1, 1}, {64, 1, 1});
  uint64_t x = run->addBuffer("x", makeInts(4 * 64, 100)), partial = run->addBuffer("partial", makeInts(4, 3));
  uint64_t total = run->addBuffer("total", makeInts(1, 3), true);
  run->pass(x).pass(partial).pass(total);
  return run;
}

Run makeSpinLock(const std::string &text) {
  Run run = makeRun(text, "spin_lock", {6, 1, 1}, {64, 1, 1});
  uint64_t lock = run->addBuffer("lock", std::vector<int32_t>{0});
  uint64_t counter = run->addBuffer("counter", std::vector<int32_t>{0}, true);
  run->pass(lock).pass(counter);
  return run;
}

Run makeMatmulTiled(const std::string &text) {
  Run run = makeRun(text, "matmul_tiled", {3, 2, 1}, {16, 16, 1});
  constexpr int m = 32, n = 48, k = 40;
  uint64_t a = run->addBuffer("a", makeFloats(m * k)), b = run->addBuffer("b", makeFloats(k * n));
  uint64_t c = run->addBuffer("c", makeEmpty(m * n), true);
  run->pass(a).pass(b).pass(c).pass(m).pass(n).pass(k);
  return run;
}

Run makeClusterSum(const std::string &text) {
  Run run = makeRun(text, "cluster_sum", {8, 1, 1}, {64, 1, 1});
  uint64_t x = run->addBuffer("x", makeInts(512, 100)), y = run->addBuffer("y", makeInts(512, 3), true);
  run->pass(x).pass(y);
  return run;
}

Run makeClusterHistogram(const std::string &text) {
  Run run = makeRun(text, "cluster_histogram", {4, 1, 1}, {64, 1, 1});
  uint64_t x = run->addBuffer("x", makeInts(1000, 64));
  uint64_t bins = run->addBuffer("bins", std::vector<int32_t>(64), true);
  run->pass(x).pass(bins).pass(1000);
  return run;
}

Run makeBulkCopy(const std::string &text) {
  Run run = makeRun(text, "bulk_copy", {3, 1, 1}, {64, 1, 1});
  uint64_t x = run->addBuffer("x", makeInts(3 * 256, 100)), y = run->addBuffer("y", makeInts(3 * 256, 3), true);
  run->pass(x).pass(y);
  return run;
}

Run makeCopyPipeline(const std::string &text) {
  Run run = makeRun(text, "copy_pipeline", {2, 1, 1}, {32, 1, 1});
  uint64_t x = run->addBuffer("x", makeFloats(2 * 5 * 128)), y = run->addBuffer("y", makeEmpty(2 * 5 * 128), true);
  run->pass(x).pass(y).pass(5);
  return run;
}

Run makeGridSteps(const std::string &text) {
  Run run = makeRun(text, "grid_steps", {4, 1, 1}, {64, 1, 1});
  uint64_t a = run->addBuffer("a", makeFloats(300), true), b = run->addBuffer("b", makeEmpty(300), true);
  run->pass(a).pass(b).pass(300).pass(4);
  return run;
}

//===----------------------------------------------------------------------===//
// Tensor cores
//===----------------------------------------------------------------------===//

Run makeE4M3(const std::string &text) { return std::move(makeGemmE4M3(text, {256, 256, 768, 2}).run); }
Run makeS8(const std::string &text) { return std::move(makeGemmS8(text, {256, 256, 768, 1}).run); }
Run makeW4(const std::string &text) { return std::move(makeW4A16(text).run); }
Run makeCast(const std::string &text) { return std::move(makeMulticast(text).run); }
Run makeTransposedTiles(const std::string &text) { return std::move(makeTransposed(text).run); }
Run makeCopies(const std::string &text) { return std::move(makeCpAsync(text).run); }

const PlantedCase cases[] = {
    {"reduce_sum", "cuda/ptx/reduce.sm_80.ptx", makeReduceSum},
    {"reduce_max", "cuda/ptx/reduce.sm_80.ptx", makeReduceMax},
    {"argmax", "cuda/ptx/reduce.sm_90a.ptx", makeArgMax},
    {"transpose", "cuda/ptx/transpose.sm_80.ptx", makeTranspose},
    {"scan_block", "cuda/ptx/scan.sm_90a.ptx", makeScanBlock},
    {"scan_chained", "cuda/ptx/scan.sm_80.ptx", makeScanChained},
    {"histogram", "cuda/ptx/atomics.sm_80.ptx", makeHistogram},
    {"last_block", "cuda/ptx/atomics.sm_80.ptx", makeLastBlock},
    {"spin_lock", "cuda/ptx/atomics.sm_90a.ptx", makeSpinLock},
    {"matmul_tiled", "cuda/ptx/matmul.sm_80.ptx", makeMatmulTiled},
    {"cluster_sum", "cuda/ptx/cluster.sm_90a.ptx", makeClusterSum},
    {"cluster_histogram", "cuda/ptx/cluster.sm_90a.ptx", makeClusterHistogram},
    {"bulk_copy", "cuda/ptx/cluster.sm_90a.ptx", makeBulkCopy},
    {"copy_pipeline", "cuda/ptx/async_copy.sm_80.ptx", makeCopyPipeline},
    {"grid_steps", "cuda/ptx/groups.sm_90a.ptx", makeGridSteps},
    {"gemm_e4m3", "tensor/ptx/gemm.ptx", makeE4M3},
    {"gemm_s8", "tensor/ptx/gemm.ptx", makeS8},
    {"w4a16", "tensor/ptx/w4a16.ptx", makeW4},
    {"multicast", "tensor/ptx/multicast.ptx", makeCast},
    {"transposed", "tensor/ptx/transposed.ptx", makeTransposedTiles},
    {"cp_async", "tensor/ptx/cp_async.ptx", makeCopies},
};

} // namespace

llvm::ArrayRef<PlantedCase> quantopt::ptx::test::getPlantedCases() { return cases; }
