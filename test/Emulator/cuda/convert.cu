//===- convert.cu - Narrow floats ---------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// half, bfloat16 and 8-bit floats: conversions, packed arithmetic, comparisons.
//
//===----------------------------------------------------------------------===//

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

extern "C" __global__ void to_half(const float *x, unsigned short *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[8 * i + 0] = __half_as_ushort(__float2half_rn(x[i]));
  out[8 * i + 1] = __half_as_ushort(__float2half_rz(x[i]));
  out[8 * i + 2] = __half_as_ushort(__float2half_ru(x[i]));
  out[8 * i + 3] = __half_as_ushort(__float2half_rd(x[i]));
  out[8 * i + 4] = __bfloat16_as_ushort(__float2bfloat16_rn(x[i]));
  out[8 * i + 5] = __bfloat16_as_ushort(__float2bfloat16_rz(x[i]));
  out[8 * i + 6] = __half2int_rn(__float2half_rn(x[i])) + __bfloat162int_rz(__float2bfloat16_rn(x[i]));
  out[8 * i + 7] = __half_as_ushort(__int2half_rn(int(x[i])));
}

extern "C" __global__ void to_fp8(const float *x, unsigned char *out, float *back) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  __nv_fp8_e4m3 a(x[i]);
  __nv_fp8_e5m2 b(x[i]);
  out[2 * i] = a.__x;
  out[2 * i + 1] = b.__x;
  back[2 * i] = float(a);
  back[2 * i + 1] = float(b);
}

extern "C" __global__ void to_fp8x4(const float4 *x, unsigned *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[2 * i] = __nv_fp8x4_e4m3(x[i]).__x;
  out[2 * i + 1] = __nv_fp8x4_e5m2(x[i]).__x;
}

extern "C" __global__ void half2_arithmetic(const __half2 *a, const __half2 *b, __half2 *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  __half2 x = a[i], y = b[i];
  out[6 * i + 0] = __hadd2(x, y);
  out[6 * i + 1] = __hmul2(x, y);
  out[6 * i + 2] = __hfma2(x, y, __hsub2(x, y));
  out[6 * i + 3] = __hmax2(x, __hneg2(y));
  out[6 * i + 4] = __hgt2(x, y);
  out[6 * i + 5] = __hfma2_relu(x, y, x);
}

extern "C" __global__ void bf162_arithmetic(const __nv_bfloat162 *a, const __nv_bfloat162 *b, __nv_bfloat162 *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  __nv_bfloat162 x = a[i], y = b[i];
  out[5 * i + 0] = __hadd2(x, y);
  out[5 * i + 1] = __hmul2(x, y);
  out[5 * i + 2] = __hfma2(x, y, x);
  out[5 * i + 3] = __hmin2(x, y);
  out[5 * i + 4] = __habs2(x);
}

extern "C" __global__ void half_functions(const __half *x, __half *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  __half value = x[i];
  y[i] = __hlt(value, __float2half(0.5f)) ? hexp(value) : __hdiv(hsqrt(value), hrint(value));
}

// 64-bit integers and doubles.
extern "C" __global__ void integers_and_floats(const double *x, long long *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[6 * i + 0] = __double2ll_rn(x[i]);
  out[6 * i + 1] = __double2ll_rd(x[i]);
  out[6 * i + 2] = __double2uint_rz(x[i]);
  out[6 * i + 3] = __float_as_int(__double2float_rn(x[i]));
  out[6 * i + 4] = __float2int_ru(float(x[i])) + (signed char)int(x[i]);
  out[6 * i + 5] = __double_as_longlong(__ll2double_rn(__double2ll_rz(x[i])) + __int2double_rn(i) + __uint2float_rz(i));
}
