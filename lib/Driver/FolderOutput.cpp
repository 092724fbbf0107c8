//===- FolderOutput.cpp - Pipelines that write a folder -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FolderOutput.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

/// The text after `-NAME` or `--NAME`, from an equals sign on; null when `argument` is another flag.
static std::optional<StringRef> matchFlag(StringRef argument, StringRef name) {
  if (!argument.consume_front("--") && !argument.consume_front("-"))
    return std::nullopt;
  if (!argument.consume_front(name) || (!argument.empty() && !argument.starts_with("=")))
    return std::nullopt;
  return argument;
}

static constexpr StringLiteral hostFile = "host.mlir";

void quantopt::redirectFolderOutput(SmallVectorImpl<const char *> &arguments, StringSaver &saver) {
  const char **pipeline = nullptr, **output = nullptr;
  StringRef options, folder;
  for (const char *&argument : arguments) {
    if (std::optional<StringRef> text = matchFlag(argument, "lower-to-ptx")) {
      pipeline = &argument;
      options = text->ltrim('=');
    } else if (std::optional<StringRef> text = matchFlag(argument, "o")) {
      bool isNext = text->empty();
      if (isNext && &argument + 1 == arguments.end())
        return;
      output = isNext ? &argument + 1 : &argument;
      folder = isNext ? StringRef(*output) : text->ltrim('=');
    }
  }
  // A folder by an option of the pipeline leaves -o to the IR.
  if (!pipeline || (" " + options).str().find(" output=") != std::string::npos)
    return;
  bool isStdout = !output || folder == "-";
  std::string ir = "/dev/null";
  if (!isStdout) {
    // Where it cannot be made, opening the file in it says so.
    (void)sys::fs::create_directories(folder);
    SmallString<128> path(folder);
    sys::path::append(path, hostFile);
    ir = path.str().str();
  }
  *pipeline =
      saver.save("--lower-to-ptx=" + options + " output=\"" + (isStdout ? StringRef("-") : folder) + "\"").data();
  if (!output)
    arguments.push_back(saver.save("-o=" + ir).data());
  else
    *output = StringRef(*output).starts_with("-o") ? saver.save("-o=" + ir).data() : saver.save(ir).data();
}
