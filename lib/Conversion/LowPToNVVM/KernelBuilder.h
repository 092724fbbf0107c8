//===- KernelBuilder.h - Short spellings for kernel bodies -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the kernel generators share: 32-bit index arithmetic, addresses, and the frame of a kernel function.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_LOWPTONVVM_KERNELBUILDER_H
#define QUANTOPT_CONVERSION_LOWPTONVVM_KERNELBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace quantopt {

/// "f32", "f16" or "bf16".
llvm::StringRef getFloatName(mlir::Type type);

/// What a kernel does with a buffer argument.
enum class BufferAccess { Read, Write };

class KernelBuilder : public mlir::ImplicitLocOpBuilder {
public:
  using Value = mlir::Value;
  using ImplicitLocOpBuilder::ImplicitLocOpBuilder;

  Value i32(int64_t value);
  Value i64(int64_t value);
  Value f32(float value);

  /// Integer arithmetic of one type; constants are i32.
  Value add(Value a, Value b) { return mlir::arith::AddIOp::create(*this, a, b); }
  Value add(Value a, int64_t b) { return add(a, i32(b)); }
  Value mul(Value a, Value b) { return mlir::arith::MulIOp::create(*this, a, b); }
  Value mul(Value a, int64_t b) { return mul(a, i32(b)); }
  Value shr(Value a, int64_t b) { return mlir::arith::ShRUIOp::create(*this, a, i32(b)); }
  Value mask(Value a, int64_t b) { return mlir::arith::AndIOp::create(*this, a, i32(b)); }
  Value xorOf(Value a, Value b) { return mlir::arith::XOrIOp::create(*this, a, b); }
  Value both(Value a, Value b) { return mlir::arith::AndIOp::create(*this, a, b); }
  /// Signed a < b.
  Value less(Value a, Value b) { return mlir::arith::CmpIOp::create(*this, mlir::arith::CmpIPredicate::slt, a, b); }
  Value equal(Value a, int64_t b) {
    return mlir::arith::CmpIOp::create(*this, mlir::arith::CmpIPredicate::eq, a, i32(b));
  }
  Value select(Value condition, Value a, Value b) { return mlir::arith::SelectOp::create(*this, condition, a, b); }
  /// row * length + column in 64 bits: tensors may have more than 2^31 elements.
  Value offset(Value row, Value length, Value column);

  /// &base[index] for elements of `element`; `base` is in global or shared memory, `index` i32 or i64.
  Value address(Value base, Value index, mlir::Type element);
  Value load(Value pointer, mlir::Type type, unsigned alignment = 0);
  void store(Value value, Value pointer, unsigned alignment = 0);
  /// `value`, an f32, rounded once to `type`.
  Value roundTo(Value value, mlir::Type type);

  Value threadId() { return mlir::NVVM::ThreadIdXOp::create(*this, getI32Type()); }
  void barrier() { mlir::NVVM::Barrier0Op::create(*this); }
  void ifThen(Value condition, llvm::function_ref<void()> body);

  static mlir::LLVM::LLVMPointerType globalPointer(mlir::MLIRContext *context);
  static mlir::LLVM::LLVMPointerType sharedPointer(mlir::MLIRContext *context);
};

/// Creates kernel `name` in a gpu.module of the same name at the end of `module`: first one global pointer for each
/// of `buffers`, then `scalars` arguments of type i32. Its entry block is empty.
mlir::LLVM::LLVMFuncOp createKernel(mlir::ModuleOp module, llvm::StringRef name, llvm::ArrayRef<BufferAccess> buffers,
                                    unsigned scalars, int64_t threads);

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_KERNELBUILDER_H
