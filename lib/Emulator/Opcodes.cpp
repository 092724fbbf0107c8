//===- Opcodes.cpp - The table of instructions ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"

#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace quantopt::ptx;

using Family = ArrayRef<OpcodeInfo> (*)();
static const Family families[] = {getArithmeticOpcodes, getLogicOpcodes,       getCompareOpcodes,   getConvertOpcodes,
                                  getMoveOpcodes,       getMemoryOpcodes,      getAtomicOpcodes,    getControlOpcodes,
                                  getVideoOpcodes,      getWarpOpcodes,        getBarrierOpcodes,   getMmaOpcodes,
                                  getWmmaOpcodes,       getMatrixMoveOpcodes,  getWgmmaOpcodes,     getMbarrierOpcodes,
                                  getCopyOpcodes,       getRemoteStoreOpcodes, getTensorMapOpcodes, getClusterOpcodes};

static StringMap<const OpcodeInfo *> makeTable() {
  StringMap<const OpcodeInfo *> table;
  for (Family family : families)
    for (const OpcodeInfo &info : family())
      table[info.name] = &info;
  return table;
}

static const StringMap<const OpcodeInfo *> &getTable() {
  static const StringMap<const OpcodeInfo *> table = makeTable();
  return table;
}

const OpcodeInfo *quantopt::ptx::findOpcode(StringRef name) { return getTable().lookup(name); }

std::vector<const OpcodeInfo *> quantopt::ptx::getOpcodes() {
  std::vector<const OpcodeInfo *> result;
  for (const auto &entry : getTable())
    result.push_back(entry.second);
  llvm::sort(result, [](const OpcodeInfo *a, const OpcodeInfo *b) { return StringRef(a->name) < b->name; });
  return result;
}
