//===- Launch.cpp - Load a module, launch a kernel ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Emulator/Launch.h"

#include "RaceDetector.h"
#include "Scheduler.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace quantopt::ptx;

/// Limits of sm_90.
static constexpr uint32_t maxThreads = 1024, maxSharedBytes = 227 * 1024, maxClusterCtas = 16;

void Counters::add(const Counters &other) {
  instructions += other.instructions;
  laneInstructions += other.laneInstructions;
  globalReadBytes += other.globalReadBytes;
  globalWriteBytes += other.globalWriteBytes;
  sharedReadBytes += other.sharedReadBytes;
  sharedWriteBytes += other.sharedWriteBytes;
  localReadBytes += other.localReadBytes;
  localWriteBytes += other.localWriteBytes;
  atomicBytes += other.atomicBytes;
  globalSectors += other.globalSectors;
  globalSectorsIdeal += other.globalSectorsIdeal;
  sharedPasses += other.sharedPasses;
  bankConflicts += other.bankConflicts;
  divergentBranches += other.divergentBranches;
  barriers += other.barriers;
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

struct Emulator::LoadedModule {
  Module module;
  SymbolAddresses addresses;
  StringMap<std::unique_ptr<Program>> programs;
};

Emulator::Emulator() = default;
Emulator::~Emulator() = default;

/// Calls `visit` for every variable in global and constant memory.
static Error visitDeviceVariables(const Module &module, function_ref<Error(const Variable &)> visit) {
  auto visitAll = [&](ArrayRef<Variable> variables) -> Error {
    for (const Variable &variable : variables)
      if (variable.space == Space::Global || variable.space == Space::Const)
        if (Error error = visit(variable))
          return error;
    return Error::success();
  };
  if (Error error = visitAll(module.variables))
    return error;
  for (const Function &function : module.functions)
    if (Error error = visitAll(function.variables))
      return error;
  return Error::success();
}

/// The variable's bytes, with the addresses of what it points to.
static std::vector<uint8_t> makeInitializer(const Module &module, const Variable &variable,
                                            const SymbolAddresses &addresses) {
  std::vector<uint8_t> bytes = variable.initializer;
  bytes.resize(variable.size);
  for (const Relocation &relocation : variable.relocations) {
    uint64_t value = relocation.symbol.kind == SymbolKind::Function
                         ? getFunctionAddress(relocation.symbol.index)
                         : addresses.lookup(&module.variables[relocation.symbol.index]);
    value += uint64_t(relocation.addend);
    if (relocation.mask != ~uint64_t(0) && relocation.mask != 0)
      value = (value & relocation.mask) >> countr_zero(relocation.mask);
    if (relocation.offset + relocation.size <= bytes.size())
      std::memcpy(bytes.data() + relocation.offset, &value, relocation.size);
  }
  return bytes;
}

Expected<unsigned> Emulator::load(Module module) {
  auto loaded = std::make_unique<LoadedModule>();
  loaded->module = std::move(module);
  const Module &kept = loaded->module;
  Error error = visitDeviceVariables(kept, [&](const Variable &variable) -> Error {
    Expected<uint64_t> address = deviceMemory.allocate(variable.size, variable.name, /*isWritten=*/true);
    if (!address)
      return address.takeError();
    loaded->addresses[&variable] = *address;
    return Error::success();
  });
  if (error)
    return std::move(error);
  error = visitDeviceVariables(kept, [&](const Variable &variable) -> Error {
    uint64_t address = loaded->addresses.lookup(&variable);
    if (Error failure = deviceMemory.write(address, makeInitializer(kept, variable, loaded->addresses)))
      return failure;
    if (variable.space == Space::Const)
      deviceMemory.setConst(address);
    return Error::success();
  });
  if (error)
    return std::move(error);
  modules.push_back(std::move(loaded));
  return unsigned(modules.size() - 1);
}

const Module &Emulator::getModule(unsigned number) const { return modules[number]->module; }

Expected<std::pair<uint64_t, uint64_t>> Emulator::findVariable(unsigned module, StringRef name) const {
  const Variable *variable = modules[module]->module.findVariable(name);
  auto found = variable ? modules[module]->addresses.find(variable) : modules[module]->addresses.end();
  if (found == modules[module]->addresses.end())
    return createStringError("no .global or .const variable '" + name + "' in " + modules[module]->module.name);
  return std::make_pair(found->second, variable->size);
}

Expected<const Program *> Emulator::prepare(unsigned module, StringRef kernel) {
  LoadedModule &loaded = *modules[module];
  std::unique_ptr<Program> &program = loaded.programs[kernel];
  if (program)
    return program.get();
  const Function *function = loaded.module.findFunction(kernel);
  if (!function || !function->isEntry || !function->isDefined) {
    std::string names;
    for (const Function &each : loaded.module.functions)
      if (each.isEntry)
        names += (names.empty() ? "" : ", ") + each.name;
    return createStringError("no kernel '" + kernel + "' in " + loaded.module.name + "; it has: " + names);
  }
  Expected<std::unique_ptr<Program>> decoded = decode(loaded.module, *function, loaded.addresses);
  if (!decoded)
    return decoded.takeError();
  program = std::move(*decoded);
  return program.get();
}

//===----------------------------------------------------------------------===//
// Launch
//===----------------------------------------------------------------------===//

static uint64_t getProduct(const std::array<uint32_t, 3> &dims) { return uint64_t(dims[0]) * dims[1] * dims[2]; }

static std::string formatDims(const std::array<uint32_t, 3> &dims) {
  return formatv("({0},{1},{2})", dims[0], dims[1], dims[2]);
}

static Error checkBlock(const Program &program, const LaunchConfig &config) {
  uint64_t threads = getProduct(config.block);
  if (threads == 0 || threads > maxThreads || config.block[2] > 64)
    return createStringError(
        formatv("block {0}: a CTA has 1 to {1} threads, at most 64 along z", formatDims(config.block), maxThreads));
  if (getProduct(config.grid) == 0 || config.grid[1] > 65535 || config.grid[2] > 65535 || config.grid[0] > INT32_MAX)
    return createStringError(
        formatv("grid {0}: sizes are positive, at most 65535 along y and z", formatDims(config.grid)));
  const Directives &directives = program.getDirectives();
  if (directives.reqntid && *directives.reqntid != config.block)
    return createStringError(formatv("block {0}, but the kernel requires {1} (.reqntid)", formatDims(config.block),
                                     formatDims(*directives.reqntid)));
  if (directives.maxntid && threads > getProduct(*directives.maxntid))
    return createStringError(formatv("block {0}, but the kernel allows {1} threads (.maxntid)",
                                     formatDims(config.block), getProduct(*directives.maxntid)));
  return Error::success();
}

/// The cluster of the launch, of the kernel, or 1 1 1.
static Expected<std::array<uint32_t, 3>> getClusterSize(const Program &program, const LaunchConfig &config) {
  const Directives &directives = program.getDirectives();
  std::array<uint32_t, 3> size = config.cluster;
  bool isGiven = getProduct(size) != 0;
  if (directives.reqnctapercluster) {
    if (isGiven && size != *directives.reqnctapercluster)
      return createStringError(formatv("cluster {0}, but the kernel requires {1} (.reqnctapercluster)",
                                       formatDims(size), formatDims(*directives.reqnctapercluster)));
    size = *directives.reqnctapercluster;
  } else if (!isGiven) {
    size = {1, 1, 1};
  }
  for (unsigned i = 0; i != 3; ++i)
    size[i] = std::max(size[i], 1u);
  if (getProduct(size) > maxClusterCtas)
    return createStringError(formatv("cluster {0}: at most {1} CTAs", formatDims(size), maxClusterCtas));
  for (unsigned i = 0; i != 3; ++i)
    if (config.grid[i] % size[i] != 0)
      return createStringError(
          formatv("grid {0} is no multiple of the cluster {1}", formatDims(config.grid), formatDims(size)));
  return size;
}

static Error packArguments(Grid &grid, ArrayRef<KernelArgument> arguments) {
  const FunctionCode &kernel = grid.program.getKernel();
  ArrayRef<Variable> params = kernel.source->params;
  if (params.size() != arguments.size())
    return createStringError(formatv("kernel '{0}' has {1} parameters, {2} arguments are given", kernel.source->name,
                                     params.size(), arguments.size()));
  grid.params.assign(grid.program.paramBytes, 0);
  for (size_t i = 0; i != params.size(); ++i) {
    if (arguments[i].bytes.size() != params[i].size)
      return createStringError(formatv("argument {0} of kernel '{1}' has {2} bytes, its parameter {3}", i,
                                       kernel.source->name, arguments[i].bytes.size(), params[i].size));
    std::memcpy(grid.params.data() + kernel.paramOffsets[i], arguments[i].bytes.data(), params[i].size);
  }
  return Error::success();
}

static Error layOutSharedMemory(Grid &grid) {
  uint64_t dynamicBase = alignTo(sharedBase + grid.program.staticSharedBytes, Align(grid.program.sharedAlignment));
  uint64_t bytes = dynamicBase - sharedBase + grid.config.dynamicSharedBytes;
  if (grid.config.dynamicSharedBytes == 0)
    bytes = grid.program.staticSharedBytes;
  if (bytes > maxSharedBytes)
    return createStringError(formatv("{0} bytes of shared memory ({1} static, {2} dynamic): a CTA has {3}", bytes,
                                     grid.program.staticSharedBytes, grid.config.dynamicSharedBytes, maxSharedBytes));
  grid.sharedBytes = uint32_t(bytes);
  return Error::success();
}

Expected<uint64_t> Emulator::getWorkspace() {
  static constexpr uint64_t bytes = 64;
  if (workspace == 0) {
    Expected<uint64_t> address = deviceMemory.allocate(bytes, "the grid's workspace", /*isWritten=*/true);
    if (!address)
      return address.takeError();
    workspace = *address;
  }
  if (Error error = deviceMemory.fill(workspace, 0, bytes))
    return std::move(error);
  return workspace;
}

Expected<LaunchResult> Emulator::launch(unsigned module, StringRef kernel, const LaunchConfig &config,
                                        ArrayRef<KernelArgument> arguments) {
  Expected<const Program *> program = prepare(module, kernel);
  if (!program)
    return program.takeError();
  if (Error error = checkBlock(**program, config))
    return std::move(error);
  Expected<std::array<uint32_t, 3>> clusterSize = getClusterSize(**program, config);
  if (!clusterSize)
    return clusterSize.takeError();
  HazardSink sink;
  Grid grid(**program, config, deviceMemory, sink);
  grid.clusterSize = *clusterSize;
  grid.threadsPerCta = uint32_t(getProduct(config.block));
  grid.warpsPerCta = divideCeil(grid.threadsPerCta, numLanes);
  std::unique_ptr<RaceDetector> races;
  if (config.races) {
    races = std::make_unique<RaceDetector>(grid);
    if (!races->canNumber(getProduct(config.grid)))
      return createStringError("the grid has too many threads to look for races in it; launch a smaller one");
  }
  grid.observer = races ? races.get() : config.observer;
  grid.watchesMemory = config.counts || grid.observer || (*program)->usesAsync;
  grid.numClusters = getProduct(config.grid) / getProduct(*clusterSize);
  if (Error error = packArguments(grid, arguments))
    return std::move(error);
  if (Error error = layOutSharedMemory(grid))
    return std::move(error);
  if ((*program)->usesWorkspace) {
    Expected<uint64_t> address = getWorkspace();
    if (!address)
      return address.takeError();
    grid.workspace = *address;
  }
  LaunchResult result;
  result.counters = runGrid(grid, grid.observer ? 1 : config.threads);
  result.droppedHazards = sink.getNumDropped();
  result.hazards = sink.take();
  for (const auto &output : grid.outputs)
    result.output += output.second;
  return result;
}
