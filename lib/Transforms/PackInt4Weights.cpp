//===- PackInt4Weights.cpp - Weights in the layout of kernels -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Transforms/Passes.h"

#include "LowP/LowP.h"
#include "QuantizedWeight.h"
#include "quant-opt/Numerics/Codecs.h"
#include "quant-opt/Numerics/Int4Packing.h"
#include "quant-opt/Numerics/Rounding.h"
#include "quant-opt/Scheduling/MatmulSchedules.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Remarks.h"

namespace quantopt {
#define GEN_PASS_DEF_PACKINT4WEIGHTS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;
using namespace quantopt;
using namespace quantopt::lowp;

template <typename T> static ArrayRef<char> asBytes(const std::vector<T> &values) {
  return {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T)};
}

/// The elements of a constant; failure with `reason` set.
template <typename T>
static FailureOr<std::vector<T>> readConstant(Value value, ElementKind kind, StringRef what, std::string &reason) {
  Operation *op = value.getDefiningOp();
  FailureOr<WeightBuffer> buffer = failure();
  if (op)
    buffer = readElements(op, kind, reason);
  if (failed(buffer)) {
    reason = ("the " + what + " cannot be read: " + (op ? StringRef(reason) : StringRef("it is no constant"))).str();
    return failure();
  }
  ArrayRef<T> elements = buffer->template as<T>();
  return std::vector<T>(elements.begin(), elements.end());
}

/// `values` as 16-bit patterns of `type`; failure when one is not exact and `rounds` is false.
static FailureOr<std::vector<uint16_t>> encode16(ArrayRef<float> values, Type type, bool rounds) {
  bool isF16 = type.isF16();
  std::vector<uint16_t> bits;
  for (float value : values) {
    bits.push_back(isF16 ? encodeF16(value) : encodeBF16(value));
    if ((isF16 ? decodeF16(bits.back()) : decodeBF16(bits.back())) == value)
      continue;
    if (!rounds)
      return failure();
    float stored = roundToStorage(value, isF16 ? ScaleStorage::F16 : ScaleStorage::BF16);
    bits.back() = isF16 ? encodeF16(stored) : encodeBF16(stored);
  }
  return bits;
}

namespace {
/// A weight and its parameters as kernels read them.
struct PackedWeight {
  std::vector<uint32_t> words;
  std::vector<uint16_t> scales, zeros;
};
} // namespace

/// Failure with `reason` set where `op` has no packed form.
static FailureOr<PackedWeight> pack(MixedMatmulOp op, bool roundsScales, std::string &reason) {
  reason = refuseMixedShape(op);
  if (!reason.empty())
    return failure();
  auto type = cast<RankedTensorType>(op.getRhs().getType());
  Type element = getElementTypeOrSelf(op.getLhs().getType());
  int64_t rows = type.getDimSize(0), cols = type.getDimSize(1), groups = op.getGroups();
  auto codes = readConstant<int8_t>(op.getRhs(), ElementKind::I4, "weight", reason);
  if (failed(codes))
    return failure();
  auto scales = readConstant<float>(op.getScale(), ElementKind::F32, "scale", reason);
  if (failed(scales))
    return failure();
  FailureOr<std::vector<uint16_t>> narrow = encode16(*scales, element, roundsScales);
  if (failed(narrow)) {
    llvm::raw_string_ostream(reason) << "a scale is no number of the activations' type, " << element
                                     << "; round the weight with scales of that type, or give round-scales";
    return failure();
  }
  PackedWeight packed;
  packed.words = packInt4(*codes, rows, cols);
  packed.scales = packGroupParameters<uint16_t>(*narrow, rows, groups);
  if (!op.getZero())
    return packed;
  auto zeros = readConstant<int8_t>(op.getZero(), ElementKind::I4, "zero point", reason);
  if (failed(zeros))
    return failure();
  std::vector<float> values(zeros->begin(), zeros->end()); // exact in both types
  packed.zeros = packGroupParameters<uint16_t>(*encode16(values, element, /*rounds=*/false), rows, groups);
  return packed;
}

/// Puts the packed constants in the place of those of `op`. Fails with an error.
static LogicalResult replace(MixedMatmulOp op, const PackedWeight &packed) {
  constexpr int64_t kBlock = MixedMatmulOp::kBlock;
  auto type = cast<RankedTensorType>(op.getRhs().getType());
  Type element = getElementTypeOrSelf(op.getLhs().getType());
  int64_t rowBlocks = llvm::divideCeil(type.getDimSize(0), kBlock);
  OpBuilder builder(op);
  auto words = RankedTensorType::get({rowBlocks, int64_t(llvm::divideCeil(type.getDimSize(1), kBlock)), 128, 4},
                                     builder.getI32Type());
  auto parameters = RankedTensorType::get({op.getGroups(), rowBlocks * kBlock}, element);
  auto create = [&](Value source, RankedTensorType type, ArrayRef<char> bytes) {
    builder.setInsertionPointAfter(source.getDefiningOp());
    return createBeside(builder, source.getDefiningOp(), type, "_packed", bytes);
  };
  FailureOr<Value> rhs = create(op.getRhs(), words, asBytes(packed.words));
  FailureOr<Value> scale = create(op.getScale(), parameters, asBytes(packed.scales));
  FailureOr<Value> zero = Value();
  if (op.getZero())
    zero = create(op.getZero(), parameters, asBytes(packed.zeros));
  if (failed(rhs) || failed(scale) || failed(zero))
    return failure();
  op.getRhsMutable().assign(*rhs);
  op.getScaleMutable().assign(*scale);
  if (*zero)
    op.getZeroMutable().assign(*zero);
  return success();
}

namespace {
struct PackInt4Weights : quantopt::impl::PackInt4WeightsBase<PackInt4Weights> {
  using PackInt4WeightsBase::PackInt4WeightsBase;

  void runOnOperation() override {
    SmallVector<MixedMatmulOp> contractions;
    getOperation().walk([&](MixedMatmulOp op) {
      if (!op.isPacked())
        contractions.push_back(op);
    });
    for (MixedMatmulOp op : contractions) {
      std::string reason;
      FailureOr<PackedWeight> packed = pack(op, roundScales, reason);
      if (failed(packed))
        remark::missed(op.getLoc(), remark::RemarkOpts::name("NotPacked").category("pack-int4-weights")) << reason;
      else if (failed(replace(op, *packed)))
        return signalPassFailure();
    }
  }
};
} // namespace
