//===- Unicode.h - Characters as the tokenizers see them ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UTF-8 iteration, the character classes of the Hugging Face library (Rust's
// char and regex classes) on ICU data, and the GPT-2 byte alphabet.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_TOKENIZER_UNICODE_H
#define QUANTOPT_LIB_TOKENIZER_UNICODE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace quantopt::tokenizer {

/// Reads the code point at `offset` of valid UTF-8 and moves `offset` behind it; an ill-formed part gives U+FFFD.
char32_t nextCodePoint(llvm::StringRef text, size_t &offset);
/// The code point that ends at `end` (> 0).
char32_t previousCodePoint(llvm::StringRef text, size_t end);
void appendCodePoint(std::string &text, char32_t codePoint);
size_t countCodePoints(llvm::StringRef text);
bool isAscii(llvm::StringRef text);
/// `text` with each maximal ill-formed part replaced by U+FFFD.
std::string replaceInvalidUtf8(llvm::StringRef text);

std::u16string toUtf16(llvm::StringRef text);
std::string toUtf8(const std::u16string &text);

bool isWhitespace(char32_t c);  ///< White_Space
bool isNumeric(char32_t c);     ///< Nd, Nl or No
bool isPunctuation(char32_t c); ///< ASCII punctuation (symbols too) or P*
bool isWordChar(char32_t c);    ///< \w of UTS 18
bool isControl(char32_t c);     ///< Cc, Cf, Co, Cs
bool isCombiningMark(char32_t c);
bool isNonspacingMark(char32_t c);

/// Maps each character; `map` appends what stands for it.
std::string mapCodePoints(llvm::StringRef text, llvm::function_ref<void(char32_t, std::string &)> map);
/// Character by character, without context (no final sigma), as Rust's char::to_lowercase.
std::string toLower(llvm::StringRef text);
enum class NormalForm { C, D, KC, KD };
std::string normalizeUnicode(llvm::StringRef text, NormalForm form);

/// The printable character that stands for `byte` in a byte-level vocabulary, in UTF-8.
/// Source: bytes_to_unicode() of GPT-2's encoder.py.
llvm::StringRef getByteSymbol(uint8_t byte);
/// The byte that `c` stands for, or -1.
int getSymbolByte(char32_t c);

} // namespace quantopt::tokenizer

#endif // QUANTOPT_LIB_TOKENIZER_UNICODE_H
