//===- DeviceLauncher.cpp - Launches through the runtime library ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Device/Device.h"
#include "llvm/ADT/STLExtras.h"
#include <list>

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
/// Device memory of one launch, given back at its end: one buffer for all arguments that are the same host memory.
class DeviceBuffers {
public:
  DeviceBuffers(QuantOptDevice device, llvm::ArrayRef<KernelLaunch::Argument> arguments)
      : device(device), arguments(arguments) {}
  ~DeviceBuffers() {
    for (const Buffer &buffer : buffers)
      quantoptFree(device, buffer.address);
  }
  // Each is false when a call failed.
  bool upload();
  bool makeParameters();
  bool download();

  /// Where the value of each parameter lies.
  std::vector<const void *> parameters;

private:
  struct Buffer {
    char *data;
    size_t size;
    bool isRead, isWritten;
    std::string name;
    QuantOptAddress address = 0;
  };
  void collect();
  bool encode(const KernelLaunch::Argument &argument, QuantOptAddress address);

  QuantOptDevice device;
  llvm::ArrayRef<KernelLaunch::Argument> arguments;
  std::vector<Buffer> buffers;
  llvm::SmallVector<unsigned> bufferOf; ///< of each argument; scalars have none
  std::list<QuantOptTensorMap> maps;
};
} // namespace

/// Which buffers there are, and whether the kernel reads and writes them.
void DeviceBuffers::collect() {
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    bufferOf.push_back(buffers.size());
    if (argument.kind == ArgumentKind::Scalar)
      continue;
    auto known = llvm::find_if(
        buffers, [&, data = argument.data](const Buffer &buffer) { return buffer.size != 0 && buffer.data == data; });
    bufferOf.back() = known - buffers.begin();
    if (known == buffers.end()) {
      buffers.push_back({argument.data, argument.size, false, false, "argument " + std::to_string(i)});
      known = std::prev(buffers.end());
    }
    known->isRead |= argument.kind == ArgumentKind::In || argument.kind == ArgumentKind::InOut;
    known->isWritten |= argument.kind == ArgumentKind::Out || argument.kind == ArgumentKind::InOut;
  }
  // What only a tensor map leads to is read.
  for (Buffer &buffer : buffers)
    buffer.isRead |= !buffer.isWritten;
}

bool DeviceBuffers::upload() {
  collect();
  for (Buffer &buffer : buffers) {
    if (quantoptAllocate(device, buffer.size, buffer.name.c_str(), &buffer.address) != QUANTOPT_SUCCESS)
      return false;
    if (buffer.isRead && buffer.size != 0 &&
        quantoptCopyToDevice(device, buffer.address, buffer.data, buffer.size, nullptr) != QUANTOPT_SUCCESS)
      return false;
  }
  return true;
}

/// How the TMA unit reads elements of a kind: it moves bits, and only fills care what they mean.
static QuantOptTensorElement getTensorElement(ElementKind kind) {
  switch (kind) {
  case ElementKind::F64:
    return QUANTOPT_TENSOR_F64;
  case ElementKind::F32:
    return QUANTOPT_TENSOR_F32;
  case ElementKind::F16:
    return QUANTOPT_TENSOR_F16;
  case ElementKind::BF16:
    return QUANTOPT_TENSOR_BF16;
  case ElementKind::I64:
    return QUANTOPT_TENSOR_S64;
  case ElementKind::I32:
    return QUANTOPT_TENSOR_S32;
  case ElementKind::I16:
    return QUANTOPT_TENSOR_U16;
  default:
    return QUANTOPT_TENSOR_U8;
  }
}

bool DeviceBuffers::encode(const KernelLaunch::Argument &argument, QuantOptAddress address) {
  const TensorBoxes &boxes = *argument.boxes;
  QuantOptTensorMapInfo info = {};
  info.element = getTensorElement(boxes.element);
  info.rank = unsigned(boxes.box.size());
  info.address = address;
  info.swizzle = boxes.swizzle;
  uint64_t stride = getElementSize(boxes.element);
  for (unsigned i = 0; i < info.rank; ++i) { // contiguous first
    info.dims[i] = uint64_t(argument.shape[info.rank - 1 - i]);
    info.box[i] = uint32_t(boxes.box[info.rank - 1 - i]);
    info.strides[i] = stride;
    stride *= info.dims[i];
  }
  maps.emplace_back();
  parameters.push_back(&maps.back());
  return quantoptEncodeTensorMap(device, &info, &maps.back()) == QUANTOPT_SUCCESS;
}

bool DeviceBuffers::makeParameters() {
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    if (argument.kind == ArgumentKind::Scalar) {
      parameters.push_back(argument.data);
      continue;
    }
    const QuantOptAddress &address = buffers[bufferOf[i]].address;
    if (argument.kind != ArgumentKind::TensorMap)
      parameters.push_back(&address);
    else if (!encode(argument, address))
      return false;
  }
  return true;
}

bool DeviceBuffers::download() {
  for (const Buffer &buffer : buffers)
    if (buffer.isWritten && buffer.size != 0 &&
        quantoptCopyToHost(device, buffer.data, buffer.address, buffer.size, nullptr) != QUANTOPT_SUCCESS)
      return false;
  return true;
}

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

  DeviceBuffers buffers(device, launch.arguments);
  if (buffers.upload() && buffers.makeParameters() &&
      quantoptLaunch(kernel, &config, buffers.parameters.data(), buffers.parameters.size(), nullptr) ==
          QUANTOPT_SUCCESS &&
      buffers.download())
    return true;
  reason = ("kernel '" + launch.kernel + "': " + quantoptGetLastErrorText()).str();
  return false;
}
