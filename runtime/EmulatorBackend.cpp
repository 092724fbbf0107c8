//===- EmulatorBackend.cpp - The runtime on the emulator ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything is done when the call returns, so streams only exist.
//
//===----------------------------------------------------------------------===//

#include "Backend.h"
#include "quant-opt/Emulator/Launch.h"
#include "quant-opt/Emulator/Parser.h"
#include "quant-opt/Emulator/TensorMap.h"
#include <chrono>
#include <cstdio>

using namespace quantopt;
using runtime::Copy;
using runtime::Status;

static Status makeStatus(QuantOptStatus code, llvm::Error error) {
  if (!error)
    return {};
  return {code, llvm::toString(std::move(error))};
}

namespace {

struct EmulatorDevice : QuantOptDeviceImpl {
  ptx::Emulator emulator;
  ptx::LaunchConfig options; // all but the sizes

  const char *getName() const override { return "emulator"; }
  Status setEmulatorOptions(const QuantOptEmulatorOptions &wanted) override;
  Status loadModule(const void *image, size_t size, QuantOptModule &module) override;
  Status allocate(size_t size, const char *name, QuantOptAddress &address) override;
  Status free(QuantOptAddress address) override {
    return makeStatus(QUANTOPT_INVALID_ARGUMENT, emulator.memory().free(address));
  }
  Status copy(const Copy &copy, QuantOptStream stream) override;
  Status fill(QuantOptAddress target, uint8_t value, size_t size, QuantOptStream stream) override {
    return makeStatus(QUANTOPT_INVALID_ARGUMENT, emulator.memory().fill(target, value, size));
  }
  Status encodeTensorMap(const QuantOptTensorMapInfo &info, QuantOptTensorMap &map) override;
  Status createStream(QuantOptStream &stream) override;
  Status createEvent(QuantOptEvent &event) override;
};

struct EmulatorKernel : QuantOptKernelImpl {
  EmulatorDevice &device;
  unsigned module;
  std::string name;

  EmulatorKernel(EmulatorDevice &device, unsigned module, std::string name)
      : device(device), module(module), name(std::move(name)) {}
  Status launch(const QuantOptLaunchConfig &config, const void *const *arguments, size_t argumentCount,
                QuantOptStream stream) override;
};

struct EmulatorModule : QuantOptModuleImpl {
  EmulatorDevice &device;
  unsigned number;
  std::vector<std::unique_ptr<EmulatorKernel>> kernels;

  EmulatorModule(EmulatorDevice &device, unsigned number) : device(device), number(number) {}
  Status getKernel(const char *name, QuantOptKernel &kernel) override;
  Status getVariable(const char *name, QuantOptAddress &address, size_t &size) override;
};

struct EmulatorStream : QuantOptStreamImpl {
  Status synchronize() override { return {}; }
};

struct EmulatorEvent : QuantOptEventImpl {
  using Clock = std::chrono::steady_clock;
  Clock::time_point time;
  bool isRecorded = false;

  Status record(QuantOptStream stream) override {
    time = Clock::now();
    isRecorded = true;
    return {};
  }
  Status synchronize() override { return {}; }
  Status getElapsed(QuantOptEventImpl &end, float &milliseconds) override {
    auto &other = static_cast<EmulatorEvent &>(end);
    if (!isRecorded || !other.isRecorded)
      return {QUANTOPT_INVALID_ARGUMENT, "both events must have been recorded; call quantoptRecordEvent first"};
    milliseconds = std::chrono::duration<float, std::milli>(other.time - time).count();
    return {};
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Device
//===----------------------------------------------------------------------===//

Status EmulatorDevice::setEmulatorOptions(const QuantOptEmulatorOptions &wanted) {
  switch (wanted.async) {
  case QUANTOPT_ASYNC_NOW:
    options.async = ptx::AsyncOrder::Now;
    break;
  case QUANTOPT_ASYNC_LATE:
    options.async = ptx::AsyncOrder::Late;
    break;
  case QUANTOPT_ASYNC_RANDOM:
    options.async = ptx::AsyncOrder::Random;
    break;
  default:
    return {QUANTOPT_INVALID_ARGUMENT, "no order of asynchronous work " + std::to_string(int(wanted.async)) +
                                           "; use QUANTOPT_ASYNC_NOW, _LATE or _RANDOM"};
  }
  options.seed = wanted.seed;
  options.instructionBudget = wanted.instructionBudget;
  options.threads = wanted.threads;
  return {};
}

Status EmulatorDevice::loadModule(const void *image, size_t size, QuantOptModule &module) {
  llvm::StringRef text(static_cast<const char *>(image), size);
  if (text.starts_with("\x7f"
                       "ELF") ||
      text.starts_with("\x50\xed\x55\xba"))
    return {QUANTOPT_UNSUPPORTED, "the emulator runs PTX text, not a cubin or fatbin; load the .ptx"};
  llvm::Expected<ptx::Module> parsed = ptx::parse(text.rtrim('\0'), "module");
  if (!parsed)
    return makeStatus(QUANTOPT_INVALID_MODULE, parsed.takeError());
  llvm::Expected<unsigned> number = emulator.load(std::move(*parsed));
  if (!number)
    return makeStatus(QUANTOPT_INVALID_MODULE, number.takeError());
  module = new EmulatorModule(*this, *number);
  return {};
}

Status EmulatorDevice::allocate(size_t size, const char *name, QuantOptAddress &address) {
  llvm::Expected<uint64_t> allocated = emulator.memory().allocate(size, name, /*isWritten=*/false);
  if (!allocated)
    return makeStatus(QUANTOPT_OUT_OF_MEMORY, allocated.takeError());
  address = *allocated;
  return {};
}

Status EmulatorDevice::copy(const Copy &copy, QuantOptStream stream) {
  ptx::Memory &memory = emulator.memory();
  if (copy.kind == Copy::Kind::ToDevice)
    return makeStatus(QUANTOPT_INVALID_ARGUMENT,
                      memory.write(copy.target, {static_cast<const uint8_t *>(copy.hostSource), copy.size}));
  if (copy.kind == Copy::Kind::ToHost)
    return makeStatus(QUANTOPT_INVALID_ARGUMENT,
                      memory.read(copy.source, {static_cast<uint8_t *>(copy.hostTarget), copy.size}));
  std::vector<uint8_t> bytes(copy.size);
  if (llvm::Error error = memory.read(copy.source, bytes))
    return makeStatus(QUANTOPT_INVALID_ARGUMENT, std::move(error));
  return makeStatus(QUANTOPT_INVALID_ARGUMENT, memory.write(copy.target, bytes));
}

static ptx::Swizzle getSwizzle(unsigned bytes) {
  return bytes == 0    ? ptx::Swizzle::None
         : bytes == 32 ? ptx::Swizzle::B32
         : bytes == 64 ? ptx::Swizzle::B64
                       : ptx::Swizzle::B128;
}

Status EmulatorDevice::encodeTensorMap(const QuantOptTensorMapInfo &info, QuantOptTensorMap &map) {
  ptx::TensorMap description;
  description.element = ptx::TensorElement(info.element); // the same numbers
  description.rank = info.rank;
  description.address = info.address;
  for (unsigned i = 0; i < info.rank; ++i) {
    description.dims[i] = info.dims[i];
    description.strides[i] = info.strides[i];
    description.box[i] = info.box[i];
    description.traversal[i] = info.elementStrides[i] ? info.elementStrides[i] : 1;
  }
  description.swizzle = getSwizzle(info.swizzle);
  description.fill = info.fillsNaN ? ptx::TensorFill::NaN : ptx::TensorFill::Zero;
  return makeStatus(QUANTOPT_INVALID_ARGUMENT, ptx::encodeTensorMap(description, map.bytes));
}

Status EmulatorDevice::createStream(QuantOptStream &stream) {
  stream = new EmulatorStream();
  return {};
}

Status EmulatorDevice::createEvent(QuantOptEvent &event) {
  event = new EmulatorEvent();
  return {};
}

Status runtime::createEmulatorDevice(int ordinal, QuantOptDevice &device) {
  if (ordinal != 0)
    return {QUANTOPT_NO_DEVICE, "the emulator is one device, number 0, not " + std::to_string(ordinal)};
  device = new EmulatorDevice();
  return {};
}

//===----------------------------------------------------------------------===//
// Modules and kernels
//===----------------------------------------------------------------------===//

Status EmulatorModule::getKernel(const char *name, QuantOptKernel &kernel) {
  const ptx::Function *function = device.emulator.getModule(number).findFunction(name);
  if (!function || !function->isEntry || !function->isDefined)
    return {QUANTOPT_NOT_FOUND, std::string("the module has no kernel '") + name + "'"};
  kernels.push_back(std::make_unique<EmulatorKernel>(device, number, name));
  kernel = kernels.back().get();
  return {};
}

Status EmulatorModule::getVariable(const char *name, QuantOptAddress &address, size_t &size) {
  llvm::Expected<std::pair<uint64_t, uint64_t>> found = device.emulator.findVariable(number, name);
  if (!found)
    return makeStatus(QUANTOPT_NOT_FOUND, found.takeError());
  address = found->first;
  size = found->second;
  return {};
}

/// All findings, a line each.
static std::string formatHazards(const ptx::LaunchResult &result, llvm::StringRef file) {
  std::string text;
  for (const ptx::Hazard &hazard : result.hazards)
    text += (text.empty() ? "" : "\n") + hazard.format(file);
  return text;
}

Status EmulatorKernel::launch(const QuantOptLaunchConfig &config, const void *const *arguments, size_t argumentCount,
                              QuantOptStream stream) {
  const ptx::Module &loaded = device.emulator.getModule(module);
  const ptx::Function &function = *loaded.findFunction(name);
  if (argumentCount != function.params.size())
    return {QUANTOPT_LAUNCH_REFUSED, "kernel '" + name + "' takes " + std::to_string(function.params.size()) +
                                         " arguments, not " + std::to_string(argumentCount)};
  std::vector<ptx::KernelArgument> values(argumentCount);
  for (size_t i = 0; i < argumentCount; ++i) {
    const uint8_t *bytes = static_cast<const uint8_t *>(arguments[i]);
    values[i].bytes.assign(bytes, bytes + function.params[i].size);
  }
  ptx::LaunchConfig launchConfig = device.options;
  for (int i = 0; i < 3; ++i) {
    launchConfig.grid[i] = config.grid[i];
    launchConfig.block[i] = config.block[i];
    launchConfig.cluster[i] = config.cluster[i];
  }
  launchConfig.dynamicSharedBytes = config.sharedBytes;
  llvm::Expected<ptx::LaunchResult> result = device.emulator.launch(module, name, launchConfig, values);
  if (!result)
    return makeStatus(QUANTOPT_LAUNCH_REFUSED, result.takeError());
  std::fwrite(result->output.data(), 1, result->output.size(), stdout);
  if (!result->isClean())
    return {QUANTOPT_LAUNCH_FAILED, formatHazards(*result, loaded.name)};
  return {};
}
