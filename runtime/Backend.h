//===- Backend.h - What a device must be able to do --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The C functions check their arguments and call these; one class a back end.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_RUNTIME_BACKEND_H
#define QUANTOPT_RUNTIME_BACKEND_H

#include "quant-opt-c/Runtime.h"
#include <memory>
#include <string>

struct QuantOptModuleImpl;
struct QuantOptKernelImpl;
struct QuantOptStreamImpl;
struct QuantOptEventImpl;

namespace quantopt::runtime {

/// A status with the text for quantoptGetLastErrorText.
struct Status {
  QuantOptStatus code = QUANTOPT_SUCCESS;
  std::string text;

  Status() = default;
  Status(QuantOptStatus code, std::string text) : code(code), text(std::move(text)) {}
  bool isError() const { return code != QUANTOPT_SUCCESS; }
};

struct Copy {
  enum class Kind : uint8_t { ToDevice, ToHost, OnDevice };
  Kind kind;
  const void *hostSource = nullptr;
  void *hostTarget = nullptr;
  QuantOptAddress source = 0, target = 0;
  size_t size = 0;
};

/// Opens the driver or makes an emulator.
Status createCudaDevice(int ordinal, QuantOptDevice &device);
Status createEmulatorDevice(int ordinal, QuantOptDevice &device);

} // namespace quantopt::runtime

struct QuantOptDeviceImpl {
  using Status = quantopt::runtime::Status;

  virtual ~QuantOptDeviceImpl() = default;
  virtual const char *getName() const = 0;
  virtual Status setEmulatorOptions(const QuantOptEmulatorOptions &options) = 0;
  virtual Status loadModule(const void *image, size_t size, QuantOptModule &module) = 0;
  virtual Status allocate(size_t size, const char *name, QuantOptAddress &address) = 0;
  virtual Status free(QuantOptAddress address) = 0;
  /// With a null stream the copy is done on return.
  virtual Status copy(const quantopt::runtime::Copy &copy, QuantOptStream stream) = 0;
  virtual Status fill(QuantOptAddress target, uint8_t value, size_t size, QuantOptStream stream) = 0;
  virtual Status encodeTensorMap(const QuantOptTensorMapInfo &info, QuantOptTensorMap &map) = 0;
  virtual Status createStream(QuantOptStream &stream) = 0;
  virtual Status createEvent(QuantOptEvent &event) = 0;
};

struct QuantOptModuleImpl {
  using Status = quantopt::runtime::Status;

  virtual ~QuantOptModuleImpl() = default;
  virtual Status getKernel(const char *name, QuantOptKernel &kernel) = 0;
  virtual Status getVariable(const char *name, QuantOptAddress &address, size_t &size) = 0;
};

struct QuantOptKernelImpl {
  virtual ~QuantOptKernelImpl() = default;
  virtual quantopt::runtime::Status launch(const QuantOptLaunchConfig &config, const void *const *arguments,
                                           size_t argumentCount, QuantOptStream stream) = 0;
};

struct QuantOptStreamImpl {
  virtual ~QuantOptStreamImpl() = default;
  virtual quantopt::runtime::Status synchronize() = 0;
};

struct QuantOptEventImpl {
  virtual ~QuantOptEventImpl() = default;
  virtual quantopt::runtime::Status record(QuantOptStream stream) = 0;
  virtual quantopt::runtime::Status synchronize() = 0;
  /// `end` is of the same device.
  virtual quantopt::runtime::Status getElapsed(QuantOptEventImpl &end, float &milliseconds) = 0;
};

#endif // QUANTOPT_RUNTIME_BACKEND_H
