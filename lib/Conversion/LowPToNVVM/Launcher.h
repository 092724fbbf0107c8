//===- Launcher.h - Launches of kernels on buffers ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_LAUNCHER_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_LAUNCHER_H

#include "Hopper/Hopper.h"
#include "LowP/LowP.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace quantopt {

inline mlir::RankedTensorType tensorType(mlir::Value value) {
  return mlir::cast<mlir::RankedTensorType>(value.getType());
}

/// Emits launches, and what they need, before one operation.
class Launcher {
public:
  Launcher(mlir::ModuleOp module, mlir::Operation *before) : module(module), b(before->getLoc(), before) {}

  mlir::Value index(int64_t value) { return mlir::arith::ConstantIndexOp::create(b, value); }
  mlir::Value length(mlir::Value tensor, int64_t dim) { return mlir::tensor::DimOp::create(b, tensor, dim); }
  /// A length as a kernel takes it.
  mlir::Value asArgument(mlir::Value length) { return mlir::arith::IndexCastOp::create(b, b.getI32Type(), length); }
  mlir::Value ceilDiv(mlir::Value value, int64_t divisor) {
    return mlir::arith::CeilDivUIOp::create(b, value, index(divisor));
  }
  mlir::Value product(mlir::Value a, mlir::Value c) { return mlir::arith::MulIOp::create(b, a, c); }

  mlir::Value read(mlir::Value tensor) {
    mlir::RankedTensorType type = tensorType(tensor);
    auto buffer = mlir::MemRefType::get(type.getShape(), type.getElementType());
    return mlir::bufferization::ToBufferOp::create(b, buffer, tensor, /*read_only=*/true);
  }
  /// A fresh buffer of a result whose dynamic lengths are those of `like`, in order.
  mlir::Value allocate(mlir::RankedTensorType type, mlir::ValueRange dynamicLengths) {
    return mlir::memref::AllocOp::create(b, mlir::MemRefType::get(type.getShape(), type.getElementType()),
                                         dynamicLengths);
  }
  mlir::Value asTensor(mlir::Value buffer, mlir::Type type) {
    return mlir::bufferization::ToTensorOp::create(b, type, buffer, /*restrict=*/true);
  }

  /// Boxes of 128-byte rows of a buffer, swizzled.
  mlir::Value map(mlir::Value buffer, llvm::ArrayRef<int64_t> box) {
    return hopper::TensorMapOp::create(b, buffer, box, /*swizzle=*/128);
  }
  mlir::Value least(mlir::Value value, int64_t bound) { return mlir::arith::MinUIOp::create(b, value, index(bound)); }

  /// Emits `few` for tokens up to `bound`, else `many`.
  void ifAtMost(mlir::Value tokens, int64_t bound, llvm::function_ref<void()> few, llvm::function_ref<void()> many) {
    mlir::Value isFew = mlir::arith::CmpIOp::create(b, mlir::arith::CmpIPredicate::ule, tokens, index(bound));
    auto choice = mlir::scf::IfOp::create(b, isFew, /*withElseRegion=*/true);
    mlir::OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(choice.thenBlock());
    few();
    b.setInsertionPointToStart(choice.elseBlock());
    many();
  }

  template <typename Kernel>
  mlir::gpu::LaunchFuncOp launch(const Kernel &kernel, llvm::ArrayRef<mlir::Value> grid, int64_t threads,
                                 int64_t sharedBytes, mlir::ValueRange arguments, int64_t cluster = 1) {
    std::string name = kernel.getName();
    if (!module.lookupSymbol(name))
      kernel.build(module);
    auto symbol = mlir::SymbolRefAttr::get(b.getContext(), name, mlir::FlatSymbolRefAttr::get(b.getContext(), name));
    mlir::Value one = index(1);
    mlir::Value bytes =
        sharedBytes ? mlir::Value(mlir::arith::ConstantIntOp::create(b, b.getI32Type(), sharedBytes)) : mlir::Value();
    std::optional<mlir::gpu::KernelDim3> clusters;
    if (cluster > 1)
      clusters = mlir::gpu::KernelDim3{index(cluster), one, one};
    return mlir::gpu::LaunchFuncOp::create(
        b, symbol, mlir::gpu::KernelDim3{grid[0], grid.size() > 1 ? grid[1] : one, one},
        mlir::gpu::KernelDim3{index(threads), one, one}, bytes, arguments, /*asyncTokenType=*/mlir::Type(),
        /*asyncDependencies=*/mlir::ValueRange(), clusters);
  }

private:
  mlir::ModuleOp module;
  mlir::ImplicitLocOpBuilder b;
};

/// Leaves on `launch` what launch.json says about it: the schedule, and the site of `op`.
void describeLaunch(mlir::gpu::LaunchFuncOp launch, mlir::Operation *op, lowp::ScheduleAttr schedule);

/// Launches the kernels of a lowp.mixed_matmul, by its lowp.schedule: of several, at run time, the first that computes
/// as many tokens. One without a schedule stays, with a remark. An error on `op` where a schedule is not legal.
mlir::LogicalResult convertMixedMatmul(mlir::ModuleOp module, lowp::MixedMatmulOp op);

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_LAUNCHER_H
