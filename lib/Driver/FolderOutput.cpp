//===- FolderOutput.cpp - Pipelines that write a folder -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FolderOutput.h"

#include "llvm/ADT/StringRef.h"

using namespace llvm;

/// The text after `-NAME` or `--NAME`, from an equals sign on; null when `argument` is another flag.
static std::optional<StringRef> matchFlag(StringRef argument, StringRef name) {
  if (!argument.consume_front("--") && !argument.consume_front("-"))
    return std::nullopt;
  if (!argument.consume_front(name) || (!argument.empty() && !argument.starts_with("=")))
    return std::nullopt;
  return argument;
}

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
  if (!pipeline || !output)
    return;
  *pipeline = saver.save("--lower-to-ptx=" + options + " output=\"" + folder + "\"").data();
  *output = StringRef(*output).starts_with("-o") ? "-o=/dev/null" : "/dev/null";
}
