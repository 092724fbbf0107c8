//===- reduce.cu - Sums, maxima and votes -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shuffles in a warp, shared memory in a block, atomics across the grid.
//
//===----------------------------------------------------------------------===//

#include <float.h>

static __device__ float warpSum(float value) {
  for (int offset = 16; offset > 0; offset >>= 1)
    value += __shfl_xor_sync(0xffffffffu, value, offset);
  return value;
}

extern "C" __global__ void reduce_sum(const float *x, float *sum, int n) {
  __shared__ float partial[32];
  float value = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x)
    value += x[i];
  value = warpSum(value);
  if (threadIdx.x % 32 == 0)
    partial[threadIdx.x / 32] = value;
  __syncthreads();
  if (threadIdx.x < 32) {
    value = threadIdx.x < blockDim.x / 32 ? partial[threadIdx.x] : 0;
    value = warpSum(value);
    if (threadIdx.x == 0)
      atomicAdd(sum, value);
  }
}

// A tree in dynamic shared memory.
extern "C" __global__ void reduce_max(const float *x, float *result, int n) {
  extern __shared__ float tree[];
  float value = -FLT_MAX;
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    value = fmaxf(value, x[blockIdx.x * n + i]);
  tree[threadIdx.x] = value;
  __syncthreads();
  for (unsigned step = blockDim.x / 2; step > 0; step /= 2) {
    if (threadIdx.x < step)
      tree[threadIdx.x] = fmaxf(tree[threadIdx.x], tree[threadIdx.x + step]);
    __syncthreads();
  }
  if (threadIdx.x == 0)
    result[blockIdx.x] = tree[0];
}

// Index of the first largest element of each row; a warp a row.
extern "C" __global__ void argmax(const float *x, int *index, int rows, int columns) {
  int row = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32, lane = threadIdx.x % 32;
  if (row >= rows)
    return;
  float best = -FLT_MAX;
  int where = columns;
  for (int i = lane; i < columns; i += 32)
    if (x[row * columns + i] > best) {
      best = x[row * columns + i];
      where = i;
    }
  for (int offset = 16; offset > 0; offset >>= 1) {
    float other = __shfl_down_sync(0xffffffffu, best, offset);
    int otherWhere = __shfl_down_sync(0xffffffffu, where, offset);
    if (other > best || (other == best && otherWhere < where)) {
      best = other;
      where = otherWhere;
    }
  }
  if (lane == 0)
    index[row] = where;
}

// Votes, matches and the integer reductions of sm_80; 8 results a warp.
extern "C" __global__ void warp_votes(const int *x, unsigned *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  int value = x[i];
  unsigned all = 0xffffffffu;
  unsigned ballot = __ballot_sync(all, value > 0);
  int any = __any_sync(all, value == 3), every = __all_sync(all, value < 100);
  unsigned match = __match_any_sync(all, value & 3);
  int same;
  unsigned matchAll = __match_all_sync(all, value >> 20, &same);
  unsigned sum = __reduce_add_sync(all, value), most = __reduce_max_sync(all, value);
  unsigned bits = __reduce_xor_sync(all, unsigned(value));
  unsigned up = __shfl_up_sync(all, value, 1, 8), index = __shfl_sync(all, value, i * 7);
  if (threadIdx.x % 2 == 0)
    out[i] = ballot ^ match ^ up ^ index ^ __activemask();
  else
    out[i] = sum + most + bits + any + 2 * every + 4 * same + matchAll;
}

extern "C" __global__ void block_count(const int *x, int *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  int count = __syncthreads_count(x[i] > 0), all = __syncthreads_and(x[i] > -1000), any = __syncthreads_or(x[i] == 7);
  if (threadIdx.x == 0)
    out[blockIdx.x] = count * 4 + (all != 0) * 2 + (any != 0);
}
