//===- Hazard.cpp - What the emulator finds wrong in a kernel -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Hazard.h"

#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <tuple>

using namespace llvm;
using namespace quantopt::ptx;

StringRef quantopt::ptx::getHazardName(HazardKind kind) {
  switch (kind) {
  case HazardKind::OutOfBounds:
    return "out of bounds";
  case HazardKind::Misaligned:
    return "misaligned access";
  case HazardKind::WrongSpace:
    return "wrong address space";
  case HazardKind::ReadOnlyWrite:
    return "write to read-only memory";
  case HazardKind::UninitializedRegister:
    return "uninitialized register";
  case HazardKind::UninitializedShared:
    return "uninitialized shared memory";
  case HazardKind::UninitializedBuffer:
    return "uninitialized buffer";
  case HazardKind::DivergentCollective:
    return "divergent collective";
  case HazardKind::BarrierMisuse:
    return "barrier misuse";
  case HazardKind::Deadlock:
    return "deadlock";
  case HazardKind::InstructionBudget:
    return "instruction budget";
  case HazardKind::CallDepth:
    return "call depth";
  case HazardKind::Trap:
    return "trap";
  case HazardKind::AssertFailed:
    return "assertion failed";
  case HazardKind::MbarrierMisuse:
    return "mbarrier misuse";
  case HazardKind::AsyncMisuse:
    return "asynchronous copy misuse";
  case HazardKind::MatrixMisuse:
    return "matrix instruction misuse";
  case HazardKind::RegisterInFlight:
    return "register in flight";
  case HazardKind::MissingFence:
    return "missing fence";
  case HazardKind::SharedInFlight:
    return "shared memory in flight";
  case HazardKind::UnfinishedAsyncWork:
    return "unfinished asynchronous work";
  case HazardKind::DataRace:
    return "data race";
  }
  llvm_unreachable("all kinds have names");
}

static std::string formatTriple(const std::array<uint32_t, 3> &triple) {
  return formatv("({0},{1},{2})", triple[0], triple[1], triple[2]).str();
}

std::string Hazard::format(StringRef fileName) const {
  std::string result =
      formatv("{0}:{1}:{2}: {3}: ", fileName, location.line, location.column, getHazardName(kind)).str();
  result += formatv("cta {0} thread {1}: {2}", formatTriple(thread.cta), formatTriple(thread.thread), message).str();
  if (count > 1)
    result += formatv(" ({0} threads)", count).str();
  if (!remedy.empty())
    result += "; " + remedy;
  return result + ": `" + text + "`";
}

/// Threads in the order of a sequential run.
static auto getOrder(const ThreadId &id) {
  return std::make_tuple(id.cta[2], id.cta[1], id.cta[0], id.thread[2], id.thread[1], id.thread[0]);
}

void HazardSink::report(Hazard hazard) {
  std::lock_guard<std::mutex> lock(mutex);
  if (hazard.isFatal)
    stop();
  uint64_t key = uint64_t(hazard.kind) << 56 | uint64_t(hazard.location.column & 0xFFFF) << 32 | hazard.location.line;
  auto [found, isNew] = index.try_emplace(key, hazards.size());
  if (!isNew) {
    Hazard &known = hazards[found->second];
    uint64_t count = known.count + hazard.count;
    if (getOrder(hazard.thread) < getOrder(known.thread))
      known = std::move(hazard);
    known.count = count;
    return;
  }
  if (hazards.size() >= capacity) {
    index.erase(key);
    ++numDropped;
    return;
  }
  hazards.push_back(std::move(hazard));
}

std::vector<Hazard> HazardSink::take() {
  std::lock_guard<std::mutex> lock(mutex);
  index.clear();
  std::vector<Hazard> result = std::move(hazards);
  hazards.clear();
  auto key = [](const Hazard &h) { return std::make_tuple(h.location.line, h.location.column, h.kind); };
  std::sort(result.begin(), result.end(), [&](const Hazard &a, const Hazard &b) { return key(a) < key(b); });
  return result;
}
