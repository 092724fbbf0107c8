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

/// Sends the IR to `path`.
static void redirectIR(SmallVectorImpl<const char *> &arguments, const char **output, StringRef path,
                       StringSaver &saver) {
  std::string flag = ("-o=" + path).str();
  if (!output)
    arguments.push_back(saver.save(flag).data());
  else
    *output = StringRef(*output).starts_with("-o") ? saver.save(flag).data() : saver.save(path).data();
}

static void redirectKernels(SmallVectorImpl<const char *> &arguments, const char **flag, StringRef options,
                            const char **output, StringRef folder, StringSaver &saver) {
  // A folder by an option of the pipeline leaves -o to the IR.
  if ((" " + options).str().find(" output=") != std::string::npos)
    return;
  bool isStdout = !output || folder == "-";
  SmallString<128> path(isStdout ? "/dev/null" : folder);
  if (!isStdout) {
    // Where it cannot be made, opening the file in it says so.
    (void)sys::fs::create_directories(folder);
    sys::path::append(path, hostFile);
  }
  *flag = saver.save("--lower-to-ptx=" + options + " output=\"" + (isStdout ? StringRef("-") : folder) + "\"").data();
  redirectIR(arguments, output, path, saver);
}

bool quantopt::redirectFolderOutput(SmallVectorImpl<const char *> &arguments, StringSaver &saver) {
  const char **kernels = nullptr, **exported = nullptr, **output = nullptr;
  StringRef options, folder;
  for (const char *&argument : arguments) {
    if (std::optional<StringRef> text = matchFlag(argument, "lower-to-ptx")) {
      kernels = &argument;
      options = text->ltrim('=');
    } else if (std::optional<StringRef> text = matchFlag(argument, "export")) {
      exported = &argument;
      options = text->ltrim('=');
    } else if (std::optional<StringRef> text = matchFlag(argument, "o")) {
      bool isNext = text->empty();
      if (isNext && &argument + 1 == arguments.end())
        return false; // without a name: left to the parser of the command line
      output = isNext ? &argument + 1 : &argument;
      folder = isNext ? StringRef(*output) : text->ltrim('=');
    }
  }
  if (exported) {
    // The format, then options.
    std::string place = output ? (" output=\"" + folder + "\"").str() : "";
    *exported = saver.save("--export-checkpoint=format=" + options + place).data();
    if (output)
      redirectIR(arguments, output, "/dev/null", saver);
    return true;
  }
  if (kernels)
    redirectKernels(arguments, kernels, options, output, folder, saver);
  return false;
}
