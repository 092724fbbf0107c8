//===- async_copy.cu - Copies that run ahead ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// cp.async through the pipeline primitives: two stages, zero fill at the end; inline PTX.
//
//===----------------------------------------------------------------------===//

#include <cuda_pipeline_primitives.h>

constexpr int stages = 2, chunk = 128;

// y = 2 x; a CTA of 32 threads walks over its `chunks` chunks of 128 floats.
extern "C" __global__ void copy_pipeline(const float *x, float *y, int chunks) {
  __shared__ __align__(16) float buffer[stages][chunk];
  x += blockIdx.x * chunks * chunk;
  y += blockIdx.x * chunks * chunk;
  auto fetch = [&](int index) {
    if (index < chunks)
      __pipeline_memcpy_async(&buffer[index % stages][threadIdx.x * 4], x + index * chunk + threadIdx.x * 4, 16);
    __pipeline_commit();
  };
  for (int i = 0; i < stages - 1; ++i)
    fetch(i);
  for (int i = 0; i < chunks; ++i) {
    fetch(i + stages - 1);
    __pipeline_wait_prior(stages - 1);
    __syncthreads();
    for (int j = threadIdx.x; j < chunk; j += 32)
      y[i * chunk + j] = 2 * buffer[i % stages][j];
    __syncthreads();
  }
}

// The last chunk is short: bytes beyond n are zeros.
extern "C" __global__ void copy_zero_fill(const float *x, float *y, int n) {
  __shared__ __align__(16) float buffer[chunk];
  int first = blockIdx.x * chunk + threadIdx.x * 4;
  int valid = min(max(n - first, 0), 4);
  __pipeline_memcpy_async(&buffer[threadIdx.x * 4], valid ? x + first : x, 16, (4 - valid) * sizeof(float));
  __pipeline_commit();
  __pipeline_wait_prior(0);
  __syncthreads();
  for (int j = threadIdx.x; j < chunk; j += 32)
    y[blockIdx.x * chunk + j] = buffer[chunk - 1 - j];
}

// Blocks with names of their own, as macros of inline PTX make them.
extern "C" __global__ void inline_blocks(const float *x, float *y, int n) {
  __shared__ __align__(16) float buffer[32];
  unsigned to = unsigned(__cvta_generic_to_shared(&buffer[threadIdx.x]));
  int i = blockIdx.x * 32 + threadIdx.x;
  asm volatile("{\n\t.reg .pred p;\n\tsetp.lt.s32 p, %2, %3;\n\t@p cp.async.ca.shared.global [%0], [%1], 4;\n\t"
               "@!p st.shared.u32 [%0], 0;\n\t}" ::"r"(to), "l"(x + i), "r"(i), "r"(n) : "memory");
  asm volatile("cp.async.commit_group;\n\tcp.async.wait_group 0;" ::: "memory");
  __syncthreads();
  float value = buffer[31 - threadIdx.x];
  asm volatile("{\n\t.reg .b32 count;\n\tmov.u32 count, 3;\nagain:\n\t.reg .pred p;\n\tadd.f32 %0, %0, %0;\n\tsub.s32 count, count, 1;"
               "\n\tsetp.ne.s32 p, count, 0;\n\t@p bra again;\n\t}" : "+f"(value));
  y[i] = value;
}
