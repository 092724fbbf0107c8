//===- LaunchFile.h - launch.json: how to launch a kernel --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One launch of one kernel on arrays, as ptx-emu takes it. docs/emulator.md
// describes the form.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LAUNCH_LAUNCHFILE_H
#define QUANTOPT_LAUNCH_LAUNCHFILE_H

#include "quant-opt/Emulator/TensorMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace quantopt {

/// An element type by the name it has in launch.json.
struct LaunchType {
  enum class Class : uint8_t { Signed, Unsigned, Float };

  llvm::StringLiteral name; ///< "bf16"
  unsigned bits;
  Class kind;
  /// numpy's dtype of an array of it; where numpy has none, that of the unsigned integers that carry the bits.
  llvm::StringLiteral dtype;

  bool isCarried() const { return bits < 8 || (kind == Class::Float && dtype[0] == 'u'); }
};

/// f64 f32 f16 bf16 e4m3 e5m2, i64 .. i4, u64 .. u4, bool; also by PTX's names (s32, b32) and MLIR's (f8E4M3FN). Null
/// for any other name.
const LaunchType *findLaunchType(llvm::StringRef name);
/// The type that an array of this dtype holds.
const LaunchType *findLaunchTypeOfDtype(llvm::StringRef dtype);

/// A buffer of the kernel's. Each has device memory of its own.
struct LaunchBuffer {
  enum class Role : uint8_t {
    In,    ///< copied from an input array
    InOut, ///< copied in, and out after the launch
    Out,   ///< uninitialized, and copied out
  };
  Role role = Role::In;
  std::string name;
  const LaunchType *type = nullptr;                ///< null: that of the input array
  std::optional<llvm::SmallVector<int64_t>> shape; ///< row-major; none: that of the input array
};

/// A tensor map over a buffer, as it is written; `resolveTensorMap` finds out which end of the lists is contiguous.
struct LaunchTensorMap {
  unsigned buffer = 0; ///< in LaunchFile::buffers
  std::string place;   ///< "args[2].tensormap", for messages
  const LaunchType *type = nullptr;
  llvm::SmallVector<int64_t, 5> shape, strides, box, traversal; ///< strides and traversal may be empty
  ptx::Swizzle swizzle = ptx::Swizzle::None;
  ptx::TensorFill fill = ptx::TensorFill::Zero;
};

/// One kernel argument.
struct LaunchArgument {
  enum class Kind : uint8_t { Buffer, Scalar, Bytes, TensorMap };
  Kind kind = Kind::Scalar;
  unsigned index = 0;                  ///< Buffer: in LaunchFile::buffers; TensorMap: in LaunchFile::tensorMaps
  const LaunchType *type = nullptr;    ///< Scalar
  llvm::SmallVector<uint8_t, 8> bytes; ///< Scalar, Bytes: little-endian
};

struct LaunchFile {
  std::string path; ///< for messages
  std::string kernel;
  std::array<uint32_t, 3> grid{1, 1, 1}, block{1, 1, 1};
  std::array<uint32_t, 3> cluster{0, 0, 0}; ///< zeros: as the kernel says
  uint32_t sharedBytes = 0;
  std::vector<LaunchBuffer> buffers;
  std::vector<LaunchTensorMap> tensorMaps;
  std::vector<LaunchArgument> arguments;
};

/// The map over an array of `arrayShape` (row-major) at `address`. Lists are row-major, contiguous dimension last, as
/// numpy writes them, or contiguous dimension first, as cuTensorMapEncodeTiled takes them. Which one is read off
/// strides of all dimensions (the one of a single element is the contiguous one), else off the shape of the array,
/// else off strides that can only be one of the two; strides of rank - 1 entries otherwise mean the driver's order. An
/// error names the rule of the map that is broken.
llvm::Expected<ptx::TensorMap> resolveTensorMap(const LaunchTensorMap &spec, llvm::ArrayRef<int64_t> arrayShape,
                                                uint64_t address);

/// Parses a launch.json. The error is one line that begins with `path` and names the member that is wrong.
llvm::Expected<LaunchFile> parseLaunchFile(llvm::StringRef text, llvm::StringRef path);

} // namespace quantopt

#endif // QUANTOPT_LAUNCH_LAUNCHFILE_H
