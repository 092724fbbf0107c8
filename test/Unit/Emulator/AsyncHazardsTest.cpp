//===- AsyncHazardsTest.cpp -----------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Faults planted in the kernels of test/Emulator/tensor, one at a time: the
// emulator names each. TensorKernelsTest shows that the originals are clean.
//
//===----------------------------------------------------------------------===//

#include "TensorKernels.h"

#include "llvm/ADT/StringRef.h"

using namespace quantopt::ptx;
using namespace quantopt::ptx::test;

namespace {

/// A text with every occurrence of a piece replaced (or the first alone); the piece must be there.
std::string replace(std::string text, const std::string &from, const std::string &to, bool all = true) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  while (at != std::string::npos) {
    text.replace(at, from.size(), to);
    at = all ? text.find(from, at + to.size()) : std::string::npos;
  }
  return text;
}

struct Fault {
  const char *name;
  const char *file;
  KernelCase (*make)(const std::string &text);
  const char *from, *to;
  HazardKind kind;
  const char *message;
  /// Orders in which it must be found: others may not get into the situation.
  std::vector<AsyncOrder> orders = {AsyncOrder::Now, AsyncOrder::Late, AsyncOrder::Random};
  bool replacesAll = true;
};

KernelCase makeE4M3(const std::string &text) { return makeGemmE4M3(text, {256, 256, 512, 2}); }

std::vector<Hazard> launchFault(const Fault &fault, AsyncOrder order) {
  KernelCase kernel = fault.make(replace(readKernelFile(fault.file), fault.from, fault.to, fault.replacesAll));
  kernel.run->config.instructionBudget = 20'000'000;
  // These are found without them, too.
  kernel.run->config.races = false;
  return kernel.run->launch({order, 1});
}

void expectFound(const Fault &fault) {
  for (AsyncOrder order : fault.orders) {
    std::vector<Hazard> hazards = launchFault(fault, order);
    bool isFound = llvm::any_of(hazards, [&](const Hazard &hazard) {
      return hazard.kind == fault.kind && llvm::StringRef(hazard.message).contains(fault.message) &&
             !hazard.remedy.empty() && hazard.location.line != 0;
    });
    EXPECT_TRUE(isFound) << fault.name << " in order " << unsigned(order) << " gave:\n" << formatHazards(hazards);
  }
}

const Fault faults[] = {
    {"no wgmma.fence", "transposed.ptx", makeTransposed, "wgmma.fence.sync.aligned;", "", HazardKind::MissingFence,
     "wgmma.fence"},
    {"accumulators read in flight", "transposed.ptx", makeTransposed, "wgmma.wait_group.sync.aligned 0;", "",
     HazardKind::RegisterInFlight, "in flight"},
    {"wgmma never committed", "transposed.ptx", makeTransposed, "wgmma.commit_group.sync.aligned;", "",
     HazardKind::UnfinishedAsyncWork, "waited for"},
    {"registers of A rewritten in flight", "w4a16.ptx", makeW4A16, "wgmma.wait_group.sync.aligned 0;",
     "wgmma.wait_group.sync.aligned 1;", HazardKind::RegisterInFlight, "in flight"},
    {"no proxy fence before the store", "gemm.ptx", makeE4M3, "fence.proxy.async.shared::cta;", "",
     HazardKind::MissingFence, "async proxy"},
    {"tile overwritten while it is stored", "gemm.ptx", makeE4M3, "cp.async.bulk.wait_group.read 0;", "",
     HazardKind::SharedInFlight, "still reads"},
    {"stores in no group", "gemm.ptx", makeE4M3, "cp.async.bulk.commit_group;", "", HazardKind::UnfinishedAsyncWork,
     "in no group"},
    {"too few bytes expected", "transposed.ptx", makeTransposed, ", 24576;\n\tmbarrier.arrive",
     ", 24560;\n\tmbarrier.arrive", HazardKind::Deadlock, "mbarrier"},
    {"too many bytes expected", "transposed.ptx", makeTransposed, ", 24576;\n\tmbarrier.arrive",
     ", 24592;\n\tmbarrier.arrive", HazardKind::Deadlock, "mbarrier"},
    {"mbarriers not initialized", "transposed.ptx", makeTransposed, "mbarrier.init.shared::cta.b64", "// ",
     HazardKind::MbarrierMisuse, "never initialized"},
    {"copies used before they have landed",
     "w4a16.ptx",
     makeW4A16,
     "@!done bra again;",
     "",
     HazardKind::SharedInFlight,
     "yet to write",
     {AsyncOrder::Late}},
    {"an mbarrier that waits for one thread more", "transposed.ptx", makeTransposed, ", 1;\n\tmbarrier.init",
     ", 2;\n\tmbarrier.init", HazardKind::Deadlock, "lacks 1 arrivals"},
    {"an mbarrier used after its end", "transposed.ptx", makeTransposed, "fence.mbarrier_init.release.cluster;",
     "mbarrier.inval.shared::cta.b64 [%r5];", HazardKind::MbarrierMisuse, "has been invalidated"},
    {"wgmma reads past shared memory", "transposed.ptx", makeTransposed, ", 4611686293338849280;",
     ", 4611756382910152704;", HazardKind::OutOfBounds, "leads out"},
    {"arrivals at the wrong CTA", "multicast.ptx", makeMulticast, "remote, %r70, %r2;", "remote, %r70, 0;",
     HazardKind::MbarrierMisuse, "arrives more often"},
    {"no cluster barrier at the end",
     "multicast.ptx",
     makeMulticast,
     "bar.sync \t0;\n\tbarrier.cluster.arrive.aligned;\n\tbarrier.cluster.wait.aligned;",
     "",
     HazardKind::AsyncMisuse,
     "has exited",
     {AsyncOrder::Now}},
    {"a stage released one group early",
     "gemm.ptx",
     makeE4M3,
     "wgmma.wait_group.sync.aligned 1;",
     "wgmma.wait_group.sync.aligned 2;",
     HazardKind::SharedInFlight,
     "still reads",
     {AsyncOrder::Late}},
    {"copies not waited for", "cp_async.ptx", makeCpAsync, "cp.async.wait_group 1;", "", HazardKind::SharedInFlight,
     "yet to write"},
    {"one group too many in flight", "cp_async.ptx", makeCpAsync, "cp.async.wait_group 1;", "cp.async.wait_group 2;",
     HazardKind::SharedInFlight, "yet to write"},
};

TEST(AsyncHazards, PlantedFaultsAreNamed) {
  for (const Fault &fault : faults)
    expectFound(fault);
}

} // namespace
