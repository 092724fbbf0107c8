//===- Progress.h - Progress of long work on stderr --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_REPORT_PROGRESS_H
#define QUANTOPT_REPORT_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <string>

namespace quantopt {

/// A bar on a terminal, a line now and then in a log; nothing at all for work that ends within a second.
class Progress {
public:
  explicit Progress(llvm::StringRef label);
  ~Progress();
  void update(size_t done, size_t total);

private:
  using Clock = std::chrono::steady_clock;
  std::string label;
  Clock::time_point start, lastLine;
  bool isTerminal, isShown = false;
};

} // namespace quantopt

#endif // QUANTOPT_REPORT_PROGRESS_H
