//===- KernelBuilder.cpp - Short spellings for kernel bodies --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"

using namespace mlir;
using namespace quantopt;

/// Dynamic shared memory of a kernel.
static constexpr llvm::StringLiteral kSharedName = "dynamic_shared";

Addend quantopt::getAddend(Value bias) {
  if (!bias)
    return Addend::None;
  return cast<ShapedType>(bias.getType()).getRank() == 1 ? Addend::PerColumn : Addend::PerElement;
}

StringRef quantopt::getSuffix(Addend addend) {
  return addend == Addend::None ? "" : addend == Addend::PerColumn ? "_bias" : "_residual";
}

StringRef quantopt::getElementName(Type type) {
  if (isa<Float8E4M3FNType>(type))
    return "e4m3";
  if (isa<Float8E5M2Type>(type))
    return "e5m2";
  return type.isInteger(8) ? "i8" : type.isF32() ? "f32" : type.isF16() ? "f16" : "bf16";
}

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

Value KernelBuilder::roundPair(Value low, Value high, Type type) {
  auto pair = VectorType::get({2}, type);
  Value rounded;
  if (type.isBF16())
    rounded =
        NVVM::ConvertF32x2ToBF16x2Op::create(*this, pair, high, low, /*random_bits=*/Value(), NVVM::FPRoundingMode::RN);
  else
    rounded =
        NVVM::ConvertF32x2ToF16x2Op::create(*this, pair, high, low, /*random_bits=*/Value(), NVVM::FPRoundingMode::RN);
  return LLVM::BitcastOp::create(*this, getI32Type(), rounded);
}

void KernelBuilder::storePair(Value row, Value length, Value column, Value first, Value second, Type type) {
  unsigned bytes = type.getIntOrFloatBitWidth() / 8;
  first = roundTo(first, type), second = roundTo(second, type);
  Value secondInside = less(add(column, 1), length);
  auto store = [&](Value value, Value place, unsigned alignment) {
    this->store(value, address(row, place, type), alignment);
  };
  ifElse(
      both(secondInside, equal(mask(length, 1), 0)),
      [&] {
        Value pair = LLVM::UndefOp::create(*this, VectorType::get({2}, type));
        pair = LLVM::InsertElementOp::create(*this, pair, first, i32(0));
        pair = LLVM::InsertElementOp::create(*this, pair, second, i32(1));
        store(pair, column, 2 * bytes);
      },
      [&] {
        ifThen(less(column, length), [&] { store(first, column, bytes); });
        ifThen(secondInside, [&] { store(second, add(column, 1), bytes); });
      });
}

void KernelBuilder::ifThen(Value condition, llvm::function_ref<void()> body) {
  auto op = scf::IfOp::create(*this, condition, /*withElseRegion=*/false);
  InsertionGuard guard(*this);
  setInsertionPointToStart(op.thenBlock());
  body();
}

void KernelBuilder::ifElse(Value condition, llvm::function_ref<void()> then, llvm::function_ref<void()> otherwise) {
  auto op = scf::IfOp::create(*this, condition, /*withElseRegion=*/true);
  InsertionGuard guard(*this);
  setInsertionPointToStart(op.thenBlock());
  then();
  setInsertionPointToStart(op.elseBlock());
  otherwise();
}

ValueRange KernelBuilder::loop(Value start, Value end, Value step, ValueRange initial,
                               llvm::function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto op = scf::ForOp::create(*this, start, end, step, initial);
  InsertionGuard guard(*this);
  setInsertionPointToStart(op.getBody());
  SmallVector<Value> next = body(op.getInductionVar(), op.getRegionIterArgs());
  if (!initial.empty())
    scf::YieldOp::create(*this, next);
  return op.getResults();
}

Value KernelBuilder::packStruct(ValueRange values) {
  SmallVector<Type> types(values.getTypes());
  Value result = LLVM::UndefOp::create(*this, LLVM::LLVMStructType::getLiteral(getContext(), types));
  for (auto [i, value] : llvm::enumerate(values))
    result = LLVM::InsertValueOp::create(*this, result, value, i);
  return result;
}

SmallVector<Value> KernelBuilder::unpackStruct(Value value) {
  SmallVector<Value> members;
  for (unsigned i = 0; i < cast<LLVM::LLVMStructType>(value.getType()).getBody().size(); ++i)
    members.push_back(LLVM::ExtractValueOp::create(*this, value, i));
  return members;
}

LLVM::LLVMPointerType KernelBuilder::globalPointer(MLIRContext *context) {
  return LLVM::LLVMPointerType::get(context, unsigned(NVVM::NVVMMemorySpace::Global));
}
LLVM::LLVMPointerType KernelBuilder::sharedPointer(MLIRContext *context) {
  return LLVM::LLVMPointerType::get(context, unsigned(NVVM::NVVMMemorySpace::Shared));
}

/// Argument `index` is a tensor map: 128 bytes in parameter memory, that the TMA unit reads where they are.
static void markTensorMap(LLVM::LLVMFuncOp kernel, unsigned index) {
  MLIRContext *context = kernel.getContext();
  auto bytes = LLVM::LLVMArrayType::get(IntegerType::get(context, 8), 128);
  kernel.setArgAttr(index, LLVM::LLVMDialect::getByValAttrName(), TypeAttr::get(bytes));
  kernel.setArgAttr(index, NVVM::NVVMDialect::getGridConstantAttrName(), UnitAttr::get(context));
  kernel.setArgAttr(index, LLVM::LLVMDialect::getAlignAttrName(), IntegerAttr::get(IntegerType::get(context, 64), 64));
}

LLVM::LLVMFuncOp quantopt::createKernel(ModuleOp module, StringRef name, const KernelSignature &signature,
                                        int64_t threads) {
  MLIRContext *context = module.getContext();
  ImplicitLocOpBuilder builder(module.getLoc(), context);
  builder.setInsertionPointToEnd(module.getBody());
  auto gpuModule = gpu::GPUModuleOp::create(builder, name);
  builder.setInsertionPointToStart(gpuModule.getBody());
  SmallVector<Type> arguments(signature.buffers.size(), KernelBuilder::globalPointer(context));
  arguments.append(signature.tensorMaps, LLVM::LLVMPointerType::get(context));
  arguments.append(signature.scalars, builder.getI32Type());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), arguments);
  auto kernel = LLVM::LLVMFuncOp::create(builder, name, type);
  kernel->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  kernel->setAttr(NVVM::NVVMDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  kernel->setAttr(NVVM::NVVMDialect::getReqntidAttrName(), builder.getDenseI32ArrayAttr({int32_t(threads)}));
  for (unsigned index = 0; index < signature.tensorMaps; ++index)
    markTensorMap(kernel, signature.buffers.size() + index);
  for (auto [index, access] : llvm::enumerate(signature.buffers)) {
    kernel.setArgAttr(index, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
    kernel.setArgAttr(index,
                      access == BufferAccess::Read ? LLVM::LLVMDialect::getReadonlyAttrName()
                                                   : LLVM::LLVMDialect::getWriteOnlyAttrName(),
                      builder.getUnitAttr());
  }
  kernel.addEntryBlock(builder);
  return kernel;
}

void quantopt::declareDynamicShared(LLVM::LLVMFuncOp kernel, unsigned alignment) {
  OpBuilder builder(kernel);
  auto bytes = LLVM::LLVMArrayType::get(builder.getI8Type(), 0);
  LLVM::GlobalOp::create(builder, kernel.getLoc(), bytes, /*isConstant=*/false, LLVM::Linkage::External, kSharedName,
                         Attribute(), alignment, unsigned(NVVM::NVVMMemorySpace::Shared));
}

Value quantopt::getDynamicShared(KernelBuilder &builder) {
  return LLVM::AddressOfOp::create(builder, KernelBuilder::sharedPointer(builder.getContext()), kSharedName);
}
