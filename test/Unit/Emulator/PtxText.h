//===- PtxText.h - Pieces of PTX that tests put together ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TEST_UNIT_EMULATOR_PTXTEXT_H
#define QUANTOPT_TEST_UNIT_EMULATOR_PTXTEXT_H

#include <string>

namespace quantopt::ptx::test {

inline constexpr const char *header = ".version 8.6\n.target sm_90a\n.address_size 64\n";

/// Loads `count` registers %name0.. (and declares them) or stores them: word `r` of thread %lane lies at
/// [param + (r * threads + %lane) * size]. Uses %addr.
inline std::string moveRegisters(bool isLoad, const std::string &name, const std::string &param, unsigned count,
                                 unsigned bits, unsigned threads = 32) {
  std::string text, type = ".b" + std::to_string(bits);
  if (isLoad)
    text += ".reg " + type + " %" + name + "<" + std::to_string(count) + ">;\n";
  text += "ld.param.u64 %addr, [" + param + "];\nmad.wide.u32 %addr, %lane, " + std::to_string(bits / 8) + ", %addr;\n";
  for (unsigned i = 0; i != count; ++i) {
    std::string place = "[%addr+" + std::to_string(i * threads * bits / 8) + "]", reg = "%" + name + std::to_string(i);
    text += isLoad ? "ld.global" + type + " " + reg + ", " + place + ";\n"
                   : "st.global" + type + " " + place + ", " + reg + ";\n";
  }
  return text;
}

/// {%name0, %name1, ..}
inline std::string listRegisters(const std::string &name, unsigned count) {
  std::string text = "{";
  for (unsigned i = 0; i != count; ++i)
    text += (i ? ", %" : "%") + name + std::to_string(i);
  return text + "}";
}

} // namespace quantopt::ptx::test

#endif // QUANTOPT_TEST_UNIT_EMULATOR_PTXTEXT_H
