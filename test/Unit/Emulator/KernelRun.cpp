//===- KernelRun.cpp - Runs PTX in tests ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"

#include "quant-opt/Emulator/Parser.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

KernelRun::KernelRun(const std::string &text, std::string kernel) : kernel(std::move(kernel)) {
  config.races = true;
  llvm::Expected<Module> parsed = parse(text, "test.ptx");
  if (!parsed) {
    ADD_FAILURE() << llvm::toString(parsed.takeError());
    return;
  }
  module = llvm::cantFail(emulator.load(std::move(*parsed)));
}

uint64_t KernelRun::allocate(const std::string &name, std::vector<uint8_t> bytes, bool isResult) {
  uint64_t address = llvm::cantFail(emulator.memory().allocate(bytes.size(), name, /*isWritten=*/true));
  contents.push_back({address, std::move(bytes), isResult});
  return address;
}

KernelRun &KernelRun::pass(const TensorMap &map) {
  std::array<uint8_t, TensorMap::encodedBytes> bytes{};
  if (llvm::Error error = encodeTensorMap(map, bytes.data()))
    ADD_FAILURE() << llvm::toString(std::move(error));
  arguments.push_back(KernelArgument::of(bytes));
  return *this;
}

std::vector<Hazard> KernelRun::launch(Order order) {
  for (const Content &content : contents)
    llvm::cantFail(emulator.memory().write(content.address, content.bytes));
  config.async = order.async;
  config.seed = order.seed;
  llvm::Expected<LaunchResult> result = emulator.launch(module, kernel, config, arguments);
  results.clear();
  if (!result) {
    ADD_FAILURE() << llvm::toString(result.takeError());
    return {};
  }
  for (const Content &content : contents)
    if (content.isResult) {
      results.emplace_back(content.bytes.size());
      llvm::cantFail(emulator.memory().read(content.address, results.back()));
    }
  return std::move(result->hazards);
}

std::string quantopt::ptx::test::formatHazards(const std::vector<Hazard> &hazards) {
  std::string text;
  for (const Hazard &hazard : hazards)
    text += hazard.format("test.ptx") + "\n";
  return text;
}

std::string quantopt::ptx::test::readKernelFile(const std::string &name) {
  std::string path = std::string(QUANTOPT_SOURCE_DIR) + "/test/Emulator/tensor/ptx/" + name;
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) {
    ADD_FAILURE() << "cannot read " << path;
    return "";
  }
  return (*buffer)->getBuffer().str();
}

TensorMap quantopt::ptx::test::makeMatrixMap(TensorElement element, uint64_t address, uint64_t rows, uint64_t columns,
                                             uint64_t rowBytes, uint32_t boxRows, uint32_t boxColumns,
                                             Swizzle swizzle) {
  TensorMap map;
  map.element = element;
  map.rank = 2;
  map.address = address;
  map.dims = {columns, rows};
  map.strides = {0, rowBytes};
  map.box = {boxColumns, boxRows};
  map.traversal = {1, 1};
  map.swizzle = swizzle;
  return map;
}
