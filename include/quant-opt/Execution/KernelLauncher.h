//===- KernelLauncher.h - Who runs gpu.launch_func ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EXECUTION_KERNELLAUNCHER_H
#define QUANTOPT_EXECUTION_KERNELLAUNCHER_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include "llvm/ADT/ArrayRef.h"
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace quantopt {

/// The boxes in which the TMA unit moves a contiguous buffer; the contiguous dimension is the last one.
struct TensorBoxes {
  ElementKind element = ElementKind::I8;
  std::vector<int64_t> box; ///< elements
  unsigned swizzle = 0;     ///< bytes; 0: none
};

/// A gpu.launch_func that a running function has come to.
struct KernelLaunch {
  struct Argument {
    enum class Kind : uint8_t {
      Scalar, ///< `data` are the bytes of the value
      In,     ///< a buffer that the kernel only reads; `data` is host memory
      Out,    ///< a buffer that it only writes
      InOut,
      TensorMap, ///< a tensor map of a buffer, which it reads unless an argument of its own says otherwise
    };
    Kind kind = Kind::Scalar;
    char *data = nullptr;
    size_t size = 0;                    ///< bytes
    llvm::ArrayRef<int64_t> shape;      ///< of a tensor map
    const TensorBoxes *boxes = nullptr; ///< of a tensor map
  };

  llvm::StringRef module; ///< name of the gpu.module
  llvm::StringRef kernel;
  std::array<int64_t, 3> grid{}, block{};
  std::array<int64_t, 3> cluster{}; ///< zeros: the launch says nothing
  int64_t sharedBytes = 0;          ///< dynamic
  llvm::ArrayRef<Argument> arguments;
};

class KernelLauncher {
public:
  virtual ~KernelLauncher() = default;
  /// Runs the kernel to its end. False with `reason` set when it could not be launched or did something wrong.
  virtual bool launch(const KernelLaunch &launch, std::string &reason) = 0;
};

} // namespace quantopt

#endif // QUANTOPT_EXECUTION_KERNELLAUNCHER_H
