//===- KernelBuilder.cpp - Short spellings for kernel bodies --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"

using namespace mlir;
using namespace quantopt;

StringRef quantopt::getFloatName(Type type) { return type.isF32() ? "f32" : type.isF16() ? "f16" : "bf16"; }

Value KernelBuilder::i32(int64_t value) { return arith::ConstantIntOp::create(*this, getI32Type(), value); }
Value KernelBuilder::i64(int64_t value) { return arith::ConstantIntOp::create(*this, getI64Type(), value); }
Value KernelBuilder::f32(float value) { return arith::ConstantOp::create(*this, getF32FloatAttr(value)).getResult(); }

Value KernelBuilder::offset(Value row, Value length, Value column) {
  auto wide = [&](Value value) -> Value { return arith::ExtUIOp::create(*this, getI64Type(), value); };
  return add(mul(wide(row), wide(length)), wide(column));
}

Value KernelBuilder::address(Value base, Value index, Type element) {
  return LLVM::GEPOp::create(*this, base.getType(), element, base, ArrayRef<LLVM::GEPArg>{index},
                             LLVM::GEPNoWrapFlags::inbounds);
}

Value KernelBuilder::load(Value pointer, Type type, unsigned alignment) {
  return LLVM::LoadOp::create(*this, type, pointer, alignment);
}

void KernelBuilder::store(Value value, Value pointer, unsigned alignment) {
  LLVM::StoreOp::create(*this, value, pointer, alignment);
}

Value KernelBuilder::roundTo(Value value, Type type) {
  return type.isF32() ? value : Value(LLVM::FPTruncOp::create(*this, type, value));
}

void KernelBuilder::ifThen(Value condition, llvm::function_ref<void()> body) {
  auto op = scf::IfOp::create(*this, condition, /*withElseRegion=*/false);
  InsertionGuard guard(*this);
  setInsertionPointToStart(op.thenBlock());
  body();
}

LLVM::LLVMPointerType KernelBuilder::globalPointer(MLIRContext *context) {
  return LLVM::LLVMPointerType::get(context, unsigned(NVVM::NVVMMemorySpace::Global));
}
LLVM::LLVMPointerType KernelBuilder::sharedPointer(MLIRContext *context) {
  return LLVM::LLVMPointerType::get(context, unsigned(NVVM::NVVMMemorySpace::Shared));
}

LLVM::LLVMFuncOp quantopt::createKernel(ModuleOp module, StringRef name, ArrayRef<BufferAccess> buffers,
                                        unsigned scalars, int64_t threads) {
  MLIRContext *context = module.getContext();
  ImplicitLocOpBuilder builder(module.getLoc(), context);
  builder.setInsertionPointToEnd(module.getBody());
  auto gpuModule = gpu::GPUModuleOp::create(builder, name);
  builder.setInsertionPointToStart(gpuModule.getBody());
  SmallVector<Type> arguments(buffers.size(), KernelBuilder::globalPointer(context));
  arguments.append(scalars, builder.getI32Type());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), arguments);
  auto kernel = LLVM::LLVMFuncOp::create(builder, name, type);
  kernel->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  kernel->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  kernel->setAttr(NVVM::NVVMDialect::getReqntidAttrName(), builder.getDenseI32ArrayAttr({int32_t(threads)}));
  for (auto [index, access] : llvm::enumerate(buffers)) {
    kernel.setArgAttr(index, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
    kernel.setArgAttr(index,
                      access == BufferAccess::Read ? LLVM::LLVMDialect::getReadonlyAttrName()
                                                   : LLVM::LLVMDialect::getWriteOnlyAttrName(),
                      builder.getUnitAttr());
  }
  kernel.addEntryBlock(builder);
  return kernel;
}
