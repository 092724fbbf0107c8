//===- CudaBackend.cpp - The runtime on an NVIDIA GPU ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaDriver.h"
#include <vector>

using namespace quantopt::runtime;

namespace {

struct CudaDevice : QuantOptDeviceImpl {
  const CudaDriver &driver;
  int number;
  void *context = nullptr;
  std::string name;

  CudaDevice(const CudaDriver &driver, int number) : driver(driver), number(number) {}
  ~CudaDevice() override;
  /// Contexts are current to a thread, and the caller may have changed it.
  Status enter() const { return driver.check(driver.contextSetCurrent(context), "the context of the GPU"); }

  const char *getName() const override { return name.c_str(); }
  Status setEmulatorOptions(const QuantOptEmulatorOptions &) override {
    return {QUANTOPT_UNSUPPORTED, "a GPU has no emulator options; create the device with QUANTOPT_BACKEND_EMULATOR"};
  }
  Status loadModule(const void *image, size_t size, QuantOptModule &module) override;
  Status allocate(size_t size, const char *label, QuantOptAddress &address) override;
  Status free(QuantOptAddress address) override;
  Status copy(const Copy &copy, QuantOptStream stream) override;
  Status fill(QuantOptAddress target, uint8_t value, size_t size, QuantOptStream stream) override;
  Status encodeTensorMap(const QuantOptTensorMapInfo &info, QuantOptTensorMap &map) override;
  Status createStream(QuantOptStream &stream) override;
  Status createEvent(QuantOptEvent &event) override;
  /// Waits when the caller gave no stream.
  Status finish(QuantOptStream stream, const char *what) const;
};

struct CudaKernel : QuantOptKernelImpl {
  const CudaDevice &device;
  void *function;
  std::string name;
  uint32_t sharedLimit = 48 << 10; // of dynamic shared memory without asking

  CudaKernel(const CudaDevice &device, void *function, std::string name)
      : device(device), function(function), name(std::move(name)) {}
  Status checkCount(size_t argumentCount) const;
  Status raiseLimits(const QuantOptLaunchConfig &config);
  Status launch(const QuantOptLaunchConfig &config, const void *const *arguments, size_t argumentCount,
                QuantOptStream stream) override;
};

struct CudaModule : QuantOptModuleImpl {
  const CudaDevice &device;
  void *handle;
  std::vector<std::unique_ptr<CudaKernel>> kernels;

  CudaModule(const CudaDevice &device, void *handle) : device(device), handle(handle) {}
  ~CudaModule() override {
    if (!device.enter().isError())
      device.driver.moduleUnload(handle);
  }
  Status getKernel(const char *name, QuantOptKernel &kernel) override;
  Status getVariable(const char *name, QuantOptAddress &address, size_t &size) override;
};

struct CudaStream : QuantOptStreamImpl {
  const CudaDevice &device;
  void *handle;

  CudaStream(const CudaDevice &device, void *handle) : device(device), handle(handle) {}
  ~CudaStream() override {
    if (!device.enter().isError())
      device.driver.streamDestroy(handle);
  }
  Status synchronize() override {
    Status status = device.enter();
    return status.isError() ? status : device.driver.check(device.driver.streamSynchronize(handle), "stream");
  }
};

struct CudaEvent : QuantOptEventImpl {
  const CudaDevice &device;
  void *handle;

  CudaEvent(const CudaDevice &device, void *handle) : device(device), handle(handle) {}
  ~CudaEvent() override {
    if (!device.enter().isError())
      device.driver.eventDestroy(handle);
  }
  Status record(QuantOptStream stream) override;
  Status synchronize() override {
    Status status = device.enter();
    return status.isError() ? status : device.driver.check(device.driver.eventSynchronize(handle), "event");
  }
  Status getElapsed(QuantOptEventImpl &end, float &milliseconds) override {
    return device.driver.check(
        device.driver.eventElapsedTime(&milliseconds, handle, static_cast<CudaEvent &>(end).handle),
        "the time between two events");
  }
};

} // namespace

/// The driver's handle; null is its default stream.
static void *getHandle(QuantOptStream stream) { return stream ? static_cast<CudaStream *>(stream)->handle : nullptr; }

//===----------------------------------------------------------------------===//
// Device
//===----------------------------------------------------------------------===//

CudaDevice::~CudaDevice() {
  if (context)
    driver.primaryContextRelease(number);
}

Status CudaDevice::finish(QuantOptStream stream, const char *what) const {
  return stream ? Status() : driver.check(driver.streamSynchronize(nullptr), what);
}

Status CudaDevice::loadModule(const void *image, size_t size, QuantOptModule &module) {
  if (Status status = enter(); status.isError())
    return status;
  // The driver wants text to end with a zero.
  std::string copy(static_cast<const char *>(image), size);
  std::vector<char> log(16 << 10, '\0');
  unsigned options[] = {cudaJitErrorLog, cudaJitErrorLogBytes};
  void *values[] = {log.data(), reinterpret_cast<void *>(log.size())};
  void *handle = nullptr;
  Status status = driver.check(driver.moduleLoad(&handle, copy.c_str(), 2, options, values), "module");
  if (status.isError()) {
    if (log[0])
      status.text += std::string("; ") + log.data();
    return status;
  }
  module = new CudaModule(*this, handle);
  return {};
}

Status CudaDevice::allocate(size_t size, const char *label, QuantOptAddress &address) {
  if (Status status = enter(); status.isError())
    return status;
  CudaAddress result = 0;
  Status status = driver.check(driver.memAlloc(&result, size ? size : 1),
                               std::string(label) + ": " + std::to_string(size) + " bytes");
  if (!status.isError())
    address = result;
  return status;
}

Status CudaDevice::free(QuantOptAddress address) {
  Status status = enter();
  return status.isError() ? status : driver.check(driver.memFree(address), "free");
}

Status CudaDevice::copy(const Copy &copy, QuantOptStream stream) {
  if (Status status = enter(); status.isError())
    return status;
  void *handle = getHandle(stream);
  CudaResult result = 0;
  switch (copy.kind) {
  case Copy::Kind::ToDevice:
    result = driver.copyToDevice(copy.target, copy.hostSource, copy.size, handle);
    break;
  case Copy::Kind::ToHost:
    result = driver.copyToHost(copy.hostTarget, copy.source, copy.size, handle);
    break;
  case Copy::Kind::OnDevice:
    result = driver.copyOnDevice(copy.target, copy.source, copy.size, handle);
    break;
  }
  Status status = driver.check(result, "copy");
  return status.isError() ? status : finish(stream, "copy");
}

Status CudaDevice::fill(QuantOptAddress target, uint8_t value, size_t size, QuantOptStream stream) {
  if (Status status = enter(); status.isError())
    return status;
  Status status = driver.check(driver.fill(target, value, size, getHandle(stream)), "fill");
  return status.isError() ? status : finish(stream, "fill");
}

Status CudaDevice::encodeTensorMap(const QuantOptTensorMapInfo &info, QuantOptTensorMap &map) {
  uint32_t elementStrides[5];
  for (unsigned i = 0; i < info.rank; ++i)
    elementStrides[i] = info.elementStrides[i] ? info.elementStrides[i] : 1;
  // CUtensorMapSwizzle: 0 none, 1 of 32 bytes, 2 of 64, 3 of 128. No interleaving, 128-byte promotion to L2.
  unsigned swizzle = info.swizzle == 128 ? 3 : info.swizzle / 32;
  CudaResult result = driver.encodeTiled(
      map.bytes, unsigned(info.element), info.rank, reinterpret_cast<void *>(info.address), info.dims, info.strides + 1,
      info.box, elementStrides, /*interleave=*/0, swizzle, /*l2Promotion=*/2, info.fillsNaN ? 1 : 0);
  return driver.check(result, "tensor map");
}

Status CudaDevice::createStream(QuantOptStream &stream) {
  if (Status status = enter(); status.isError())
    return status;
  void *handle = nullptr;
  // CU_STREAM_NON_BLOCKING: not ordered with the default stream.
  Status status = driver.check(driver.streamCreate(&handle, 1), "stream");
  if (!status.isError())
    stream = new CudaStream(*this, handle);
  return status;
}

Status CudaDevice::createEvent(QuantOptEvent &event) {
  if (Status status = enter(); status.isError())
    return status;
  void *handle = nullptr;
  Status status = driver.check(driver.eventCreate(&handle, 0), "event");
  if (!status.isError())
    event = new CudaEvent(*this, handle);
  return status;
}

Status CudaEvent::record(QuantOptStream stream) {
  Status status = device.enter();
  return status.isError() ? status : device.driver.check(device.driver.eventRecord(handle, getHandle(stream)), "event");
}

Status quantopt::runtime::createCudaDevice(int ordinal, QuantOptDevice &device) {
  Status status;
  const CudaDriver *driver = CudaDriver::get(status);
  if (!driver)
    return status;
  int number = 0;
  status = driver->check(driver->deviceGet(&number, ordinal), "GPU " + std::to_string(ordinal));
  if (status.isError())
    return {QUANTOPT_NO_DEVICE, status.text};
  auto result = std::make_unique<CudaDevice>(*driver, number);
  char name[256] = "";
  status = driver->check(driver->deviceGetName(name, sizeof(name), number), "name of the GPU");
  if (!status.isError())
    status = driver->check(driver->primaryContextRetain(&result->context, number), "context of the GPU");
  if (status.isError())
    return status;
  result->name = name;
  device = result.release();
  return {};
}

//===----------------------------------------------------------------------===//
// Modules and kernels
//===----------------------------------------------------------------------===//

Status CudaModule::getKernel(const char *name, QuantOptKernel &kernel) {
  if (Status status = device.enter(); status.isError())
    return status;
  void *function = nullptr;
  Status status = device.driver.check(device.driver.moduleGetFunction(&function, handle, name),
                                      std::string("the module's kernel '") + name + "'");
  if (status.isError())
    return status;
  kernels.push_back(std::make_unique<CudaKernel>(device, function, name));
  kernel = kernels.back().get();
  return {};
}

Status CudaModule::getVariable(const char *name, QuantOptAddress &address, size_t &size) {
  if (Status status = device.enter(); status.isError())
    return status;
  CudaAddress found = 0;
  Status status = device.driver.check(device.driver.moduleGetGlobal(&found, &size, handle, name),
                                      std::string("the module's variable '") + name + "'");
  if (!status.isError())
    address = found;
  return status;
}

/// The driver reads as many arguments as the kernel has parameters, so a short list must be caught here.
Status CudaKernel::checkCount(size_t argumentCount) const {
  if (!device.driver.functionGetParamInfo)
    return {};
  size_t count = 0, offset = 0, size = 0;
  while (device.driver.functionGetParamInfo(function, count, &offset, &size) == 0)
    ++count;
  if (count == argumentCount)
    return {};
  return {QUANTOPT_LAUNCH_REFUSED,
          "kernel '" + name + "' takes " + std::to_string(count) + " arguments, not " + std::to_string(argumentCount)};
}

Status CudaKernel::raiseLimits(const QuantOptLaunchConfig &config) {
  if (config.sharedBytes > sharedLimit) {
    Status status = device.driver.check(
        device.driver.functionSetAttribute(function, cudaFuncMaxDynamicSharedBytes, int(config.sharedBytes)),
        "kernel '" + name + "' with " + std::to_string(config.sharedBytes) + " bytes of shared memory");
    if (status.isError())
      return {QUANTOPT_LAUNCH_REFUSED, status.text};
    sharedLimit = config.sharedBytes;
  }
  // More than 8 blocks a cluster is for chips that the program knows.
  if (uint64_t(config.cluster[0]) * config.cluster[1] * config.cluster[2] <= 8)
    return {};
  return device.driver.check(device.driver.functionSetAttribute(function, cudaFuncNonPortableClusters, 1),
                             "kernel '" + name + "' with clusters of more than 8 blocks");
}

Status CudaKernel::launch(const QuantOptLaunchConfig &config, const void *const *arguments, size_t argumentCount,
                          QuantOptStream stream) {
  if (Status status = device.enter(); status.isError())
    return status;
  if (Status status = checkCount(argumentCount); status.isError())
    return status;
  if (Status status = raiseLimits(config); status.isError())
    return status;
  CudaLaunchAttribute cluster = {};
  cluster.id = cudaLaunchClusterDimension;
  CudaLaunchConfig launchConfig = {};
  for (int i = 0; i < 3; ++i) {
    launchConfig.grid[i] = config.grid[i];
    launchConfig.block[i] = config.block[i];
    cluster.value.clusterDim[i] = config.cluster[i];
  }
  launchConfig.sharedBytes = config.sharedBytes;
  launchConfig.stream = getHandle(stream);
  if (config.cluster[0]) {
    launchConfig.attributes = &cluster;
    launchConfig.numAttributes = 1;
  }
  CudaResult result = device.driver.launch(&launchConfig, function, const_cast<void **>(arguments), /*extra=*/nullptr);
  std::string what = "kernel '" + name + "'";
  Status status = device.driver.check(result, what);
  if (status.code == QUANTOPT_INVALID_ARGUMENT)
    status.code = QUANTOPT_LAUNCH_REFUSED;
  return status.isError() ? status : device.finish(stream, what.c_str());
}
