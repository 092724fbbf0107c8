//===- multicast.cu - A cluster shares its tiles --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// D [M x N] = A [M x K] * B [N x K]^T in bf16, float sums: two CTAs with 64 rows each share the 64 columns of B. Each
// loads half of B and sends it to both; a stage is free when both CTAs have multiplied with it.
//
//===----------------------------------------------------------------------===//

#include "hopper.cuh"
#include "wgmma.cuh"

constexpr int depth = 64, stages = 2, tileBytes = 64 * depth * 2;

struct Shared {
  alignas(1024) unsigned char a[stages][tileBytes], b[stages][tileBytes];
  alignas(8) u64 full[stages], empty[stages];
};
extern __shared__ unsigned char memory[];

extern "C" __global__ void __cluster_dims__(2, 1, 1) __launch_bounds__(256, 1)
multicast(const __grid_constant__ TensorMap mapA, const __grid_constant__ TensorMap mapB, float *out, int n, int k) {
  Shared &shared = *reinterpret_cast<Shared *>(memory + (1024 - sharedAddress(memory) % 1024) % 1024);
  u32 rank = clusterRank();
  if (threadIdx.x == 0) {
    for (int i = 0; i < stages; ++i) {
      initBarrier(sharedAddress(&shared.full[i]), 1);
      initBarrier(sharedAddress(&shared.empty[i]), 2);
    }
    fenceBarrierInit();
  }
  syncCluster();
  RingPosition<stages> at;
  if (threadIdx.x >= 128) {
    if (threadIdx.x == 128)
      for (int i = 0; i < k; i += depth, at.advance()) {
        u32 full = sharedAddress(&shared.full[at.stage]);
        waitBarrier(sharedAddress(&shared.empty[at.stage]), at.parity ^ 1);
        expectBytes(full, 2 * tileBytes);
        loadBox(sharedAddress(shared.a[at.stage]), mapA, full, i, blockIdx.x * 64);
        loadBoxToAll(sharedAddress(shared.b[at.stage]) + rank * (tileBytes / 2), mapB, full, i,
                     blockIdx.y * 64 + rank * 32, 3);
      }
  } else {
    float d[32];
#pragma unroll 1
    for (int i = 0; i < k; i += depth, at.advance()) {
      waitBarrier(sharedAddress(&shared.full[at.stage]), at.parity);
      u64 a = descriptor128(sharedAddress(shared.a[at.stage])), b = descriptor128(sharedAddress(shared.b[at.stage]));
      tie(d);
      fenceWgmma();
#pragma unroll
      for (int step = 0; step < 4; ++step)
        wgmma_bf16_n64(d, a + 2 * step, b + 2 * step, i != 0 || step != 0);
      commitWgmma();
      waitWgmma<0>();
      tie(d);
      if (threadIdx.x < 2)
        arriveAt(sharedAddress(&shared.empty[at.stage]), threadIdx.x);
    }
    int row = blockIdx.x * 64 + threadIdx.x / 32 * 16 + threadIdx.x % 32 / 4;
#pragma unroll
    for (int i = 0; i < 32; ++i)
      out[(row + i / 2 % 2 * 8) * n + blockIdx.y * 64 + i / 4 * 8 + threadIdx.x % 4 * 2 + i % 2] = d[i];
  }
  // Nobody leaves while the other CTA may still arrive at its barriers.
  __syncthreads();
  syncCluster();
}
