//===- Runtime.cpp - What compiled code calls -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Runtime.h"
#include "Kernels.h"
#include "llvm/Support/MathExtras.h"
#include <cstdlib>
#include <sys/mman.h>

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
    pointer = std::aligned_alloc(64, rounded);
    if (!pointer)
      llvm::report_bad_alloc_error("no memory for a temporary of compiled code");
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
      std::free(pointer);
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

static void *allocateTemporary(size_t bytes) { return CallState::current->arena->allocate(bytes); }

static void freeTemporary(void *pointer) { CallState::current->arena->release(pointer); }

/// An unranked memref: its rank and a descriptor {allocated, aligned, offset, sizes[rank], strides[rank]}.
struct UnrankedDescriptor {
  int64_t rank;
  int64_t *descriptor;
};

/// Copies `shape` elements at `source`, `strides` apart, into the dense `target`.
static void copyStrided(char *&target, const char *source, llvm::ArrayRef<int64_t> shape,
                        llvm::ArrayRef<int64_t> strides, size_t elementSize) {
  if (shape.empty()) {
    memcpy(target, source, elementSize);
    target += elementSize;
    return;
  }
  if (shape.size() == 1 && strides[0] == 1) {
    memcpy(target, source, shape[0] * elementSize);
    target += shape[0] * elementSize;
    return;
  }
  for (int64_t i = 0; i < shape[0]; ++i)
    copyStrided(target, source + i * strides[0] * elementSize, shape.drop_front(), strides.drop_front(), elementSize);
}

static void takeResult(int64_t index, UnrankedDescriptor *result) {
  CallState &call = *CallState::current;
  llvm::ArrayRef<int64_t> shape(result->descriptor + 3, result->rank);
  llvm::ArrayRef<int64_t> strides(result->descriptor + 3 + result->rank, result->rank);
  HostTensor tensor = HostTensor::allocate(shape, call.resultKinds[index]);
  size_t elementSize = getElementSize(call.resultKinds[index]);
  const char *source = reinterpret_cast<const char *>(result->descriptor[1]) + result->descriptor[2] * elementSize;
  char *target = tensor.getData();
  copyStrided(target, source, shape, strides, elementSize);
  (*call.results)[index] = std::move(tensor);
}

/// Compiled code holds no C++ objects, so unwinding by longjmp skips none; its temporaries belong to the arena.
static void checkAssertion(int64_t condition, int64_t index) {
  if (condition)
    return;
  CallState::current->failedAssertion = index;
  std::longjmp(CallState::current->onFailedAssertion, 1);
}

static void contract(int64_t rank, const int64_t *layout, const float *a, const float *b, float *c,
                     int64_t accumulate) {
  contractF32(rank, layout, a, b, c, accumulate);
}

static void softmax(int64_t rank, const int64_t *layout, const float *in, float *out) {
  softmaxF32(rank, layout, in, out);
}

std::string execution::getTakeResultName(unsigned index) { return "quantopt_take_result_" + std::to_string(index); }

std::vector<RuntimeSymbol> execution::getRuntimeSymbols(unsigned numResults) {
  std::vector<RuntimeSymbol> symbols = {
      {"malloc", reinterpret_cast<void *>(&allocateTemporary)},
      {"free", reinterpret_cast<void *>(&freeTemporary)},
      {"quantopt_check", reinterpret_cast<void *>(&checkAssertion)},
      {"quantopt_contract_f32", reinterpret_cast<void *>(&contract)},
      {"quantopt_softmax_f32", reinterpret_cast<void *>(&softmax)},
  };
  for (unsigned i = 0; i < numResults; ++i)
    symbols.push_back({"_mlir_ciface_" + getTakeResultName(i), reinterpret_cast<void *>(&takeResult)});
  return symbols;
}
