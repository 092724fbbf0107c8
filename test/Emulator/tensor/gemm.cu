//===- gemm.cu - Warp-specialized products of 8-bit matrices --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// D [M x N] = A [M x K] * B [N x K]^T. One thread of warpgroup 0 fills a ring of tiles by tensor copies, warpgroups 1 and
// 2 multiply 64 rows each; CTAs walk over the tiles of D. e4m3 writes bf16 by stmatrix and a tensor copy, s8 writes int32
// by stores.
//
//===----------------------------------------------------------------------===//

#include "hopper.cuh"
#include "wgmma.cuh"

constexpr int rows = 128, depth = 128, stages = 4, consumers = 2;

template <int columns> struct Shared {
  alignas(1024) unsigned char a[stages][rows * depth];
  unsigned char b[stages][columns * depth];
  unsigned char out[consumers][64 * 128];
  alignas(8) u64 full[stages], empty[stages];
};
extern __shared__ unsigned char memory[];

template <int columns> static __device__ __forceinline__ Shared<columns> &getShared() {
  // Swizzled tiles begin where their pattern does.
  return *reinterpret_cast<Shared<columns> *>(memory + (1024 - sharedAddress(memory) % 1024) % 1024);
}

template <int columns> static __device__ __forceinline__ void initBarriers(Shared<columns> &shared) {
  if (threadIdx.x == 0) {
    for (int i = 0; i < stages; ++i) {
      initBarrier(sharedAddress(&shared.full[i]), 1);
      initBarrier(sharedAddress(&shared.empty[i]), consumers);
    }
    fenceBarrierInit();
    fenceProxy();
  }
  __syncthreads();
}

template <int columns>
static __device__ __forceinline__ void produce(Shared<columns> &shared, const TensorMap &mapA, const TensorMap &mapB,
                                               int m, int n, int k) {
  RingPosition<stages> at;
  int tilesN = (n + columns - 1) / columns, tiles = (m + rows - 1) / rows * tilesN;
  for (int tile = blockIdx.x; tile < tiles; tile += gridDim.x)
    for (int i = 0; i < k; i += depth, at.advance()) {
      waitBarrier(sharedAddress(&shared.empty[at.stage]), at.parity ^ 1);
      u32 full = sharedAddress(&shared.full[at.stage]);
      expectBytes(full, (rows + columns) * depth);
      loadBox(sharedAddress(shared.a[at.stage]), mapA, full, i, tile / tilesN * rows);
      loadBox(sharedAddress(shared.b[at.stage]), mapB, full, i, tile % tilesN * columns);
    }
}

/// The products of one tile; releases a stage when the next one's products are in flight.
template <int columns, typename Sum, typename Multiply>
static __device__ __forceinline__ void consume(Shared<columns> &shared, RingPosition<stages> &at, int k,
                                               Sum (&d)[columns / 2], Multiply multiply) {
  int group = threadIdx.x / 128 - 1;
  bool isLeader = threadIdx.x % 128 == 0;
  u32 previous = 0;
#pragma unroll 1
  for (int i = 0; i < k; i += depth, at.advance()) {
    waitBarrier(sharedAddress(&shared.full[at.stage]), at.parity);
    u64 a = descriptor128(sharedAddress(shared.a[at.stage] + group * 64 * depth));
    u64 b = descriptor128(sharedAddress(shared.b[at.stage]));
    tie(d);
    fenceWgmma();
#pragma unroll
    for (int step = 0; step < depth / 32; ++step)
      multiply(d, a + 2 * step, b + 2 * step, i != 0 || step != 0);
    commitWgmma();
    waitWgmma<1>();
    tie(d);
    if (i != 0 && isLeader)
      arrive(previous);
    previous = sharedAddress(&shared.empty[at.stage]);
  }
  waitWgmma<0>();
  tie(d);
  if (isLeader)
    arrive(previous);
}

static __device__ __forceinline__ u32 packBf16(float low, float high) {
  u32 packed;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(packed) : "f"(high), "f"(low));
  return packed;
}

/// Rows of the warpgroup to global memory, 64 columns at a time.
static __device__ __forceinline__ void storeTile(Shared<128> &shared, const float (&d)[64], const TensorMap &mapD,
                                                 float alpha, int row, int column) {
  int group = threadIdx.x / 128 - 1, lane = threadIdx.x % 32, warp = threadIdx.x % 128 / 32;
  u32 base = sharedAddress(shared.out[group]);
  bool isLeader = threadIdx.x % 128 == 0;
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    if (isLeader)
      waitStoresRead();
    syncThreads(1 + group, 128);
#pragma unroll
    for (int pair = 0; pair < 4; ++pair) {
      u32 r[4];
#pragma unroll
      for (int i = 0; i < 4; ++i)
        r[i] = packBf16(d[half * 32 + pair * 8 + i * 2] * alpha, d[half * 32 + pair * 8 + i * 2 + 1] * alpha);
      int line = warp * 16 + lane % 16, chunk = pair * 2 + lane / 16;
      u32 to = base + line * 128 + ((chunk ^ line % 8) * 16);
      asm volatile("stmatrix.sync.aligned.m8n8.x4.shared.b16 [%0], {%1, %2, %3, %4};" ::"r"(to), "r"(r[0]), "r"(r[1]),
                   "r"(r[2]), "r"(r[3]) : "memory");
    }
    fenceProxy();
    syncThreads(1 + group, 128);
    if (isLeader) {
      storeBox(mapD, base, column + half * 64, row + group * 64);
      commitStores();
    }
  }
}

extern "C" __global__ void __launch_bounds__(384, 1)
gemm_e4m3(const __grid_constant__ TensorMap mapA, const __grid_constant__ TensorMap mapB,
          const __grid_constant__ TensorMap mapD, int m, int n, int k, float alpha) {
  Shared<128> &shared = getShared<128>();
  initBarriers(shared);
  if (threadIdx.x < 128) {
    asm volatile("setmaxnreg.dec.sync.aligned.u32 40;");
    if (threadIdx.x < 32 && electOne())
      produce(shared, mapA, mapB, m, n, k);
    return;
  }
  asm volatile("setmaxnreg.inc.sync.aligned.u32 232;");
  RingPosition<stages> at;
  int tilesN = (n + 127) / 128, tiles = (m + rows - 1) / rows * tilesN;
  for (int tile = blockIdx.x; tile < tiles; tile += gridDim.x) {
    float d[64];
    consume<128>(shared, at, k, d, [](float (&d)[64], u64 a, u64 b, int scale) { wgmma_e4m3_n128(d, a, b, scale); });
    storeTile(shared, d, mapD, alpha, tile / tilesN * rows, tile % tilesN * 128);
  }
  if (threadIdx.x % 128 == 0)
    waitStoresRead();
}

extern "C" __global__ void __launch_bounds__(384, 1)
gemm_s8(const __grid_constant__ TensorMap mapA, const __grid_constant__ TensorMap mapB, int *out, int m, int n, int k) {
  Shared<256> &shared = getShared<256>();
  initBarriers(shared);
  if (threadIdx.x < 128) {
    if (threadIdx.x < 32 && electOne())
      produce(shared, mapA, mapB, m, n, k);
    return;
  }
  RingPosition<stages> at;
  int tilesN = (n + 255) / 256, tiles = (m + rows - 1) / rows * tilesN;
  for (int tile = blockIdx.x; tile < tiles; tile += gridDim.x) {
    int d[128];
    consume<256>(shared, at, k, d, [](int (&d)[128], u64 a, u64 b, int scale) { wgmma_s8_n256(d, a, b, scale); });
    int row = tile / tilesN * rows + (threadIdx.x / 32 - 4) * 16 + threadIdx.x % 32 / 4;
    int column = tile % tilesN * 256 + threadIdx.x % 4 * 2;
#pragma unroll
    for (int i = 0; i < 128; i += 2) {
      int y = row + i / 2 % 2 * 8, x = column + i / 4 * 8;
      if (y < m && x < n)
        *reinterpret_cast<int2 *>(&out[y * n + x]) = make_int2(d[i], d[i + 1]);
    }
  }
}
