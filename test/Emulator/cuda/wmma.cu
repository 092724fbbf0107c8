//===- wmma.cu - Products on tensor cores through <mma.h> ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// f16, bf16, tf32 and s8 inputs; a warp a 16x16 tile.
//
//===----------------------------------------------------------------------===//

#include <cuda_bf16.h>
#include <mma.h>

using namespace nvcuda::wmma;

// a: m x k row-major, b: k x n column-major, c: m x n row-major.
template <typename T, typename Sum, typename Fragment, int depth>
static __device__ void multiply(const T *a, const T *b, Sum *c, int n, int k) {
  fragment<matrix_a, 16, 16, depth, Fragment, row_major> left;
  fragment<matrix_b, 16, 16, depth, Fragment, col_major> right;
  fragment<accumulator, 16, 16, depth, Sum> sum;
  fill_fragment(sum, Sum(0));
  for (int i = 0; i < k; i += depth) {
    load_matrix_sync(left, a + blockIdx.y * 16 * k + i, k);
    load_matrix_sync(right, b + blockIdx.x * 16 * k + i, k);
    mma_sync(sum, left, right, sum);
  }
  store_matrix_sync(c + blockIdx.y * 16 * n + blockIdx.x * 16, sum, n, mem_row_major);
}

extern "C" __global__ void wmma_f16(const __half *a, const __half *b, float *c, int n, int k) {
  multiply<__half, float, __half, 16>(a, b, c, n, k);
}

extern "C" __global__ void wmma_f16_f16(const __half *a, const __half *b, __half *c, int n, int k) {
  multiply<__half, __half, __half, 16>(a, b, c, n, k);
}

extern "C" __global__ void wmma_bf16(const __nv_bfloat16 *a, const __nv_bfloat16 *b, float *c, int n, int k) {
  multiply<__nv_bfloat16, float, __nv_bfloat16, 16>(a, b, c, n, k);
}

extern "C" __global__ void wmma_s8(const signed char *a, const signed char *b, int *c, int n, int k) {
  multiply<signed char, int, signed char, 16>(a, b, c, n, k);
}

extern "C" __global__ void wmma_tf32(const float *a, const float *b, float *c, int n, int k) {
  fragment<matrix_a, 16, 16, 8, precision::tf32, row_major> left;
  fragment<matrix_b, 16, 16, 8, precision::tf32, col_major> right;
  fragment<accumulator, 16, 16, 8, float> sum;
  fill_fragment(sum, 0.0f);
  for (int i = 0; i < k; i += 8) {
    load_matrix_sync(left, a + blockIdx.y * 16 * k + i, k);
    load_matrix_sync(right, b + blockIdx.x * 16 * k + i, k);
    for (int j = 0; j < left.num_elements; ++j)
      left.x[j] = __float_to_tf32(left.x[j]);
    for (int j = 0; j < right.num_elements; ++j)
      right.x[j] = __float_to_tf32(right.x[j]);
    mma_sync(sum, left, right, sum);
  }
  store_matrix_sync(c + blockIdx.y * 16 * n + blockIdx.x * 16, sum, n, mem_row_major);
}

// Through shared memory, with an addition to what is there: c += a * b, 32x32 a CTA of four warps.
extern "C" __global__ void wmma_shared(const __half *a, const __half *b, float *c, int n, int k) {
  __shared__ __align__(32) __half tileA[32 * 16], tileB[16 * 32];
  int warp = threadIdx.x / 32, y = warp / 2 * 16, x = warp % 2 * 16;
  float *out = c + (blockIdx.y * 32 + y) * n + blockIdx.x * 32 + x;
  fragment<matrix_a, 16, 16, 16, __half, row_major> left;
  fragment<matrix_b, 16, 16, 16, __half, row_major> right;
  fragment<accumulator, 16, 16, 16, float> sum;
  load_matrix_sync(sum, out, n, mem_row_major);
  for (int start = 0; start < k; start += 16) {
    for (int i = threadIdx.x; i < 512; i += 128) {
      tileA[i] = a[(blockIdx.y * 32 + i / 16) * k + start + i % 16];
      tileB[i] = b[(start + i / 32) * n + blockIdx.x * 32 + i % 32];
    }
    __syncthreads();
    load_matrix_sync(left, tileA + y * 16, 16);
    load_matrix_sync(right, tileB + x, 32);
    mma_sync(sum, left, right, sum);
    __syncthreads();
  }
  store_matrix_sync(out, sum, n, mem_row_major);
}
