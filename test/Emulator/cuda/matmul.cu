//===- matmul.cu - Products without tensor cores ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One output a thread; tiles in shared memory; registers and float4 loads; int8 dot products.
//
//===----------------------------------------------------------------------===//

extern "C" __global__ void matmul_naive(const float *a, const float *b, float *c, int m, int n, int k) {
  int row = blockIdx.y * blockDim.y + threadIdx.y, column = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= m || column >= n)
    return;
  float sum = 0;
  for (int i = 0; i < k; ++i)
    sum += a[row * k + i] * b[i * n + column];
  c[row * n + column] = sum;
}

constexpr int tile = 16;

extern "C" __global__ void matmul_tiled(const float *a, const float *b, float *c, int m, int n, int k) {
  __shared__ float tileA[tile][tile], tileB[tile][tile];
  int row = blockIdx.y * tile + threadIdx.y, column = blockIdx.x * tile + threadIdx.x;
  float sum = 0;
  for (int start = 0; start < k; start += tile) {
    int i = start + threadIdx.x, j = start + threadIdx.y;
    tileA[threadIdx.y][threadIdx.x] = row < m && i < k ? a[row * k + i] : 0;
    tileB[threadIdx.y][threadIdx.x] = column < n && j < k ? b[j * n + column] : 0;
    __syncthreads();
    for (int i = 0; i < tile; ++i)
      sum += tileA[threadIdx.y][i] * tileB[i][threadIdx.x];
    __syncthreads();
  }
  if (row < m && column < n)
    c[row * n + column] = sum;
}

// A 4x4 block of outputs a thread, 32x32 a CTA of 64 threads; m, n, k are multiples of 32.
extern "C" __global__ void matmul_registers(const float *a, const float *b, float *c, int m, int n, int k) {
  __shared__ __align__(16) float tileA[8][32], tileB[8][32];
  int t = threadIdx.x, rowOfThread = t / 8 * 4, columnOfThread = t % 8 * 4;
  float sums[4][4] = {};
  for (int start = 0; start < k; start += 8) {
    for (int i = t; i < 256; i += 64)
      tileA[i % 8][i / 8] = a[(blockIdx.y * 32 + i / 8) * k + start + i % 8];
    *reinterpret_cast<float4 *>(&tileB[t / 8][columnOfThread]) =
        *reinterpret_cast<const float4 *>(&b[(start + t / 8) * n + blockIdx.x * 32 + columnOfThread]);
    __syncthreads();
#pragma unroll 2
    for (int i = 0; i < 8; ++i) {
      float4 left = *reinterpret_cast<float4 *>(&tileA[i][rowOfThread]);
      float4 right = *reinterpret_cast<float4 *>(&tileB[i][columnOfThread]);
      float l[4] = {left.x, left.y, left.z, left.w}, r[4] = {right.x, right.y, right.z, right.w};
      for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 4; ++x)
          sums[y][x] += l[y] * r[x];
    }
    __syncthreads();
  }
  for (int y = 0; y < 4; ++y)
    *reinterpret_cast<float4 *>(&c[(blockIdx.y * 32 + rowOfThread + y) * n + blockIdx.x * 32 + columnOfThread]) =
        make_float4(sums[y][0], sums[y][1], sums[y][2], sums[y][3]);
}

// a: m x k, b: n x k, four int8 a word.
extern "C" __global__ void matmul_dp4a(const int *a, const int *b, int *c, int n, int words) {
  int row = blockIdx.y * blockDim.y + threadIdx.y, column = blockIdx.x * blockDim.x + threadIdx.x;
  int sum = 0;
  for (int i = 0; i < words; ++i)
    sum = __dp4a(a[row * words + i], b[column * words + i], sum);
  c[row * n + column] = sum;
}
