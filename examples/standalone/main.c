/*===- main.c - The runtime of an installed quant-opt, from C ----*- C -*-===*\
|*                                                                            *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|* usage: standalone-c KERNEL.ptx NAME: loads the file and finds the kernel,  *|
|* on a GPU where there is one, else in the emulator.                         *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "quant-opt-c/Runtime.h"
#include <stdio.h>

static char text[1 << 20];

int main(int argc, char **argv) {
  QuantOptDevice device;
  QuantOptModule module;
  QuantOptKernel kernel;
  const char *name;
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file) {
    fprintf(stderr, "usage: standalone-c KERNEL.ptx NAME\n");
    return 1;
  }
  size_t size = fread(text, 1, sizeof text, file);
  fclose(file);
  if ((quantoptCreateDevice(QUANTOPT_BACKEND_CUDA, 0, &device) != QUANTOPT_SUCCESS &&
       quantoptCreateDevice(QUANTOPT_BACKEND_EMULATOR, 0, &device) != QUANTOPT_SUCCESS) ||
      quantoptGetDeviceName(device, &name) != QUANTOPT_SUCCESS ||
      quantoptLoadModule(device, text, size, &module) != QUANTOPT_SUCCESS ||
      quantoptGetKernel(module, argv[2], &kernel) != QUANTOPT_SUCCESS) {
    fprintf(stderr, "%s\n", quantoptGetLastErrorText());
    return 1;
  }
  printf("%s: kernel %s is loaded\n", name, argv[2]);
  quantoptUnloadModule(module);
  quantoptDestroyDevice(device);
  return 0;
}
