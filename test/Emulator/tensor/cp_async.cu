//===- cp_async.cu - Products in the way of sm_80 -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// D [M x N] = A [M x K] * B [N x K]^T in f16, float sums: a CTA of four warps makes 64 x 64 of D. cp.async fills a ring
// of three stages whose 16-byte chunks are swizzled; ldmatrix and mma.sync.m16n8k16 consume it.
//
//===----------------------------------------------------------------------===//

#include <cuda_fp16.h>

using u32 = unsigned;

constexpr int depth = 32, stages = 3;

/// Chunk `chunk` (of 8 elements) of a row of 32.
static __device__ __forceinline__ int place(int row, int chunk) { return row * depth + (chunk ^ row / 2 % 4) * 8; }

static __device__ __forceinline__ u32 sharedAddress(const void *p) { return u32(__cvta_generic_to_shared(p)); }

static __device__ __forceinline__ void fetch(half (&to)[64 * depth], const half *from, int stride) {
#pragma unroll
  for (int i = 0; i < 2; ++i) {
    int row = threadIdx.x / 4 + i * 32, chunk = threadIdx.x % 4;
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(sharedAddress(&to[place(row, chunk)])),
                 "l"(from + row * stride + chunk * 8) : "memory");
  }
}

static __device__ __forceinline__ void loadMatrices(u32 (&r)[4], const half *from) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(sharedAddress(from)) : "memory");
}

static __device__ __forceinline__ void multiply(float (&d)[4], const u32 (&a)[4], u32 b0, u32 b1) {
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
               "{%0, %1, %2, %3};"
               : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

extern "C" __global__ void __launch_bounds__(128) cp_async(const half *a, const half *b, float *out, int n, int k) {
  __shared__ __align__(128) half tileA[stages][64 * depth], tileB[stages][64 * depth];
  a += blockIdx.y * 64 * k;
  b += blockIdx.x * 64 * k;
  int blocks = k / depth, lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  auto load = [&](int block) {
    if (block < blocks) {
      fetch(tileA[block % stages], a + block * depth, k);
      fetch(tileB[block % stages], b + block * depth, k);
    }
    asm volatile("cp.async.commit_group;" ::: "memory");
  };
  for (int i = 0; i < stages - 1; ++i)
    load(i);
  float d[8][4] = {};
  for (int block = 0; block < blocks; ++block) {
    asm volatile("cp.async.wait_group %0;" ::"n"(stages - 2) : "memory");
    __syncthreads();
    load(block + stages - 1);
    const half *fromA = tileA[block % stages], *fromB = tileB[block % stages];
#pragma unroll
    for (int step = 0; step < 2; ++step) {
      u32 left[4];
      loadMatrices(left, fromA + place(warp * 16 + lane % 16, step * 2 + lane / 16));
#pragma unroll
      for (int pair = 0; pair < 4; ++pair) {
        u32 right[4];
        loadMatrices(right, fromB + place(pair * 16 + lane % 8 + lane / 16 * 8, step * 2 + lane / 8 % 2));
        multiply(d[pair * 2], left, right[0], right[1]);
        multiply(d[pair * 2 + 1], left, right[2], right[3]);
      }
    }
  }
  int row = blockIdx.y * 64 + warp * 16 + lane / 4, column = blockIdx.x * 64 + lane % 4 * 2;
#pragma unroll
  for (int block = 0; block < 8; ++block)
#pragma unroll
    for (int i = 0; i < 4; ++i)
      out[(row + i / 2 * 8) * n + column + block * 8 + i % 2] = d[block][i];
}
