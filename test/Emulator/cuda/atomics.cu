//===- atomics.cu - Histograms and other atomics ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shared and global memory, integers and floats, compare-and-swap loops.
//
//===----------------------------------------------------------------------===//

extern "C" __global__ void histogram(const unsigned char *x, unsigned *bins, int n) {
  __shared__ unsigned local[256];
  for (int i = threadIdx.x; i < 256; i += blockDim.x)
    local[i] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x)
    atomicAdd(&local[x[i]], 1u);
  __syncthreads();
  for (int i = threadIdx.x; i < 256; i += blockDim.x)
    atomicAdd(&bins[i], local[i]);
}

static __device__ float atomicMaxFloat(float *address, float value) {
  int *bits = reinterpret_cast<int *>(address);
  int old = *bits;
  while (__int_as_float(old) < value) {
    int assumed = old;
    old = atomicCAS(bits, assumed, __float_as_int(value));
    if (old == assumed)
      break;
  }
  return __int_as_float(old);
}

// ints: 10 cells; longs: 3; floats: 2; doubles: 1. Order does not matter to the results.
extern "C" __global__ void all_atomics(const int *x, int *ints, unsigned long long *longs, float *floats, double *doubles) {
  int value = x[blockIdx.x * blockDim.x + threadIdx.x];
  atomicAdd(&ints[0], value);
  atomicSub(&ints[1], value);
  atomicMin(&ints[2], value);
  atomicMax(&ints[3], value);
  atomicAnd(&ints[4], value);
  atomicOr(&ints[5], value);
  atomicXor(&ints[6], value);
  atomicInc(reinterpret_cast<unsigned *>(&ints[7]), 100);
  atomicDec(reinterpret_cast<unsigned *>(&ints[8]), 100);
  atomicMax(reinterpret_cast<unsigned *>(&ints[9]), unsigned(value));
  atomicAdd(&longs[0], (unsigned long long)value);
  atomicMax(&longs[1], (unsigned long long)value);
  atomicXor(&longs[2], (unsigned long long)value << 20);
  atomicMaxFloat(&floats[0], float(value));
  atomicAdd(&floats[1], float(value % 16)); // exact in any order
  atomicAdd(&doubles[0], double(value));
}

// The last block to arrive adds the others' results.
__device__ unsigned arrived;
extern "C" __global__ void last_block(const int *x, int *partial, int *total) {
  __shared__ bool isLast;
  __shared__ int sum;
  if (threadIdx.x == 0)
    sum = 0;
  __syncthreads();
  atomicAdd(&sum, x[blockIdx.x * blockDim.x + threadIdx.x]);
  __syncthreads();
  if (threadIdx.x == 0) {
    partial[blockIdx.x] = sum;
    __threadfence();
    isLast = atomicInc(&arrived, gridDim.x - 1) == gridDim.x - 1;
  }
  __syncthreads();
  if (isLast && threadIdx.x == 0) {
    int result = 0;
    for (unsigned i = 0; i < gridDim.x; ++i)
      result += static_cast<volatile int *>(partial)[i];
    *total = result;
  }
}

// A lock in global memory; one thread of each block takes it.
extern "C" __global__ void spin_lock(int *lock, int *counter) {
  if (threadIdx.x != 0)
    return;
  while (atomicCAS(lock, 0, 1) != 0)
    ;
  __threadfence();
  int value = *static_cast<volatile int *>(counter);
  *static_cast<volatile int *>(counter) = value + 1;
  __threadfence();
  atomicExch(lock, 0);
}
