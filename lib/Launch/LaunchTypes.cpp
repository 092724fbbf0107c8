//===- LaunchTypes.cpp - Element types of launch.json ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/LaunchFile.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace quantopt;

using Class = LaunchType::Class;

// The first type with a dtype is the one that an array of that dtype holds.
static constexpr LaunchType kTypes[] = {
    {"f64", 64, Class::Float, "f8"},    {"f32", 32, Class::Float, "f4"},    {"f16", 16, Class::Float, "f2"},
    {"i64", 64, Class::Signed, "i8"},   {"i32", 32, Class::Signed, "i4"},   {"i16", 16, Class::Signed, "i2"},
    {"i8", 8, Class::Signed, "i1"},     {"u64", 64, Class::Unsigned, "u8"}, {"u32", 32, Class::Unsigned, "u4"},
    {"u16", 16, Class::Unsigned, "u2"}, {"u8", 8, Class::Unsigned, "u1"},   {"bool", 8, Class::Unsigned, "b1"},
    {"bf16", 16, Class::Float, "u2"},   {"e4m3", 8, Class::Float, "u1"},    {"e5m2", 8, Class::Float, "u1"},
    {"i4", 4, Class::Signed, "u1"},     {"u4", 4, Class::Unsigned, "u1"},
};

static constexpr struct {
  StringLiteral alias, name;
} kAliases[] = {
    {"s64", "i64"}, {"s32", "i32"}, {"s16", "i16"}, {"s8", "i8"},   {"s4", "i4"},         {"b64", "u64"},
    {"b32", "u32"}, {"b16", "u16"}, {"b8", "u8"},   {"i1", "bool"}, {"f8E4M3FN", "e4m3"}, {"f8E5M2", "e5m2"},
};

const LaunchType *quantopt::findLaunchType(StringRef name) {
  for (const auto &entry : kAliases)
    if (entry.alias == name)
      name = entry.name;
  const LaunchType *found = llvm::find_if(kTypes, [&](const LaunchType &type) { return type.name == name; });
  return found == std::end(kTypes) ? nullptr : found;
}

const LaunchType *quantopt::findLaunchTypeOfDtype(StringRef dtype) {
  const LaunchType *found = llvm::find_if(kTypes, [&](const LaunchType &type) { return type.dtype == dtype; });
  return found == std::end(kTypes) ? nullptr : found;
}
