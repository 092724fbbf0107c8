/*===- runtime-test.c - The C interface, from C ------------------*- C -*-===*\
|*                                                                            *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|* runtime-test emulator | cuda: every function of the header, with what it   *|
|* does and what it refuses. The first difference ends the program.           *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "quant-opt-c/Runtime.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* y[i] = x[i] * factor + offset for i < n, one thread an element. */
static const char ptx[] = ".version 8.0\n"
                          ".target sm_90\n"
                          ".address_size 64\n"
                          ".visible .global .align 4 .f32 offset = 0f3F000000;\n"
                          ".visible .entry scale(.param .u64 x, .param .u64 y, .param .u32 n, .param .f32 factor)\n"
                          "{\n"
                          "  .reg .pred %p<2>; .reg .b32 %r<6>; .reg .b64 %rd<8>; .reg .f32 %f<6>;\n"
                          "  mov.u32 %r1, %ctaid.x;\n"
                          "  mov.u32 %r2, %ntid.x;\n"
                          "  mov.u32 %r3, %tid.x;\n"
                          "  mad.lo.s32 %r4, %r1, %r2, %r3;\n"
                          "  ld.param.u32 %r5, [n];\n"
                          "  setp.ge.u32 %p1, %r4, %r5;\n"
                          "  @%p1 bra done;\n"
                          "  ld.param.u64 %rd1, [x];\n"
                          "  ld.param.u64 %rd2, [y];\n"
                          "  ld.param.f32 %f1, [factor];\n"
                          "  cvta.to.global.u64 %rd3, %rd1;\n"
                          "  cvta.to.global.u64 %rd4, %rd2;\n"
                          "  mul.wide.u32 %rd5, %r4, 4;\n"
                          "  add.s64 %rd6, %rd3, %rd5;\n"
                          "  add.s64 %rd7, %rd4, %rd5;\n"
                          "  ld.global.f32 %f2, [%rd6];\n"
                          "  ld.global.f32 %f3, [offset];\n"
                          "  fma.rn.f32 %f4, %f2, %f1, %f3;\n"
                          "  st.global.f32 [%rd7], %f4;\n"
                          "done:\n"
                          "  ret;\n"
                          "}\n";

static void fail(const char *what, int line) {
  fprintf(stderr, "runtime-test.c:%d: %s: %s\n", line, what, quantoptGetLastErrorText());
  exit(1);
}
#define CHECK(condition) ((condition) ? (void)0 : fail(#condition, __LINE__))
#define OK(call) CHECK((call) == QUANTOPT_SUCCESS)
#define REFUSED(call, status, part) (CHECK((call) == (status)), CHECK(strstr(quantoptGetLastErrorText(), part) != NULL))

enum { count = 100 };

static void testLaunch(QuantOptDevice device, QuantOptModule module, QuantOptStream stream) {
  float x[count], y[count];
  QuantOptAddress deviceX, deviceY;
  QuantOptKernel kernel;
  QuantOptEvent begin, end;
  QuantOptLaunchConfig config = {{2, 1, 1}, {64, 1, 1}, {0, 0, 0}, 0};
  uint32_t n = count;
  float factor = 2, milliseconds = -1;
  const void *arguments[] = {&deviceX, &deviceY, &n, &factor};
  for (int i = 0; i < count; ++i)
    x[i] = (float)i, y[i] = -1;
  OK(quantoptGetKernel(module, "scale", &kernel));
  OK(quantoptAllocate(device, sizeof x, "x", &deviceX));
  OK(quantoptAllocate(device, sizeof y, NULL, &deviceY));
  CHECK(deviceX % 256 == 0 && deviceY % 256 == 0);
  OK(quantoptCreateEvent(device, &begin));
  OK(quantoptCreateEvent(device, &end));
  OK(quantoptCopyToDevice(device, deviceX, x, sizeof x, stream));
  OK(quantoptFill(device, deviceY, 0, sizeof y, stream));
  OK(quantoptRecordEvent(begin, stream));
  OK(quantoptLaunch(kernel, &config, arguments, 4, stream));
  OK(quantoptRecordEvent(end, stream));
  OK(quantoptCopyToHost(device, y, deviceY, sizeof y, stream));
  if (stream)
    OK(quantoptSynchronizeStream(stream));
  for (int i = 0; i < count; ++i)
    CHECK(y[i] == 2 * (float)i + 0.5f);
  OK(quantoptSynchronizeEvent(end));
  OK(quantoptGetElapsedMilliseconds(begin, end, &milliseconds));
  CHECK(milliseconds >= 0);
  OK(quantoptCopyOnDevice(device, deviceX, deviceY, sizeof y, NULL));
  OK(quantoptCopyToHost(device, x, deviceX, sizeof x, NULL));
  CHECK(memcmp(x, y, sizeof x) == 0);

  config.cluster[0] = 2, config.cluster[1] = config.cluster[2] = 1, config.sharedBytes = 100000;
  OK(quantoptLaunch(kernel, &config, arguments, 4, stream));
  REFUSED(quantoptLaunch(kernel, &config, arguments, 3, stream), QUANTOPT_LAUNCH_REFUSED,
          "kernel 'scale' takes 4 arguments, not 3");
  config.block[0] = 0;
  REFUSED(quantoptLaunch(kernel, &config, arguments, 4, stream), QUANTOPT_LAUNCH_REFUSED, "length 0");
  arguments[2] = NULL;
  REFUSED(quantoptLaunch(kernel, &config, arguments, 4, stream), QUANTOPT_INVALID_ARGUMENT, "argument 2 is null");
  OK(quantoptDestroyEvent(begin));
  OK(quantoptDestroyEvent(end));
  OK(quantoptFree(device, deviceX));
  OK(quantoptFree(device, deviceY));
}

static void testModule(QuantOptDevice device, QuantOptModule *module) {
  QuantOptKernel kernel = NULL;
  QuantOptAddress address = 0;
  size_t size = 0;
  float value = 0;
  CHECK(quantoptLoadModule(device, "no ptx", 6, module) == QUANTOPT_INVALID_MODULE);
  CHECK(strlen(quantoptGetLastErrorText()) > 0);
  OK(quantoptLoadModule(device, ptx, sizeof ptx - 1, module));
  REFUSED(quantoptGetKernel(*module, "other", &kernel), QUANTOPT_NOT_FOUND, "'other'");
  CHECK(kernel == NULL);
  OK(quantoptGetVariable(*module, "offset", &address, &size));
  CHECK(size == sizeof value);
  OK(quantoptCopyToHost(device, &value, address, size, NULL));
  CHECK(value == 0.5f);
  CHECK(quantoptGetVariable(*module, "none", &address, NULL) == QUANTOPT_NOT_FOUND);
}

static void testTensorMap(QuantOptDevice device) {
  QuantOptTensorMap map;
  QuantOptTensorMapInfo info = {QUANTOPT_TENSOR_U8, 2, 0, {128, 64}, {0, 128}, {128, 8}, {1, 1}, 128, 0};
  OK(quantoptAllocate(device, 128 * 64, "matrix", &info.address));
  OK(quantoptEncodeTensorMap(device, &info, &map));
  CHECK(sizeof map == 128 && (size_t)&map % 128 == 0);
  info.strides[1] = 100;
  CHECK(quantoptEncodeTensorMap(device, &info, &map) == QUANTOPT_INVALID_ARGUMENT);
  info.swizzle = 48;
  REFUSED(quantoptEncodeTensorMap(device, &info, &map), QUANTOPT_INVALID_ARGUMENT, "48");
  info.rank = 6;
  REFUSED(quantoptEncodeTensorMap(device, &info, &map), QUANTOPT_INVALID_ARGUMENT, "1 to 5 dimensions");
  OK(quantoptFree(device, info.address));
}

/* What the emulator says of a kernel that reads past its buffer, and of its options. */
static void testEmulator(QuantOptDevice device, QuantOptModule module) {
  QuantOptAddress buffer, output;
  QuantOptKernel kernel;
  QuantOptLaunchConfig config = {{1, 1, 1}, {32, 1, 1}, {0, 0, 0}, 0};
  uint32_t n = 17;
  float factor = 1, zeros[16] = {0};
  const void *arguments[] = {&buffer, &output, &n, &factor};
  QuantOptEmulatorOptions options = {QUANTOPT_ASYNC_RANDOM, 7, 0, 1};
  OK(quantoptSetEmulatorOptions(device, &options));
  OK(quantoptGetKernel(module, "scale", &kernel));
  OK(quantoptAllocate(device, sizeof zeros, "short", &buffer));
  OK(quantoptAllocate(device, 17 * 4, "long", &output));
  OK(quantoptCopyToDevice(device, buffer, zeros, sizeof zeros, NULL));
  REFUSED(quantoptLaunch(kernel, &config, arguments, 4, NULL), QUANTOPT_LAUNCH_FAILED, "out of bounds");
  CHECK(strstr(quantoptGetLastErrorText(), "short + 64") != NULL);
  CHECK(strstr(quantoptGetLastErrorText(), "ld.global.f32 %f2, [%rd6]") != NULL);
  options.async = (QuantOptAsyncOrder)9;
  REFUSED(quantoptSetEmulatorOptions(device, &options), QUANTOPT_INVALID_ARGUMENT, "9");
  CHECK(quantoptLoadModule(device, "\177ELF", 4, &module) == QUANTOPT_UNSUPPORTED);
  CHECK(quantoptFree(device, buffer + 4) == QUANTOPT_INVALID_ARGUMENT);
}

int main(int argc, char **argv) {
  QuantOptBackend backend =
      argc > 1 && strcmp(argv[1], "cuda") == 0 ? QUANTOPT_BACKEND_CUDA : QUANTOPT_BACKEND_EMULATOR;
  QuantOptDevice device = NULL, second = NULL;
  QuantOptModule module;
  QuantOptStream stream;
  const char *name;
  if (quantoptCreateDevice(backend, 0, &device) != QUANTOPT_SUCCESS) {
    printf("%s: %s\n", quantoptGetStatusName(QUANTOPT_NO_DEVICE), quantoptGetLastErrorText());
    return 1;
  }
  CHECK(quantoptCreateDevice(backend, 5, &second) == QUANTOPT_NO_DEVICE && second == NULL);
  CHECK(quantoptCreateDevice((QuantOptBackend)7, 0, &second) == QUANTOPT_INVALID_ARGUMENT);
  REFUSED(quantoptCreateDevice(backend, 0, NULL), QUANTOPT_INVALID_ARGUMENT, "is null");
  OK(quantoptGetDeviceName(device, &name));
  printf("device: %s\n", name);
  testModule(device, &module);
  OK(quantoptCreateStream(device, &stream));
  testLaunch(device, module, NULL);
  testLaunch(device, module, stream);
  testTensorMap(device);
  if (backend == QUANTOPT_BACKEND_EMULATOR) {
    testEmulator(device, module);
  } else {
    QuantOptEmulatorOptions options = {QUANTOPT_ASYNC_NOW, 0, 0, 0};
    REFUSED(quantoptSetEmulatorOptions(device, &options), QUANTOPT_UNSUPPORTED, "emulator");
  }
  OK(quantoptDestroyStream(stream));
  OK(quantoptUnloadModule(module));
  OK(quantoptDestroyDevice(device));
  OK(quantoptDestroyDevice(NULL));
  CHECK(strcmp(quantoptGetStatusName((QuantOptStatus)99), "unknown status") == 0);
  printf("passed\n");
  return 0;
}
