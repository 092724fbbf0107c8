//===- RunArrays.cpp - A function over arrays of numpy --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Evaluation/RunArrays.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace quantopt;

static StringRef getDtypeName(ElementKind kind) {
  switch (kind) {
  case ElementKind::F64:
    return "float64";
  case ElementKind::F32:
    return "float32";
  case ElementKind::F16:
    return "float16";
  case ElementKind::BF16:
    return "bfloat16 (as float32)";
  case ElementKind::F8E4M3:
    return "float8 (as int8)";
  case ElementKind::F8E5M2:
    return "float8 (as int8)";
  case ElementKind::I64:
    return "int64";
  case ElementKind::I32:
    return "int32";
  case ElementKind::I16:
    return "int16";
  case ElementKind::I8:
    return "int8";
  case ElementKind::I4:
    return "int4 (as int8)";
  case ElementKind::U8:
    return "uint8";
  case ElementKind::Bool:
    return "bool";
  }
  llvm_unreachable("covered switch");
}

/// Checks the shape against the type and wraps the bytes; dtypes that numpy lacks come in the one that holds them.
static FailureOr<HostTensor> convert(func::FuncOp function, unsigned index, Type type, const NamedArray &array,
                                     StringRef file) {
  auto error = [&]() { return function.emitError() << file << ": array '" << array.name << "' "; };
  Type element = getElementTypeOrSelf(type);
  FailureOr<ElementKind> kind = ElementKind::I64;
  if (!element.isIndex())
    kind = lowp::getElementKind(element);
  if (failed(kind))
    return error() << "cannot be argument " << index << ": " << type << " has elements that no array holds";
  SmallVector<int64_t> expected;
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    expected.assign(tensor.getShape().begin(), tensor.getShape().end());
  bool fits = expected.size() == array.shape.size();
  for (size_t i = 0; fits && i < expected.size(); ++i)
    fits = ShapedType::isDynamic(expected[i]) || expected[i] == array.shape[i];
  if (!fits) {
    InFlightDiagnostic diagnostic = error();
    diagnostic << "has shape [";
    llvm::interleaveComma(array.shape, diagnostic);
    return diagnostic << "], argument " << index << " is " << type << "; reshape the array";
  }
  if (array.kind == *kind || (array.kind == ElementKind::I8 && getElementSize(*kind) == 1 && *kind != ElementKind::U8 &&
                              *kind != ElementKind::Bool)) {
    auto owner = std::make_shared<WeightBuffer>(array.data);
    return HostTensor::wrap(array.shape, *kind,
                            std::shared_ptr<char>(owner, const_cast<char *>(owner->getBytes().data())));
  }
  if (array.kind == ElementKind::F32 && *kind == ElementKind::BF16) {
    HostTensor tensor = HostTensor::allocate(array.shape, *kind);
    for (auto [target, source] : llvm::zip(tensor.as<uint16_t>(), array.data.as<float>())) {
      llvm::APFloat value(source);
      bool losesInfo;
      value.convert(llvm::APFloat::BFloat(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
      target = value.bitcastToAPInt().getZExtValue();
    }
    return tensor;
  }
  return error() << "has dtype " << getDtypeName(array.kind) << ", argument " << index << " needs "
                 << getDtypeName(*kind) << "; convert it with astype";
}

FailureOr<std::vector<NamedArray>> quantopt::runOnArrays(func::FuncOp function, ArrayRef<NamedArray> inputs,
                                                         StringRef file, const ExecutionOptions &options) {
  Sample arguments;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    std::string name = "in" + std::to_string(i);
    const auto *array = llvm::find_if(inputs, [&](const NamedArray &candidate) { return candidate.name == name; });
    if (array == inputs.end())
      return function.emitError() << file << ": has no array '" << name << "' for argument " << i << ", " << type
                                  << "; name the arrays in0, in1, ... by argument";
    FailureOr<HostTensor> tensor = convert(function, i, type, *array, file);
    if (failed(tensor))
      return failure();
    arguments.push_back(*tensor);
  }
  FailureOr<std::vector<HostTensor>> results = runFunction(function, arguments, options);
  if (failed(results))
    return failure();
  std::vector<NamedArray> outputs;
  for (auto [i, result] : llvm::enumerate(*results)) {
    NamedArray array;
    array.name = "out" + std::to_string(i);
    array.shape.assign(result.getShape().begin(), result.getShape().end());
    array.kind = result.getKind();
    auto owner = std::make_shared<HostTensor>(result);
    array.data = WeightBuffer(std::shared_ptr<const char>(owner, result.getData()), result.getSizeInBytes());
    outputs.push_back(std::move(array));
  }
  return outputs;
}
