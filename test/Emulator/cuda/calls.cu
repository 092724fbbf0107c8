//===- calls.cu - Functions that are called -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Structures by value, recursion, function pointers, results through pointers.
//
//===----------------------------------------------------------------------===//

struct Pair {
  int first;
  double second;
};

__noinline__ __device__ Pair combine(Pair a, Pair b) { return {a.first + b.first, a.second * b.second}; }

extern "C" __global__ void structures(const int *x, const double *y, int *first, double *second) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  Pair result = combine({x[i], y[i]}, {i, 1.5});
  result = combine(result, result);
  first[i] = result.first;
  second[i] = result.second;
}

__noinline__ __device__ int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

extern "C" __global__ void recursion(int *out) { out[threadIdx.x] = fibonacci(threadIdx.x % 10); }

__noinline__ __device__ int twice(int x) { return 2 * x; }
__noinline__ __device__ int negate(int x) { return -x; }
__noinline__ __device__ int square(int x) { return x * x; }
typedef int (*Operation)(int);
__device__ Operation operations[3] = {twice, negate, square};

// Lanes of a warp call different functions.
extern "C" __global__ void pointers(const int *x, int *y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = operations[i % 3](x[i]);
}

__noinline__ __device__ bool divide(int a, int b, int *quotient, int *remainder) {
  if (b == 0)
    return false;
  *quotient = a / b;
  *remainder = a % b;
  return true;
}

extern "C" __global__ void out_parameters(const int *a, const int *b, int *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, quotient = -1, remainder = -1;
  if (!divide(a[i], b[i], &quotient, &remainder))
    quotient = remainder = -7;
  out[2 * i] = quotient;
  out[2 * i + 1] = remainder;
}

struct Shape {
  int scale;
  __device__ Shape(int scale) : scale(scale) {}
  virtual __device__ int area(int x) const = 0;
};
struct Box : Shape {
  using Shape::Shape;
  __device__ int area(int x) const override { return scale * x * x; }
};
struct Line : Shape {
  using Shape::Shape;
  __device__ int area(int x) const override { return scale * x; }
};

extern "C" __global__ void virtual_calls(int *out) {
  Box box(threadIdx.x);
  Line line(3);
  const Shape *shape = threadIdx.x % 2 ? static_cast<const Shape *>(&box) : &line;
  out[threadIdx.x] = shape->area(threadIdx.x + 1);
}
