//===- Runtime.cpp - The C functions of the runtime -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Arguments are checked here, once for all back ends.
//
//===----------------------------------------------------------------------===//

#include "Backend.h"

using quantopt::runtime::Copy;
using quantopt::runtime::Status;

static thread_local std::string lastErrorText;

static QuantOptStatus finish(Status status) {
  if (status.isError())
    lastErrorText = std::move(status.text);
  return status.code;
}

/// An error when one of the pointers of a call is null.
static Status checkPointers(const char *function, std::initializer_list<const void *> pointers) {
  for (const void *pointer : pointers)
    if (!pointer)
      return {QUANTOPT_INVALID_ARGUMENT, std::string(function) + ": a pointer or handle is null"};
  return {};
}

const char *quantoptGetStatusName(QuantOptStatus status) {
  switch (status) {
  case QUANTOPT_SUCCESS:
    return "QUANTOPT_SUCCESS";
  case QUANTOPT_INVALID_ARGUMENT:
    return "QUANTOPT_INVALID_ARGUMENT";
  case QUANTOPT_NO_DEVICE:
    return "QUANTOPT_NO_DEVICE";
  case QUANTOPT_OUT_OF_MEMORY:
    return "QUANTOPT_OUT_OF_MEMORY";
  case QUANTOPT_INVALID_MODULE:
    return "QUANTOPT_INVALID_MODULE";
  case QUANTOPT_NOT_FOUND:
    return "QUANTOPT_NOT_FOUND";
  case QUANTOPT_LAUNCH_REFUSED:
    return "QUANTOPT_LAUNCH_REFUSED";
  case QUANTOPT_LAUNCH_FAILED:
    return "QUANTOPT_LAUNCH_FAILED";
  case QUANTOPT_UNSUPPORTED:
    return "QUANTOPT_UNSUPPORTED";
  case QUANTOPT_INTERNAL_ERROR:
    return "QUANTOPT_INTERNAL_ERROR";
  case QUANTOPT_STATUS_MAX_ENUM:
    break;
  }
  return "unknown status";
}

const char *quantoptGetLastErrorText(void) { return lastErrorText.c_str(); }

//===----------------------------------------------------------------------===//
// Devices
//===----------------------------------------------------------------------===//

QuantOptStatus quantoptCreateDevice(QuantOptBackend backend, int ordinal, QuantOptDevice *device) {
  if (Status status = checkPointers("quantoptCreateDevice", {device}); status.isError())
    return finish(std::move(status));
  switch (backend) {
  case QUANTOPT_BACKEND_EMULATOR:
    return finish(quantopt::runtime::createEmulatorDevice(ordinal, *device));
  case QUANTOPT_BACKEND_CUDA:
    return finish(quantopt::runtime::createCudaDevice(ordinal, *device));
  case QUANTOPT_BACKEND_MAX_ENUM:
    break;
  }
  return finish({QUANTOPT_INVALID_ARGUMENT, "quantoptCreateDevice: no back end " + std::to_string(int(backend)) +
                                                "; use QUANTOPT_BACKEND_EMULATOR or QUANTOPT_BACKEND_CUDA"});
}

QuantOptStatus quantoptDestroyDevice(QuantOptDevice device) {
  delete device;
  return QUANTOPT_SUCCESS;
}

QuantOptStatus quantoptGetDeviceName(QuantOptDevice device, const char **name) {
  if (Status status = checkPointers("quantoptGetDeviceName", {device, name}); status.isError())
    return finish(std::move(status));
  *name = device->getName();
  return QUANTOPT_SUCCESS;
}

QuantOptStatus quantoptSetEmulatorOptions(QuantOptDevice device, const QuantOptEmulatorOptions *options) {
  if (Status status = checkPointers("quantoptSetEmulatorOptions", {device, options}); status.isError())
    return finish(std::move(status));
  return finish(device->setEmulatorOptions(*options));
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

QuantOptStatus quantoptLoadModule(QuantOptDevice device, const void *image, size_t size, QuantOptModule *module) {
  if (Status status = checkPointers("quantoptLoadModule", {device, image, module}); status.isError())
    return finish(std::move(status));
  return finish(device->loadModule(image, size, *module));
}

QuantOptStatus quantoptUnloadModule(QuantOptModule module) {
  delete module;
  return QUANTOPT_SUCCESS;
}

QuantOptStatus quantoptGetKernel(QuantOptModule module, const char *name, QuantOptKernel *kernel) {
  if (Status status = checkPointers("quantoptGetKernel", {module, name, kernel}); status.isError())
    return finish(std::move(status));
  return finish(module->getKernel(name, *kernel));
}

QuantOptStatus quantoptGetVariable(QuantOptModule module, const char *name, QuantOptAddress *address, size_t *size) {
  if (Status status = checkPointers("quantoptGetVariable", {module, name, address}); status.isError())
    return finish(std::move(status));
  QuantOptAddress found = 0;
  size_t bytes = 0;
  Status status = module->getVariable(name, found, bytes);
  if (!status.isError()) {
    *address = found;
    if (size)
      *size = bytes;
  }
  return finish(std::move(status));
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

QuantOptStatus quantoptAllocate(QuantOptDevice device, size_t size, const char *name, QuantOptAddress *address) {
  if (Status status = checkPointers("quantoptAllocate", {device, address}); status.isError())
    return finish(std::move(status));
  return finish(device->allocate(size, name ? name : "buffer", *address));
}

QuantOptStatus quantoptFree(QuantOptDevice device, QuantOptAddress address) {
  if (Status status = checkPointers("quantoptFree", {device}); status.isError())
    return finish(std::move(status));
  return finish(device->free(address));
}

QuantOptStatus quantoptCopyToDevice(QuantOptDevice device, QuantOptAddress target, const void *source, size_t size,
                                    QuantOptStream stream) {
  if (Status status = checkPointers("quantoptCopyToDevice", {device, source}); status.isError())
    return finish(std::move(status));
  Copy copy{Copy::Kind::ToDevice};
  copy.hostSource = source;
  copy.target = target;
  copy.size = size;
  return finish(size ? device->copy(copy, stream) : Status());
}

QuantOptStatus quantoptCopyToHost(QuantOptDevice device, void *target, QuantOptAddress source, size_t size,
                                  QuantOptStream stream) {
  if (Status status = checkPointers("quantoptCopyToHost", {device, target}); status.isError())
    return finish(std::move(status));
  Copy copy{Copy::Kind::ToHost};
  copy.hostTarget = target;
  copy.source = source;
  copy.size = size;
  return finish(size ? device->copy(copy, stream) : Status());
}

QuantOptStatus quantoptCopyOnDevice(QuantOptDevice device, QuantOptAddress target, QuantOptAddress source, size_t size,
                                    QuantOptStream stream) {
  if (Status status = checkPointers("quantoptCopyOnDevice", {device}); status.isError())
    return finish(std::move(status));
  Copy copy{Copy::Kind::OnDevice};
  copy.source = source;
  copy.target = target;
  copy.size = size;
  return finish(size ? device->copy(copy, stream) : Status());
}

QuantOptStatus quantoptFill(QuantOptDevice device, QuantOptAddress target, uint8_t value, size_t size,
                            QuantOptStream stream) {
  if (Status status = checkPointers("quantoptFill", {device}); status.isError())
    return finish(std::move(status));
  return finish(size ? device->fill(target, value, size, stream) : Status());
}

//===----------------------------------------------------------------------===//
// Tensor maps and launches
//===----------------------------------------------------------------------===//

QuantOptStatus quantoptEncodeTensorMap(QuantOptDevice device, const QuantOptTensorMapInfo *info,
                                       QuantOptTensorMap *map) {
  if (Status status = checkPointers("quantoptEncodeTensorMap", {device, info, map}); status.isError())
    return finish(std::move(status));
  if (info->rank < 1 || info->rank > 5)
    return finish({QUANTOPT_INVALID_ARGUMENT, "a tensor map has 1 to 5 dimensions, not " + std::to_string(info->rank)});
  if (info->swizzle != 0 && info->swizzle != 32 && info->swizzle != 64 && info->swizzle != 128)
    return finish({QUANTOPT_INVALID_ARGUMENT,
                   "the swizzle of a tensor map is 0, 32, 64 or 128, not " + std::to_string(info->swizzle)});
  if (info->element < QUANTOPT_TENSOR_U8 || info->element > QUANTOPT_TENSOR_BF16)
    return finish({QUANTOPT_INVALID_ARGUMENT, "no tensor element type " + std::to_string(int(info->element))});
  return finish(device->encodeTensorMap(*info, *map));
}

QuantOptStatus quantoptLaunch(QuantOptKernel kernel, const QuantOptLaunchConfig *config, const void *const *arguments,
                              size_t argumentCount, QuantOptStream stream) {
  if (Status status = checkPointers("quantoptLaunch", {kernel, config}); status.isError())
    return finish(std::move(status));
  for (size_t i = 0; i < argumentCount; ++i)
    if (!arguments || !arguments[i])
      return finish({QUANTOPT_INVALID_ARGUMENT, "quantoptLaunch: argument " + std::to_string(i) + " is null"});
  for (int i = 0; i < 3; ++i)
    if (!config->grid[i] || !config->block[i])
      return finish(
          {QUANTOPT_LAUNCH_REFUSED, "quantoptLaunch: grid and block have no length 0; launch nothing instead"});
  return finish(kernel->launch(*config, arguments, argumentCount, stream));
}

//===----------------------------------------------------------------------===//
// Streams and events
//===----------------------------------------------------------------------===//

QuantOptStatus quantoptCreateStream(QuantOptDevice device, QuantOptStream *stream) {
  if (Status status = checkPointers("quantoptCreateStream", {device, stream}); status.isError())
    return finish(std::move(status));
  return finish(device->createStream(*stream));
}

QuantOptStatus quantoptDestroyStream(QuantOptStream stream) {
  delete stream;
  return QUANTOPT_SUCCESS;
}

QuantOptStatus quantoptSynchronizeStream(QuantOptStream stream) {
  if (Status status = checkPointers("quantoptSynchronizeStream", {stream}); status.isError())
    return finish(std::move(status));
  return finish(stream->synchronize());
}

QuantOptStatus quantoptCreateEvent(QuantOptDevice device, QuantOptEvent *event) {
  if (Status status = checkPointers("quantoptCreateEvent", {device, event}); status.isError())
    return finish(std::move(status));
  return finish(device->createEvent(*event));
}

QuantOptStatus quantoptDestroyEvent(QuantOptEvent event) {
  delete event;
  return QUANTOPT_SUCCESS;
}

QuantOptStatus quantoptRecordEvent(QuantOptEvent event, QuantOptStream stream) {
  if (Status status = checkPointers("quantoptRecordEvent", {event}); status.isError())
    return finish(std::move(status));
  return finish(event->record(stream));
}

QuantOptStatus quantoptSynchronizeEvent(QuantOptEvent event) {
  if (Status status = checkPointers("quantoptSynchronizeEvent", {event}); status.isError())
    return finish(std::move(status));
  return finish(event->synchronize());
}

QuantOptStatus quantoptGetElapsedMilliseconds(QuantOptEvent begin, QuantOptEvent end, float *milliseconds) {
  if (Status status = checkPointers("quantoptGetElapsedMilliseconds", {begin, end, milliseconds}); status.isError())
    return finish(std::move(status));
  return finish(begin->getElapsed(*end, *milliseconds));
}
