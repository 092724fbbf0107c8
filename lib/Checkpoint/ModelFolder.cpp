//===- ModelFolder.cpp - Folders that appear whole or not at all ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Checkpoint/WriteCheckpoint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>
#include <unistd.h>

using namespace llvm;
using namespace quantopt;

namespace path = llvm::sys::path;

/// In every folder that was written; what tells one from a folder of the user's.
static constexpr StringLiteral kProvenanceFile = "quant-opt.json";
/// In every folder that is not finished.
static constexpr StringLiteral kIncompleteFile = ".quant-opt-incomplete";

static std::error_code syncPath(const std::string &name, int flags) {
  int descriptor = ::open(name.c_str(), O_RDONLY | flags);
  if (descriptor < 0)
    return std::error_code(errno, std::generic_category());
  bool failed = ::fsync(descriptor) != 0;
  std::error_code error(failed ? errno : 0, std::generic_category());
  ::close(descriptor);
  return error;
}

static bool isEmptyFolder(StringRef folder) {
  std::error_code error;
  return sys::fs::directory_iterator(folder, error) == sys::fs::directory_iterator() && !error;
}

//===----------------------------------------------------------------------===//
// FolderTransaction
//===----------------------------------------------------------------------===//

FolderTransaction::FolderTransaction(FolderTransaction &&other)
    : target(std::move(other.target)), temporary(std::exchange(other.temporary, std::string())) {}

FolderTransaction::~FolderTransaction() {
  if (!temporary.empty())
    sys::fs::remove_directories(temporary);
}

Expected<FolderTransaction> FolderTransaction::begin(StringRef target) {
  target = target.rtrim('/');
  if (target.empty())
    return createStringError("the output folder has no name; give -o DIR");
  if (sys::fs::exists(target) && !sys::fs::is_directory(target))
    return createStringError(target + ": is a file; give -o the name of a folder");
  if (sys::fs::exists(target) && !isEmptyFolder(target) && !sys::fs::exists(getPathIn(target, kProvenanceFile)))
    return createStringError(target + ": holds files that quant-opt did not write, which it does not replace; "
                                      "give -o another folder, or remove it");
  std::string temporary = (target + ".tmp").str();
  if (sys::fs::exists(temporary) && !sys::fs::exists(getPathIn(temporary, kIncompleteFile)))
    return createStringError(temporary + ": is in the way of the temporary folder; remove it");
  sys::fs::remove_directories(temporary);
  std::error_code error = sys::fs::create_directories(temporary);
  FolderTransaction transaction(target.str());
  int descriptor = -1;
  if (!error)
    error = sys::fs::openFileForWrite(getPathIn(temporary, kIncompleteFile), descriptor);
  if (error)
    return createStringError(temporary + ": cannot be made: " + error.message() + "; give -o a writable place");
  ::close(descriptor);
  return transaction;
}

Error FolderTransaction::commit() {
  auto fail = [&](std::error_code error) {
    return createStringError(target + ": cannot be written: " + error.message() +
                             "; free space or choose a writable output folder (what was there before is unchanged)");
  };
  std::error_code error;
  for (sys::fs::directory_iterator it(temporary, error), end; it != end && !error; it.increment(error))
    if (std::error_code failed = syncPath(it->path(), 0))
      return fail(failed);
  if (!error)
    error = sys::fs::remove(getPathIn(temporary, kIncompleteFile));
  if (!error)
    error = syncPath(temporary, O_DIRECTORY);
  if (error)
    return fail(error);
  std::string old = target + ".old";
  bool hadOld = sys::fs::exists(target);
  if (hadOld) {
    sys::fs::remove_directories(old);
    error = sys::fs::rename(target, old);
  }
  if (!error) {
    error = sys::fs::rename(temporary, target);
    if (error && hadOld)
      sys::fs::rename(old, target);
  }
  if (error)
    return fail(error);
  temporary.clear();
  if (hadOld)
    sys::fs::remove_directories(old);
  StringRef parent = path::parent_path(target);
  // The rename itself; the folder is whole without it.
  syncPath(parent.empty() ? "." : parent.str(), O_DIRECTORY);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Files beside the weights
//===----------------------------------------------------------------------===//

/// Weights in any form, and what describes those of the source.
static bool staysBehind(StringRef name) {
  static constexpr StringLiteral extensions[] = {".safetensors", ".bin",  ".pt",  ".pth",     ".gguf", ".onnx",
                                                 ".h5",          ".ckpt", ".npz", ".msgpack", ".ot",   ".tmp"};
  static constexpr StringLiteral names[] = {"config.json", "quantize_config.json", "quant_config.json",
                                            "hf_quant_config.json", "recipe.yaml"};
  return name.starts_with(".") || is_contained(extensions, path::extension(name)) || is_contained(names, name) ||
         name.ends_with(".index.json") || name == kProvenanceFile;
}

/// Whether what `file` leads to lies in `folder`, or in the blobs of the cache that `folder` is a snapshot of
/// (models--X/snapshots/REVISION beside models--X/blobs).
static bool staysInside(const std::string &file, StringRef folder) {
  SmallString<256> real, realFolder;
  if (sys::fs::real_path(file, real) || sys::fs::real_path(folder, realFolder))
    return false;
  if (path::parent_path(real) == realFolder)
    return true;
  StringRef snapshots = path::parent_path(realFolder);
  return path::filename(snapshots) == "snapshots" &&
         path::parent_path(real) == getPathIn(path::parent_path(snapshots), "blobs");
}

Error quantopt::carryFiles(StringRef source, StringRef target) {
  std::vector<std::string> files;
  std::error_code error;
  for (sys::fs::directory_iterator it(source, error), end; it != end && !error; it.increment(error))
    if (!staysBehind(path::filename(it->path())) && sys::fs::is_regular_file(it->path()))
      files.push_back(it->path());
  if (error)
    return createStringError(source + ": cannot list: " + error.message() + "; check its permissions");
  llvm::sort(files);
  for (const std::string &file : files) {
    if (!staysInside(file, source))
      return createStringError(file + ": is a link out of the folder; replace it by the file, or remove it");
    if (std::error_code failed = sys::fs::copy_file(file, getPathIn(target, path::filename(file))))
      return createStringError(file + ": cannot be copied: " + failed.message() + "; free space in " + target);
  }
  return Error::success();
}
