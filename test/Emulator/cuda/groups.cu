//===- groups.cu - Cooperative groups -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The grid waits for itself; tiles of a warp.
//
//===----------------------------------------------------------------------===//

#include <cooperative_groups.h>

namespace cg = cooperative_groups;

// Jacobi steps: every block needs what the others wrote in the step before.
extern "C" __global__ void grid_steps(float *a, float *b, int n, int steps) {
  cg::grid_group grid = cg::this_grid();
  for (int step = 0; step < steps; ++step) {
    for (unsigned i = grid.thread_rank(); i < n; i += grid.size())
      b[i] = 0.5f * (a[i == 0 ? n - 1 : i - 1] + a[i + 1 == n ? 0 : i + 1]);
    grid.sync();
    float *swap = a;
    a = b;
    b = swap;
  }
}

extern "C" __global__ void tiles(const int *x, int *y) {
  cg::thread_block block = cg::this_thread_block();
  cg::thread_block_tile<8> tile = cg::tiled_partition<8>(block);
  int i = blockIdx.x * blockDim.x + threadIdx.x, value = x[i];
  for (int offset = 4; offset > 0; offset /= 2)
    value += tile.shfl_xor(value, offset);
  if (value % 2 == 0) {
    cg::coalesced_group some = cg::coalesced_threads();
    value += some.shfl(int(threadIdx.x), 0) * 100 + some.size();
  }
  block.sync();
  y[i] = value + tile.meta_group_rank();
}
