//===- softmax.cu - Rows of probabilities -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two passes with a block a row; one pass with a warp a row; half precision.
//
//===----------------------------------------------------------------------===//

#include <cuda_fp16.h>
#include <float.h>

template <bool isMax> static __device__ float blockReduce(float value) {
  __shared__ float partial[32];
  auto combine = [](float a, float b) { return isMax ? fmaxf(a, b) : a + b; };
  for (int offset = 16; offset > 0; offset >>= 1)
    value = combine(value, __shfl_xor_sync(0xffffffffu, value, offset));
  if (threadIdx.x % 32 == 0)
    partial[threadIdx.x / 32] = value;
  __syncthreads();
  value = partial[0];
  for (int i = 1; i < blockDim.x / 32; ++i)
    value = combine(value, partial[i]);
  __syncthreads();
  return value;
}

extern "C" __global__ void softmax(const float *x, float *y, int n) {
  x += blockIdx.x * n;
  y += blockIdx.x * n;
  float most = -FLT_MAX;
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    most = fmaxf(most, x[i]);
  most = blockReduce<true>(most);
  float sum = 0;
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    sum += expf(x[i] - most);
  sum = blockReduce<false>(sum);
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    y[i] = expf(x[i] - most) / sum;
}

// Maximum and sum in one pass, rescaled as the maximum grows.
extern "C" __global__ void softmax_online(const __half *x, __half *y, int rows, int n) {
  int row = blockIdx.x * blockDim.y + threadIdx.y;
  if (row >= rows)
    return;
  x += row * n;
  y += row * n;
  float most = -FLT_MAX, sum = 0;
  for (int i = threadIdx.x; i < n; i += 32) {
    float value = __half2float(x[i]), before = most;
    most = fmaxf(most, value);
    sum = sum * __expf(before - most) + __expf(value - most);
  }
  for (int offset = 16; offset > 0; offset >>= 1) {
    float otherMost = __shfl_xor_sync(0xffffffffu, most, offset), otherSum = __shfl_xor_sync(0xffffffffu, sum, offset);
    float both = fmaxf(most, otherMost);
    sum = sum * __expf(most - both) + otherSum * __expf(otherMost - both);
    most = both;
  }
  for (int i = threadIdx.x; i < n; i += 32)
    y[i] = __float2half_rn(__expf(__half2float(x[i]) - most) / sum);
}
