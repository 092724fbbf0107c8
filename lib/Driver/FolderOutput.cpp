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

/// The pass that `argument` asks for and its options, if it is one that writes a folder.
static std::optional<std::pair<StringRef, std::string>> matchFolderPass(StringRef argument) {
  if (std::optional<StringRef> text = matchFlag(argument, "lower-to-ptx"))
    return std::pair(StringRef("lower-to-ptx"), text->ltrim('=').str());
  std::optional<StringRef> text = matchFlag(argument, "export");
  if (!text)
    return std::nullopt;
  // The format, then options.
  return std::pair(StringRef("export-checkpoint"), ("format=" + text->ltrim('=')).str());
}

bool quantopt::redirectFolderOutput(SmallVectorImpl<const char *> &arguments, StringSaver &saver) {
  const char **pass = nullptr, **output = nullptr;
  std::pair<StringRef, std::string> flag;
  StringRef folder;
  for (const char *&argument : arguments) {
    if (auto match = matchFolderPass(argument)) {
      pass = &argument;
      flag = *match;
    } else if (std::optional<StringRef> text = matchFlag(argument, "o")) {
      bool isNext = text->empty();
      if (isNext && &argument + 1 == arguments.end())
        return false;
      output = isNext ? &argument + 1 : &argument;
      folder = isNext ? StringRef(*output) : text->ltrim('=');
    }
  }
  // A pass under its own name says itself what it lacks.
  if (!pass || (!output && matchFlag(*pass, flag.first)))
    return false;
  std::string place = output ? (" output=\"" + folder + "\"").str() : "";
  *pass = saver.save("--" + flag.first + "=" + flag.second + place).data();
  if (output)
    *output = StringRef(*output).starts_with("-o") ? "-o=/dev/null" : "/dev/null";
  return true;
}
