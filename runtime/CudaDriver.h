//===- CudaDriver.h - The entry points of libcuda ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The few functions of the CUDA driver API that the runtime calls, declared
// here so that no CUDA headers are needed to build: names and signatures are
// its stable binary interface (docs.nvidia.com/cuda/cuda-driver-api), with
// handles as untyped pointers and enumerations as unsigned numbers.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_RUNTIME_CUDADRIVER_H
#define QUANTOPT_RUNTIME_CUDADRIVER_H

#include "Backend.h"

namespace quantopt::runtime {

using CudaResult = int; // CUresult; 0: success
using CudaAddress = unsigned long long;

/// CUlaunchAttribute with the one value that is used.
struct CudaLaunchAttribute {
  unsigned id;
  char padding[4];
  union {
    unsigned clusterDim[3];
    char bytes[64];
  } value;
};
static_assert(sizeof(CudaLaunchAttribute) == 72, "CUlaunchAttribute");

/// CUlaunchConfig.
struct CudaLaunchConfig {
  unsigned grid[3], block[3], sharedBytes;
  void *stream;
  CudaLaunchAttribute *attributes;
  unsigned numAttributes;
};
static_assert(sizeof(CudaLaunchConfig) == 56, "CUlaunchConfig");

// CUfunction_attribute, CUlaunchAttributeID, CUjit_option.
inline constexpr unsigned cudaFuncMaxDynamicSharedBytes = 8, cudaFuncNonPortableClusters = 14;
inline constexpr unsigned cudaLaunchClusterDimension = 4;
inline constexpr unsigned cudaJitErrorLog = 5, cudaJitErrorLogBytes = 6;

/// Function pointers by the symbol they are loaded from.
#define QUANTOPT_CUDA_FUNCTIONS(X)                                                                                     \
  X(init, "cuInit", unsigned)                                                                                          \
  X(getErrorName, "cuGetErrorName", CudaResult, const char **)                                                         \
  X(getErrorString, "cuGetErrorString", CudaResult, const char **)                                                     \
  X(deviceGet, "cuDeviceGet", int *, int)                                                                              \
  X(deviceGetName, "cuDeviceGetName", char *, int, int)                                                                \
  X(primaryContextRetain, "cuDevicePrimaryCtxRetain", void **, int)                                                    \
  X(primaryContextRelease, "cuDevicePrimaryCtxRelease_v2", int)                                                        \
  X(contextSetCurrent, "cuCtxSetCurrent", void *)                                                                      \
  X(moduleLoad, "cuModuleLoadDataEx", void **, const void *, unsigned, unsigned *, void **)                            \
  X(moduleUnload, "cuModuleUnload", void *)                                                                            \
  X(moduleGetFunction, "cuModuleGetFunction", void **, void *, const char *)                                           \
  X(moduleGetGlobal, "cuModuleGetGlobal_v2", CudaAddress *, size_t *, void *, const char *)                            \
  X(functionSetAttribute, "cuFuncSetAttribute", void *, unsigned, int)                                                 \
  X(memAlloc, "cuMemAlloc_v2", CudaAddress *, size_t)                                                                  \
  X(memFree, "cuMemFree_v2", CudaAddress)                                                                              \
  X(copyToDevice, "cuMemcpyHtoDAsync_v2", CudaAddress, const void *, size_t, void *)                                   \
  X(copyToHost, "cuMemcpyDtoHAsync_v2", void *, CudaAddress, size_t, void *)                                           \
  X(copyOnDevice, "cuMemcpyDtoDAsync_v2", CudaAddress, CudaAddress, size_t, void *)                                    \
  X(fill, "cuMemsetD8Async", CudaAddress, unsigned char, size_t, void *)                                               \
  X(encodeTiled, "cuTensorMapEncodeTiled", void *, unsigned, unsigned, void *, const uint64_t *, const uint64_t *,     \
    const uint32_t *, const uint32_t *, unsigned, unsigned, unsigned, unsigned)                                        \
  X(launch, "cuLaunchKernelEx", const CudaLaunchConfig *, void *, void **, void **)                                    \
  X(streamCreate, "cuStreamCreate", void **, unsigned)                                                                 \
  X(streamDestroy, "cuStreamDestroy_v2", void *)                                                                       \
  X(streamSynchronize, "cuStreamSynchronize", void *)                                                                  \
  X(eventCreate, "cuEventCreate", void **, unsigned)                                                                   \
  X(eventDestroy, "cuEventDestroy_v2", void *)                                                                         \
  X(eventRecord, "cuEventRecord", void *, void *)                                                                      \
  X(eventSynchronize, "cuEventSynchronize", void *)                                                                    \
  X(eventElapsedTime, "cuEventElapsedTime", float *, void *, void *)

struct CudaDriver {
#define QUANTOPT_DECLARE(name, symbol, ...) CudaResult (*name)(__VA_ARGS__) = nullptr;
  QUANTOPT_CUDA_FUNCTIONS(QUANTOPT_DECLARE)
#undef QUANTOPT_DECLARE
  /// Absent before CUDA 12.4.
  CudaResult (*functionGetParamInfo)(void *, size_t, size_t *, size_t *) = nullptr;

  /// libcuda.so.1, opened and initialized once a process. Null with `status` set when it cannot be.
  static const CudaDriver *get(Status &status);

  /// Success, or a status whose text begins with `what` and goes on with the driver's own words.
  Status check(CudaResult result, const std::string &what) const;
};

} // namespace quantopt::runtime

#endif // QUANTOPT_RUNTIME_CUDADRIVER_H
