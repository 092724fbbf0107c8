//===- Decoders.cpp - From tokens to text ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The "decoder" of a tokenizer.json.
//
//===----------------------------------------------------------------------===//

#include "Components.h"
#include "Pattern.h"
#include "Unicode.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using llvm::StringRef;
using llvm::Twine;

namespace quantopt::tokenizer {
namespace {

using Tokens = std::vector<std::string>;

class SequenceDecoder : public Decoder {
public:
  explicit SequenceDecoder(std::vector<std::unique_ptr<Decoder>> stages) : stages(std::move(stages)) {}
  void decode(Tokens &tokens) const override {
    for (const auto &stage : stages)
      stage->decode(tokens);
  }

private:
  std::vector<std::unique_ptr<Decoder>> stages;
};

class ByteLevelDecoder : public Decoder {
public:
  void decode(Tokens &tokens) const override {
    std::string bytes;
    for (const std::string &token : tokens) {
      size_t start = bytes.size();
      for (size_t offset = 0; offset < token.size();) {
        int byte = getSymbolByte(nextCodePoint(token, offset));
        if (byte < 0) { // not of the alphabet, as added tokens are: the token stands for itself
          bytes.resize(start);
          bytes += token;
          break;
        }
        bytes.push_back(static_cast<char>(byte));
      }
    }
    tokens = {replaceInvalidUtf8(bytes)};
  }
};

class MetaspaceDecoder : public Decoder {
public:
  MetaspaceDecoder(char32_t mark, bool dropsFirst) : mark(mark), dropsFirst(dropsFirst) {}
  void decode(Tokens &tokens) const override {
    for (auto [index, token] : llvm::enumerate(tokens)) {
      bool drops = index == 0 && dropsFirst;
      token = mapCodePoints(token, [&](char32_t c, std::string &out) {
        if (c != mark)
          appendCodePoint(out, c);
        else if (!drops)
          out += ' ';
      });
    }
  }

private:
  char32_t mark;
  bool dropsFirst;
};

/// Runs of tokens <0xNN> become the text of their bytes; U+FFFD for each byte where that is no UTF-8.
class ByteFallbackDecoder : public Decoder {
public:
  void decode(Tokens &tokens) const override {
    Tokens out;
    std::string bytes;
    auto flush = [&] {
      if (bytes.empty())
        return;
      const auto *begin = reinterpret_cast<const llvm::UTF8 *>(bytes.data());
      if (llvm::isLegalUTF8String(&begin, begin + bytes.size()))
        out.push_back(bytes);
      else
        out.insert(out.end(), bytes.size(), "\xEF\xBF\xBD");
      bytes.clear();
    };
    for (std::string &token : tokens) {
      StringRef text = token;
      unsigned byte = 0;
      if (text.size() == 6 && text.starts_with("<0x") && text.ends_with(">") &&
          !text.slice(3, 5).getAsInteger(16, byte)) {
        bytes.push_back(static_cast<char>(byte));
        continue;
      }
      flush();
      out.push_back(std::move(token));
    }
    flush();
    tokens = std::move(out);
  }
};

class FuseDecoder : public Decoder {
public:
  void decode(Tokens &tokens) const override { tokens = {llvm::join(tokens, "")}; }
};

/// Takes up to `start` and `stop` times the character from the ends of each token.
class StripDecoder : public Decoder {
public:
  StripDecoder(std::string content, size_t start, size_t stop)
      : content(std::move(content)), start(start), stop(stop) {}
  void decode(Tokens &tokens) const override {
    for (std::string &token : tokens) {
      StringRef text = token;
      for (size_t i = 0; i < start && text.consume_front(content); ++i)
        ;
      for (size_t i = 0; i < stop && text.consume_back(content); ++i)
        ;
      token = text.str();
    }
  }

private:
  std::string content;
  size_t start, stop;
};

class ReplaceDecoder : public Decoder {
public:
  ReplaceDecoder(Pattern pattern, std::string content) : pattern(std::move(pattern)), content(std::move(content)) {}
  void decode(Tokens &tokens) const override {
    for (std::string &token : tokens) {
      // Only a text of hundreds of MiB can fail, which a token is not.
      llvm::Expected<std::string> replaced = pattern.replace(token, content);
      if (replaced)
        token = std::move(*replaced);
      else
        llvm::consumeError(replaced.takeError());
    }
  }

private:
  Pattern pattern;
  std::string content;
};

class WordPieceDecoder : public Decoder {
public:
  WordPieceDecoder(std::string prefix, bool cleansUp) : prefix(std::move(prefix)), cleansUp(cleansUp) {}
  void decode(Tokens &tokens) const override {
    for (auto [index, token] : llvm::enumerate(tokens)) {
      if (index != 0) {
        if (StringRef(token).starts_with(prefix))
          token.erase(0, prefix.size());
        else
          token.insert(0, " ");
      }
      if (cleansUp)
        cleanUp(token);
    }
  }

private:
  /// Joins punctuation and English contractions to the word before; in this order.
  static void cleanUp(std::string &text) {
    static constexpr std::pair<const char *, const char *> rules[] = {
        {" .", "."},   {" ?", "?"},           {" !", "!"},   {" ,", ","},     {" ' ", "'"},   {" n't", "n't"},
        {" 'm", "'m"}, {" do not", " don't"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};
    for (auto [from, to] : rules) {
      size_t length = StringRef(from).size();
      for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + StringRef(to).size()))
        text.replace(at, length, to);
    }
  }

  std::string prefix;
  bool cleansUp;
};

} // namespace

static llvm::Expected<std::unique_ptr<Decoder>> createMetaspaceDecoder(JsonReader &reader) {
  reader.ignore("str_rep");
  reader.ignore("split");
  std::string replacement = reader.getString("replacement");
  bool neverPrepends = reader.getString("prepend_scheme", StringRef("always")) == "never" ||
                       reader.getOptionalBool("add_prefix_space") == false;
  if (countCodePoints(replacement) != 1)
    reader.fail("'replacement' is not one character", "write one character");
  if (llvm::Error error = reader.finish())
    return std::move(error);
  size_t offset = 0;
  return std::make_unique<MetaspaceDecoder>(nextCodePoint(replacement, offset), !neverPrepends);
}

static llvm::Expected<std::unique_ptr<Decoder>> createStripDecoder(JsonReader &reader) {
  std::string content = reader.getString("content");
  int64_t start = reader.getInt("start"), stop = reader.getInt("stop");
  if (countCodePoints(content) != 1 || start < 0 || stop < 0)
    reader.fail("'content' is not one character, or 'start' or 'stop' is negative", "write a character and counts");
  return finishStage<Decoder, StripDecoder>(reader, std::move(content), start, stop);
}

llvm::Expected<std::unique_ptr<Decoder>> createDecoder(const llvm::json::Value &value, const Twine &where) {
  if (value.getAsNull())
    return nullptr;
  JsonReader reader(value, where);
  std::string type = reader.getString("type");
  if (type == "Sequence") {
    auto stages = createSequence<Decoder>(reader, "decoders", createDecoder);
    if (!stages)
      return stages.takeError();
    return std::make_unique<SequenceDecoder>(std::move(*stages));
  }
  if (type == "ByteLevel") {
    for (StringRef key : {"add_prefix_space", "trim_offsets", "use_regex"}) // about encoding only
      reader.ignore(key);
    return finishStage<Decoder, ByteLevelDecoder>(reader);
  }
  if (type == "Metaspace")
    return createMetaspaceDecoder(reader);
  if (type == "ByteFallback")
    return finishStage<Decoder, ByteFallbackDecoder>(reader);
  if (type == "Fuse")
    return finishStage<Decoder, FuseDecoder>(reader);
  if (type == "Strip")
    return createStripDecoder(reader);
  if (type == "Replace") {
    std::optional<Pattern> pattern = readPattern(reader);
    std::string content = reader.getString("content");
    if (llvm::Error error = reader.finish())
      return std::move(error);
    return std::make_unique<ReplaceDecoder>(std::move(*pattern), std::move(content));
  }
  if (type == "WordPiece") {
    std::string prefix = reader.getString("prefix");
    bool cleansUp = reader.getBool("cleanup");
    return finishStage<Decoder, WordPieceDecoder>(reader, std::move(prefix), cleansUp);
  }
  reader.fail("unknown type '" + type + "'",
              "known: Sequence, ByteLevel, Metaspace, ByteFallback, Fuse, Strip, Replace, WordPiece");
  return reader.finish();
}

} // namespace quantopt::tokenizer
