//===- ReadStore.h - Any bytes through a weight store ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_FUZZ_READSTORE_H
#define QUANTOPT_TEST_FUZZ_READSTORE_H

#include "quant-opt/Checkpoint/WeightStore.h"
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

/// Opens `data` as a checkpoint and decodes every tensor of it.
inline void readThroughStore(const uint8_t *data, size_t size) {
  int descriptor = ::memfd_create("fuzz", 0);
  if (descriptor < 0 || ::write(descriptor, data, size) != ssize_t(size))
    std::abort();
  {
    quantopt::WeightStore store;
    if (llvm::Error error = store.addPath("/proc/self/fd/" + std::to_string(descriptor)))
      llvm::consumeError(std::move(error));
    for (const std::string &key : store.getKeys()) {
      llvm::cantFail(store.read(key, quantopt::getNaturalKind(store.lookup(key)->storage)));
      (void)llvm::cantFail(store.getStoredBytes(key));
    }
  }
  ::close(descriptor);
}

#endif // QUANTOPT_TEST_FUZZ_READSTORE_H
