/*===- Runtime.h - Modules, buffers and launches from C ----------*- C -*-===*\
|*                                                                            *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|* Loads PTX or cubin, copies arrays, encodes tensor maps, launches kernels   *|
|* and times them: on an NVIDIA GPU through its driver (libcuda.so.1, found   *|
|* at run time), or on the CPU in the emulator. Which one is chosen when a    *|
|* device is created; everything after that is the same. C11 and C++.         *|
|*                                                                            *|
|* Every function but the two for texts returns a status.                     *|
|* quantoptGetLastErrorText says what the last failure on this thread was,    *|
|* and what to do. Results go through pointers, which a failure leaves as     *|
|* they were. A device and what was made on it may be used from one thread at *|
|* a time.                                                                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef QUANTOPT_C_RUNTIME_H
#define QUANTOPT_C_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define QUANTOPT_RUNTIME_EXPORT __attribute__((visibility("default")))
#else
#define QUANTOPT_RUNTIME_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#define QUANTOPT_RUNTIME_ALIGN(bytes) alignas(bytes)
#else
#define QUANTOPT_RUNTIME_ALIGN(bytes) _Alignas(bytes)
#endif

/*===-- Errors -----------------------------------------------------------===*/

/* The last entry of an enumeration that a caller passes means nothing: it makes every int a value of the type, so that
   a wrong one can be refused. */
typedef enum QuantOptStatus {
  QUANTOPT_SUCCESS = 0,
  QUANTOPT_INVALID_ARGUMENT, /* a null pointer, a size or a handle that is wrong */
  QUANTOPT_NO_DEVICE,        /* no driver, no GPU, no such ordinal */
  QUANTOPT_OUT_OF_MEMORY,
  QUANTOPT_INVALID_MODULE, /* PTX that does not parse, or a binary for another chip */
  QUANTOPT_NOT_FOUND,      /* no kernel or variable of that name */
  QUANTOPT_LAUNCH_REFUSED, /* sizes over a limit, arguments that do not fit */
  QUANTOPT_LAUNCH_FAILED,  /* the kernel did something wrong; the emulator names instruction, thread and address */
  QUANTOPT_UNSUPPORTED,    /* not by this back end */
  QUANTOPT_INTERNAL_ERROR,
  QUANTOPT_STATUS_MAX_ENUM = 0x7fffffff
} QuantOptStatus;

/* "QUANTOPT_SUCCESS" and so on; "unknown status" for other numbers. */
QUANTOPT_RUNTIME_EXPORT const char *quantoptGetStatusName(QuantOptStatus status);

/* The text of the last failure on this thread, "" if there was none. Valid until the next call on this thread. */
QUANTOPT_RUNTIME_EXPORT const char *quantoptGetLastErrorText(void);

/*===-- Devices ----------------------------------------------------------===*/

typedef enum QuantOptBackend {
  QUANTOPT_BACKEND_EMULATOR = 0,
  QUANTOPT_BACKEND_CUDA = 1,
  QUANTOPT_BACKEND_MAX_ENUM = 0x7fffffff
} QuantOptBackend;

typedef struct QuantOptDeviceImpl *QuantOptDevice;
typedef struct QuantOptModuleImpl *QuantOptModule;
typedef struct QuantOptKernelImpl *QuantOptKernel;
typedef struct QuantOptStreamImpl *QuantOptStream;
typedef struct QuantOptEventImpl *QuantOptEvent;
/* An address on the device. */
typedef uint64_t QuantOptAddress;

/* Opens device `ordinal` (0 for the emulator). CUDA: its primary context is used, so memory is shared with the CUDA
   runtime in the same process. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptCreateDevice(QuantOptBackend backend, int ordinal,
                                                            QuantOptDevice *device);
/* Everything made on the device must have been destroyed before, but for buffers, which go with it. Null is fine. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptDestroyDevice(QuantOptDevice device);
/* "NVIDIA H100 80GB HBM3", "emulator"; valid as long as the device. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptGetDeviceName(QuantOptDevice device, const char **name);

/* How the emulator runs what is launched from now on. */
typedef enum QuantOptAsyncOrder {
  QUANTOPT_ASYNC_NOW = 0,    /* asynchronous copies and products take effect at once */
  QUANTOPT_ASYNC_LATE = 1,   /* as late as is legal */
  QUANTOPT_ASYNC_RANDOM = 2, /* at random, by the seed */
  QUANTOPT_ASYNC_MAX_ENUM = 0x7fffffff
} QuantOptAsyncOrder;

typedef struct QuantOptEmulatorOptions {
  QuantOptAsyncOrder async;
  uint64_t seed;
  uint64_t instructionBudget; /* warp instructions of a launch; 0: no end */
  unsigned threads;           /* host threads; 0: all cores */
} QuantOptEmulatorOptions;

/* QUANTOPT_UNSUPPORTED on other devices. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptSetEmulatorOptions(QuantOptDevice device,
                                                                  const QuantOptEmulatorOptions *options);

/*===-- Modules ----------------------------------------------------------===*/

/* `image` is PTX text (`size` bytes, a terminating zero is not needed) or, on a GPU, a cubin or fatbin. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptLoadModule(QuantOptDevice device, const void *image, size_t size,
                                                          QuantOptModule *module);
/* Its kernels are gone then. Null is fine. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptUnloadModule(QuantOptModule module);
/* The kernel lives as long as its module. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptGetKernel(QuantOptModule module, const char *name,
                                                         QuantOptKernel *kernel);
/* Where a .global or .const variable lies; `size` may be null. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptGetVariable(QuantOptModule module, const char *name,
                                                           QuantOptAddress *address, size_t *size);

/*===-- Buffers ----------------------------------------------------------===*/

/* Uninitialized, aligned to 256 bytes. Emulator: reading what nothing has written is reported; `name` (which may be
   null) is what messages call the buffer. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptAllocate(QuantOptDevice device, size_t size, const char *name,
                                                        QuantOptAddress *address);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptFree(QuantOptDevice device, QuantOptAddress address);
/* Copies and fills are in the order of `stream`; a null stream is the device's own, and the call then returns when the
   copy is done. With a stream of the caller's, host memory must stay until it is synchronized. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptCopyToDevice(QuantOptDevice device, QuantOptAddress target,
                                                            const void *source, size_t size, QuantOptStream stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptCopyToHost(QuantOptDevice device, void *target, QuantOptAddress source,
                                                          size_t size, QuantOptStream stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptCopyOnDevice(QuantOptDevice device, QuantOptAddress target,
                                                            QuantOptAddress source, size_t size, QuantOptStream stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptFill(QuantOptDevice device, QuantOptAddress target, uint8_t value,
                                                    size_t size, QuantOptStream stream);

/*===-- Tensor maps ------------------------------------------------------===*/

/* The bytes that a kernel takes by value (`.param .align 64 .b8 map[128]`). Only for the device it was made on. */
typedef struct QuantOptTensorMap {
  QUANTOPT_RUNTIME_ALIGN(128) uint8_t bytes[128];
} QuantOptTensorMap;

/* The numbers of CUtensorMapDataType. */
typedef enum QuantOptTensorElement {
  QUANTOPT_TENSOR_U8 = 0,
  QUANTOPT_TENSOR_U16 = 1,
  QUANTOPT_TENSOR_U32 = 2,
  QUANTOPT_TENSOR_S32 = 3,
  QUANTOPT_TENSOR_U64 = 4,
  QUANTOPT_TENSOR_S64 = 5,
  QUANTOPT_TENSOR_F16 = 6,
  QUANTOPT_TENSOR_F32 = 7,
  QUANTOPT_TENSOR_F64 = 8,
  QUANTOPT_TENSOR_BF16 = 9,
  QUANTOPT_TENSOR_MAX_ENUM = 0x7fffffff
} QuantOptTensorElement;

/* Dimension 0 is contiguous. */
typedef struct QuantOptTensorMapInfo {
  QuantOptTensorElement element;
  unsigned rank;              /* 1 to 5 */
  QuantOptAddress address;    /* a multiple of 16 */
  uint64_t dims[5];           /* elements */
  uint64_t strides[5];        /* bytes; [0] is not read */
  uint32_t box[5];            /* elements, 1 to 256 */
  uint32_t elementStrides[5]; /* 1 to 8; 0 counts as 1 */
  unsigned swizzle;           /* 0, 32, 64 or 128 bytes */
  int fillsNaN;               /* what elements outside read as: 0 gives zero */
} QuantOptTensorMapInfo;

QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptEncodeTensorMap(QuantOptDevice device, const QuantOptTensorMapInfo *info,
                                                               QuantOptTensorMap *map);

/*===-- Launches ---------------------------------------------------------===*/

typedef struct QuantOptLaunchConfig {
  uint32_t grid[3];     /* blocks */
  uint32_t block[3];    /* threads */
  uint32_t cluster[3];  /* blocks; zeros: as the kernel says */
  uint32_t sharedBytes; /* dynamic shared memory of a block; the kernel's limit is raised where it must be */
} QuantOptLaunchConfig;

/* `arguments[i]` points to the value of parameter i: an address, a number, a struct, a tensor map. Returns when the
   launch is in the stream; a null stream is the device's own, and the call then returns when the kernel has ended. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptLaunch(QuantOptKernel kernel, const QuantOptLaunchConfig *config,
                                                      const void *const *arguments, size_t argumentCount,
                                                      QuantOptStream stream);

/*===-- Streams and events -----------------------------------------------===*/

/* Work of one stream is done in order; streams are not ordered among each other. The emulator does all work at once, so
   a failure of a kernel is the launch's; on a GPU it may come from a later call. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptCreateStream(QuantOptDevice device, QuantOptStream *stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptDestroyStream(QuantOptStream stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptSynchronizeStream(QuantOptStream stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptCreateEvent(QuantOptDevice device, QuantOptEvent *event);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptDestroyEvent(QuantOptEvent event);
/* A null stream is the device's own. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptRecordEvent(QuantOptEvent event, QuantOptStream stream);
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptSynchronizeEvent(QuantOptEvent event);
/* Time between two recorded events: of the device, or of this computer's clock for the emulator. */
QUANTOPT_RUNTIME_EXPORT QuantOptStatus quantoptGetElapsedMilliseconds(QuantOptEvent begin, QuantOptEvent end,
                                                                      float *milliseconds);

#ifdef __cplusplus
}
#endif

#endif /* QUANTOPT_C_RUNTIME_H */
