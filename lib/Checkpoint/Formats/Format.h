//===- Format.h - A quantized checkpoint format ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each format is one file that implements this interface; a new one is another
// file and a line in Formats.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_CHECKPOINT_FORMATS_FORMAT_H
#define QUANTOPT_LIB_CHECKPOINT_FORMATS_FORMAT_H

#include "../PackedCodes.h"
#include "../ShardWriter.h"
#include "../WeightStoreImpl.h"
#include "quant-opt/Checkpoint/WriteCheckpoint.h"

namespace quantopt::formats {

/// An error that names the rule of docs/lint.md that it breaks.
llvm::Error makeRuleError(llvm::StringRef rule, const llvm::Twine &message);

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The tensors of a folder, from which a format takes those of quantized layers.
class ModuleReader {
public:
  explicit ModuleReader(std::map<std::string, WeightEntry> tensors) : tensors(std::move(tensors)) {}

  const WeightEntry *find(const llvm::Twine &name) const;
  /// Names of modules that have a tensor `<module>.<suffix>`, sorted.
  std::vector<std::string> getModules(llvm::StringRef suffix) const;

  /// The tensor, which belongs to a layer from now on. `shape` is what it must have; -1 is any length.
  llvm::Expected<WeightEntry> take(const llvm::Twine &name, llvm::ArrayRef<Storage> storages,
                                   llvm::ArrayRef<int64_t> shape);

  /// Adds a layer; `zeroPoint` may be null. Sets the keys, and the shapes of parameters from the scheme.
  llvm::Error add(QuantizedModule module, WeightEntry codes, WeightEntry scale, const WeightEntry *zeroPoint);
  /// A parameter of the input of the layer, of one element; returns its key.
  std::string addInputParameter(llvm::StringRef module, llvm::StringRef suffix, WeightEntry entry);
  void ignore(llvm::StringRef module) { ignored.push_back(module.str()); }

  /// What is left and what was made, as a folder.
  LoadedFolder finish(uint64_t contentHash) &&;

private:
  std::map<std::string, WeightEntry> tensors, made;
  std::vector<QuantizedModule> modules;
  std::vector<std::string> ignored;
};

/// The matrix [rows, cols] of codes that lies in `source` as `layout` says.
WeightEntry makeUnpacked(const WeightEntry &source, int64_t rows, int64_t cols, const PackedLayout &layout);
/// The transpose of a matrix of elements of whole bytes.
WeightEntry makeTransposed(const WeightEntry &source);

/// The integer at the first of `keys` that is there.
llvm::Expected<int64_t> readInteger(const llvm::json::Object &config, llvm::ArrayRef<llvm::StringRef> keys);

/// Numbers of row and column blocks of a matrix (rule N7). An error where their lengths do not divide.
llvm::Expected<std::pair<int64_t, int64_t>> getBlockCounts(const TensorScheme &scheme, int64_t rows, int64_t cols);

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// What writing a layer needs.
struct WriteContext {
  const WeightStore &store;
  Storage scaleStorage; ///< F32, F16 or BF16
  Storage floatStorage; ///< of the model's other floats, likewise
};

/// Codes as one int8 an element (8-bit floats: their bits), row-major.
llvm::Expected<std::vector<int8_t>> readCodes(const WeightStore &store, llvm::StringRef key);

/// A tensor of packed codes.
ShardTensor makePackedTensor(std::string name, Storage storage, llvm::ArrayRef<int64_t> shape,
                             const WriteContext &context, std::string key, int64_t rows, int64_t cols,
                             const PackedLayout &layout);
/// A tensor of codes, one a byte.
ShardTensor makeCodeTensor(std::string name, Storage storage, llvm::ArrayRef<int64_t> shape,
                           const WriteContext &context, std::string key);
/// A tensor of scales in the scale storage of the context (or `storage`), transposed if asked for; `shape` is that of
/// the result. A scale that is not positive, finite and normal there is an error.
ShardTensor makeScaleTensor(std::string name, llvm::ArrayRef<int64_t> shape, const WriteContext &context,
                            std::string key, bool transpose = false);
/// A vector of ones in the float storage.
ShardTensor makeOnes(std::string name, int64_t length, const WriteContext &context);
/// A tensor of bytes that are known.
ShardTensor makeBytesTensor(std::string name, Storage storage, llvm::ArrayRef<int64_t> shape, std::vector<char> bytes);
template <typename T>
ShardTensor makeTensor(std::string name, Storage storage, llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<T> values) {
  const char *begin = reinterpret_cast<const char *>(values.data());
  return makeBytesTensor(std::move(name), storage, shape, std::vector<char>(begin, begin + values.size() * sizeof(T)));
}

/// Configuration of a folder: quantization_config of config.json, and further files by name.
struct Description {
  llvm::json::Object quantization;
  std::map<std::string, llvm::json::Object> files;
};

/// The smallest of the codes at `key`, 0 for the empty key.
llvm::Expected<int> getLowestCode(const WeightStore &store, llvm::StringRef key);

/// A word that repeats one `bits` wide field.
uint32_t repeatField(unsigned field, unsigned bits);

/// The scheme that all layers share; an error that names two that differ.
llvm::Expected<TensorScheme> getCommonScheme(llvm::StringRef rule, const CheckpointModel &model);

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

class CheckpointFormat {
public:
  virtual ~CheckpointFormat() = default;
  /// As the user types it.
  virtual llvm::StringRef getName() const = 0;

  /// Whether `quantization` (quantization_config of config.json, or the file that stands for it) is of this format.
  virtual bool recognizes(const llvm::json::Object &quantization) const = 0;
  virtual llvm::Error read(const llvm::json::Object &quantization, ModuleReader &reader) const = 0;

  /// The storage of scales in a model whose floats are `model`.
  virtual Storage getScaleStorage(Storage model) const { return model; }
  /// A rule error, without the module's name, where the format has no place for the layer.
  virtual llvm::Error check(const QuantizedModule &module, const WriteContext &context) const = 0;
  /// Adds the tensors of a layer that passed check().
  virtual void write(const QuantizedModule &module, const WriteContext &context,
                     std::vector<ShardTensor> &tensors) const = 0;
  virtual llvm::Expected<Description> describe(const CheckpointModel &model) const = 0;
};

const CheckpointFormat &getCompressedTensorsFormat();
const CheckpointFormat &getGptqFormat();
const CheckpointFormat &getGptqV2Format();
const CheckpointFormat &getAwqFormat();
const CheckpointFormat &getModelOptFormat();

/// All of them, in the order in which a configuration is offered to them.
llvm::ArrayRef<const CheckpointFormat *> getFormats();
/// An error lists the names that there are.
llvm::Expected<const CheckpointFormat *> lookupFormat(llvm::StringRef name);

/// What says how the tensors of `folder` are quantized, and the file that says it; an empty name where they are not.
llvm::Expected<std::pair<llvm::json::Object, std::string>> findQuantization(llvm::StringRef folder);

/// The layers that `quantization` describes, over the tensors of `files`. Errors name no file.
llvm::Expected<LoadedFolder> readQuantized(const llvm::json::Object &quantization, std::vector<LoadedFile> files);

} // namespace quantopt::formats

#endif // QUANTOPT_LIB_CHECKPOINT_FORMATS_FORMAT_H
