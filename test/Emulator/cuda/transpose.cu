//===- transpose.cu - A tile through shared memory ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Padding against bank conflicts; several elements a thread.
//
//===----------------------------------------------------------------------===//

constexpr int tile = 32, rowsPerStep = 8;

extern "C" __global__ void transpose(const float *in, float *out, int rows, int columns) {
  __shared__ float cell[tile][tile + 1];
  int x = blockIdx.x * tile + threadIdx.x, y = blockIdx.y * tile + threadIdx.y;
  for (int j = 0; j < tile; j += rowsPerStep)
    if (x < columns && y + j < rows)
      cell[threadIdx.y + j][threadIdx.x] = in[(y + j) * columns + x];
  __syncthreads();
  x = blockIdx.y * tile + threadIdx.x;
  y = blockIdx.x * tile + threadIdx.y;
  for (int j = 0; j < tile; j += rowsPerStep)
    if (x < rows && y + j < columns)
      out[(y + j) * rows + x] = cell[threadIdx.x][threadIdx.y + j];
}

// 16-bit elements, no padding.
extern "C" __global__ void transpose_u16(const unsigned short *in, unsigned short *out, int n) {
  __shared__ unsigned short cell[tile][tile];
  cell[threadIdx.y][threadIdx.x] = in[(blockIdx.y * tile + threadIdx.y) * n + blockIdx.x * tile + threadIdx.x];
  __syncthreads();
  out[(blockIdx.x * tile + threadIdx.y) * n + blockIdx.y * tile + threadIdx.x] = cell[threadIdx.x][threadIdx.y];
}
