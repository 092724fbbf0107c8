//===- Runtime.cpp - What compiled code calls -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Runtime.h"
#include "BlockPool.h"
#include "Kernels.h"
#include "LowerEffects.h"
#include "llvm/Support/MathExtras.h"

using namespace quantopt;
using namespace quantopt::execution;

thread_local CallState *CallState::current = nullptr;

//===----------------------------------------------------------------------===//
// Temporaries
//===----------------------------------------------------------------------===//

void *Arena::allocate(size_t bytes) {
  size_t rounded = llvm::alignTo(std::max<size_t>(bytes, 1), bytes < 4096 ? 64 : 4096);
  std::vector<void *> &list = unused[rounded];
  void *pointer = nullptr;
  if (list.empty()) {
    pointer = allocateBlock(rounded);
  } else {
    pointer = list.back();
    list.pop_back();
  }
  used[pointer] = rounded;
  return pointer;
}

void Arena::release(void *pointer) {
  auto it = used.find(pointer);
  if (it == used.end())
    return; // free(nullptr)
  unused[it->second].push_back(pointer);
  used.erase(it);
}

void Arena::reset() {
  for (auto [pointer, size] : used)
    unused[size].push_back(pointer);
  used.clear();
}

Arena::~Arena() {
  reset();
  for (auto &[size, list] : unused)
    for (void *pointer : list)
      releaseBlock(pointer, size);
}

std::unique_ptr<Arena> ArenaPool::acquire() {
  std::lock_guard<std::mutex> lock(mutex);
  if (idle.empty())
    return std::make_unique<Arena>();
  std::unique_ptr<Arena> arena = std::move(idle.back());
  idle.pop_back();
  return arena;
}

void ArenaPool::giveBack(std::unique_ptr<Arena> arena) {
  std::lock_guard<std::mutex> lock(mutex);
  idle.push_back(std::move(arena));
}

//===----------------------------------------------------------------------===//
// Entry points of compiled code
//===----------------------------------------------------------------------===//

static void *allocateTemporary(size_t bytes) { return CallState::current->context->arena.allocate(bytes); }

static void freeTemporary(void *pointer) { CallState::current->context->arena.release(pointer); }

/// An unranked memref: its rank and a descriptor {allocated, aligned, offset, sizes[rank], strides[rank]}.
struct UnrankedDescriptor {
  int64_t rank;
  int64_t *descriptor;
};

static StridedBuffer getBuffer(const UnrankedDescriptor &buffer, int64_t elementSize) {
  StridedBuffer result;
  result.data = reinterpret_cast<char *>(buffer.descriptor[1]) + buffer.descriptor[2] * elementSize;
  result.shape.assign(buffer.descriptor + 3, buffer.descriptor + 3 + buffer.rank);
  for (int64_t stride : llvm::ArrayRef(buffer.descriptor + 3 + buffer.rank, buffer.rank))
    result.strides.push_back(stride * elementSize);
  return result;
}

static void copyStrided(char *target, llvm::ArrayRef<int64_t> targetStrides, const char *source,
                        llvm::ArrayRef<int64_t> sourceStrides, llvm::ArrayRef<int64_t> shape, int64_t elementSize) {
  if (shape.empty()) {
    memcpy(target, source, elementSize);
    return;
  }
  if (shape.size() == 1 && targetStrides[0] == elementSize && sourceStrides[0] == elementSize) {
    memcpy(target, source, shape[0] * elementSize);
    return;
  }
  for (int64_t i = 0; i < shape[0]; ++i)
    copyStrided(target + i * targetStrides[0], targetStrides.drop_front(), source + i * sourceStrides[0],
                sourceStrides.drop_front(), shape.drop_front(), elementSize);
}

/// What memref.copy of buffers that are not both dense is lowered to.
static void copyBuffer(int64_t elementSize, UnrankedDescriptor *from, UnrankedDescriptor *to) {
  StridedBuffer source = getBuffer(*from, elementSize), target = getBuffer(*to, elementSize);
  if (!llvm::is_contained(source.shape, 0))
    copyStrided(target.data, target.strides, source.data, source.strides, source.shape, elementSize);
}

static void takeResult(int64_t index, UnrankedDescriptor *result) {
  CallState &call = *CallState::current;
  int64_t elementSize = getElementSize(call.resultKinds[index]);
  StridedBuffer source = getBuffer(*result, elementSize);
  HostTensor tensor = HostTensor::allocate(source.shape, call.resultKinds[index]);
  llvm::SmallVector<int64_t> strides(source.shape.size(), elementSize);
  for (size_t i = source.shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * source.shape[i];
  if (!llvm::is_contained(source.shape, 0))
    copyStrided(tensor.getData(), strides, source.data, source.strides, source.shape, elementSize);
  (*call.results)[index] = std::move(tensor);
}

/// Compiled code holds no C++ objects, so unwinding by longjmp skips none; its temporaries belong to the arena.
static void endCall() { std::longjmp(CallState::current->onFailure, 1); }

static void checkAssertion(int64_t condition, int64_t index) {
  if (condition)
    return;
  CallState::current->context->reason = "assertion failed: " + CallState::current->effects->assertions[index];
  endCall();
}

/// A check that does not hold is noted, and the function goes on.
static void checkExpectation(int64_t index, UnrankedDescriptor *actual, UnrankedDescriptor *expected) {
  const Check &check = CallState::current->effects->checks[index];
  int64_t elementSize = getElementSize(check.kind);
  std::string message = compare(check, getBuffer(*actual, elementSize), getBuffer(*expected, elementSize));
  if (!message.empty())
    CallState::current->context->failures.push_back({check.origin, std::move(message)});
}

static void launchKernel(int64_t index, int64_t *words) {
  CallContext &context = *CallState::current->context;
  if (!launch(CallState::current->effects->launches[index], words, context.launcher, context.reason))
    endCall();
}

static void contract(int64_t rank, const int64_t *layout, const float *a, const float *b, float *c,
                     int64_t accumulate) {
  contractF32(rank, layout, a, b, c, accumulate);
}

static void softmax(int64_t rank, const int64_t *layout, const float *in, float *out) {
  softmaxF32(rank, layout, in, out);
}

std::string execution::getTakeResultName(unsigned index) { return "quantopt_take_result_" + std::to_string(index); }

std::vector<RuntimeSymbol> execution::getRuntimeSymbols(unsigned numResults, unsigned numChecks) {
  std::vector<RuntimeSymbol> symbols = {
      {"malloc", reinterpret_cast<void *>(&allocateTemporary)},
      {"free", reinterpret_cast<void *>(&freeTemporary)},
      {"memrefCopy", reinterpret_cast<void *>(&copyBuffer)},
      {"quantopt_check", reinterpret_cast<void *>(&checkAssertion)},
      {"quantopt_launch", reinterpret_cast<void *>(&launchKernel)},
      {"quantopt_contract_f32", reinterpret_cast<void *>(&contract)},
      {"quantopt_softmax_f32", reinterpret_cast<void *>(&softmax)},
  };
  for (unsigned i = 0; i < numResults; ++i)
    symbols.push_back({"_mlir_ciface_" + getTakeResultName(i), reinterpret_cast<void *>(&takeResult)});
  for (unsigned i = 0; i < numChecks; ++i)
    symbols.push_back({"_mlir_ciface_" + getExpectName(i), reinterpret_cast<void *>(&checkExpectation)});
  return symbols;
}
