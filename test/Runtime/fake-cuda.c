/*===- fake-cuda.c - A driver of one kernel, for the test --------*- C -*-===*\
|*                                                                            *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|* The entry points of libcuda.so.1 that the runtime calls, on host memory.   *|
|* Launching `scale` computes it; every call that has an order is checked     *|
|* here: a context before memory, a limit raised before it is used. Prints    *|
|* what a launch was given. This shows that the runtime calls the driver as   *|
|* its documentation says, not that a GPU does anything.                      *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ok = 0, invalidValue = 1, noDevice = 100, invalidDevice = 101, invalidContext = 201, invalidPtx = 218 };
enum { notFound = 500 };

static int isInitialized, contexts, context, scale;
static float offset = 0.5f;

int cuInit(unsigned flags) {
  isInitialized = 1;
  return flags ? invalidValue : ok;
}
int cuGetErrorName(int error, const char **name) {
  *name = error == invalidValue ? "CUDA_ERROR_INVALID_VALUE" : "CUDA_ERROR_OTHER";
  return ok;
}
int cuGetErrorString(int error, const char **text) {
  *text = error == notFound ? "named symbol not found" : "some error";
  return ok;
}
int cuDeviceGet(int *device, int ordinal) {
  *device = 40 + ordinal;
  return !isInitialized ? noDevice : ordinal == 0 ? ok : invalidDevice;
}
int cuDeviceGetName(char *name, int length, int device) {
  snprintf(name, (size_t)length, "fake GPU %d", device);
  return ok;
}
int cuDevicePrimaryCtxRetain(void **result, int device) {
  *result = &context;
  ++contexts;
  return device == 40 ? ok : invalidDevice;
}
int cuDevicePrimaryCtxRelease_v2(int device) {
  printf("contexts left: %d\n", --contexts);
  return device == 40 ? ok : invalidDevice;
}
static void *current;
int cuCtxSetCurrent(void *wanted) {
  current = wanted;
  return ok;
}
static int checkContext(void) { return current == &context && contexts > 0 ? ok : invalidContext; }

int cuModuleLoadDataEx(void **module, const void *image, unsigned count, unsigned *options, void **values) {
  if (checkContext())
    return invalidContext;
  if (strncmp(image, ".version", 8) != 0) {
    for (unsigned i = 0; i < count; ++i)
      if (options[i] == 5) /* CU_JIT_ERROR_LOG_BUFFER */
        strcpy(values[i], "ptxas fatal: no PTX");
    return invalidPtx;
  }
  *module = &offset;
  return ok;
}
int cuModuleUnload(void *module) { return module == &offset ? ok : invalidValue; }
int cuModuleGetFunction(void **function, void *module, const char *name) {
  *function = &scale;
  return strcmp(name, "scale") == 0 ? ok : notFound;
}
int cuModuleGetGlobal_v2(unsigned long long *address, size_t *size, void *module, const char *name) {
  *address = (uintptr_t)&offset;
  *size = sizeof offset;
  return strcmp(name, "offset") == 0 ? ok : notFound;
}
int cuFuncSetAttribute(void *function, unsigned attribute, int value) {
  printf("attribute %u = %d\n", attribute, value);
  return ok;
}
int cuFuncGetParamInfo(void *function, size_t index, size_t *begin, size_t *size) {
  *begin = index * 8;
  *size = index < 2 ? 8 : 4;
  return index < 4 ? ok : invalidValue;
}
int cuMemAlloc_v2(unsigned long long *address, size_t size) {
  *address = (uintptr_t)aligned_alloc(256, (size + 255) / 256 * 256);
  return checkContext();
}
int cuMemFree_v2(unsigned long long address) {
  free((void *)(uintptr_t)address);
  return checkContext();
}
int cuMemcpyHtoDAsync_v2(unsigned long long target, const void *source, size_t size, void *stream) {
  memcpy((void *)(uintptr_t)target, source, size);
  return checkContext();
}
int cuMemcpyDtoHAsync_v2(void *target, unsigned long long source, size_t size, void *stream) {
  memcpy(target, (void *)(uintptr_t)source, size);
  return checkContext();
}
int cuMemcpyDtoDAsync_v2(unsigned long long target, unsigned long long source, size_t size, void *stream) {
  memcpy((void *)(uintptr_t)target, (void *)(uintptr_t)source, size);
  return checkContext();
}
int cuMemsetD8Async(unsigned long long target, unsigned char value, size_t size, void *stream) {
  memset((void *)(uintptr_t)target, value, size);
  return checkContext();
}
int cuTensorMapEncodeTiled(void *map, unsigned type, unsigned rank, void *address, const uint64_t *dims,
                           const uint64_t *strides, const uint32_t *box, const uint32_t *elementStrides,
                           unsigned interleave, unsigned swizzle, unsigned promotion, unsigned fill) {
  if (strides[0] % 16 || (uintptr_t)map % 128)
    return invalidValue;
  printf("tensor map: type %u, %u dims %d %d, stride %d, box %d %d, element strides %d %d, interleave %u, swizzle %u, "
         "fill %u\n",
         type, rank, (int)dims[0], (int)dims[1], (int)strides[0], (int)box[0], (int)box[1], (int)elementStrides[0],
         (int)elementStrides[1], interleave, swizzle, fill);
  memset(map, 0, 128);
  return ok;
}

struct Attribute {
  unsigned id;
  char padding[4];
  unsigned value[16];
};
struct Config {
  unsigned grid[3], block[3], shared;
  void *stream;
  struct Attribute *attributes;
  unsigned count;
};

int cuLaunchKernelEx(const struct Config *config, void *function, void **parameters, void **extra) {
  if (function != &scale || extra || checkContext())
    return invalidValue;
  printf("launch: grid %u, block %u, shared %u, %s stream", config->grid[0], config->block[0], config->shared,
         config->stream ? "own" : "default");
  for (unsigned i = 0; i < config->count; ++i)
    printf(", attribute %u = %u %u %u", config->attributes[i].id, config->attributes[i].value[0],
           config->attributes[i].value[1], config->attributes[i].value[2]);
  printf("\n");
  const float *x = (const float *)(uintptr_t)*(uint64_t *)parameters[0];
  float *y = (float *)(uintptr_t)*(uint64_t *)parameters[1];
  unsigned n = *(unsigned *)parameters[2];
  for (unsigned i = 0; i < n; ++i)
    y[i] = x[i] * *(float *)parameters[3] + offset;
  return ok;
}
static int streams;
int cuStreamCreate(void **stream, unsigned flags) {
  *stream = &streams;
  return flags == 1 ? ok : invalidValue; /* CU_STREAM_NON_BLOCKING */
}
int cuStreamDestroy_v2(void *stream) { return stream == &streams ? ok : invalidValue; }
int cuStreamSynchronize(void *stream) { return stream && stream != &streams ? invalidValue : checkContext(); }

/* Events count what was recorded before them. */
static int ticks;
int cuEventCreate(void **event, unsigned flags) {
  *event = calloc(1, sizeof(int));
  return flags ? invalidValue : ok;
}
int cuEventDestroy_v2(void *event) {
  free(event);
  return ok;
}
int cuEventRecord(void *event, void *stream) {
  *(int *)event = ++ticks;
  return ok;
}
int cuEventSynchronize(void *event) { return *(int *)event ? ok : invalidValue; }
int cuEventElapsedTime(float *milliseconds, void *begin, void *end) {
  *milliseconds = (float)(*(int *)end - *(int *)begin);
  return ok;
}
