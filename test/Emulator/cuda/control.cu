//===- control.cu - Ways that threads part ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Switches, early returns, nested loops, arrays in local memory.
//
//===----------------------------------------------------------------------===//

// Dense cases become a table of branches.
extern "C" __global__ void switch_table(const int *x, int *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  int value = x[i];
  volatile int *out = y;
  switch (value) {
  case 0:
    out[i] = 17;
    break;
  case 1:
    out[i] = value * i;
    [[fallthrough]];
  case 2:
    out[i] = i / 3;
    break;
  case 3:
    out[i] = __popc(i);
    out[i] = i ^ 0x55;
    break;
  case 4:
    for (int j = 0; j < i; ++j)
      out[i] = j;
    break;
  case 5:
    return;
  case 6:
    out[i] = -value;
    break;
  case 7:
    out[i] = i << 2;
    break;
  default:
    out[i] = -1;
  }
}

// Steps until the Collatz sequence ends: a different count a lane.
extern "C" __global__ void collatz(const unsigned *x, int *steps) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, count = 0;
  for (unsigned long long value = x[i]; value > 1; ++count)
    value = value % 2 ? 3 * value + 1 : value / 2;
  steps[i] = count;
}

extern "C" __global__ void local_array(const int *x, int *y, int n) {
  int values[16];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  for (int j = 0; j < 16; ++j)
    values[j] = x[(i + j) % n];
  for (int a = 1; a < 16; ++a) { // insertion sort
    int value = values[a], b = a;
    for (; b > 0 && values[b - 1] > value; --b)
      values[b] = values[b - 1];
    values[b] = value;
  }
  y[2 * i] = values[x[i] & 15];
  y[2 * i + 1] = values[7];
}

// Loops with two ways out, around a barrier that all threads reach.
extern "C" __global__ void nested(const int *x, int *y, int n) {
  __shared__ int shared[64];
  int i = threadIdx.x, sum = 0;
  for (int a = 0; a < n; ++a) {
    for (int b = 0; b < n; ++b) {
      if ((x[i] + a * b) % 5 == 0)
        continue;
      if (a * b > x[i])
        goto done;
      sum += a + b;
    }
  }
done:
  shared[i] = sum;
  __syncthreads();
  if (i < 32 && (i & 1)) {
    if (i & 2)
      sum += shared[63 - i];
    else
      sum -= shared[i + 32];
    __syncwarp(__activemask());
  }
  y[i] = sum;
}
