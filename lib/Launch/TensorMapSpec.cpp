//===- TensorMapSpec.cpp - Tensor maps of launch.json ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/LaunchFile.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace quantopt;

static std::optional<ptx::TensorElement> findElement(const LaunchType &type) {
  using Element = ptx::TensorElement;
  static constexpr struct {
    StringLiteral name;
    Element element;
  } elements[] = {{"u8", Element::U8},   {"i8", Element::U8},     {"e4m3", Element::U8}, {"e5m2", Element::U8},
                  {"u16", Element::U16}, {"i16", Element::U16},   {"u32", Element::U32}, {"i32", Element::S32},
                  {"u64", Element::U64}, {"i64", Element::S64},   {"f16", Element::F16}, {"f32", Element::F32},
                  {"f64", Element::F64}, {"bf16", Element::BF16}, {"bool", Element::U8}};
  for (const auto &entry : elements)
    if (entry.name == type.name)
      return entry.element;
  return std::nullopt;
}

/// Strides in bytes of a dense row-major shape.
static SmallVector<int64_t, 5> getDenseStrides(ArrayRef<int64_t> shape, int64_t elementBytes) {
  SmallVector<int64_t, 5> strides(shape.size(), elementBytes);
  for (size_t i = shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * shape[i];
  return strides;
}

namespace {
/// One way to read the lists: contiguous dimension first.
struct Reading {
  SmallVector<int64_t, 5> shape, strides, box, traversal;

  /// No row overlaps the next one.
  bool isPlain() const {
    for (size_t i = 1; i < shape.size(); ++i)
      if (strides[i] < strides[i - 1] * shape[i - 1])
        return false;
    return true;
  }
};
} // namespace

static Reading read(const LaunchTensorMap &spec, bool isRowMajor, int64_t elementBytes) {
  Reading result{spec.shape, spec.strides, spec.box, spec.traversal};
  if (result.traversal.empty())
    result.traversal.assign(spec.shape.size(), 1);
  if (result.strides.empty()) {
    // Dense, in whichever order the shape is.
    if (!isRowMajor)
      std::reverse(result.shape.begin(), result.shape.end());
    result.strides = getDenseStrides(result.shape, elementBytes);
    if (!isRowMajor) {
      std::reverse(result.shape.begin(), result.shape.end());
      std::reverse(result.strides.begin(), result.strides.end());
    }
  } else if (result.strides.size() + 1 == result.shape.size()) {
    result.strides.insert(isRowMajor ? result.strides.end() : result.strides.begin(), elementBytes);
  } else if ((isRowMajor ? result.strides.back() : result.strides.front()) == 1) {
    for (int64_t &stride : result.strides) // counted in elements
      stride *= elementBytes;
  }
  if (isRowMajor)
    for (SmallVector<int64_t, 5> *list : {&result.shape, &result.strides, &result.box, &result.traversal})
      std::reverse(list->begin(), list->end());
  return result;
}

static Expected<ptx::TensorMap> makeMap(const LaunchTensorMap &spec, ptx::TensorElement element, const Reading &reading,
                                        uint64_t address) {
  ptx::TensorMap map;
  map.element = element;
  map.rank = reading.shape.size();
  map.address = address;
  map.swizzle = spec.swizzle;
  map.fill = spec.fill;
  for (unsigned i = 0; i < map.rank; ++i) {
    map.dims[i] = reading.shape[i];
    map.strides[i] = reading.strides[i];
    map.box[i] = reading.box[i];
    map.traversal[i] = reading.traversal[i];
  }
  if (Error error = map.verify())
    return createStringError(spec.place + ": " + toString(std::move(error)));
  return map;
}

Expected<ptx::TensorMap> quantopt::resolveTensorMap(const LaunchTensorMap &spec, ArrayRef<int64_t> arrayShape,
                                                    uint64_t address) {
  std::optional<ptx::TensorElement> element = findElement(*spec.type);
  if (!element)
    return createStringError(spec.place + ": tensor maps have no elements of type " + spec.type->name +
                             "; give the bytes as u8");
  int64_t bytes = spec.type->bits / 8;
  Reading rowMajor = read(spec, true, bytes), driver = read(spec, false, bytes);
  bool preferRowMajor = spec.strides.empty();
  SmallVector<int64_t, 5> reversed(llvm::reverse(spec.shape));
  ArrayRef<int64_t> shape = spec.shape;
  if (!spec.strides.empty() && spec.strides.size() == spec.shape.size()) {
    auto isUnit = [&](int64_t stride) { return stride == 1 || stride == bytes; };
    bool first = isUnit(spec.strides.front()), last = isUnit(spec.strides.back());
    if (!first && !last)
      return createStringError(spec.place + ".strides: neither the first nor the last is that of one element (" +
                               Twine(bytes) + " bytes); a tensor map has one contiguous dimension");
    preferRowMajor = last;
    return makeMap(spec, *element, preferRowMajor ? rowMajor : driver, address);
  }
  if (shape != ArrayRef<int64_t>(reversed) && (shape == arrayShape || ArrayRef<int64_t>(reversed) == arrayShape))
    return makeMap(spec, *element, shape == arrayShape ? rowMajor : driver, address);
  if (driver.isPlain() != rowMajor.isPlain())
    return makeMap(spec, *element, rowMajor.isPlain() ? rowMajor : driver, address);
  Expected<ptx::TensorMap> first = makeMap(spec, *element, preferRowMajor ? rowMajor : driver, address);
  if (first)
    return first;
  // A box that only fits the other way round.
  Expected<ptx::TensorMap> second = makeMap(spec, *element, preferRowMajor ? driver : rowMajor, address);
  if (!second) {
    consumeError(second.takeError());
    return first;
  }
  consumeError(first.takeError());
  return second;
}
