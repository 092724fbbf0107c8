//===- CudaDriver.cpp - The entry points of libcuda -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaDriver.h"
#include <dlfcn.h>

using namespace quantopt::runtime;

static constexpr const char *libraryName = "libcuda.so.1";

namespace {
/// The outcome of the one attempt to open the driver.
struct LoadedDriver {
  CudaDriver driver;
  Status status;

  LoadedDriver() { load(); }
  void load();
};
} // namespace

void LoadedDriver::load() {
  void *library = dlopen(libraryName, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    status = {QUANTOPT_NO_DEVICE, std::string("no NVIDIA driver: ") + dlerror() +
                                      "; install one, or use the emulator (QUANTOPT_BACKEND_EMULATOR)"};
    return;
  }
  std::string missing;
  auto find = [&](const char *symbol) {
    void *address = dlsym(library, symbol);
    if (!address && missing.empty())
      missing = symbol;
    return address;
  };
#define QUANTOPT_LOAD(name, symbol, ...) driver.name = reinterpret_cast<CudaResult (*)(__VA_ARGS__)>(find(symbol));
  QUANTOPT_CUDA_FUNCTIONS(QUANTOPT_LOAD)
#undef QUANTOPT_LOAD
  if (!missing.empty()) {
    status = {QUANTOPT_NO_DEVICE,
              std::string(libraryName) + " has no " + missing + "; install a driver of CUDA 12.0 or newer"};
    return;
  }
  driver.functionGetParamInfo =
      reinterpret_cast<CudaResult (*)(void *, size_t, size_t *, size_t *)>(dlsym(library, "cuFuncGetParamInfo"));
  status = driver.check(driver.init(0), "the NVIDIA driver cannot be initialized");
  if (status.isError())
    status.code = QUANTOPT_NO_DEVICE;
}

const CudaDriver *CudaDriver::get(Status &status) {
  static const LoadedDriver loaded;
  status = loaded.status;
  return status.isError() ? nullptr : &loaded.driver;
}

/// Statuses of results that callers may tell apart; CUresult of cuda.h.
static QuantOptStatus getStatus(CudaResult result) {
  switch (result) {
  case 1: // CUDA_ERROR_INVALID_VALUE
    return QUANTOPT_INVALID_ARGUMENT;
  case 2: // CUDA_ERROR_OUT_OF_MEMORY
    return QUANTOPT_OUT_OF_MEMORY;
  case 100: // CUDA_ERROR_NO_DEVICE
  case 101: // CUDA_ERROR_INVALID_DEVICE
    return QUANTOPT_NO_DEVICE;
  case 200: // CUDA_ERROR_INVALID_IMAGE
  case 209: // CUDA_ERROR_NO_BINARY_FOR_GPU
  case 218: // CUDA_ERROR_INVALID_PTX
  case 222: // CUDA_ERROR_UNSUPPORTED_PTX_VERSION
    return QUANTOPT_INVALID_MODULE;
  case 500: // CUDA_ERROR_NOT_FOUND
    return QUANTOPT_NOT_FOUND;
  case 701: // CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES
    return QUANTOPT_LAUNCH_REFUSED;
  case 700: // CUDA_ERROR_ILLEGAL_ADDRESS
  case 702: // CUDA_ERROR_LAUNCH_TIMEOUT
  case 710: // CUDA_ERROR_ASSERT
  case 714: // CUDA_ERROR_HARDWARE_STACK_ERROR
  case 715: // CUDA_ERROR_ILLEGAL_INSTRUCTION
  case 716: // CUDA_ERROR_MISALIGNED_ADDRESS
  case 717: // CUDA_ERROR_INVALID_ADDRESS_SPACE
  case 718: // CUDA_ERROR_INVALID_PC
  case 719: // CUDA_ERROR_LAUNCH_FAILED
    return QUANTOPT_LAUNCH_FAILED;
  case 801: // CUDA_ERROR_NOT_SUPPORTED
    return QUANTOPT_UNSUPPORTED;
  default:
    return QUANTOPT_INTERNAL_ERROR;
  }
}

Status CudaDriver::check(CudaResult result, const std::string &what) const {
  if (result == 0)
    return {};
  const char *name = nullptr, *text = nullptr;
  getErrorName(result, &name);
  getErrorString(result, &text);
  return {getStatus(result), what + ": " + (name ? name : "error " + std::to_string(result)) +
                                 (text ? std::string(", ") + text : std::string())};
}
