//===- HostTensor.cpp - Tensors in host memory ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Execution/Execution.h"
#include "llvm/Support/MathExtras.h"
#include <cstdlib>
#include <sys/mman.h>

using namespace quantopt;

int64_t HostTensor::getNumElements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

size_t HostTensor::getSizeInBytes() const { return getNumElements() * getElementSize(kind); }

/// Large buffers are mapped on their own, so that freeing one gives its pages back at once.
static constexpr size_t mapThreshold = size_t(256) << 10;

HostTensor HostTensor::allocate(llvm::ArrayRef<int64_t> shape, ElementKind kind) {
  HostTensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.kind = kind;
  size_t bytes = llvm::alignTo(std::max<size_t>(tensor.getSizeInBytes(), 1), 64);
  if (bytes < mapThreshold) {
    char *memory = static_cast<char *>(std::aligned_alloc(64, bytes));
    if (!memory)
      llvm::report_bad_alloc_error("no memory for a tensor");
    tensor.data.reset(memory, [](char *pointer) { std::free(pointer); });
    return tensor;
  }
  // Populating at once costs a fraction of taking a fault for each page.
  void *memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED)
    llvm::report_bad_alloc_error("no memory for a tensor");
  tensor.data.reset(static_cast<char *>(memory), [bytes](char *pointer) { munmap(pointer, bytes); });
  return tensor;
}

HostTensor HostTensor::wrap(llvm::ArrayRef<int64_t> shape, ElementKind kind, std::shared_ptr<char> data) {
  HostTensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.kind = kind;
  tensor.data = std::move(data);
  return tensor;
}
