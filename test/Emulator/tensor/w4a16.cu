//===- w4a16.cu - 4-bit weights times bf16 activations --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// D [tokens x rows] = X [tokens x K] * W [rows x K]^T with W on the side of A, in registers: nibbles (value + 8) are
// loaded in the order of the fragments, turned to bf16 by one lop3 a pair and scaled by a bf16 for each row and 128 of K.
// `packed` is [rows / 64][K / 64][128 threads][4 words]; word q holds the fragment of columns 16 q .. 16 q + 15, element e
// of register i at bits 4 i + 16 e.
//
//===----------------------------------------------------------------------===//

#include "hopper.cuh"
#include "wgmma.cuh"
#include <cuda_bf16.h>

constexpr int tokens = 64, depth = 64, stages = 3;

struct Shared {
  alignas(1024) unsigned char x[stages][tokens * depth * 2];
  alignas(8) u64 full[stages], empty[stages];
};
extern __shared__ unsigned char memory[];

static __device__ __forceinline__ u32 maskMagic(u32 word) {
  u32 result;
  asm("lop3.b32 %0, %1, 0x000F000F, 0x43004300, 0xEA;" : "=r"(result) : "r"(word));
  return result;
}

/// Eight nibbles to four registers of two bf16; even registers are of row g, odd ones of row g + 8.
static __device__ __forceinline__ void unpack(u32 word, __nv_bfloat162 scale0, __nv_bfloat162 scale8, u32 (&a)[4]) {
  const __nv_bfloat162 bias = __floats2bfloat162_rn(136, 136);
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    u32 bits = maskMagic(word >> 4 * i);
    __nv_bfloat162 value = __hsub2(*reinterpret_cast<__nv_bfloat162 *>(&bits), bias);
    value = __hmul2(value, i % 2 ? scale8 : scale0);
    a[i] = *reinterpret_cast<u32 *>(&value);
  }
}

extern "C" __global__ void __launch_bounds__(256, 1)
w4a16(const __grid_constant__ TensorMap mapX, const uint4 *packed, const __nv_bfloat16 *scales, __nv_bfloat16 *out, int n,
      int k) {
  Shared &shared = *reinterpret_cast<Shared *>(memory + (1024 - sharedAddress(memory) % 1024) % 1024);
  if (threadIdx.x == 0) {
    for (int i = 0; i < stages; ++i) {
      initBarrier(sharedAddress(&shared.full[i]), 1);
      initBarrier(sharedAddress(&shared.empty[i]), 1);
    }
    fenceBarrierInit();
  }
  __syncthreads();
  RingPosition<stages> at;
  if (threadIdx.x >= 128) {
    if (threadIdx.x == 128)
      for (int i = 0; i < k; i += depth, at.advance()) {
        waitBarrier(sharedAddress(&shared.empty[at.stage]), at.parity ^ 1);
        expectBytes(sharedAddress(&shared.full[at.stage]), sizeof(shared.x[0]));
        loadBox(sharedAddress(shared.x[at.stage]), mapX, sharedAddress(&shared.full[at.stage]), i, blockIdx.y * tokens);
      }
    return;
  }
  int row = blockIdx.x * 64 + threadIdx.x / 32 * 16 + threadIdx.x % 32 / 4;
  float d[32];
#pragma unroll 1
  for (int i = 0; i < k; i += depth, at.advance()) {
    uint4 words = packed[(blockIdx.x * (k / depth) + i / depth) * 128 + threadIdx.x];
    __nv_bfloat162 scale0 = __bfloat162bfloat162(scales[i / 128 * n + row]);
    __nv_bfloat162 scale8 = __bfloat162bfloat162(scales[i / 128 * n + row + 8]);
    u32 a[4][4];
    unpack(words.x, scale0, scale8, a[0]);
    unpack(words.y, scale0, scale8, a[1]);
    unpack(words.z, scale0, scale8, a[2]);
    unpack(words.w, scale0, scale8, a[3]);
    waitBarrier(sharedAddress(&shared.full[at.stage]), at.parity);
    u64 b = descriptor128(sharedAddress(shared.x[at.stage]));
    tie(d);
#pragma unroll
    for (int q = 0; q < 4; ++q)
#pragma unroll
      for (int j = 0; j < 4; ++j)
        asm volatile("" : "+r"(a[q][j])::"memory");
    fenceWgmma();
#pragma unroll
    for (int q = 0; q < 4; ++q)
      wgmma_bf16_n64_rs(d, a[q], b + 2 * q, i != 0 || q != 0);
    commitWgmma();
    waitWgmma<0>();
    tie(d);
    if (threadIdx.x == 0)
      arrive(sharedAddress(&shared.empty[at.stage]));
  }
#pragma unroll
  for (int i = 0; i < 32; ++i) {
    int token = blockIdx.y * tokens + i / 4 * 8 + threadIdx.x % 4 * 2 + i % 2;
    out[token * n + row + i / 2 % 2 * 8] = __float2bfloat16(d[i]);
  }
}
