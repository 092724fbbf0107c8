//===- Pattern.h - Regular expressions of tokenizer files --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A tokenizer.json spells its patterns for Oniguruma (Ruby syntax). They are
// rewritten for ICU, construct by construct, so that both match the same text.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_PATTERN_H
#define QUANTOPT_LIB_TOKENIZER_PATTERN_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

struct URegularExpression;

namespace quantopt::tokenizer {

/// The longest text that a stage takes or makes: ICU counts in 32 bits, and replacing can multiply a text.
constexpr size_t maxTextBytes = size_t(512) << 20;

/// Bytes [begin, end) of a text: a match, or what lies between two.
struct Span {
  size_t begin = 0;
  size_t end = 0;
  bool isMatch = false;
};

/// `text` with its matches replaced.
llvm::Expected<std::string> replaceMatches(llvm::StringRef text, llvm::ArrayRef<Span> spans,
                                           llvm::StringRef replacement);

/// Rewrites an Oniguruma pattern for ICU. An error says which construct has no faithful counterpart.
llvm::Expected<std::string> translateRegex(llvm::StringRef oniguruma);

/// A literal text or a regular expression; immutable, so threads may share it.
class Pattern {
public:
  static llvm::Expected<Pattern> literal(llvm::StringRef text);
  static llvm::Expected<Pattern> regex(llvm::StringRef oniguruma);

  /// Cuts `text` (valid UTF-8) into matches and what lies between, in order and without gaps.
  /// An error only where the text makes the matcher run out of memory or of steps.
  llvm::Expected<std::vector<Span>> find(llvm::StringRef text) const;
  /// Replaces every match by `replacement`, taken literally.
  llvm::Expected<std::string> replace(llvm::StringRef text, llvm::StringRef replacement) const;

private:
  struct Close {
    void operator()(URegularExpression *compiled) const;
  };
  llvm::Error findRegex(llvm::StringRef text, std::vector<Span> &spans) const;

  std::string literalText;
  std::unique_ptr<URegularExpression, Close> compiled;
};

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_PATTERN_H
