//===- Jit.cpp - Compiled functions and their cache -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Jit.h"
#include "Check/Check.h"
#include "LowP/LowP.h"
#include "Optimize.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;
using namespace quantopt;
using namespace quantopt::execution;

static constexpr llvm::StringLiteral originFile = "quantopt-origin";

Location execution::getOriginLocation(MLIRContext *context, int64_t index) {
  return FileLineColLoc::get(context, originFile, index, 0);
}

//===----------------------------------------------------------------------===//
// CompiledFunction
//===----------------------------------------------------------------------===//

static std::string formatShape(ArrayRef<int64_t> shape) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "[";
  llvm::interleaveComma(shape, os, [&](int64_t size) {
    if (ShapedType::isDynamic(size))
      os << "?";
    else
      os << size;
  });
  os << "]";
  return text;
}

std::string execution::checkArguments(ArrayRef<HostTensor> arguments, ArrayRef<BoundaryType> inputs) {
  std::string reason;
  llvm::raw_string_ostream os(reason);
  if (arguments.size() != inputs.size()) {
    os << "takes " << inputs.size() << " arguments, not " << arguments.size();
    return reason;
  }
  for (auto [i, argument, input] : llvm::enumerate(arguments, inputs)) {
    bool fits = argument.getShape().size() == input.shape.size();
    for (size_t d = 0; fits && d < input.shape.size(); ++d)
      fits = ShapedType::isDynamic(input.shape[d]) || input.shape[d] == argument.getShape()[d];
    if (!fits) {
      os << "argument " << i << " has shape " << formatShape(argument.getShape()) << " where "
         << formatShape(input.shape) << " is needed";
      return reason;
    }
    if (argument.getKind() != input.kind) {
      os << "argument " << i << " has elements of another type than the function takes";
      return reason;
    }
  }
  return reason;
}

/// {allocated, aligned, offset, sizes, strides} of a dense tensor.
static std::vector<int64_t> makeDescriptor(const HostTensor &tensor) {
  ArrayRef<int64_t> shape = tensor.getShape();
  std::vector<int64_t> descriptor(3 + 2 * shape.size());
  descriptor[0] = descriptor[1] = reinterpret_cast<int64_t>(tensor.getData());
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    descriptor[3 + i] = shape[i];
    descriptor[3 + shape.size() + i] = stride;
    stride *= shape[i];
  }
  return descriptor;
}

/// No object with a destructor may live in this frame: a call that ends early returns to setjmp.
static bool callGuarded(void (*entry)(void **), void **arguments, CallState &state) {
  if (setjmp(state.onFailure))
    return false;
  entry(arguments);
  return true;
}

CompiledFunction::CompiledFunction() = default;
CompiledFunction::~CompiledFunction() = default;

FailureOr<std::vector<HostTensor>> CompiledFunction::call(ArrayRef<HostTensor> arguments, CallContext &context) const {
  std::vector<HostTensor> results(interface.results.size());
  std::vector<std::vector<int64_t>> descriptors;
  for (const HostTensor &argument : arguments)
    descriptors.push_back(makeDescriptor(argument));
  SmallVector<ElementKind> kinds;
  for (auto [result, type] : llvm::zip(results, interface.results)) {
    kinds.push_back(type.kind);
    if (!type.isStatic())
      continue;
    result = HostTensor::allocate(type.shape, type.kind);
    descriptors.push_back(makeDescriptor(result));
  }
  // The packed entry takes the address of each argument, and an argument is the address of a descriptor.
  std::vector<void *> pointers, packed;
  for (std::vector<int64_t> &descriptor : descriptors)
    pointers.push_back(descriptor.data());
  for (void *&pointer : pointers)
    packed.push_back(&pointer);
  CallState state;
  state.context = &context;
  state.results = &results;
  state.resultKinds = kinds;
  state.effects = &interface.effects;
  CallState *outer = std::exchange(CallState::current, &state);
  bool returned = callGuarded(packedEntry, packed.data(), state);
  CallState::current = outer;
  if (returned)
    return results;
  context.arena.reset();
  return failure();
}

//===----------------------------------------------------------------------===//
// Compiler
//===----------------------------------------------------------------------===//

Compiler::Compiler() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
  DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registerAllToLLVMIRTranslations(registry);
  registry.insert<check::CheckDialect, lowp::LowPDialect>();
  context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  context->allowUnregisteredDialects();
  // What lowering creates outside of passes.
  context
      ->loadDialect<arith::ArithDialect, bufferization::BufferizationDialect, cf::ControlFlowDialect, func::FuncDialect,
                    linalg::LinalgDialect, LLVM::LLVMDialect, memref::MemRefDialect, tensor::TensorDialect>();
}

Compiler::~Compiler() = default;

int64_t execution::findOrigin(Location location) {
  int64_t origin = -1;
  location->walk([&](Location inner) {
    auto file = dyn_cast<FileLineColLoc>(inner);
    if (!file || file.getFilename() != originFile)
      return WalkResult::advance();
    origin = file.getLine();
    return WalkResult::interrupt();
  });
  return origin;
}

FailureOr<std::shared_ptr<CompiledFunction>> Compiler::compile(ModuleOp module, ArrayRef<Operation *> origins,
                                                               Operation *fallbackOrigin) {
  std::string key;
  {
    llvm::raw_string_ostream os(key);
    module.print(os, OpPrintingFlags().useLocalScope());
  }
  if (auto it = cache.find(key); it != cache.end())
    return it->second;
  std::string text;
  {
    llvm::raw_string_ostream os(text);
    module.print(os, OpPrintingFlags().useLocalScope().enableDebugInfo());
  }
  std::string message;
  int64_t origin = -1;
  FailureOr<std::shared_ptr<CompiledFunction>> compiled = compileText(text, message, origin);
  if (failed(compiled)) {
    Operation *op = origin >= 0 && origin < static_cast<int64_t>(origins.size()) ? origins[origin] : fallbackOrigin;
    return op->emitError() << "cannot be compiled for the CPU: " << message;
  }
  cache[key] = *compiled;
  return compiled;
}

FailureOr<std::shared_ptr<CompiledFunction>> Compiler::compileText(StringRef text, std::string &message,
                                                                   int64_t &origin) {
  ScopedDiagnosticHandler handler(context.get(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() != DiagnosticSeverity::Error || (!message.empty() && origin >= 0))
      return success();
    int64_t found = findOrigin(diagnostic.getLocation());
    if (message.empty() || found >= 0) {
      message = diagnostic.str();
      origin = found;
    }
    return success();
  });
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, context.get());
  if (!module)
    return failure();
  FailureOr<EntryInterface> interface = lowerToLLVM(*module);
  if (failed(interface))
    return failure();
  auto compiled = std::make_shared<CompiledFunction>();
  auto setError = [&](llvm::Error error) {
    message = llvm::toString(std::move(error));
    return failure();
  };
  llvm::Expected<std::unique_ptr<ExecutionEngine>> engine = createEngine(*module);
  if (!engine)
    return setError(engine.takeError());
  (*engine)->registerSymbols([&](llvm::orc::MangleAndInterner mangle) {
    llvm::orc::SymbolMap symbols;
    for (const RuntimeSymbol &symbol : getRuntimeSymbols(interface->results.size(), interface->effects.checks.size()))
      symbols[mangle(symbol.name)] = {llvm::orc::ExecutorAddr::fromPtr(symbol.address), llvm::JITSymbolFlags::Exported};
    return symbols;
  });
  llvm::Expected<void (*)(void **)> entry = (*engine)->lookupPacked(("_mlir_ciface_" + entryName).str());
  if (!entry)
    return setError(entry.takeError());
  compiled->engine = std::move(*engine);
  compiled->packedEntry = *entry;
  compiled->interface = std::move(*interface);
  return compiled;
}
