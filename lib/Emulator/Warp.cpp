//===- Warp.cpp - Groups of lanes and their frames ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lanes that part ways become groups. The group in the deepest frame, at the
// lowest position there, runs first, so that the others meet it where paths
// join; a group that runs on without end lets the others have turns.
//
//===----------------------------------------------------------------------===//

#include "Barriers.h"
#include "quant-opt/Emulator/Machine.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

Group Warp::current() const {
  Group group;
  group.pc = pc;
  group.lanes = active;
  group.frame = frame;
  group.ticket = ticket;
  group.lastRun = turns;
  return group;
}

void Warp::resume(const Group &group) {
  pc = group.pc;
  active = group.lanes;
  frame = group.frame;
  ticket = group.ticket;
  bases[0] = reinterpret_cast<uint32_t *>(frame->registers.data());
  nextPc = ~0u;
  for (const Group &other : waiting)
    if (other.frame == frame && other.pc > pc)
      nextPc = std::min(nextPc, other.pc);
}

/// Groups at one place become one: true if there were any. One that has arrived at a barrier (it has a ticket) stays
/// apart.
static bool mergeGroups(std::vector<Group> &groups) {
  bool merged = false;
  for (size_t i = 0; i < groups.size(); ++i)
    for (size_t j = i + 1; j < groups.size();) {
      Group &a = groups[i], &b = groups[j];
      if (a.pc != b.pc || a.frame != b.frame || a.ticket != 0 || b.ticket != 0) {
        ++j;
        continue;
      }
      a.lanes |= b.lanes;
      a.isBlocked = false;
      merged = true;
      groups.erase(groups.begin() + j);
    }
  return merged;
}

bool Warp::schedule() {
  uint32_t running = active;
  if (active != 0)
    waiting.push_back(current());
  active = 0;
  bool merged = mergeGroups(waiting);
  Group *best = nullptr;
  for (Group &group : waiting) {
    if (group.isBlocked && group.blockedAt == cta->cluster->events)
      continue;
    if (isPinned && (group.lanes & running) != 0) {
      best = &group;
      break;
    }
    if (!best || group.frame->depth > best->frame->depth ||
        (group.frame->depth == best->frame->depth && group.pc < best->pc))
      best = &group;
  }
  if (!best)
    return false;
  Group chosen = *best;
  waiting.erase(waiting.begin() + (best - waiting.data()));
  switches += merged || (chosen.lanes & running) == 0;
  resume(chosen);
  return true;
}

bool Warp::rotate() {
  Group *oldest = nullptr;
  for (Group &group : waiting)
    if (!(group.isBlocked && group.blockedAt == cta->cluster->events) && (!oldest || group.lastRun < oldest->lastRun))
      oldest = &group;
  if (!oldest)
    return false;
  Group chosen = *oldest;
  waiting.erase(waiting.begin() + (oldest - waiting.data()));
  if (active != 0)
    waiting.push_back(current());
  resume(chosen);
  isPinned = true;
  return true;
}

void Warp::block(uint32_t exec) {
  if ((active & ~exec) != 0)
    leave(active & ~exec, pc + 1);
  Group group = current();
  group.isBlocked = true;
  group.blockedAt = cta->cluster->events;
  group.reason = reason;
  reason = WaitReason();
  waiting.push_back(group);
  active = 0;
}

void Warp::leave(uint32_t lanes, uint32_t target) {
  Group group = current();
  group.pc = target;
  group.lanes = lanes;
  group.ticket = 0;
  waiting.push_back(group);
  active &= ~lanes;
}

//===----------------------------------------------------------------------===//
// Movement
//===----------------------------------------------------------------------===//

Flow Warp::branch(uint32_t exec, uint32_t target) {
  uint32_t rest = active & ~exec;
  if (rest != 0) {
    ++cta->cluster->counters.divergentBranches;
    leave(rest, pc + 1);
  }
  pc = target;
  if (!waiting.empty())
    schedule();
  return Flow::Jump;
}

Flow Warp::branchMany(uint32_t exec, const uint32_t *targets) {
  uint32_t first = targets[countr_zero(exec)], same = 0;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    same |= uint32_t(targets[lane] == first) << lane;
  for (uint32_t others = exec & ~same; others != 0;) {
    uint32_t target = targets[countr_zero(others)], lanes = 0;
    for (unsigned lane = 0; lane != numLanes; ++lane)
      lanes |= uint32_t(targets[lane] == target) << lane;
    leave(lanes & others, target);
    others &= ~lanes;
  }
  return branch(exec & same, first);
}

Flow Warp::moveTo(uint32_t exec, Frame *to, uint32_t target) {
  if ((active & ~exec) != 0)
    leave(active & ~exec, pc + 1);
  active = exec;
  frame = to;
  pc = target;
  ticket = 0;
  releaseFrames();
  // Sets the base of the frame's registers too.
  schedule();
  return Flow::Jump;
}

Flow Warp::exit(uint32_t exec) {
  live &= ~exec;
  uint32_t count = popcount(exec);
  cta->liveThreads -= count;
  cta->cluster->liveThreads -= count;
  ++cta->cluster->events;
  for (std::unique_ptr<Frame> &each : frames)
    each->lanes &= ~exec;
  active &= ~exec;
  pc += 1;
  retireThreads(*cta);
  if (live != 0)
    schedule();
  return Flow::Jump;
}

//===----------------------------------------------------------------------===//
// Frames
//===----------------------------------------------------------------------===//

Frame *Warp::pushFrame(const FunctionCode &function, uint32_t lanes) {
  std::unique_ptr<Frame> added;
  if (spareFrames.empty()) {
    added = std::make_unique<Frame>();
  } else {
    added = std::move(spareFrames.back());
    spareFrames.pop_back();
  }
  added->function = &function;
  added->caller = frame;
  added->site = nullptr;
  added->returnPc = pc + 1;
  added->depth = frame ? frame->depth + 1 : 0;
  added->lanes = lanes;
  added->localBase = 0;
  added->registers.resize(divideCeil(function.frameWords, 16u));
  if (function.definedWord != ~0u)
    std::fill(added->registers.data()->words + function.definedWord,
              added->registers.data()->words + function.frameWords, 0);
  frames.push_back(std::move(added));
  return frames.back().get();
}

void Warp::releaseFrames() {
  for (size_t i = frames.size(); i-- > 1;)
    if (frames[i]->lanes == 0) {
      spareFrames.push_back(std::move(frames[i]));
      frames.erase(frames.begin() + i);
    }
}

void Warp::ensureLocal(uint32_t bytes) {
  bytes = alignTo(bytes, 16);
  if (bytes <= localStride)
    return;
  std::vector<uint8_t> larger(size_t(bytes) * numLanes);
  for (unsigned lane = 0; lane != numLanes && localStride != 0; ++lane)
    std::memcpy(larger.data() + size_t(lane) * bytes, local.data() + size_t(lane) * localStride, localStride);
  local = std::move(larger);
  localStride = bytes;
}

//===----------------------------------------------------------------------===//
// Lanes that belong together
//===----------------------------------------------------------------------===//

bool Warp::gather(const MicroOp &op, uint32_t exec, uint32_t members) {
  uint32_t missing = members & live & ~exec;
  if (missing == 0)
    return true;
  reason = WaitReason();
  reason.kind = WaitReason::Kind::Lanes;
  reason.a = missing;
  return false;
}

SmallVector<Warp::Tile, 1> Warp::getTiles(const MicroOp &op, uint32_t exec, Slot slot) {
  const uint32_t *masks = in<uint32_t>(slot);
  SmallVector<Tile, 1> tiles;
  for (uint32_t rest = exec; rest != 0; rest &= ~tiles.back().lanes) {
    Tile tile;
    tile.members = masks[countr_zero(rest)];
    for (unsigned lane = 0; lane != numLanes; ++lane)
      tile.lanes |= uint32_t(masks[lane] == tile.members) << lane;
    tile.lanes &= rest;
    if (uint32_t outside = tile.lanes & ~tile.members) {
      report(op, outside, HazardKind::DivergentCollective,
             formatv("executes with a membermask {0:x} that does not hold its own lane", tile.members).str(),
             "pass the mask of the lanes that execute the instruction (__activemask() is not it)");
      return {};
    }
    tiles.push_back(tile);
  }
  return tiles;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

ThreadId Warp::getThread(unsigned lane) const {
  ThreadId result;
  result.cta = cta->id;
  uint32_t linear = index * numLanes + lane;
  const std::array<uint32_t, 3> &block = grid->config.block;
  result.thread = {linear % block[0], linear / block[0] % block[1], linear / block[0] / block[1]};
  return result;
}

Flow Warp::report(const MicroOp &op, uint32_t lanes, HazardKind kind, const Twine &message, const Twine &remedy,
                  bool isFatal, std::optional<HazardAddress> address) {
  Hazard hazard;
  hazard.kind = kind;
  hazard.isFatal = isFatal;
  size_t position = &op - grid->program.code.data();
  hazard.kernel = grid->program.getKernel().source->name;
  if (const Instruction *origin = grid->program.origins[position]) {
    hazard.location = origin->location;
    SmallVector<StringRef> words; // a call may be written over several lines
    SplitString(origin->text, words);
    hazard.text = join(words, " ");
    hazard.source = origin->source;
  } else {
    hazard.text = "end of " + grid->program.getFunctionAt(position).source->name;
  }
  hazard.thread = getThread(lanes == 0 ? 0 : countr_zero(lanes));
  hazard.address = std::move(address);
  hazard.message = message.str();
  hazard.remedy = remedy.str();
  hazard.count = std::max(1, popcount(lanes));
  grid->sink.report(std::move(hazard));
  return isFatal ? Flow::Stop : Flow::Next;
}

static HazardAddress describeShared(const Program &program, uint32_t address, uint64_t bytes, uint32_t sharedBytes) {
  HazardAddress result;
  result.space = Space::Shared;
  result.size = bytes;
  uint32_t offset = address & ((1u << clusterRankShift) - 1);
  result.object = "shared memory";
  result.offset = int64_t(offset) - sharedBase;
  result.objectSize = sharedBytes;
  // The variable that begins last in front of it.
  for (auto [variable, begin] : program.sharedVariables) {
    if (begin > offset)
      continue;
    result.object = variable->name;
    result.offset = int64_t(offset) - begin;
    result.objectSize = variable->size != 0 ? variable->size : sharedBase + sharedBytes - begin;
  }
  if (uint32_t rank = address >> clusterRankShift)
    result.object += formatv(" of CTA {0} of the cluster", rank - 1).str();
  return result;
}

HazardAddress Warp::describe(Space space, uint64_t address, uint64_t bytes) const {
  if (space == Space::Generic) {
    uint64_t window = address & windowMask;
    Space actual = window == sharedWindow  ? Space::Shared
                   : window == localWindow ? Space::Local
                   : window == paramWindow ? Space::Param
                                           : Space::Global;
    return describe(actual, window == 0 ? address : address & ~windowMask, bytes);
  }
  if (space == Space::Shared)
    return describeShared(grid->program, uint32_t(address), bytes, cta->sharedBytes);
  HazardAddress result;
  result.space = space;
  result.size = bytes;
  result.offset = int64_t(address);
  if (space == Space::Local) {
    result.object = "local memory";
    result.objectSize = localStride;
  } else if (space == Space::Param) {
    result.object = "the kernel's parameters";
    result.objectSize = grid->params.size();
  } else if (const Buffer *buffer = grid->memory.find(address)) {
    result.object = buffer->name;
    result.offset = int64_t(address - buffer->address);
    result.objectSize = buffer->size;
  }
  return result;
}
