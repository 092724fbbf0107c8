//===- Optimize.cpp - LLVM's optimizer for this machine -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Optimize.h"
#include "Lowering.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Target/TargetMachine.h"
#include <dlfcn.h>

using namespace quantopt;

/// Vector functions of glibc that LLVM's own table lacks: scalar name, then the AVX2 and SSE symbols for f32.
static constexpr struct {
  const char *scalar, *wide, *narrow;
} extraVectorFunctions[] = {
    {"tanhf", "_ZGVdN8v_tanhf", "_ZGVbN4v_tanhf"},    {"llvm.tanh.f32", "_ZGVdN8v_tanhf", "_ZGVbN4v_tanhf"},
    {"erff", "_ZGVdN8v_erff", "_ZGVbN4v_erff"},       {"log1pf", "_ZGVdN8v_log1pf", "_ZGVbN4v_log1pf"},
    {"expm1f", "_ZGVdN8v_expm1f", "_ZGVbN4v_expm1f"},
};

/// Loads libmvec where this C library has it, so that its symbols resolve in the process.
static bool loadVectorMath() {
#if defined(__x86_64__)
  static bool loaded = dlopen("libmvec.so.1", RTLD_NOW | RTLD_GLOBAL) && dlsym(RTLD_DEFAULT, "_ZGVdN8v_tanhf");
  return loaded;
#else
  return false;
#endif
}

static llvm::TargetLibraryInfoImpl makeLibraryInfo(const llvm::Triple &triple) {
  if (!loadVectorMath())
    return llvm::TargetLibraryInfoImpl(triple);
  llvm::TargetLibraryInfoImpl info(triple, llvm::VectorLibrary::LIBMVEC);
  std::vector<llvm::VecDesc> functions;
  for (const auto &function : extraVectorFunctions) {
    functions.emplace_back(function.scalar, function.wide, llvm::ElementCount::getFixed(8), /*Masked=*/false,
                           "_ZGVdN8v", std::nullopt);
    functions.emplace_back(function.scalar, function.narrow, llvm::ElementCount::getFixed(4), /*Masked=*/false,
                           "_ZGVbN4v", std::nullopt);
  }
  info.addVectorizableFunctions(functions);
  return info;
}

/// The caller never passes one buffer as an input and an output, which the descriptors do not tell LLVM.
static void markBuffersDistinct(llvm::Module &module) {
  llvm::Function *entry = module.getFunction(execution::entryName);
  if (!entry)
    return;
  for (llvm::Argument &argument : entry->args())
    if (argument.getType()->isPointerTy())
      argument.addAttr(llvm::Attribute::NoAlias);
}

static llvm::Error optimize(llvm::Module &module, llvm::TargetMachine &machine) {
  markBuffersDistinct(module);
  llvm::LoopAnalysisManager lam;
  llvm::FunctionAnalysisManager fam;
  llvm::CGSCCAnalysisManager cgam;
  llvm::ModuleAnalysisManager mam;
  llvm::PassBuilder builder(&machine);
  fam.registerPass([&] { return llvm::TargetLibraryAnalysis(makeLibraryInfo(machine.getTargetTriple())); });
  builder.registerModuleAnalyses(mam);
  builder.registerCGSCCAnalyses(cgam);
  builder.registerFunctionAnalyses(fam);
  builder.registerLoopAnalyses(lam);
  builder.crossRegisterProxies(lam, fam, cgam, mam);
  builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3).run(module, mam);
  return llvm::Error::success();
}

llvm::Expected<std::unique_ptr<mlir::ExecutionEngine>> execution::createEngine(mlir::ModuleOp module) {
  auto host = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!host)
    return host.takeError();
  host->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
  auto optimizer = host->createTargetMachine();
  if (!optimizer)
    return optimizer.takeError();
  auto generator = host->createTargetMachine();
  if (!generator)
    return generator.takeError();
  auto transformer = [&](llvm::Module *llvmModule) { return optimize(*llvmModule, **optimizer); };
  mlir::ExecutionEngineOptions options;
  options.transformer = transformer;
  options.jitCodeGenOptLevel = llvm::CodeGenOptLevel::Default;
  options.enableGDBNotificationListener = false;
  options.enablePerfNotificationListener = false;
  return mlir::ExecutionEngine::create(module, options, std::move(*generator));
}
