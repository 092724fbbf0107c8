//===- Unicode.cpp - Characters as the tokenizers see them ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ICU behind the helpers of Unicode.h.
//
//===----------------------------------------------------------------------===//

#include "Unicode.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <array>
#include <cassert>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

using llvm::StringRef;

namespace quantopt::tokenizer {

char32_t nextCodePoint(StringRef text, size_t &offset) {
  UChar32 c;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t *>(text.data()), offset, text.size(), c);
  return c;
}

char32_t previousCodePoint(StringRef text, size_t end) {
  UChar32 c;
  int32_t offset = static_cast<int32_t>(end); // the macro wants ICU's index type
  U8_PREV_OR_FFFD(reinterpret_cast<const uint8_t *>(text.data()), 0, offset, c);
  return c;
}

void appendCodePoint(std::string &text, char32_t codePoint) {
  char bytes[U8_MAX_LENGTH];
  size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(codePoint));
  text.append(bytes, length);
}

size_t countCodePoints(StringRef text) {
  return llvm::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

bool isAscii(StringRef text) {
  return llvm::all_of(text, [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

std::string replaceInvalidUtf8(StringRef text) {
  return mapCodePoints(text, [](char32_t c, std::string &out) { appendCodePoint(out, c); });
}

std::u16string toUtf16(StringRef text) {
  // UTF-16 never has more units than UTF-8 has bytes.
  std::u16string out(text.size(), u'\0');
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(out.data(), out.size(), &length, text.data(), text.size(), 0xFFFD, nullptr, &status);
  assert(U_SUCCESS(status) && "the buffer is large enough for any input");
  out.resize(length);
  return out;
}

std::string toUtf8(const std::u16string &text) {
  std::string out(text.size() * 3, '\0');
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), out.size(), &length, text.data(), text.size(), 0xFFFD, nullptr, &status);
  assert(U_SUCCESS(status) && "the buffer is large enough for any input");
  out.resize(length);
  return out;
}

bool isWhitespace(char32_t c) { return u_isUWhiteSpace(c); }
bool isNumeric(char32_t c) { return U_GET_GC_MASK(c) & (U_GC_ND_MASK | U_GC_NL_MASK | U_GC_NO_MASK); }
bool isPunctuation(char32_t c) {
  return (U_GET_GC_MASK(c) & U_GC_P_MASK) || (c < 0x80 && (U_GET_GC_MASK(c) & U_GC_S_MASK));
}
bool isWordChar(char32_t c) {
  return u_isUAlphabetic(c) || (U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) || c == 0x200C ||
         c == 0x200D;
}
bool isControl(char32_t c) { return U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CS_MASK); }
bool isCombiningMark(char32_t c) { return U_GET_GC_MASK(c) & U_GC_M_MASK; }
bool isNonspacingMark(char32_t c) { return U_GET_GC_MASK(c) & U_GC_MN_MASK; }

std::string mapCodePoints(StringRef text, llvm::function_ref<void(char32_t, std::string &)> map) {
  std::string out;
  out.reserve(text.size());
  for (size_t offset = 0; offset < text.size();)
    map(nextCodePoint(text, offset), out);
  return out;
}

std::string toLower(StringRef text) {
  return mapCodePoints(text, [](char32_t c, std::string &out) {
    if (c == 0x130) // the one character whose lower case is two, whatever the context
      out += "i\xCC\x87";
    else
      appendCodePoint(out, u_tolower(c));
  });
}

static const UNormalizer2 *getNormalizer(NormalForm form, UErrorCode &status) {
  switch (form) {
  case NormalForm::C:
    return unorm2_getNFCInstance(&status);
  case NormalForm::D:
    return unorm2_getNFDInstance(&status);
  case NormalForm::KC:
    return unorm2_getNFKCInstance(&status);
  case NormalForm::KD:
    return unorm2_getNFKDInstance(&status);
  }
  llvm_unreachable("all forms are listed");
}

std::string normalizeUnicode(StringRef text, NormalForm form) {
  if (isAscii(text))
    return text.str();
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = getNormalizer(form, status);
  std::u16string source = toUtf16(text);
  std::u16string out(source.size() + source.size() / 2 + 32, u'\0');
  int32_t length = unorm2_normalize(normalizer, source.data(), source.size(), out.data(), out.size(), &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    out.resize(length);
    length = unorm2_normalize(normalizer, source.data(), source.size(), out.data(), out.size(), &status);
  }
  if (U_FAILURE(status))
    llvm::report_fatal_error("ICU has no normalization data; its data package is not installed");
  out.resize(length);
  return toUtf8(out);
}

namespace {
struct ByteAlphabet {
  std::array<std::string, 256> symbols;
  std::array<int16_t, 512> bytes;

  ByteAlphabet() {
    bytes.fill(-1);
    char32_t next = 256;
    for (unsigned byte = 0; byte < 256; ++byte) {
      bool printable = (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte != 0xAD);
      char32_t symbol = printable ? byte : next++;
      appendCodePoint(symbols[byte], symbol);
      bytes[symbol] = byte;
    }
  }
};
} // namespace

static const ByteAlphabet &getByteAlphabet() {
  static const ByteAlphabet alphabet;
  return alphabet;
}

StringRef getByteSymbol(uint8_t byte) { return getByteAlphabet().symbols[byte]; }
int getSymbolByte(char32_t c) { return c < 512 ? getByteAlphabet().bytes[c] : -1; }

} // namespace quantopt::tokenizer
