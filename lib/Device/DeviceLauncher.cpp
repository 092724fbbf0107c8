//===- DeviceLauncher.cpp - Launches through the runtime library ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Device/Device.h"
#include "llvm/ADT/STLExtras.h"

using namespace quantopt;

using ArgumentKind = KernelLaunch::Argument::Kind;

llvm::Expected<std::unique_ptr<DeviceLauncher>> DeviceLauncher::create(QuantOptBackend backend, PtxTexts texts) {
  QuantOptDevice device = nullptr;
  if (quantoptCreateDevice(backend, 0, &device) != QUANTOPT_SUCCESS)
    return llvm::createStringError(quantoptGetLastErrorText());
  return std::unique_ptr<DeviceLauncher>(new DeviceLauncher(device, std::move(texts)));
}

DeviceLauncher::~DeviceLauncher() {
  for (auto &module : modules)
    quantoptUnloadModule(module.second);
  quantoptDestroyDevice(device);
}

QuantOptKernel DeviceLauncher::getKernel(const KernelLaunch &launch, std::string &reason) {
  QuantOptKernel &kernel = kernels[(launch.module + "::" + launch.kernel).str()];
  if (kernel)
    return kernel;
  auto text = texts.find(launch.module);
  if (text == texts.end()) {
    reason = ("kernel '" + launch.kernel + "' has no PTX: none was found for module '" + launch.module + "'").str();
    return nullptr;
  }
  QuantOptModule &module = modules[launch.module];
  if ((!module && quantoptLoadModule(device, text->second.data(), text->second.size(), &module) != QUANTOPT_SUCCESS) ||
      quantoptGetKernel(module, launch.kernel.str().c_str(), &kernel) != QUANTOPT_SUCCESS) {
    reason = ("kernel '" + launch.kernel + "': " + quantoptGetLastErrorText()).str();
    return nullptr;
  }
  return kernel;
}

namespace {
/// Device memory of one launch, given back at its end.
class DeviceBuffers {
public:
  explicit DeviceBuffers(QuantOptDevice device) : device(device) {}
  ~DeviceBuffers() {
    for (QuantOptAddress address : addresses)
      quantoptFree(device, address);
  }
  /// False when a call failed.
  bool add(const KernelLaunch::Argument &argument, unsigned index) {
    QuantOptAddress address = 0;
    std::string name = "argument " + std::to_string(index);
    if (quantoptAllocate(device, argument.size, name.c_str(), &address) != QUANTOPT_SUCCESS)
      return false;
    addresses.push_back(address);
    return argument.kind == ArgumentKind::Out || argument.size == 0 ||
           quantoptCopyToDevice(device, address, argument.data, argument.size, nullptr) == QUANTOPT_SUCCESS;
  }

  llvm::SmallVector<QuantOptAddress> addresses;

private:
  QuantOptDevice device;
};
} // namespace

bool DeviceLauncher::launch(const KernelLaunch &launch, std::string &reason) {
  // A grid of no blocks, of an empty tensor, is nothing to do.
  if (llvm::is_contained(launch.grid, 0))
    return true;
  QuantOptKernel kernel = getKernel(launch, reason);
  if (!kernel)
    return false;
  QuantOptLaunchConfig config = {};
  for (int i = 0; i < 3; ++i) {
    config.grid[i] = uint32_t(launch.grid[i]);
    config.block[i] = uint32_t(launch.block[i]);
    config.cluster[i] = uint32_t(launch.cluster[i]);
  }
  config.sharedBytes = uint32_t(launch.sharedBytes);

  auto fail = [&] {
    reason = ("kernel '" + launch.kernel + "': " + quantoptGetLastErrorText()).str();
    return false;
  };
  DeviceBuffers buffers(device);
  for (auto [i, argument] : llvm::enumerate(launch.arguments))
    if (argument.kind != ArgumentKind::Scalar && !buffers.add(argument, i))
      return fail();
  std::vector<const void *> arguments;
  const QuantOptAddress *next = buffers.addresses.begin();
  for (const KernelLaunch::Argument &argument : launch.arguments)
    arguments.push_back(argument.kind == ArgumentKind::Scalar ? static_cast<const void *>(argument.data) : next++);
  if (quantoptLaunch(kernel, &config, arguments.data(), arguments.size(), nullptr) != QUANTOPT_SUCCESS)
    return fail();
  next = buffers.addresses.begin();
  for (const KernelLaunch::Argument &argument : launch.arguments) {
    if (argument.kind == ArgumentKind::Scalar)
      continue;
    QuantOptAddress address = *next++;
    if (argument.kind != ArgumentKind::In && argument.size != 0 &&
        quantoptCopyToHost(device, argument.data, address, argument.size, nullptr) != QUANTOPT_SUCCESS)
      return fail();
  }
  return true;
}
