//===- RunKernel.cpp - A launch.json on arrays in the emulator ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/RunKernel.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace quantopt;

namespace {

/// A buffer with its place on the device.
struct BoundBuffer {
  SmallVector<int64_t> shape; ///< of the array: int4 has half as many bytes in the last dimension
  const LaunchType *type = nullptr;
  uint64_t address = 0, bytes = 0;
};

class KernelRunner {
public:
  KernelRunner(const LaunchFile &launch, ArrayRef<NumpyArray> inputs) : launch(launch), inputs(inputs) {}
  Expected<KernelRun> run(ptx::Module module, ptx::LaunchConfig options);

private:
  Error fail(const Twine &what) const { return createStringError(launch.path + ": " + what); }
  Error bind(const LaunchBuffer &buffer);
  Expected<const NumpyArray *> findInput(const LaunchBuffer &buffer) const;
  Error checkInput(const LaunchBuffer &buffer, const NumpyArray &array) const;
  Expected<const ptx::Function *> findKernel(const ptx::Module &module) const;
  Expected<std::vector<ptx::KernelArgument>> makeArguments(const ptx::Function &kernel) const;
  Expected<ptx::KernelArgument> makeArgument(const LaunchArgument &argument) const;
  Error checkArgument(const ptx::Variable &parameter, size_t index, const LaunchArgument &argument, size_t bytes) const;
  std::string describe(const LaunchArgument &argument) const;
  Error readOutputs(KernelRun &run);

  const LaunchFile &launch;
  ArrayRef<NumpyArray> inputs;
  ptx::Emulator emulator;
  std::vector<BoundBuffer> buffers;
};

} // namespace

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

static std::string printShape(ArrayRef<int64_t> shape) {
  std::string text;
  raw_string_ostream stream(text);
  stream << "[";
  interleaveComma(shape, stream);
  stream << "]";
  return text;
}

/// The shape of the array that holds elements of `shape`.
static SmallVector<int64_t> getArrayShape(ArrayRef<int64_t> shape, const LaunchType &type) {
  SmallVector<int64_t> result(shape);
  if (type.bits == 4 && !result.empty())
    result.back() = int64_t(divideCeil(uint64_t(result.back()), 2));
  return result;
}

Expected<const NumpyArray *> KernelRunner::findInput(const LaunchBuffer &buffer) const {
  const auto *found = llvm::find_if(inputs, [&](const NumpyArray &array) { return array.name == buffer.name; });
  if (found != inputs.end())
    return found;
  std::vector<std::string> names;
  for (const NumpyArray &array : inputs)
    names.push_back("'" + array.name + "'");
  return fail("the inputs hold no array '" + buffer.name + "'; they hold " +
              (names.empty() ? "none: give --inputs=F.npz" : join(names, ", ")));
}

Error KernelRunner::checkInput(const LaunchBuffer &buffer, const NumpyArray &array) const {
  // Bits carried by integers may come signed or not.
  bool fits = !buffer.type || array.dtype == buffer.type->dtype ||
              (buffer.type->isCarried() && array.dtype == "i" + std::to_string(std::max(buffer.type->bits / 8, 1u)));
  if (!fits)
    return fail("array '" + array.name + "' has dtype " + array.dtype + ", but " + buffer.type->name +
                " comes in dtype " + buffer.type->dtype);
  if (!buffer.shape)
    return Error::success();
  SmallVector<int64_t> shape(*buffer.shape);
  if (buffer.type)
    shape = getArrayShape(*buffer.shape, *buffer.type);
  if (ArrayRef<int64_t>(shape) != ArrayRef<int64_t>(array.shape))
    return fail("array '" + array.name + "' has shape " + printShape(array.shape) + ", not " + printShape(shape));
  return Error::success();
}

Error KernelRunner::bind(const LaunchBuffer &buffer) {
  BoundBuffer bound;
  bound.type = buffer.type;
  if (buffer.role == LaunchBuffer::Role::Out) {
    bound.shape = getArrayShape(*buffer.shape, *buffer.type);
    bound.bytes = std::max(buffer.type->bits / 8, 1u);
    for (int64_t length : bound.shape)
      if (__builtin_mul_overflow(bound.bytes, uint64_t(length), &bound.bytes))
        return fail("out '" + buffer.name + "' of shape " + printShape(bound.shape) + " is too large to address");
    Expected<uint64_t> address = emulator.memory().allocate(bound.bytes, buffer.name, /*isWritten=*/false);
    if (!address)
      return fail(toString(address.takeError()));
    bound.address = *address;
    buffers.push_back(std::move(bound));
    return Error::success();
  }
  Expected<const NumpyArray *> array = findInput(buffer);
  if (!array)
    return array.takeError();
  if (Error error = checkInput(buffer, **array))
    return error;
  if (!bound.type)
    bound.type = findLaunchTypeOfDtype((*array)->dtype);
  bound.shape = (*array)->shape;
  ArrayRef<char> bytes = (*array)->data.getBytes();
  bound.bytes = bytes.size();
  Expected<uint64_t> address = emulator.memory().allocate(bound.bytes, buffer.name, /*isWritten=*/true);
  if (!address)
    return fail(toString(address.takeError()));
  bound.address = *address;
  buffers.push_back(std::move(bound));
  return emulator.memory().write(*address, {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

Expected<const ptx::Function *> KernelRunner::findKernel(const ptx::Module &module) const {
  const ptx::Function *kernel = module.findFunction(launch.kernel);
  if (kernel && kernel->isEntry && kernel->isDefined)
    return kernel;
  std::vector<std::string> names;
  for (const ptx::Function &function : module.functions)
    if (function.isEntry && function.isDefined)
      names.push_back("'" + function.name + "'");
  return fail(module.name + " has no kernel '" + launch.kernel + "'; it has " +
              (names.empty() ? "none" : join(names, ", ")));
}

/// "parameter 2, 'k_param_2', of type .u32 (4 bytes)".
static std::string describeParameter(const ptx::Variable &parameter, size_t index) {
  std::string text = "parameter " + std::to_string(index) + ", '" + parameter.name + "', of type ." +
                     ptx::getTypeName(parameter.type).str();
  for (uint64_t dim : parameter.dims)
    text += "[" + std::to_string(dim) + "]";
  return text + " (" + std::to_string(parameter.size) + (parameter.size == 1 ? " byte)" : " bytes)");
}

std::string KernelRunner::describe(const LaunchArgument &argument) const {
  switch (argument.kind) {
  case LaunchArgument::Kind::Buffer:
    return "the address of '" + launch.buffers[argument.index].name + "'";
  case LaunchArgument::Kind::TensorMap:
    return "a tensor map";
  case LaunchArgument::Kind::Bytes:
    return "bytes";
  case LaunchArgument::Kind::Scalar:
    return ("a scalar of type " + argument.type->name).str();
  }
  llvm_unreachable("covered switch");
}

Error KernelRunner::checkArgument(const ptx::Variable &parameter, size_t index, const LaunchArgument &argument,
                                  size_t bytes) const {
  if (bytes != parameter.size)
    return fail("args[" + Twine(index) + "] is " + describe(argument) + ", " + Twine(bytes) +
                " bytes, which does not fit " + describeParameter(parameter, index));
  // Untyped parameters take anything of their size.
  using ptx::Type;
  bool takesFloat = is_contained({Type::F16, Type::F32, Type::F64}, parameter.type);
  bool takesInteger = is_contained(
      {Type::U8, Type::U16, Type::U32, Type::U64, Type::S8, Type::S16, Type::S32, Type::S64}, parameter.type);
  bool isScalar = argument.kind == LaunchArgument::Kind::Scalar;
  bool isFloat = isScalar && argument.type->kind == LaunchType::Class::Float && !argument.type->isCarried();
  if (parameter.dims.empty() && isScalar && (isFloat ? takesInteger : takesFloat && !argument.type->isCarried()))
    return fail("args[" + Twine(index) + "] is " + describe(argument) + ", which does not fit " +
                describeParameter(parameter, index));
  return Error::success();
}

Expected<ptx::KernelArgument> KernelRunner::makeArgument(const LaunchArgument &argument) const {
  if (argument.kind == LaunchArgument::Kind::Buffer)
    return ptx::KernelArgument::of(buffers[argument.index].address);
  ptx::KernelArgument result;
  result.bytes.assign(argument.bytes.begin(), argument.bytes.end());
  if (argument.kind != LaunchArgument::Kind::TensorMap)
    return result;
  const LaunchTensorMap &spec = launch.tensorMaps[argument.index];
  const BoundBuffer &buffer = buffers[spec.buffer];
  Expected<ptx::TensorMap> map = resolveTensorMap(spec, buffer.shape, buffer.address);
  if (!map)
    return map.takeError();
  result.bytes.resize(ptx::TensorMap::encodedBytes);
  if (Error error = ptx::encodeTensorMap(*map, result.bytes.data()))
    return std::move(error);
  return result;
}

Expected<std::vector<ptx::KernelArgument>> KernelRunner::makeArguments(const ptx::Function &kernel) const {
  size_t count = launch.arguments.size();
  std::string counts = "kernel '" + kernel.name + "' takes " + std::to_string(kernel.params.size()) +
                       " arguments, args has " + std::to_string(count);
  if (count < kernel.params.size())
    return fail(counts + ": nothing for " + describeParameter(kernel.params[count], count));
  if (count > kernel.params.size())
    return fail(counts + ": args[" + Twine(kernel.params.size()) + "] is one too many");
  std::vector<ptx::KernelArgument> arguments;
  for (auto [i, argument] : llvm::enumerate(launch.arguments)) {
    Expected<ptx::KernelArgument> made = makeArgument(argument);
    if (!made)
      return made.takeError();
    if (Error error = checkArgument(kernel.params[i], i, argument, made->bytes.size()))
      return std::move(error);
    arguments.push_back(std::move(*made));
  }
  return arguments;
}

//===----------------------------------------------------------------------===//
// The run
//===----------------------------------------------------------------------===//

Error KernelRunner::readOutputs(KernelRun &run) {
  for (auto [buffer, bound] : llvm::zip(launch.buffers, buffers)) {
    if (buffer.role == LaunchBuffer::Role::In)
      continue;
    std::shared_ptr<char> data(new char[bound.bytes + 1], std::default_delete<char[]>());
    MutableArrayRef<uint8_t> bytes(reinterpret_cast<uint8_t *>(data.get()), bound.bytes);
    if (Error error = emulator.memory().read(bound.address, bytes))
      return error;
    NumpyArray array;
    array.name = buffer.name;
    array.shape = bound.shape;
    array.dtype = bound.type->dtype.str();
    array.data = WeightBuffer(std::move(data), bound.bytes);
    run.outputs.push_back(std::move(array));
    run.types.push_back(bound.type);
  }
  return Error::success();
}

Expected<KernelRun> KernelRunner::run(ptx::Module module, ptx::LaunchConfig options) {
  Expected<const ptx::Function *> found = findKernel(module);
  if (!found)
    return found.takeError();
  for (const LaunchBuffer &buffer : launch.buffers)
    if (Error error = bind(buffer))
      return std::move(error);
  Expected<std::vector<ptx::KernelArgument>> arguments = makeArguments(**found);
  if (!arguments)
    return arguments.takeError();
  options.grid = launch.grid;
  options.block = launch.block;
  options.cluster = launch.cluster;
  options.dynamicSharedBytes = launch.sharedBytes;
  Expected<unsigned> number = emulator.load(std::move(module));
  if (!number)
    return number.takeError();
  // An unknown instruction is the PTX file's fault, what the launch is refused for is that of launch.json.
  Expected<const ptx::Program *> program = emulator.prepare(*number, launch.kernel);
  if (!program)
    return program.takeError();
  Expected<ptx::LaunchResult> result = emulator.launch(*number, launch.kernel, options, *arguments);
  if (!result)
    return fail(toString(result.takeError()));
  KernelRun run;
  run.result = std::move(*result);
  if (Error error = readOutputs(run))
    return std::move(error);
  return run;
}

Expected<KernelRun> quantopt::runKernel(ptx::Module module, const LaunchFile &launch, ArrayRef<NumpyArray> inputs,
                                        ptx::LaunchConfig options) {
  return KernelRunner(launch, inputs).run(std::move(module), options);
}

json::Object quantopt::describeCounters(const ptx::LaunchResult &result) {
  const ptx::Counters &counters = result.counters;
  return json::Object{{"instructions", counters.instructions},
                      {"lane_instructions", counters.laneInstructions},
                      {"global_read_bytes", counters.globalReadBytes},
                      {"global_write_bytes", counters.globalWriteBytes},
                      {"shared_read_bytes", counters.sharedReadBytes},
                      {"shared_write_bytes", counters.sharedWriteBytes},
                      {"local_read_bytes", counters.localReadBytes},
                      {"local_write_bytes", counters.localWriteBytes},
                      {"atomic_bytes", counters.atomicBytes},
                      {"global_sectors", counters.globalSectors},
                      {"global_sectors_ideal", counters.globalSectorsIdeal},
                      {"shared_passes", counters.sharedPasses},
                      {"bank_conflicts", counters.bankConflicts},
                      {"divergent_branches", counters.divergentBranches},
                      {"barriers", counters.barriers},
                      {"hazards", int64_t(result.hazards.size() + result.droppedHazards)}};
}
