//===- elementwise.cu - One thread an element ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Vector loads, grid-stride loops, guards at the end, slow paths of math.
//
//===----------------------------------------------------------------------===//

extern "C" __global__ void vector_add(const float *__restrict__ a, const float *__restrict__ b, float *__restrict__ c, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    c[i] = a[i] + b[i];
}

extern "C" __global__ void vector_add4(const float4 *__restrict__ a, const float4 *__restrict__ b, float4 *__restrict__ c, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    float4 x = a[i], y = b[i];
    c[i] = make_float4(x.x + y.x, x.y + y.y, x.z + y.z, x.w + y.w);
  }
}

extern "C" __global__ void saxpy(int n, float alpha, const float *x, float *y) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x)
    y[i] = alpha * x[i] + y[i];
}

extern "C" __global__ void gelu(const float *x, float *y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    y[i] = 0.5f * x[i] * (1.0f + erff(x[i] * 0.70710678f));
}

extern "C" __global__ void silu(const float *x, float *y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    y[i] = x[i] / (1.0f + __expf(-x[i]));
}

// Integer division by variables, signed remainder, bit counts.
extern "C" __global__ void integers(const int *x, const unsigned *y, int *z, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  int a = x[i];
  unsigned b = y[i] | 1;
  long long wide = (long long)a * 1000003;
  z[8 * i + 0] = a / int(b & 0xffff);
  z[8 * i + 1] = a % 7;
  z[8 * i + 2] = b % 10;
  z[8 * i + 3] = __clz(a) + __popc(b) + __ffs(a);
  z[8 * i + 4] = __brev(a);
  z[8 * i + 5] = int(wide / (long long)b);
  z[8 * i + 6] = __mulhi(a, int(b)) ^ (a >> 3) ^ (b << 5);
  z[8 * i + 7] = min(a, int(b)) + max(a, -int(b)) + abs(a);
}

extern "C" __global__ void doubles(const double *x, double *y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    y[i] = sqrt(x[i] * x[i] + 1.0) / (2.0 + fabs(x[i])) + floor(x[i]);
}

extern "C" __global__ void transcendental(const float *x, float *y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    y[i] = sinf(x[i]) + logf(fabsf(x[i]) + 1.0f) * powf(fabsf(x[i]), 0.75f) + tanhf(x[i]) + rsqrtf(1.0f + x[i] * x[i]);
}
