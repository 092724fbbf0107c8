//===- SchemeBudget.h - Least loss for a number of bytes ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_SCHEMEBUDGET_H
#define QUANTOPT_NUMERICS_SCHEMEBUDGET_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace quantopt {

/// One way to store an item, and what is lost by it.
struct SchemeCost {
  int64_t bytes = 0;
  double loss = 0;
};

/// One of its costs for each item, by index, so that the bytes sum to at most `budget` and the losses to as little as
/// that allows: the multiple-choice knapsack problem, by dynamic programming over sums that no other sum beats in both
/// (Kellerer, Pferschy, Pisinger 2004, section 11.5). Exact while at most `maxSums` of these are left after an item;
/// beyond, of sums that lie within budget / maxSums bytes only the one of least loss is kept. Of equals the one of
/// fewer bytes, then the earlier index. Fails when an item has no cost, a loss is not finite, or the least bytes exceed
/// the budget; the message says how many it takes.
llvm::Expected<std::vector<unsigned>> chooseSchemes(llvm::ArrayRef<std::vector<SchemeCost>> items, int64_t budget,
                                                    size_t maxSums = 16384);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_SCHEMEBUDGET_H
