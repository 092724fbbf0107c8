//===- Npz.h - Arrays of numpy -----------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// .npy (versions 1 to 3) and .npz (a zip of .npy members), as numpy.load and
// numpy.savez read and write them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECKPOINT_NPZ_H
#define QUANTOPT_CHECKPOINT_NPZ_H

#include "quant-opt/Checkpoint/WeightStore.h"

namespace quantopt {

/// An array of an archive. `data` is row-major and 64-byte aligned when it was read.
struct NamedArray {
  std::string name; ///< without ".npy"
  llvm::SmallVector<int64_t> shape;
  ElementKind kind = ElementKind::F32;
  WeightBuffer data;
};

/// The arrays of an .npz archive in the order of its directory, or of an .npy file, one array that is named as the
/// file. dtypes f2 f4 f8 i1 i2 i4 i8 u1 bool, little-endian; Fortran order is converted. Errors name the file, the
/// array, the rule and the remedy.
llvm::Expected<std::vector<NamedArray>> readNpz(llvm::StringRef path);

/// The same over bytes; `fileName` is for errors and names the array of an .npy.
llvm::Expected<std::vector<NamedArray>> parseNpz(llvm::ArrayRef<char> bytes, llvm::StringRef fileName);

/// Writes an uncompressed archive beside `path`, then renames it: an earlier file stays whole if anything fails.
/// numpy has no bf16, f8 and i4: they are written as f4 and i1, which hold them exactly. Equal arrays give equal bytes.
llvm::Error writeNpz(llvm::StringRef path, llvm::ArrayRef<NamedArray> arrays);

/// An array in numpy's own terms, its elements not interpreted.
struct NumpyArray {
  std::string name; ///< without ".npy"
  llvm::SmallVector<int64_t> shape;
  std::string dtype; ///< kind and item size: f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1
  WeightBuffer data;
};

/// As readNpz, parseNpz and writeNpz, with the unsigned dtypes too and every array as it is in the file.
llvm::Expected<std::vector<NumpyArray>> readNumpyArrays(llvm::StringRef path);
llvm::Expected<std::vector<NumpyArray>> parseNumpyArrays(llvm::ArrayRef<char> bytes, llvm::StringRef fileName);
llvm::Error writeNumpyArrays(llvm::StringRef path, llvm::ArrayRef<NumpyArray> arrays);

} // namespace quantopt

#endif // QUANTOPT_CHECKPOINT_NPZ_H
