//===- SchemeBudget.cpp - Least loss for a number of bytes ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/SchemeBudget.h"

#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cmath>
#include <tuple>

using namespace quantopt;

namespace {
/// Items up to some one, each with one of its costs.
struct Sum {
  int64_t bytes = 0;
  double loss = 0;
  /// The last item's cost, and the sum of the items before it.
  uint32_t choice = 0, before = 0;
};
} // namespace

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// By item, the least bytes that it and all behind it take; one more entry, 0, at the end.
static llvm::Expected<std::vector<int64_t>> getLeastBytes(llvm::ArrayRef<std::vector<SchemeCost>> items) {
  std::vector<int64_t> least(items.size() + 1);
  for (size_t i = items.size(); i-- > 0;) {
    if (items[i].empty())
      return makeError("an item has no scheme to choose");
    int64_t fewest = items[i].front().bytes;
    for (const SchemeCost &cost : items[i]) {
      if (!std::isfinite(cost.loss))
        return makeError("a loss is not finite");
      fewest = std::min(fewest, cost.bytes);
    }
    least[i] = least[i + 1] + fewest;
  }
  return least;
}

/// Of sums in rising order of bytes those with less loss than all before them; where `width` is not 0, one for each
/// `width` bytes.
static std::vector<Sum> keepBest(std::vector<Sum> sums, int64_t width) {
  llvm::sort(sums, [](const Sum &a, const Sum &b) {
    return std::tie(a.bytes, a.loss, a.before, a.choice) < std::tie(b.bytes, b.loss, b.before, b.choice);
  });
  std::vector<Sum> kept;
  for (const Sum &sum : sums) {
    if (!kept.empty() && !(sum.loss < kept.back().loss))
      continue;
    // The first of all is what always fits, so it stays.
    if (width && kept.size() > 1 && sum.bytes / width == kept.back().bytes / width)
      kept.back() = sum;
    else
      kept.push_back(sum);
  }
  return kept;
}

llvm::Expected<std::vector<unsigned>> quantopt::chooseSchemes(llvm::ArrayRef<std::vector<SchemeCost>> items,
                                                              int64_t budget, size_t maxSums) {
  llvm::Expected<std::vector<int64_t>> least = getLeastBytes(items);
  if (!least)
    return least.takeError();
  if (least->front() > budget)
    return makeError("the budget is " + llvm::Twine(budget) + " bytes, and the smallest schemes take " +
                     llvm::Twine(least->front()));
  std::vector<std::vector<Sum>> sums{{Sum()}};
  for (size_t i = 0; i != items.size(); ++i) {
    std::vector<Sum> next;
    for (auto [before, sum] : llvm::enumerate(sums.back()))
      for (auto [choice, cost] : llvm::enumerate(items[i]))
        if (sum.bytes + cost.bytes + (*least)[i + 1] <= budget)
          next.push_back({sum.bytes + cost.bytes, sum.loss + cost.loss, uint32_t(choice), uint32_t(before)});
    next = keepBest(std::move(next), 0);
    if (next.size() > maxSums)
      next = keepBest(std::move(next), std::max<int64_t>(1, budget / int64_t(maxSums)));
    sums.push_back(std::move(next));
  }
  // The last of a front is the one of least loss.
  std::vector<unsigned> result(items.size());
  size_t at = sums.back().size() - 1;
  for (size_t i = items.size(); i-- > 0;) {
    const Sum &sum = sums[i + 1][at];
    result[i] = sum.choice;
    at = sum.before;
  }
  return result;
}
