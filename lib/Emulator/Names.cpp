//===- Names.cpp - Words with a meaning -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PTX ISA, "State Spaces, Types, and Variables" and "Special Registers".
//
//===----------------------------------------------------------------------===//

#include "Names.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using llvm::StringRef;

namespace quantopt::ptx {

namespace {

struct TypeInfo {
  StringRef name;
  unsigned bits;
};

} // namespace

/// In the order of Type.
static constexpr TypeInfo types[] = {
    {"", 0},        {"b8", 8},       {"b16", 16},    {"b32", 32},        {"b64", 64},     {"b128", 128},
    {"u8", 8},      {"u16", 16},     {"u32", 32},    {"u64", 64},        {"s8", 8},       {"s16", 16},
    {"s32", 32},    {"s64", 64},     {"f16", 16},    {"f16x2", 32},      {"f32", 32},     {"f32x2", 64},
    {"f64", 64},    {"pred", 1},     {"texref", 64}, {"samplerref", 64}, {"surfref", 64}, {"bf16", 16},
    {"bf16x2", 32}, {"tf32", 32},    {"e4m3", 8},    {"e5m2", 8},        {"e4m3x2", 16},  {"e5m2x2", 16},
    {"e2m1", 4},    {"e3m2", 6},     {"e2m3", 6},    {"e2m1x2", 8},      {"e3m2x2", 16},  {"e2m3x2", 16},
    {"ue8m0", 8},   {"ue8m0x2", 16}, {"u16x2", 32},  {"s16x2", 32},      {"u8x4", 32},    {"s8x4", 32},
    {"b1", 1},      {"b4", 4},       {"u4", 4},      {"s4", 4},
};
static_assert(std::size(types) == size_t(Type::S4) + 1, "a row for every type");

Type parseType(StringRef word) {
  static const llvm::StringMap<Type> table = [] {
    llvm::StringMap<Type> map;
    for (size_t i = 1; i < std::size(types); ++i)
      map[types[i].name] = Type(i);
    return map;
  }();
  return table.lookup(word);
}

StringRef getTypeName(Type type) { return types[size_t(type)].name; }

unsigned getTypeBits(Type type) { return types[size_t(type)].bits; }

/// In the order of Space.
static constexpr StringRef spaces[] = {"reg", "const", "global", "local", "param", "shared", "generic"};

StringRef getSpaceName(Space space) { return spaces[size_t(space)]; }

std::optional<Space> parseSpace(StringRef word) {
  word.consume_back("::cta");
  const StringRef *end = std::end(spaces) - 1; // nothing is declared in generic space
  const StringRef *found = std::find(std::begin(spaces), end, word);
  return found == end ? std::nullopt : std::optional(Space(found - spaces));
}

/// Vectors of three, whose components follow one another in SpecialRegister.
static constexpr std::pair<StringRef, SpecialRegister> specialVectors[] = {
    {"%tid", SpecialRegister::TidX},
    {"%ntid", SpecialRegister::NtidX},
    {"%ctaid", SpecialRegister::CtaidX},
    {"%nctaid", SpecialRegister::NctaidX},
    {"%clusterid", SpecialRegister::ClusteridX},
    {"%nclusterid", SpecialRegister::NclusteridX},
    {"%cluster_ctaid", SpecialRegister::ClusterCtaidX},
    {"%cluster_nctaid", SpecialRegister::ClusterNctaidX},
};

static constexpr std::pair<StringRef, SpecialRegister> specialScalars[] = {
    {"%cluster_ctarank", SpecialRegister::ClusterCtarank},
    {"%cluster_nctarank", SpecialRegister::ClusterNctarank},
    {"%is_explicit_cluster", SpecialRegister::IsExplicitCluster},
    {"%laneid", SpecialRegister::Laneid},
    {"%warpid", SpecialRegister::Warpid},
    {"%nwarpid", SpecialRegister::Nwarpid},
    {"%smid", SpecialRegister::Smid},
    {"%nsmid", SpecialRegister::Nsmid},
    {"%gridid", SpecialRegister::Gridid},
    {"%lanemask_eq", SpecialRegister::LanemaskEq},
    {"%lanemask_le", SpecialRegister::LanemaskLe},
    {"%lanemask_lt", SpecialRegister::LanemaskLt},
    {"%lanemask_ge", SpecialRegister::LanemaskGe},
    {"%lanemask_gt", SpecialRegister::LanemaskGt},
    {"%clock", SpecialRegister::Clock},
    {"%clock_hi", SpecialRegister::ClockHi},
    {"%clock64", SpecialRegister::Clock64},
    {"%globaltimer", SpecialRegister::Globaltimer},
    {"%globaltimer_lo", SpecialRegister::GlobaltimerLo},
    {"%globaltimer_hi", SpecialRegister::GlobaltimerHi},
    {"%total_smem_size", SpecialRegister::TotalSmemSize},
    {"%aggr_smem_size", SpecialRegister::AggrSmemSize},
    {"%dynamic_smem_size", SpecialRegister::DynamicSmemSize},
    {"%current_graph_exec", SpecialRegister::CurrentGraphExec},
};

/// The register of a numbered family, "%envreg31", whose number is below `bound`.
static bool isNumbered(StringRef name, StringRef family, unsigned bound) {
  unsigned number;
  return name.consume_front(family) && name.size() <= 2 && !name.getAsInteger(10, number) && number < bound;
}

std::optional<SpecialRegister> parseSpecialVector(StringRef name) {
  for (auto [vector, first] : specialVectors)
    if (name == vector)
      return first;
  return std::nullopt;
}

std::optional<SpecialRegister> parseSpecialRegister(StringRef name) {
  auto [vector, component] = name.split('.');
  if (!component.empty()) {
    std::optional<SpecialRegister> first = parseSpecialVector(vector);
    if (!first || component.size() != 1 || component[0] < 'x' || component[0] > 'z')
      return std::nullopt;
    return SpecialRegister(unsigned(*first) + component[0] - 'x');
  }
  for (auto [scalar, special] : specialScalars)
    if (name == scalar)
      return special;
  if (name.starts_with("%reserved_smem_offset_"))
    return SpecialRegister::ReservedSmemOffset;
  if (isNumbered(name, "%envreg", 32))
    return SpecialRegister::Envreg;
  if (isNumbered(name, "%pm", 8))
    return SpecialRegister::Pm;
  if (name.consume_back("_64") && isNumbered(name, "%pm", 8))
    return SpecialRegister::Pm64;
  return std::nullopt;
}

} // namespace quantopt::ptx
