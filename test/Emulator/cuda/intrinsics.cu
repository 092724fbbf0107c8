//===- intrinsics.cu - Instructions of their own ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Byte permutes, packed integers, funnel shifts, clocks, cache hints, special registers.
//
//===----------------------------------------------------------------------===//

extern "C" __global__ void bytes(const unsigned *x, unsigned *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  unsigned a = x[2 * i], b = x[2 * i + 1];
  y[12 * i + 0] = __byte_perm(a, b, 0x6420);
  y[12 * i + 1] = __byte_perm(a, b, b & 0xffff);
  y[12 * i + 2] = __funnelshift_l(a, b, i);
  y[12 * i + 3] = __funnelshift_rc(a, b, i);
  y[12 * i + 4] = __vadd4(a, b);
  y[12 * i + 5] = __vmaxs2(a, b);
  y[12 * i + 6] = __vabsdiffu4(a, b);
  y[12 * i + 7] = __sad(int(a), int(b), a);
  y[12 * i + 8] = __umul24(a, b) + __mul24(int(a), int(b));
  y[12 * i + 9] = __dp2a_lo(int(a), int(b), 5) + __dp4a(a, b, 9u);
  y[12 * i + 10] = __umulhi(a, b) + __uhadd(a, b) + __rhadd(int(a), int(b));
  y[12 * i + 11] = unsigned(__umul64hi(a * 0x123456789ull, b * 0x987654321ull));
}

extern "C" __global__ void cached(const float4 *x, float4 *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  __stcs(&y[3 * i], __ldg(&x[i]));
  __stcg(&y[3 * i + 1], __ldcs(&x[i]));
  __stwt(&y[3 * i + 2], __ldlu(&x[i]));
}

// out[0 .. 4]: of block 1, thread 33; the clock must not run backwards.
extern "C" __global__ void specials(unsigned *out) {
  long long start = clock64();
  unsigned lane, warp, less, smid;
  asm("mov.u32 %0, %%laneid;" : "=r"(lane));
  asm("mov.u32 %0, %%warpid;" : "=r"(warp));
  asm("mov.u32 %0, %%lanemask_lt;" : "=r"(less));
  asm volatile("mov.u32 %0, %%smid;" : "=r"(smid));
  __nanosleep(20);
  if (blockIdx.x == 1 && threadIdx.x == 33) {
    out[0] = lane;
    out[1] = warp;
    out[2] = less;
    out[3] = gridDim.x * 1000 + blockDim.x;
    out[4] = clock64() >= start && smid < 1024;
  }
}

extern "C" __global__ void rounding(const float *x, float *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float a = x[2 * i], b = x[2 * i + 1];
  y[8 * i + 0] = __fadd_rz(a, b);
  y[8 * i + 1] = __fmul_ru(a, b);
  y[8 * i + 2] = __fmaf_rd(a, b, a);
  y[8 * i + 3] = __fdiv_rn(a, b) + __frcp_rz(b);
  y[8 * i + 4] = __fsqrt_ru(fabsf(a));
  y[8 * i + 5] = __saturatef(a) + copysignf(a, b);
  y[8 * i + 6] = truncf(a) + ceilf(b) + rintf(a) + fminf(a, b);
  y[8 * i + 7] = isnan(a) ? 1.0f : isinf(b) ? 2.0f : fmodf(a, 1.5f);
}
