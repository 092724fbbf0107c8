//===- ScaleAxes.cpp - Which channel's scale each index has ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScaleFolding.h"
#include "llvm/ADT/STLExtras.h"
#include <numeric>

using namespace mlir;
using namespace quantopt;

static int64_t getProduct(ArrayRef<int64_t> sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), int64_t(1), std::multiplies<int64_t>());
}

void ScaleAxes::rename(ArrayRef<int64_t> names) {
  SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, names.size()));
  llvm::sort(order, [&](int64_t a, int64_t b) { return names[a] < names[b]; });
  SmallVector<int64_t> strides(sizes.size(), 1), newSizes, newStrides;
  for (int64_t i = int64_t(sizes.size()) - 2; i >= 0; --i)
    strides[i] = strides[i + 1] * sizes[i + 1];
  for (int64_t axis : order) {
    newSizes.push_back(sizes[axis]);
    newStrides.push_back(strides[axis]);
  }
  std::vector<int64_t> moved(channels.size());
  for (size_t position = 0; position < moved.size(); ++position) {
    int64_t rest = position, from = 0;
    for (size_t i = newSizes.size(); i-- > 0; rest /= newSizes[i])
      from += rest % newSizes[i] * newStrides[i];
    moved[position] = channels[from];
  }
  channels = std::move(moved);
  sizes = newSizes;
  dims.clear();
  for (int64_t axis : order)
    dims.push_back(names[axis]);
}

void ScaleAxes::merge(size_t first, size_t count, int64_t dim) {
  int64_t size = getProduct(ArrayRef(sizes).slice(first, count));
  dims.erase(dims.begin() + first + 1, dims.begin() + first + count);
  sizes.erase(sizes.begin() + first + 1, sizes.begin() + first + count);
  dims[first] = dim;
  sizes[first] = size;
}

void ScaleAxes::split(size_t position, ArrayRef<int64_t> newDims, ArrayRef<int64_t> newSizes) {
  dims.erase(dims.begin() + position);
  sizes.erase(sizes.begin() + position);
  dims.insert(dims.begin() + position, newDims.begin(), newDims.end());
  sizes.insert(sizes.begin() + position, newSizes.begin(), newSizes.end());
}

void ScaleAxes::repeat(int64_t dim, int64_t size) {
  // As the innermost axis first, then in its place.
  std::vector<int64_t> repeated;
  repeated.reserve(channels.size() * size);
  for (int64_t channel : channels)
    repeated.insert(repeated.end(), size, channel);
  channels = std::move(repeated);
  dims.push_back(dim);
  sizes.push_back(size);
  rename(SmallVector<int64_t>(dims));
}

void ScaleAxes::tie(size_t position, llvm::IntEqClasses &ties) {
  int64_t inner = getProduct(ArrayRef(sizes).drop_front(position + 1)), size = sizes[position];
  std::vector<int64_t> kept;
  for (size_t outer = 0; outer < channels.size(); outer += size * inner)
    for (int64_t i = 0; i < inner; ++i) {
      int64_t first = channels[outer + i];
      for (int64_t k = 1; k < size; ++k)
        ties.join(first, channels[outer + k * inner + i]);
      kept.push_back(first);
    }
  channels = std::move(kept);
  dims.erase(dims.begin() + position);
  sizes.erase(sizes.begin() + position);
}
