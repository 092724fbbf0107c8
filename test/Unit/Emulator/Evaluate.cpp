//===- Evaluate.cpp - One PTX instruction on given operands ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluate.h"

using namespace llvm;
using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

std::string Evaluator::makeKernel(const std::string &body, const std::string &result) const {
  std::string text = ".version 8.6\n.target " + target + "\n.address_size 64\n";
  text += ".visible .entry k(.param .u64 in, .param .u64 out)\n{\n"
          ".reg .b32 %a<4>, %r, %s, %lane; .reg .b64 %A<4>, %R, %S, %in, %out, %offset, %wide; .reg .b128 %q<2>;\n"
          ".reg .b16 %h<4>, %w, %g; .reg .pred %p<4>, %v, %vq; .shared .align 16 .b8 tile[4096];\n"
          "ld.param.u64 %in, [in]; ld.param.u64 %out, [out];\n"
          "mov.u32 %lane, %tid.x; mul.wide.u32 %offset, %lane, 32; add.u64 %in, %in, %offset;\n"
          "mul.wide.u32 %offset, %lane, 8; add.u64 %out, %out, %offset;\n";
  for (int i = 0; i != 4; ++i) {
    std::string n = std::to_string(i);
    text += "ld.global.u64 %A" + n + ", [%in+" + std::to_string(8 * i) + "]; cvt.u32.u64 %a" + n + ", %A" + n +
            "; cvt.u16.u64 %h" + n + ", %A" + n + "; and.b32 %s, %a" + n + ", 1; setp.ne.u32 %p" + n + ", %s, 0;\n";
  }
  text += body + "\n";
  if (result == "%R")
    text += "mov.b64 %wide, %R;\n";
  else if (result == "%w")
    text += "cvt.u64.u16 %wide, %w;\n";
  else if (result == "%v")
    text += "selp.u64 %wide, 1, 0, %v;\n";
  else
    text += "cvt.u64.u32 %wide, " + result + ";\n";
  return text + "st.global.u64 [%out], %wide;\nret;\n}\n";
}

static std::vector<uint64_t> fail(const std::string &body, Error error) {
  ADD_FAILURE() << body << ": " << toString(std::move(error));
  return std::vector<uint64_t>(32, 0xBAD);
}

std::vector<uint64_t> Evaluator::runLanes(const std::string &body, const std::string &result,
                                          const std::vector<Operands> &operands) {
  Expected<Module> module = parse(makeKernel(body, result), "test.ptx");
  if (!module)
    return fail(body, module.takeError());
  Emulator emulator;
  unsigned number = cantFail(emulator.load(std::move(*module)));
  std::vector<uint64_t> in, out(32);
  for (unsigned lane = 0; lane != 32; ++lane) {
    const Operands &each = operands[lane % operands.size()];
    in.insert(in.end(), {each.a, each.b, each.c, each.d});
  }
  auto toBytes = [](const std::vector<uint64_t> &words) {
    return ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(words.data()), words.size() * 8);
  };
  uint64_t inAt = cantFail(emulator.memory().allocate(in.size() * 8, "in", true));
  uint64_t outAt = cantFail(emulator.memory().allocate(out.size() * 8, "out", false));
  cantFail(emulator.memory().write(inAt, toBytes(in)));
  LaunchConfig config;
  config.block = {32, 1, 1};
  config.threads = 1;
  config.instructionBudget = 100000;
  Expected<LaunchResult> run =
      emulator.launch(number, "k", config, {KernelArgument::of(inAt), KernelArgument::of(outAt)});
  if (!run)
    return fail(body, run.takeError());
  launched = std::move(*run);
  cantFail(emulator.memory().read(outAt, MutableArrayRef<uint8_t>(reinterpret_cast<uint8_t *>(out.data()), 256)));
  return out;
}

std::string Evaluator::getDecodeError(const std::string &body) {
  Expected<Module> module = parse(makeKernel(body, "%r"), "test.ptx");
  if (!module)
    return toString(module.takeError());
  Emulator emulator;
  unsigned number = cantFail(emulator.load(std::move(*module)));
  Expected<const Program *> program = emulator.prepare(number, "k");
  return program ? std::string() : toString(program.takeError());
}
