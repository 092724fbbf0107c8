//===- transposed.cu - wgmma on matrices whose K is not contiguous --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// D [64 x 128] = A^T * B for A [K x 64] and B [K x 128] in f16, both MN-major in shared memory: boxes of 64 columns with
// the 128-byte swizzle.
//
//===----------------------------------------------------------------------===//

#include "hopper.cuh"
#include "wgmma.cuh"

constexpr int depth = 64, boxBytes = depth * 128;

struct Shared {
  alignas(1024) unsigned char a[boxBytes], b[2][boxBytes];
  alignas(8) u64 full;
};
extern __shared__ unsigned char memory[];

/// Eight rows of K every 1024 bytes, the next 64 columns a box away.
static __device__ __forceinline__ u64 descriptorMN(u32 address) {
  return u64((address & 0x3FFFF) >> 4) | u64(boxBytes / 16) << 16 | u64(64) << 32 | u64(1) << 62;
}

extern "C" __global__ void __launch_bounds__(128)
transposed(const __grid_constant__ TensorMap mapA, const __grid_constant__ TensorMap mapB, float *out, int k) {
  Shared &shared = *reinterpret_cast<Shared *>(memory + (1024 - sharedAddress(memory) % 1024) % 1024);
  u32 full = sharedAddress(&shared.full);
  if (threadIdx.x == 0) {
    initBarrier(full, 1);
    fenceBarrierInit();
  }
  __syncthreads();
  float d[64];
#pragma unroll 1
  for (int i = 0; i < k; i += depth) {
    if (threadIdx.x == 0) {
      expectBytes(full, sizeof(shared.a) + sizeof(shared.b));
      loadBox(sharedAddress(shared.a), mapA, full, 0, i);
      loadBox(sharedAddress(shared.b[0]), mapB, full, 0, i);
      loadBox(sharedAddress(shared.b[1]), mapB, full, 64, i);
    }
    waitBarrier(full, i / depth % 2);
    tie(d);
    fenceWgmma();
#pragma unroll
    for (int step = 0; step < depth / 16; ++step)
      wgmma_f16_n128_mn(d, descriptorMN(sharedAddress(shared.a) + step * 2048),
                        descriptorMN(sharedAddress(shared.b) + step * 2048), i != 0 || step != 0);
    commitWgmma();
    waitWgmma<0>();
    tie(d);
    __syncthreads();
  }
  int row = threadIdx.x / 32 * 16 + threadIdx.x % 32 / 4;
#pragma unroll
  for (int i = 0; i < 64; ++i)
    out[(row + i / 2 % 2 * 8) * 128 + i / 4 * 8 + threadIdx.x % 4 * 2 + i % 2] = d[i];
}
