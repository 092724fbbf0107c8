//===- layernorm.cu - Normalized rows -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Mean and variance by Welford's updates; root mean square in bfloat16.
//
//===----------------------------------------------------------------------===//

#include <cuda_bf16.h>

extern "C" __global__ void layernorm(const float *x, const float *gamma, const float *beta, float *y, int n, float epsilon) {
  __shared__ float means[32], squares[32], counts[32];
  x += blockIdx.x * n;
  y += blockIdx.x * n;
  float mean = 0, square = 0, count = 0;
  for (int i = threadIdx.x; i < n; i += blockDim.x) {
    count += 1;
    float delta = x[i] - mean;
    mean += delta / count;
    square += delta * (x[i] - mean);
  }
  auto merge = [&](float otherMean, float otherSquare, float otherCount) {
    float total = count + otherCount;
    if (total == 0)
      return;
    float delta = otherMean - mean;
    mean += delta * otherCount / total;
    square += otherSquare + delta * delta * count * otherCount / total;
    count = total;
  };
  for (int offset = 16; offset > 0; offset >>= 1)
    merge(__shfl_down_sync(0xffffffffu, mean, offset), __shfl_down_sync(0xffffffffu, square, offset),
          __shfl_down_sync(0xffffffffu, count, offset));
  int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  if (lane == 0) {
    means[warp] = mean;
    squares[warp] = square;
    counts[warp] = count;
  }
  __syncthreads();
  mean = means[0], square = squares[0], count = counts[0];
  for (int i = 1; i < blockDim.x / 32; ++i)
    merge(means[i], squares[i], counts[i]);
  float scale = rsqrtf(square / count + epsilon);
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    y[i] = (x[i] - mean) * scale * gamma[i] + beta[i];
}

// Pairs of elements; n is even.
extern "C" __global__ void rmsnorm(const __nv_bfloat162 *x, const __nv_bfloat162 *gamma, __nv_bfloat162 *y, int n, float epsilon) {
  __shared__ float partial[32];
  int pairs = n / 2;
  x += blockIdx.x * pairs;
  y += blockIdx.x * pairs;
  float sum = 0;
  for (int i = threadIdx.x; i < pairs; i += blockDim.x) {
    float2 value = __bfloat1622float2(x[i]);
    sum += value.x * value.x + value.y * value.y;
  }
  for (int offset = 16; offset > 0; offset >>= 1)
    sum += __shfl_xor_sync(0xffffffffu, sum, offset);
  if (threadIdx.x % 32 == 0)
    partial[threadIdx.x / 32] = sum;
  __syncthreads();
  sum = 0;
  for (int i = 0; i < blockDim.x / 32; ++i)
    sum += partial[i];
  float scale = rsqrtf(sum / n + epsilon);
  for (int i = threadIdx.x; i < pairs; i += blockDim.x) {
    float2 value = __bfloat1622float2(x[i]), weight = __bfloat1622float2(gamma[i]);
    y[i] = __floats2bfloat162_rn(value.x * scale * weight.x, value.y * scale * weight.y);
  }
}
