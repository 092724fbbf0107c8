//===- bench-execution.cpp - Staged runs of a model: time and memory ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// bench-execution MODEL [SAMPLES=16] [SEQ_LEN=512] [THREADS=0]: random ids through the whole model, stopping at the
// input of every quantizable contraction, as calibration does.
//
//===----------------------------------------------------------------------===//

#include "mlir/Interfaces/FunctionInterfaces.h"
// Needs the interface above.
#include "quant-opt/Analysis/Contractions.h"
#include "quant-opt/Execution/Execution.h"
#include "quant-opt/Import/LoadModel.h"
#include "quant-opt/InitAll.h"
#include "llvm/Support/Format.h"
#include <chrono>
#include <random>
#include <sys/resource.h>

using namespace mlir;
using namespace quantopt;

extern "C" char *openblas_get_corename(void);

static double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

static int64_t getWeightBytes(ModuleOp module) {
  int64_t bytes = 0;
  module.walk([&](lowp::WeightOp op) {
    auto type = cast<RankedTensorType>(op.getType());
    bytes += type.getNumElements() * type.getElementTypeBitWidth() / 8;
  });
  return bytes;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    llvm::errs() << "usage: bench-execution MODEL [SAMPLES] [SEQ_LEN] [THREADS]\n";
    return EXIT_FAILURE;
  }
  auto argument = [&](int i, int64_t otherwise) { return argc > i ? std::atoll(argv[i]) : otherwise; };
  int64_t count = argument(2, 16), length = argument(3, 512);
  ExecutionOptions options;
  options.threads = argument(4, 0);
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  FailureOr<LoadedModel> model = loadModel(argv[1], &context);
  if (failed(model))
    return EXIT_FAILURE;
  auto function = model->module->lookupSymbol<func::FuncOp>("main");
  std::mt19937 random(1);
  std::vector<Sample> samples;
  for (int64_t i = 0; i < count; ++i) {
    HostTensor ids = HostTensor::allocate({length}, ElementKind::I64);
    for (int64_t &id : ids.as<int64_t>())
      id = random() % 256;
    samples.push_back({ids});
  }
  SmallVector<Value> stops;
  for (const Contraction &contraction : findContractions(function))
    stops.push_back(contraction.input);
  double start = now();
  StagedRun run(function, stops, options);
  if (failed(run.run(samples, [](Value, ArrayRef<HostTensor>) { return success(); }, nullptr)))
    return EXIT_FAILURE;
  double seconds = now() - start;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  llvm::outs() << llvm::format("%.2f s  %.0f tokens/s  peak RSS %.3f GiB  weights %.3f GiB  threads %u  BLAS core %s  "
                               "OPENBLAS_CORETYPE %s\n",
                               seconds, count * length / seconds, usage.ru_maxrss / 1048576.0,
                               getWeightBytes(*model->module) / 1073741824.0, resolveThreadCount(options.threads),
                               openblas_get_corename(),
                               std::getenv("OPENBLAS_CORETYPE") ? std::getenv("OPENBLAS_CORETYPE") : "unset");
  return EXIT_SUCCESS;
}
