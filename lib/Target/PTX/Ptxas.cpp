//===- Ptxas.cpp - Asking the assembler -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs ptxas on a temporary file and reads its -v output.
//
//===----------------------------------------------------------------------===//

#include "Ptxas.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace llvm;
using namespace quantopt;

std::string KernelResources::check() const {
  if (spillStoreBytes || spillLoadBytes)
    return "spills " + std::to_string(spillStoreBytes + spillLoadBytes) +
           " bytes of registers; choose a smaller tile or more warps";
  for (const std::string &warning : warnings)
    if (StringRef(warning).contains("C75"))
      return "is serialized by the assembler: " + warning;
  return "";
}

std::string quantopt::findPtxas(StringRef requested) {
  if (!requested.empty())
    return requested.str();
  if (ErrorOr<std::string> path = sys::findProgramByName("ptxas"))
    return *path;
  SmallVector<std::string> toolkits;
  for (const char *variable : {"CUDA_HOME", "CUDA_PATH"})
    if (const char *value = std::getenv(variable))
      toolkits.push_back(value);
  toolkits.push_back("/usr/local/cuda");
  for (StringRef toolkit : toolkits) {
    SmallString<128> path(toolkit);
    sys::path::append(path, "bin", "ptxas");
    if (sys::fs::can_execute(path))
      return path.str().str();
  }
  return "";
}

/// Both output streams of a run that succeeds; they are the message of the error otherwise.
static Expected<std::string> capture(StringRef program, ArrayRef<StringRef> arguments) {
  SmallString<128> log;
  if (std::error_code error = sys::fs::createTemporaryFile("ptxas", "log", log))
    return createStringError(error, "cannot make a temporary file");
  FileRemover removeLog(log);
  std::optional<StringRef> redirects[] = {StringRef(""), log.str(), log.str()};
  std::string message;
  int status = sys::ExecuteAndWait(program, arguments, std::nullopt, redirects, 0, 0, &message);
  ErrorOr<std::unique_ptr<MemoryBuffer>> text = MemoryBuffer::getFile(log);
  std::string output = text ? (*text)->getBuffer().str() : "";
  if (status != 0)
    return createStringError(program + " failed: " + (message.empty() ? StringRef(output).trim() : message));
  return output;
}

Expected<std::string> quantopt::getPtxasVersion(StringRef ptxas) {
  Expected<std::string> output = capture(ptxas, {ptxas, "--version"});
  if (!output)
    return output.takeError();
  for (StringRef line : split(*output, '\n'))
    if (line.contains("release"))
      return line.trim().str();
  return StringRef(*output).trim().str();
}

/// The number right before `label` in `line`; 0 when it is not there.
static int64_t numberBefore(StringRef line, StringRef label) {
  size_t place = line.find(label);
  int64_t value = 0;
  if (place != StringRef::npos)
    line.take_front(place).rtrim().rsplit(' ').second.getAsInteger(10, value);
  return value;
}

Expected<KernelResources> quantopt::measureKernel(StringRef ptxas, StringRef chip, StringRef kernel, StringRef ptx) {
  SmallString<128> source;
  int descriptor;
  if (std::error_code error = sys::fs::createTemporaryFile("kernel", "ptx", descriptor, source))
    return createStringError(error, "cannot make a temporary file");
  FileRemover removeSource(source);
  raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << ptx;
  stream.close();
  if (std::error_code error = stream.error()) {
    stream.clear_error();
    return createStringError(source + ": cannot be written: " + error.message() +
                             "; point TMPDIR to a disk with more space");
  }
  Expected<std::string> output = capture(ptxas, {ptxas, "-v", "-arch", chip, source.str(), "-o", "/dev/null"});
  if (!output)
    return output.takeError();
  KernelResources resources;
  resources.kernel = kernel.str();
  for (StringRef line : split(*output, '\n')) {
    resources.registers += numberBefore(line, " registers");
    resources.barriers += numberBefore(line, " barriers");
    resources.staticSharedBytes += numberBefore(line, " bytes smem");
    resources.stackBytes += numberBefore(line, " bytes stack frame");
    resources.spillStoreBytes += numberBefore(line, " bytes spill stores");
    resources.spillLoadBytes += numberBefore(line, " bytes spill loads");
    if (line.contains("warning") || line.contains("C75"))
      resources.warnings.push_back(line.trim().str());
  }
  return resources;
}
