//===- WriteCheckpoint.h - Models as folders that others load ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_WRITECHECKPOINT_H
#define QUANTOPT_CHECKPOINT_WRITECHECKPOINT_H

#include "quant-opt/Checkpoint/WeightStore.h"

namespace quantopt {

/// A folder that appears whole or not at all: files are made in a temporary one beside it.
class FolderTransaction {
public:
  /// Refuses a `target` that exists unless it is empty or was written by commit() before: what is there is replaced.
  static llvm::Expected<FolderTransaction> begin(llvm::StringRef target);
  FolderTransaction(FolderTransaction &&other);
  FolderTransaction &operator=(FolderTransaction &&other) = delete;
  /// Removes what was not committed.
  ~FolderTransaction();

  /// Where the files go.
  llvm::StringRef getPath() const { return temporary; }
  /// Brings every file to the disk, then puts the folder in its place.
  llvm::Error commit();

private:
  FolderTransaction(std::string target) : target(std::move(target)), temporary(this->target + ".tmp") {}
  std::string target, temporary;
};

/// Copies the files beside a model's weights that loaders want too (tokenizer, generation settings, templates, code,
/// licence) from `source` to `target`; weights and descriptions of weights stay behind. Refuses a link that leads out
/// of the folder, other than into the blobs of the Hugging Face cache that the folder is part of.
llvm::Error carryFiles(llvm::StringRef source, llvm::StringRef target);

struct WriteCheckpointOptions {
  uint64_t maxShardBytes = 5ull << 30;
  /// Storage of floats that passes made and of scales: F32, F16, BF16; none: the one that the configuration names
  /// (dtype, torch_dtype), F32 where it names none.
  std::optional<Storage> floatStorage;
  bool reread = true;         ///< compare what was written with what was meant, through the reader
  bool mayRoundScales = true; ///< false: a scale that its storage does not hold exactly is an error
  /// Content of quant-opt.json: how the model was made.
  llvm::json::Object provenance;
};

struct WriteCheckpointResult {
  uint64_t bytes = 0;         ///< of tensors
  int64_t roundedModules = 0; ///< layers whose scales the storage does not hold exactly
  Storage scaleStorage = Storage::F32;
};

/// Names of the formats: "compressed-tensors", ...
std::vector<llvm::StringRef> getCheckpointFormatNames();

/// Writes weights and configuration of `model`, whose keys are those of `store`, in the format of that name into the
/// existing folder `folder`, then reads them back and compares codes, scales, zero points and all other tensors bit by
/// bit. What the format cannot say is an error that names the layer, the rule (docs/lint.md) and a remedy.
llvm::Expected<WriteCheckpointResult> writeCheckpoint(llvm::StringRef folder, const CheckpointModel &model,
                                                      const WeightStore &store, llvm::StringRef format,
                                                      WriteCheckpointOptions options);

/// Writes `model` as the GGUF file `path`, with the metadata and the names of the GGUF `source` that it was imported
/// from: int4 layers as Q4_0, int8 layers as Q8_0, everything else as it is there. Scales are stored as F16. The file
/// appears whole or not at all, after it was read back and compared.
llvm::Expected<WriteCheckpointResult> writeGguf(llvm::StringRef path, llvm::StringRef source,
                                                const CheckpointModel &model, const WeightStore &store);

/// The model in a quantized folder, with keys of `store`, which it is added to.
llvm::Expected<CheckpointModel> readCheckpoint(llvm::StringRef folder, WeightStore &store);

/// Writes the quantized folder `source` as `target` in another format: same codes, scales and zero points. Files beside
/// the weights are carried along. What the format cannot say exactly is an error with its rule.
llvm::Error convertCheckpoint(llvm::StringRef source, llvm::StringRef target, llvm::StringRef format,
                              uint64_t maxShardBytes = 5ull << 30);

/// The scales of `key` as they are read back from `storage`; `isExact` tells whether that changes none. An error for
/// one that is not a positive, finite, normal number there.
llvm::Expected<std::vector<float>> readStoredScales(const WeightStore &store, llvm::StringRef key, Storage storage,
                                                    bool &isExact);

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_WRITECHECKPOINT_H
