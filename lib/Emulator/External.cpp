//===- External.cpp - vprintf and __assertfail ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <cstdio>

using namespace llvm;
using namespace quantopt::ptx;

/// Strings end here at the latest.
static constexpr size_t maxString = 4096;

/// The C string at a generic address; stops at what cannot be read.
static std::string readString(Warp &warp, uint64_t address) {
  std::string result;
  for (; result.size() != maxString; ++address) {
    const Buffer *buffer = (address & windowMask) == 0 ? warp.grid->memory.find(address) : nullptr;
    if (!buffer || buffer->isFreed || !buffer->contains(address, 1))
      return result;
    char c = char(buffer->data[address - buffer->address]);
    if (c == 0)
      return result;
    result += c;
  }
  return result;
}

/// Argument `i` of a call of this lane.
template <typename T> static T readArgument(Warp &warp, const CallSite &site, unsigned lane, size_t i) {
  T value{};
  const uint8_t *local = warp.local.data() + size_t(lane) * warp.localStride + warp.frame->localBase;
  std::memcpy(&value, local + site.arguments[i].from, std::min<size_t>(sizeof(T), site.arguments[i].bytes));
  return value;
}

static void writeResult(Warp &warp, const CallSite &site, unsigned lane, uint32_t value) {
  if (site.returns.empty())
    return;
  uint8_t *local = warp.local.data() + size_t(lane) * warp.localStride + warp.frame->localBase;
  std::memcpy(local + site.returns[0].to, &value, std::min<size_t>(4, site.returns[0].bytes));
}

namespace {

/// The argument buffer of a printf: values aligned to their size.
class ArgumentReader {
public:
  ArgumentReader(Warp &warp, const MicroOp &op, unsigned lane, uint64_t address)
      : warp(warp), op(op), lane(lane), address(address) {}

  template <typename T> T take() {
    address = (address + sizeof(T) - 1) / sizeof(T) * sizeof(T);
    T value{};
    if (const uint8_t *from = warp.translate(op, Space::Generic, lane, address, sizeof(T), sizeof(T), AccessKind::Read))
      std::memcpy(&value, from, sizeof(T));
    else
      failed = true;
    address += sizeof(T);
    return value;
  }
  bool failed = false;

private:
  Warp &warp;
  const MicroOp &op;
  unsigned lane;
  uint64_t address;
};

} // namespace

template <typename T> static std::string formatOne(const std::string &spec, T value) {
  char text[512];
  int length = std::snprintf(text, sizeof(text), spec.c_str(), value);
  return length < 0 ? std::string() : std::string(text, std::min<size_t>(size_t(length), sizeof(text) - 1));
}

/// One conversion, `spec` from % on to the letter. Lengths: only whether it has 64 bits matters.
static std::string formatConversion(Warp &warp, ArgumentReader &arguments, std::string spec) {
  char letter = spec.back();
  bool isLong = spec.find_first_of("ljzt") != std::string::npos;
  llvm::erase_if(spec, [](char c) { return StringRef("hljzt").contains(c); });
  switch (letter) {
  case 'd':
  case 'i':
  case 'u':
  case 'x':
  case 'X':
  case 'o':
    spec.insert(spec.size() - 1, "ll");
    if (isLong)
      return formatOne(spec, arguments.take<long long>());
    return letter == 'd' || letter == 'i' ? formatOne(spec, static_cast<long long>(arguments.take<int32_t>()))
                                          : formatOne(spec, static_cast<long long>(arguments.take<uint32_t>()));
  case 'c':
    return formatOne(spec, int(arguments.take<int32_t>()));
  case 's':
    return formatOne(spec, readString(warp, arguments.take<uint64_t>()).c_str());
  case 'p':
    return "0x" + utohexstr(arguments.take<uint64_t>(), /*LowerCase=*/true);
  default:
    return formatOne(spec, arguments.take<double>());
  }
}

static std::string formatAll(Warp &warp, ArgumentReader &arguments, const std::string &format) {
  std::string result;
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      result += format[i];
      continue;
    }
    if (i + 1 < format.size() && format[i + 1] == '%') {
      result += '%';
      ++i;
      continue;
    }
    size_t end = format.find_first_of("diuxXocspfFeEgGaA", i);
    if (end == std::string::npos)
      return result + format.substr(i);
    std::string spec = format.substr(i, end - i + 1);
    // %*d takes its width first.
    for (size_t star; (star = spec.find('*')) != std::string::npos;)
      spec.replace(star, 1, std::to_string(arguments.take<int32_t>()));
    result += formatConversion(warp, arguments, spec);
    i = end;
  }
  return result;
}

/// vprintf(format, arguments): the thread's text, lane after lane.
static Flow runPrintf(Warp &warp, const MicroOp &op, uint32_t exec) {
  const CallSite &site = warp.grid->program.calls[op.imm];
  for (uint32_t lanes = exec; lanes != 0; lanes &= lanes - 1) {
    unsigned lane = unsigned(countr_zero(lanes));
    std::string format = readString(warp, readArgument<uint64_t>(warp, site, lane, 0));
    ArgumentReader arguments(warp, op, lane, readArgument<uint64_t>(warp, site, lane, 1));
    warp.cta->cluster->output += formatAll(warp, arguments, format);
    if (arguments.failed)
      return Flow::Stop;
    writeResult(warp, site, lane, 1);
  }
  return Flow::Next;
}

/// __assertfail(message, file, line, function, character size)
static Flow runAssertFail(Warp &warp, const MicroOp &op, uint32_t exec) {
  const CallSite &site = warp.grid->program.calls[op.imm];
  unsigned lane = unsigned(countr_zero(exec));
  auto text = [&](size_t i) {
    std::string result = readString(warp, readArgument<uint64_t>(warp, site, lane, i));
    std::replace_if(result.begin(), result.end(), [](char c) { return c >= 0 && !isPrint(c); }, ' ');
    return result; // a hazard is one line
  };
  return warp.report(op, exec, HazardKind::AssertFailed,
                     formatv("'{0}' is false at {1}:{2} in {3}", text(0), text(1),
                             readArgument<uint32_t>(warp, site, lane, 2), text(3)),
                     "");
}

Handler quantopt::ptx::findExternal(StringRef name) {
  if (name == "vprintf")
    return runPrintf;
  if (name == "__assertfail")
    return runAssertFail;
  return nullptr;
}
