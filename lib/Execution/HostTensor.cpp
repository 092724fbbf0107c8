//===- HostTensor.cpp - Tensors in host memory ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockPool.h"
#include "quant-opt/Execution/Execution.h"
#include "llvm/Support/MathExtras.h"

using namespace quantopt;

int64_t HostTensor::getNumElements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

size_t HostTensor::getSizeInBytes() const { return getNumElements() * getElementSize(kind); }

HostTensor HostTensor::allocate(llvm::ArrayRef<int64_t> shape, ElementKind kind) {
  HostTensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.kind = kind;
  size_t bytes = llvm::alignTo(std::max<size_t>(tensor.getSizeInBytes(), 1), 64);
  tensor.data.reset(static_cast<char *>(execution::allocateBlock(bytes)),
                    [bytes](char *pointer) { execution::releaseBlock(pointer, bytes); });
  return tensor;
}

HostTensor HostTensor::wrap(llvm::ArrayRef<int64_t> shape, ElementKind kind, std::shared_ptr<char> data) {
  HostTensor tensor;
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.kind = kind;
  tensor.data = std::move(data);
  return tensor;
}
