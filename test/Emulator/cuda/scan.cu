//===- scan.cu - Prefix sums --------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a warp, in a block, and across blocks that wait for one another.
//
//===----------------------------------------------------------------------===//

static __device__ int warpScan(int value, int lane) {
  for (int offset = 1; offset < 32; offset *= 2) {
    int other = __shfl_up_sync(0xffffffffu, value, offset);
    if (lane >= offset)
      value += other;
  }
  return value;
}

static __device__ int blockScan(int value) {
  __shared__ int sums[32];
  int lane = threadIdx.x & 31, warp = threadIdx.x >> 5;
  value = warpScan(value, lane);
  if (lane == 31)
    sums[warp] = value;
  __syncthreads();
  if (warp == 0)
    sums[lane] = warpScan(lane < blockDim.x / 32 ? sums[lane] : 0, lane);
  __syncthreads();
  return value + (warp > 0 ? sums[warp - 1] : 0);
}

extern "C" __global__ void scan_block(const int *x, int *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = blockScan(x[i]);
}

// Each block waits for the running total of the one before it. totals: 2 words a block, value and flag, zeroed.
extern "C" __global__ void scan_chained(const int *x, int *y, int *totals, int n) {
  __shared__ int before;
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  int value = blockScan(i < n ? x[i] : 0);
  if (threadIdx.x == blockDim.x - 1) {
    volatile int *mine = totals + 2 * blockIdx.x, *previous = mine - 2;
    int running = 0;
    if (blockIdx.x > 0) {
      while (previous[1] == 0)
        ;
      __threadfence();
      running = previous[0];
    }
    mine[0] = running + value;
    __threadfence();
    mine[1] = 1;
    before = running;
  }
  __syncthreads();
  if (i < n)
    y[i] = value + before;
}
