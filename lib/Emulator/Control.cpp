//===- Control.cpp - Branches, calls, ends --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DecodeLanes.h"
#include "Handlers.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace quantopt::ptx;

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

static Flow runBranch(Warp &warp, const MicroOp &op, uint32_t exec) { return warp.branch(exec, uint32_t(op.imm)); }

/// slots[0]: the index into the targets.
static Flow runBranchMany(Warp &warp, const MicroOp &op, uint32_t exec) {
  const uint32_t *index = warp.in<uint32_t>(op.slots[0]);
  uint32_t targets[numLanes] = {};
  for (unsigned lane = 0; lane != numLanes; ++lane) {
    if (!((exec >> lane) & 1))
      continue;
    if (index[lane] >= op.poolCount)
      return warp.report(op, 1u << lane, HazardKind::OutOfBounds,
                         formatv("branches to entry {0} of a table of {1}", index[lane], op.poolCount),
                         "check the index before brx.idx");
    targets[lane] = warp.grid->program.targets[op.pool + index[lane]];
  }
  return warp.branchMany(exec, targets);
}

static void decodeBra(Decoder &d) {
  d.take("uni");
  d.expectOperands(1);
  const Operand &label = d.operand(0);
  if (!label.is(Operand::Kind::Label))
    d.fail("bra wants a label");
  MicroOp op;
  op.run = runBranch;
  op.flags = MicroOp::Branches | MicroOp::Ends;
  op.imm = label.index;
  d.emitBranch(op);
}

static void decodeBrx(Decoder &d) {
  d.take("idx");
  d.take("uni");
  d.expectOperands(2);
  const Operand &table = d.operand(1);
  if (!table.is(Operand::Kind::Table) || d.function().tables[table.index].kind != Table::Kind::BranchTargets)
    return d.fail("brx.idx wants the label of .branchtargets");
  MicroOp op;
  op.run = runBranchMany;
  op.flags = MicroOp::BranchesMany | MicroOp::Ends;
  op.slots[0] = d.read(0, Type::U32);
  d.requireDefined();
  d.setTargets(op, d.function().tables[table.index].targets);
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// Frames deeper than this are runaway recursion.
static constexpr uint32_t maxDepth = 512;
static constexpr uint32_t maxLocalBytes = 512 * 1024;

static void copyLocal(Warp &warp, uint32_t lanes, ArrayRef<CallSite::Copy> copies, uint32_t fromBase, uint32_t toBase) {
  for (; lanes != 0; lanes &= lanes - 1) {
    uint8_t *local = warp.local.data() + size_t(countr_zero(lanes)) * warp.localStride;
    for (const CallSite::Copy &copy : copies)
      std::memmove(local + toBase + copy.to, local + fromBase + copy.from, copy.bytes);
  }
}

static Flow enter(Warp &warp, const MicroOp &op, uint32_t lanes, const CallSite &site, uint32_t number) {
  const FunctionCode &callee = warp.grid->program.functions[number];
  Frame *caller = warp.frame;
  uint32_t base = caller->localBase + caller->function->localBytes;
  if (caller->depth >= maxDepth || base + callee.localBytes > maxLocalBytes)
    return warp.report(op, lanes, HazardKind::CallDepth,
                       formatv("calls '{0}' at depth {1} with {2} bytes of local memory", callee.source->name,
                               caller->depth + 1, base + callee.localBytes),
                       "end the recursion");
  Frame *frame = warp.pushFrame(callee, lanes);
  frame->site = &site;
  frame->localBase = base;
  warp.ensureLocal(base + callee.localBytes);
  copyLocal(warp, lanes, site.arguments, caller->localBase, base);
  return warp.moveTo(lanes, frame, callee.entry);
}

/// imm: index of the call site. slots[0]: the address for an indirect call.
static Flow runCall(Warp &warp, const MicroOp &op, uint32_t exec) {
  const Program &program = warp.grid->program;
  const CallSite &site = program.calls[op.imm];
  if (site.function != ~0u)
    return enter(warp, op, exec, site, site.function);
  const uint64_t *addresses = warp.in<uint64_t>(op.slots[0]);
  uint64_t address = addresses[countr_zero(exec)];
  uint64_t index = (address - getFunctionAddress(0)) >> 4;
  uint32_t number = index < program.functionNumbers.size() && address == getFunctionAddress(uint32_t(index))
                        ? program.functionNumbers[index]
                        : ~0u;
  if (number == ~0u)
    return warp.report(op, exec, HazardKind::WrongSpace, formatv("calls {0:x}, which is no function", address),
                       "check the function pointer");
  uint32_t same = 0;
  for (unsigned lane = 0; lane != numLanes; ++lane)
    same |= uint32_t(addresses[lane] == address) << lane;
  // The others call when their turn comes.
  if ((exec & ~same) != 0)
    warp.leave(exec & ~same, warp.pc);
  return enter(warp, op, exec & same, site, number);
}

Flow quantopt::ptx::runReturn(Warp &warp, const MicroOp &op, uint32_t exec) {
  Frame *frame = warp.frame;
  if (!frame->caller)
    return warp.exit(exec);
  copyLocal(warp, exec, frame->site->returns, frame->localBase, frame->caller->localBase);
  uint32_t target = frame->returnPc;
  Frame *caller = frame->caller;
  frame->lanes &= ~exec;
  return warp.moveTo(exec, caller, target);
}

static Flow runExit(Warp &warp, const MicroOp &op, uint32_t exec) { return warp.exit(exec); }

static Flow runTrap(Warp &warp, const MicroOp &op, uint32_t exec) {
  return warp.report(op, exec, HazardKind::Trap, "executes a trap", "find the check in the source that failed");
}

/// Copies between the variables that a call names and the callee's parameters.
static std::vector<CallSite::Copy> makeCopies(Decoder &d, const Operand &list, ArrayRef<Variable> formals,
                                              ArrayRef<uint32_t> offsets, bool isReturn) {
  std::vector<CallSite::Copy> copies;
  if (list.elements.size() != formals.size()) {
    d.fail(formatv("a call with {0} {1} where the function has {2}", list.elements.size(),
                   isReturn ? "results" : "arguments", formals.size()));
    return copies;
  }
  for (size_t i = 0; i != formals.size(); ++i) {
    std::optional<uint32_t> local = d.getLocalOffset(list.elements[i]);
    if (!local) {
      d.fail("a call with an argument that is no .param variable", "pass arguments through .param variables");
      return copies;
    }
    CallSite::Copy copy{*local, offsets[i], uint32_t(formals[i].size)};
    if (isReturn)
      std::swap(copy.from, copy.to);
    copies.push_back(copy);
  }
  return copies;
}

/// Where parameters and then results lie in a function's local memory.
void quantopt::ptx::layOutSignature(ArrayRef<Variable> params, ArrayRef<Variable> returns,
                                    std::vector<uint32_t> &paramOffsets, std::vector<uint32_t> &returnOffsets,
                                    uint64_t &end) {
  auto place = [&](const Variable &variable) {
    uint64_t offset = alignTo(end, Align(std::max<uint64_t>(variable.alignment, 1)));
    end = offset + variable.size;
    return uint32_t(offset);
  };
  for (const Variable &param : params)
    paramOffsets.push_back(place(param));
  for (const Variable &result : returns)
    returnOffsets.push_back(place(result));
}

static void decodeExternalCall(Decoder &d, const Function &callee) {
  MicroOp op;
  op.run = findExternal(callee.name);
  if (!op.run)
    return d.fail("a call of '" + callee.name + "', which is defined nowhere",
                  "link it in, or compile with relocatable device code off");
  CallSite site;
  std::vector<uint32_t> params(callee.params.size(), 0), returns(callee.returns.size(), 0);
  site.arguments = makeCopies(d, d.operand(2), callee.params, params, false);
  site.returns = makeCopies(d, d.operand(0), callee.returns, returns, true);
  op.imm = int64_t(d.addCallSite(std::move(site)));
  d.emit(op);
}

static void decodeIndirectCall(Decoder &d, MicroOp &op) {
  const Operand &table = d.operand(3);
  if (!table.is(Operand::Kind::Table))
    return d.fail("an indirect call without .callprototype or .calltargets");
  const Prototype &prototype = d.function().tables[table.index].prototype;
  std::vector<uint32_t> params, returns;
  uint64_t end = 0;
  layOutSignature(prototype.params, prototype.returns, params, returns, end);
  CallSite site;
  site.arguments = makeCopies(d, d.operand(2), prototype.params, params, false);
  site.returns = makeCopies(d, d.operand(0), prototype.returns, returns, true);
  op.slots[0] = d.read(1, Type::B64);
  d.requireDefined();
  op.imm = int64_t(d.addCallSite(std::move(site)));
  d.emit(op);
}

static void decodeCall(Decoder &d) {
  d.take("uni");
  d.expectOperands(4);
  const Operand &target = d.operand(1);
  MicroOp op;
  op.run = runCall;
  if (target.is(Operand::Kind::Register))
    return decodeIndirectCall(d, op);
  if (!target.is(Operand::Kind::Symbol) || target.symbol.kind != SymbolKind::Function)
    return d.fail("call wants a function");
  const Program &program = d.getProgram();
  const Function &callee = program.module->functions[target.symbol.index];
  if (!callee.isDefined)
    return decodeExternalCall(d, callee);
  CallSite site;
  site.function = program.functionNumbers[target.symbol.index];
  const FunctionCode &code = program.functions[site.function];
  site.arguments = makeCopies(d, d.operand(2), callee.params, code.paramOffsets, false);
  site.returns = makeCopies(d, d.operand(0), callee.returns, code.returnOffsets, true);
  op.imm = int64_t(d.addCallSite(std::move(site)));
  d.emit(op);
}

//===----------------------------------------------------------------------===//
// The rest
//===----------------------------------------------------------------------===//

static void emitEnd(Decoder &d, Handler handler) {
  d.expectOperands(0);
  MicroOp op;
  op.run = handler;
  op.flags = MicroOp::Ends;
  d.emit(op);
}

static void decodeRet(Decoder &d) {
  d.take("uni");
  emitEnd(d, runReturn);
}
static void decodeExit(Decoder &d) { emitEnd(d, runExit); }
static void decodeTrap(Decoder &d) { emitEnd(d, runTrap); }

Flow quantopt::ptx::runNothing(Warp &warp, const MicroOp &op, uint32_t exec) { return Flow::Next; }

/// Polls of a warp until others have a turn.
static constexpr uint64_t pollsPerTurn = 32;

Flow quantopt::ptx::runPoll(Warp &warp, const MicroOp &op, uint32_t exec) {
  ++warp.cta->cluster->polls;
  return ++warp.polls % pollsPerTurn == 0 ? Flow::Yield : Flow::Next;
}

static Flow runSleep(Warp &warp, const MicroOp &op, uint32_t exec) {
  ++warp.cta->cluster->polls;
  return Flow::Yield;
}

static void decodeNanosleep(Decoder &d) {
  d.takeType({Type::U32});
  d.expectOperands(1);
  d.read(0, Type::U32);
  MicroOp op;
  op.run = runSleep;
  d.emit(op);
}

/// brkpt, pmevent: what a debugger or profiler would see.
static void decodeMarker(Decoder &d) {
  d.take("mask");
  MicroOp op;
  op.run = runNothing;
  d.emit(op);
}

static const OpcodeInfo opcodes[] = {
    {"bra", "bra{.uni}", "", decodeBra},
    {"brkpt", "brkpt", "no effect", decodeMarker},
    {"brx", "brx.idx{.uni}", "", decodeBrx},
    {"call", "call{.uni}, direct and indirect; vprintf, __assertfail", "arguments in .param variables", decodeCall},
    {"exit", "exit", "", decodeExit},
    {"nanosleep", "nanosleep.u32", "gives others a turn; no time passes", decodeNanosleep},
    {"pmevent", "pmevent{.mask}", "no effect", decodeMarker},
    {"ret", "ret{.uni}", "", decodeRet},
    {"trap", "trap", "ends the launch with a hazard", decodeTrap},
};

ArrayRef<OpcodeInfo> quantopt::ptx::getControlOpcodes() { return opcodes; }
