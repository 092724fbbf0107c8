//===- Progress.cpp - Progress of long work on stderr ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Report/Progress.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace quantopt;

Progress::Progress(llvm::StringRef label)
    : label(label), start(Clock::now()), lastLine(start), isTerminal(llvm::sys::Process::StandardErrIsDisplayed()) {}

Progress::~Progress() {
  if (isTerminal && isShown)
    llvm::errs() << "\r\033[K";
}

void Progress::update(size_t done, size_t total) {
  using Seconds = std::chrono::duration<double>;
  Clock::time_point now = Clock::now();
  double elapsed = Seconds(now - start).count(), sinceLine = Seconds(now - lastLine).count();
  // A terminal is redrawn often enough to look alive, a log gets a line every ten seconds.
  if (total == 0 || elapsed < 1.0 || sinceLine < (isTerminal ? 0.2 : 10.0))
    return;
  lastLine = now;
  isShown = true;
  double remaining = done ? elapsed * double(total - done) / double(done) : 0;
  if (!isTerminal) {
    llvm::errs() << label << ": " << done << "/" << total
                 << llvm::format(", %.0f s, about %.0f s to go\n", elapsed, remaining);
    return;
  }
  constexpr size_t width = 30;
  size_t filled = width * done / total;
  llvm::errs() << "\r" << label << " [" << std::string(filled, '=') << std::string(width - filled, ' ') << "] " << done
               << "/" << total << llvm::format(" %.0f s, %.0f s to go\033[K", elapsed, remaining);
}
