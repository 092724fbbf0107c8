//===- RtnRound.cpp - Rounds weights to nearest ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainRounding.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "quant-opt/Transforms/Passes.h"

namespace quantopt {
#define GEN_PASS_DEF_RTNROUNDPASS
#include "quant-opt/Transforms/Passes.h.inc"
} // namespace quantopt

using namespace mlir;

namespace {
struct RtnRound : quantopt::impl::RtnRoundPassBase<RtnRound> {
  using RtnRoundPassBase::RtnRoundPassBase;

  void runOnOperation() override {
    quantopt::PlainRoundingOptions options{/*passName=*/"rtn-round", /*method=*/"rtn"};
    options.searchSteps = searchSteps;
    options.inputMargin = inputMargin;
    if (failed(quantopt::roundPlainly(getOperation(), options)))
      signalPassFailure();
  }
};
} // namespace
