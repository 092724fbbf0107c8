//===- Safetensors.h - The safetensors container -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Layout of the file: u64 length N, N bytes of JSON, tensor data. The rules are
// those of huggingface/safetensors (README.md, safetensors/src/tensor.rs).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_SAFETENSORS_H
#define QUANTOPT_CHECKPOINT_SAFETENSORS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>
#include <vector>

namespace quantopt {

/// One tensor of a header.
struct SafetensorsEntry {
  std::string name;
  std::string dtype; ///< as spelled in the file; any dtype of the format, more than WeightStore holds
  llvm::SmallVector<int64_t> shape;
  uint64_t begin = 0, end = 0; ///< bytes, from the start of the tensor data
};

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> tensors; ///< in the order of their data
  std::map<std::string, std::string> metadata;
  uint64_t dataStart = 0; ///< bytes before the tensor data
};

/// Parses the header of `file` (the whole file's bytes) and checks every rule of the format: no holes, overlap,
/// trailing bytes or duplicate keys, sizes that equal the shapes. `fileName` is for the error, which names the rule
/// and the remedy.
llvm::Expected<SafetensorsHeader> parseSafetensors(llvm::ArrayRef<char> file, llvm::StringRef fileName);

/// Puts `tensors` in the order of the reference writer (dtype by falling alignment, then name), assigns their offsets
/// from dtype and shape, and returns the first 8 + N bytes of the file. Names and dtypes must be valid.
std::string layoutSafetensors(std::vector<SafetensorsEntry> &tensors,
                              const std::map<std::string, std::string> &metadata);

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_SAFETENSORS_H
