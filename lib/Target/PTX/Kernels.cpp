//===- Kernels.cpp - gpu modules before and after they are PTX ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/OperationSupport.h"
#include "quant-opt/Target/PTX.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// PTX
//===----------------------------------------------------------------------===//

/// LLVM only warns about a chip that it does not know, and goes on with another.
static bool isUsableChip(NVVM::NVVMTargetAttr target) {
  LLVMInitializeNVPTXTargetInfo();
  LLVMInitializeNVPTXTarget();
  LLVMInitializeNVPTXTargetMC();
  llvm::Triple triple(target.getTriple());
  std::string error;
  const llvm::Target *backend = llvm::TargetRegistry::lookupTarget(triple, error);
  std::unique_ptr<llvm::MCSubtargetInfo> info(backend ? backend->createMCSubtargetInfo(triple, "", "") : nullptr);
  StringRef digits = target.getChip();
  unsigned version = 0;
  return info && info->isCPUStringValid(target.getChip()) && digits.consume_front("sm_") &&
         !digits.consumeInteger(10, version) && version >= 80;
}

/// A kernel is a thousand lines, so errors name it instead of printing it.
static InFlightDiagnostic fail(gpu::GPUModuleOp kernel) {
  return emitError(kernel.getLoc()) << "kernel @" << kernel.getName() << ": ";
}

FailureOr<SmallVector<PtxKernel>> quantopt::generatePtx(ModuleOp op) {
  SmallVector<PtxKernel> kernels;
  for (auto module : op.getOps<gpu::GPUModuleOp>()) {
    auto targets = module.getTargetsAttr();
    auto target = targets && targets.size() == 1 ? dyn_cast<NVVM::NVVMTargetAttr>(targets[0]) : nullptr;
    if (!target)
      return fail(module) << "needs one #nvvm.target; run nvvm-attach-target first";
    if (!isUsableChip(target))
      return fail(module) << "no target is called '" << target.getChip() << "'; name one from sm_80 on, such as sm_90a";
    gpu::TargetOptions options({}, {}, {}, {}, gpu::CompilationTarget::Assembly);
    std::optional<SmallVector<char, 0>> text =
        cast<gpu::TargetAttrInterface>(Attribute(target)).serializeToObject(module, options);
    if (!text)
      return fail(module) << "could not be translated to PTX";
    StringRef ptx(text->data(), text->size());
    kernels.push_back({module.getName().str(), target.getChip().str(), ptx.rtrim('\0').str()});
  }
  return kernels;
}

//===----------------------------------------------------------------------===//
// One module of many, host's view of a module
//===----------------------------------------------------------------------===//

/// A declaration, the same as one that is there already.
static bool isSameDeclaration(Operation *op, Operation *other) {
  auto global = dyn_cast<LLVM::GlobalOp>(op);
  auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
  bool isDeclaration =
      global ? !global.getValueOrNull() && global.getLinkage() == LLVM::Linkage::External && global.getRegion().empty()
             : function && function.isExternal();
  return isDeclaration && OperationEquivalence::isEquivalentTo(op, other, OperationEquivalence::IgnoreLocations);
}

void quantopt::mergeKernels(ModuleOp module) {
  SmallVector<gpu::GPUModuleOp> modules(module.getOps<gpu::GPUModuleOp>());
  if (modules.size() < 2)
    return;
  gpu::GPUModuleOp target = modules.front();
  SymbolTable table(target);
  for (gpu::GPUModuleOp source : ArrayRef(modules).drop_front()) {
    SymbolTable sourceTable(source);
    for (Operation &op : llvm::make_early_inc_range(source.getBody()->getOperations())) {
      auto symbol = dyn_cast<SymbolOpInterface>(op);
      Operation *known = symbol ? table.lookup(symbol.getName()) : nullptr;
      if (known && isSameDeclaration(&op, known)) {
        op.erase();
        continue;
      }
      if (known && failed(sourceTable.renameToUnique(&op, {&table})))
        continue; // only symbols whose uses cannot be found
      op.moveBefore(target.getBody(), target.getBody()->end());
      if (symbol)
        table.insert(&op);
    }
    source.erase();
  }
}

void quantopt::reduceToDeclarations(gpu::GPUModuleOp module) {
  // Upstream notes how long the translation took; the host program is the same for every run.
  module->removeAttr("LLVMIRToISATimeInMs");
  for (Operation &op : llvm::make_early_inc_range(module.getBody()->getOperations())) {
    auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
    if (!function || !function->hasAttr(gpu::GPUDialect::getKernelFuncAttrName())) {
      op.erase();
      continue;
    }
    function.getBody().dropAllReferences();
    function.getBody().getBlocks().clear();
  }
}
