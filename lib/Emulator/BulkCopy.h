//===- BulkCopy.h - cp.async.bulk while it is in flight ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One copy of the async proxy, flat, of a tensor's box or of a register's value
// (st.async, red.async): what it reads and
// where it writes. A copy is a read into bytes in the order of the box, then a
// write of these; the two may be apart in time.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EMULATOR_BULKCOPY_H
#define QUANTOPT_LIB_EMULATOR_BULKCOPY_H

#include "quant-opt/Emulator/Machine.h"
#include "quant-opt/Emulator/TensorMap.h"
#include <memory>

namespace quantopt::ptx {

/// What cp.reduce.async.bulk does with the bytes that are there.
enum class Reduction : uint8_t { None, Add, Min, Max, Inc, Dec, And, Or, Xor };

struct BulkCopy {
  const MicroOp *op = nullptr;
  Warp *warp = nullptr; // that issued it
  unsigned lane = 0;
  uint32_t bytes = 0;
  /// The box, of tensor copies; its global addresses.
  std::shared_ptr<const TensorMap> map;
  std::array<int32_t, TensorMap::maxRank> coordinates{};
  uint64_t global = 0; // of flat copies

  /// The bytes of a value; of others empty.
  llvm::SmallVector<uint8_t, 16> value;
  /// The source; null: global memory.
  Cta *sourceCta = nullptr;
  uint32_t source = 0; // shared address in that CTA
  /// The destination: bits of ranks in the cluster; 0: global memory.
  uint32_t destinations = 0;
  uint32_t destination = 0; // shared address in each of these CTAs

  /// Where the bytes are counted when they have landed: at this address of each destination CTA.
  bool signalsMbarrier = false;
  uint32_t mbarrier = 0;

  Reduction reduction = Reduction::None;
  Type type = Type::None; // of a reduction's elements

  bool isLoad() const { return destinations != 0; }
  llvm::ArrayRef<int32_t> getCoordinates() const {
    return llvm::ArrayRef<int32_t>(coordinates).take_front(map ? map->rank : 0);
  }
};

/// Calls `visit` for each CTA that the copy writes to.
void forEachDestination(const BulkCopy &copy, llvm::function_ref<void(Cta &)> visit);

/// Reads the source. False after a fatal report.
bool readBulkCopy(const BulkCopy &copy, std::vector<uint8_t> &bytes);
/// Writes (or reduces into) the destination; mbarriers are not touched. False after a fatal report.
bool writeBulkCopy(const BulkCopy &copy, llvm::ArrayRef<uint8_t> bytes);

/// Combines `bytes` with the elements at `destination`, each of which changes atomically. The size is a multiple of the
/// type's.
void reduceElements(Reduction reduction, Type type, uint8_t *destination, llvm::ArrayRef<uint8_t> bytes);

} // namespace quantopt::ptx

#endif // QUANTOPT_LIB_EMULATOR_BULKCOPY_H
