//===- ShardWriter.h - Tensors as safetensors shards -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_SHARDWRITER_H
#define QUANTOPT_LIB_CHECKPOINT_SHARDWRITER_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <functional>
#include <map>

namespace quantopt {

/// Takes the next bytes of a tensor.
using ByteSink = llvm::function_ref<llvm::Error(llvm::ArrayRef<char>)>;

/// A tensor to be written. Its bytes are made when its turn comes, so that no model is ever wholly resident.
struct ShardTensor {
  std::string name;
  Storage storage = Storage::F32;
  llvm::SmallVector<int64_t> shape;
  /// Passes the stored bytes, in order and in one or more pieces; an error of the sink ends it.
  std::function<llvm::Error(ByteSink sink)> visit;
};

/// The tensor `key` of `store`, which must hold it and outlive the result, as it is stored, under the name `name`.
ShardTensor makeStoredTensor(llvm::StringRef name, const WeightStore &store, llvm::StringRef key);

/// Writes `tensors` as shards of at most `maxShardBytes` (a larger tensor has one of its own) with an index where there
/// are several, as WeightStore::save describes. Names must be unique. `metadata` goes into every shard beside
/// {"format": "pt"}. Returns the bytes of the tensors. Errors name the folder.
llvm::Expected<uint64_t> writeShards(llvm::StringRef folder, std::vector<ShardTensor> tensors,
                                     const std::map<std::string, std::string> &metadata, uint64_t maxShardBytes);

} // namespace quantopt

#endif // QUANTOPT_LIB_CHECKPOINT_SHARDWRITER_H
