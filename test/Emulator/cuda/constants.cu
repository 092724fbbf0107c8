//===- constants.cu - Variables of a module -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constant and global arrays with initial values, pointers among them, structures as kernel parameters.
//
//===----------------------------------------------------------------------===//

__constant__ float weights[8] = {1, -2, 3.5f, 0, 0.25f, 1e-3f, 7, -8};
__constant__ short narrow[2][3] = {{1, -2, 3}, {4}};
__device__ int table[5] = {2, 3, 5, 7, 11};
__device__ int *pointers[2] = {table + 1, &table[4]};
__device__ const char text[] = "quantize";
__device__ double sums[2];
__device__ int4 vector = {1, 2, 3, 4};

extern "C" __global__ void read_constants(const float *x, float *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = x[i] * weights[i % 8] + narrow[i % 2][i % 3];
}

extern "C" __global__ void read_globals(int *y) {
  int i = threadIdx.x;
  y[i] = *pointers[i % 2] + text[i % 8] + (i < 2 ? int(sums[i]) : vector.z);
}

struct Parameters {
  float scale;
  const int *source;
  int offsets[4];
  char tag;
};

extern "C" __global__ void structure_parameter(Parameters parameters, int *y, short last) {
  int i = threadIdx.x;
  y[i] = int(parameters.source[i] * parameters.scale) + parameters.offsets[i % 4] + parameters.tag + last;
}

extern "C" __global__ void store_global(int value) { table[threadIdx.x] = value + threadIdx.x; }
