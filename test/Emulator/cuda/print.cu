//===- print.cu - printf and assert -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls to functions of the system, with arguments in a buffer.
//
//===----------------------------------------------------------------------===//

#include <assert.h>
#include <stdio.h>

extern "C" __global__ void print(const int *x) {
  if (threadIdx.x < 2)
    printf("thread %d of block %u: %d %5.2f %s %c%%\n", threadIdx.x, blockIdx.x, x[threadIdx.x], x[threadIdx.x] * 0.5, "text", 'c');
}

extern "C" __global__ void check(const int *x) { assert(x[threadIdx.x] > 0 && "positive"); }
