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

/// "f32", "f16", "bf16", "i8", "e4m3" or "e5m2".
llvm::StringRef getElementName(mlir::Type type);

/// What is added to the scaled sums: nothing, an f32 a column (a bias), or an f32 an element (a residual).
enum class Addend { None, PerColumn, PerElement };
/// Of a `bias` operand, which may be null.
Addend getAddend(mlir::Value bias);
/// "", "_bias" or "_residual", for the names of kernels.
llvm::StringRef getSuffix(Addend addend);

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
  Value ceilDiv(Value a, int64_t b) { return mlir::arith::DivUIOp::create(*this, add(a, b - 1), i32(b)); }
  Value shl(Value a, int64_t b) { return mlir::arith::ShLIOp::create(*this, a, i32(b)); }
  Value shr(Value a, int64_t b) { return mlir::arith::ShRUIOp::create(*this, a, i32(b)); }
  Value mask(Value a, int64_t b) { return mlir::arith::AndIOp::create(*this, a, i32(b)); }
  Value xorOf(Value a, Value b) { return mlir::arith::XOrIOp::create(*this, a, b); }
  Value both(Value a, Value b) { return mlir::arith::AndIOp::create(*this, a, b); }
  /// Signed a < b.
  Value less(Value a, Value b) { return mlir::arith::CmpIOp::create(*this, mlir::arith::CmpIPredicate::slt, a, b); }
  Value equal(Value a, int64_t b) {
    return mlir::arith::CmpIOp::create(*this, mlir::arith::CmpIPredicate::eq, a, i32(b));
  }
  Value least(Value a, Value b) { return mlir::arith::MinSIOp::create(*this, a, b); }
  Value select(Value condition, Value a, Value b) { return mlir::arith::SelectOp::create(*this, condition, a, b); }
  /// row * length + column in 64 bits: tensors may have more than 2^31 elements.
  Value offset(Value row, Value length, Value column);

  /// &base[index] for elements of `element`; `base` is in global or shared memory, `index` i32 or i64.
  Value address(Value base, Value index, mlir::Type element);
  Value load(Value pointer, mlir::Type type, unsigned alignment = 0);
  void store(Value value, Value pointer, unsigned alignment = 0);
  /// `value`, an f32, rounded once to `type`.
  Value roundTo(Value value, mlir::Type type);
  /// Two f32, each rounded once to `type` of 16 bits, as one i32; `low` in the low half.
  Value roundPair(Value low, Value high, mlir::Type type);
  /// Stores two f32 of a row of `length` elements, rounded to `type`, at `column` and the next; what is out of range is
  /// not stored. At once where rows begin at even elements and the column is even.
  void storePair(Value row, Value length, Value column, Value first, Value second, mlir::Type type);

  Value threadId() { return mlir::NVVM::ThreadIdXOp::create(*this, getI32Type()); }
  void barrier() { mlir::NVVM::Barrier0Op::create(*this); }
  void ifThen(Value condition, llvm::function_ref<void()> body);
  void ifElse(Value condition, llvm::function_ref<void()> then, llvm::function_ref<void()> otherwise);
  /// for (i = start; i < end; i += step), all i32; `body` gets i and what is carried, and returns what is next.
  mlir::ValueRange loop(Value start, Value end, Value step, mlir::ValueRange initial,
                        llvm::function_ref<llvm::SmallVector<Value>(Value, mlir::ValueRange)> body);
  /// The struct of `values`, and its members.
  Value packStruct(mlir::ValueRange values);
  llvm::SmallVector<Value> unpackStruct(Value value);

  static mlir::LLVM::LLVMPointerType globalPointer(mlir::MLIRContext *context);
  static mlir::LLVM::LLVMPointerType sharedPointer(mlir::MLIRContext *context);
};

/// What a kernel's arguments are, in this order.
struct KernelSignature {
  llvm::SmallVector<BufferAccess, 8> buffers; ///< global pointers
  unsigned tensorMaps = 0;                    ///< passed by value
  unsigned scalars = 0;                       ///< i32
};

/// Creates kernel `name` in a gpu.module of the same name at the end of `module`. Its entry block is empty.
mlir::LLVM::LLVMFuncOp createKernel(mlir::ModuleOp module, llvm::StringRef name, const KernelSignature &signature,
                                    int64_t threads);

/// Declares the dynamic shared memory of `kernel`, whose size is an argument of the launch.
void declareDynamicShared(mlir::LLVM::LLVMFuncOp kernel, unsigned alignment);
/// Its address; `builder` stands in the kernel.
mlir::Value getDynamicShared(KernelBuilder &builder);

} // namespace quantopt

#endif // QUANTOPT_CONVERSION_LOWPTONVVM_KERNELBUILDER_H
