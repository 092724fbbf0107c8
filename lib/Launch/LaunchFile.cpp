//===- LaunchFile.cpp - launch.json: how to launch a kernel ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Launch/LaunchFile.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace quantopt;

namespace {

/// Members of one JSON object, with the place for messages: "k.json: args[1]".
class Members {
public:
  Members(const json::Object &object, std::string place) : object(object), place(std::move(place)) {}

  Error fail(const Twine &what) const { return createStringError(place + ": " + what); }
  Error failAt(StringRef name, const Twine &what) const { return createStringError(getPlace(name) + ": " + what); }
  std::string getPlace(StringRef name) const { return (place + "." + name).str(); }
  const json::Value *get(StringRef name) const { return object.get(name); }
  /// An error that names the first member that is not in `known`.
  Error checkNames(ArrayRef<StringRef> known) const;

  Error readString(StringRef name, std::string &value) const;
  Error readSizes(StringRef name, std::array<uint32_t, 3> &sizes) const;
  /// A list of integers of at least `least`.
  template <typename List> Error readList(StringRef name, List &list, int64_t least) const;
  Error readType(StringRef name, const LaunchType *&type) const;

  const json::Object &object;

private:
  std::string place;
};

class LaunchParser {
public:
  LaunchParser(const json::Object &object, StringRef path) : top(object, path.str()) { file.path = path.str(); }
  Expected<LaunchFile> parse();

private:
  Error parseSizes();
  Error parseBuffers();
  Error parseArguments();
  Error parseArgument(const Members &members);
  /// The number of a buffer: a new one, or the one of that name.
  Expected<unsigned> addBuffer(const Members &members, StringRef role);
  Error addScalar(const Members &members, StringRef name, const LaunchType &type);
  Error addBytes(const Members &members);
  Error addTensorMap(const Members &members);
  Error readSwizzle(const Members &members, ptx::Swizzle &swizzle);

  Members top;
  LaunchFile file;
};

} // namespace

//===----------------------------------------------------------------------===//
// Members
//===----------------------------------------------------------------------===//

Error Members::checkNames(ArrayRef<StringRef> known) const {
  std::vector<std::string> unknown;
  for (const auto &member : object)
    if (!is_contained(known, StringRef(member.first)))
      unknown.push_back(member.first.str());
  if (unknown.empty())
    return Error::success();
  llvm::sort(unknown);
  return fail("has no member '" + unknown.front() + "'; known are " + join(known.begin(), known.end(), ", "));
}

Error Members::readString(StringRef name, std::string &value) const {
  std::optional<StringRef> text = object.getString(name);
  if (!text || text->empty())
    return failAt(name, "must be a name in quotes");
  value = text->str();
  return Error::success();
}

Error Members::readSizes(StringRef name, std::array<uint32_t, 3> &sizes) const {
  const json::Value *value = get(name);
  if (!value)
    return Error::success();
  json::Array one{*value};
  const json::Array *list = value->getAsArray();
  if (!list)
    list = &one;
  bool isFine = !list->empty() && list->size() <= 3;
  sizes = {1, 1, 1};
  for (size_t i = 0; isFine && i < list->size(); ++i) {
    std::optional<int64_t> size = (*list)[i].getAsInteger();
    isFine = size && *size > 0 && *size <= int64_t(UINT32_MAX);
    if (isFine)
      sizes[i] = uint32_t(*size);
  }
  if (!isFine)
    return failAt(name, "must be [x, y, z], numbers from 1 on");
  return Error::success();
}

template <typename List> Error Members::readList(StringRef name, List &list, int64_t least) const {
  const json::Array *array = object.getArray(name);
  if (!array)
    return failAt(name, "must be a list of numbers");
  list.clear();
  for (const json::Value &value : *array) {
    std::optional<int64_t> number = value.getAsInteger();
    if (!number || *number < least)
      return failAt(name, "must be a list of whole numbers from " + Twine(least) + " on");
    list.push_back(*number);
  }
  return Error::success();
}

Error Members::readType(StringRef name, const LaunchType *&type) const {
  std::string text;
  if (Error error = readString(name, text))
    return error;
  type = findLaunchType(text);
  if (!type)
    return failAt(name, "'" + text +
                            "' is no element type; use f64 f32 f16 bf16 e4m3 e5m2 i64 i32 i16 i8 i4 u64 u32 u16 u8 "
                            "u4 or bool");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Buffers
//===----------------------------------------------------------------------===//

Expected<unsigned> LaunchParser::addBuffer(const Members &members, StringRef role) {
  LaunchBuffer buffer;
  buffer.role = role == "in"      ? LaunchBuffer::Role::In
                : role == "inout" ? LaunchBuffer::Role::InOut
                                  : LaunchBuffer::Role::Out;
  if (Error error = members.checkNames({role, "dtype", "shape"}))
    return error;
  if (Error error = members.readString(role, buffer.name))
    return error;
  auto known = llvm::find_if(file.buffers, [&](const LaunchBuffer &other) { return other.name == buffer.name; });
  bool isOut = buffer.role == LaunchBuffer::Role::Out;
  if (isOut && known == file.buffers.end() && (!members.get("dtype") || !members.get("shape")))
    return members.fail("out '" + buffer.name + "' needs a dtype and a shape");
  if (members.get("dtype"))
    if (Error error = members.readType("dtype", buffer.type))
      return error;
  if (members.get("shape")) {
    buffer.shape.emplace();
    if (Error error = members.readList("shape", *buffer.shape, 0))
      return error;
  }
  if (known == file.buffers.end()) {
    file.buffers.push_back(std::move(buffer));
    return file.buffers.size() - 1;
  }
  if ((known->role == LaunchBuffer::Role::Out) != isOut)
    return members.fail("'" + buffer.name + "' is an out buffer and an input; give one of them another name");
  if (buffer.role == LaunchBuffer::Role::InOut)
    known->role = buffer.role;
  return known - file.buffers.begin();
}

/// "in", "inout" or "out" when the members describe a buffer, else empty.
static StringRef getRole(const json::Object &object) {
  for (StringRef role : {"in", "inout", "out"})
    if (object.get(role))
      return role;
  return "";
}

/// Buffers that no argument passes by itself: what only a tensor map leads to.
Error LaunchParser::parseBuffers() {
  const json::Value *value = top.get("buffers");
  if (!value)
    return Error::success();
  const json::Array *list = value->getAsArray();
  if (!list)
    return top.failAt("buffers", "must be a list of {\"in\" | \"inout\" | \"out\": name}");
  for (auto [i, entry] : llvm::enumerate(*list)) {
    const json::Object *object = entry.getAsObject();
    std::string place = top.getPlace("buffers") + "[" + std::to_string(i) + "]";
    StringRef role = object ? getRole(*object) : "";
    if (role.empty())
      return createStringError(place + ": must be {\"in\" | \"inout\" | \"out\": name}");
    Expected<unsigned> index = addBuffer(Members(*object, place), role);
    if (!index)
      return index.takeError();
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Scalars and bytes
//===----------------------------------------------------------------------===//

static const fltSemantics &getSemantics(const LaunchType &type) {
  if (type.bits == 64)
    return APFloat::IEEEdouble();
  if (type.bits == 32)
    return APFloat::IEEEsingle();
  if (type.bits == 16)
    return type.isCarried() ? APFloat::BFloat() : APFloat::IEEEhalf();
  return type.name == "e4m3" ? APFloat::Float8E4M3FN() : APFloat::Float8E5M2();
}

/// The bits of a JSON number as `type`; none when it is no such number or does not fit.
static std::optional<uint64_t> getBits(const json::Value &value, const LaunchType &type) {
  if (type.kind == LaunchType::Class::Float) {
    std::optional<double> number = value.getAsNumber();
    if (std::optional<StringRef> text = value.getAsString()) // JSON has no inf and nan
      number = *text == "nan" ? NAN : *text == "inf" ? INFINITY : *text == "-inf" ? -INFINITY : number;
    if (!number)
      return std::nullopt;
    APFloat bits(*number);
    bool losesInfo;
    bits.convert(getSemantics(type), APFloat::rmNearestTiesToEven, &losesInfo);
    return bits.bitcastToAPInt().getZExtValue();
  }
  if (std::optional<bool> truth = value.getAsBoolean())
    return type.name == "bool" ? std::optional<uint64_t>(*truth) : std::nullopt;
  bool isSigned = type.kind == LaunchType::Class::Signed;
  unsigned bits = type.name == "bool" ? 1 : type.bits;
  if (std::optional<int64_t> number = value.getAsInteger()) {
    if (isSigned ? !isIntN(bits, *number) : *number < 0 || !isUIntN(bits, uint64_t(*number)))
      return std::nullopt;
    return uint64_t(*number);
  }
  std::optional<uint64_t> number = value.getAsUINT64();
  return !isSigned && bits == 64 ? number : std::nullopt;
}

Error LaunchParser::addScalar(const Members &members, StringRef name, const LaunchType &type) {
  if (Error error = members.checkNames({name}))
    return error;
  if (type.bits < 8)
    return members.fail("an argument cannot be " + type.name + "; parameters have at least 8 bits");
  std::optional<uint64_t> bits = getBits(*members.get(name), type);
  if (!bits)
    return members.failAt(name, "must be a number that " + type.name + " holds");
  LaunchArgument argument;
  argument.kind = LaunchArgument::Kind::Scalar;
  argument.type = &type;
  for (unsigned i = 0; i < type.bits / 8; ++i)
    argument.bytes.push_back(uint8_t(*bits >> (8 * i)));
  file.arguments.push_back(std::move(argument));
  return Error::success();
}

/// A parameter that is a struct.
Error LaunchParser::addBytes(const Members &members) {
  SmallVector<int64_t, 16> numbers;
  if (Error error = members.checkNames({"bytes"}))
    return error;
  if (Error error = members.readList("bytes", numbers, 0))
    return error;
  LaunchArgument argument;
  argument.kind = LaunchArgument::Kind::Bytes;
  for (int64_t number : numbers) {
    if (number > 255)
      return members.failAt("bytes", "must be a list of numbers from 0 to 255");
    argument.bytes.push_back(uint8_t(number));
  }
  file.arguments.push_back(std::move(argument));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Tensor maps
//===----------------------------------------------------------------------===//

Error LaunchParser::readSwizzle(const Members &members, ptx::Swizzle &swizzle) {
  const json::Value *value = members.get("swizzle");
  if (!value)
    return Error::success();
  int64_t span = value->getAsString() == StringRef("none") ? 0 : value->getAsInteger().value_or(-1);
  switch (span) {
  case 0:
    swizzle = ptx::Swizzle::None;
    return Error::success();
  case 32:
    swizzle = ptx::Swizzle::B32;
    return Error::success();
  case 64:
    swizzle = ptx::Swizzle::B64;
    return Error::success();
  case 128:
    swizzle = ptx::Swizzle::B128;
    return Error::success();
  default:
    return members.failAt("swizzle", "must be 0, 32, 64 or 128");
  }
}

Error LaunchParser::addTensorMap(const Members &outer) {
  if (Error error = outer.checkNames({"tensormap"}))
    return error;
  const json::Object *object = outer.get("tensormap")->getAsObject();
  if (!object)
    return outer.failAt("tensormap", "must be {\"of\": buffer, \"dtype\", \"shape\", \"strides\", \"box\", ..}");
  Members members(*object, outer.getPlace("tensormap"));
  if (Error error = members.checkNames({"of", "dtype", "shape", "strides", "box", "traversal", "swizzle", "fill"}))
    return error;
  LaunchTensorMap map;
  map.place = outer.getPlace("tensormap");
  std::string name, fill = "zero";
  if (Error error = members.readString("of", name))
    return error;
  if (Error error = members.readType("dtype", map.type))
    return error;
  if (Error error = members.readList("shape", map.shape, 1))
    return error;
  if (Error error = members.readList("box", map.box, 1))
    return error;
  if (members.get("strides"))
    if (Error error = members.readList("strides", map.strides, 1))
      return error;
  if (members.get("traversal"))
    if (Error error = members.readList("traversal", map.traversal, 1))
      return error;
  if (Error error = readSwizzle(members, map.swizzle))
    return error;
  if (members.get("fill"))
    if (Error error = members.readString("fill", fill))
      return error;
  size_t rank = map.shape.size();
  if (rank < 1 || rank > ptx::TensorMap::maxRank)
    return members.failAt("shape", "must have 1 to 5 dimensions");
  if (map.box.size() != rank || (!map.traversal.empty() && map.traversal.size() != rank))
    return members.fail("box and traversal must have as many entries as shape, " + Twine(rank));
  if (!map.strides.empty() && map.strides.size() != rank && map.strides.size() + 1 != rank)
    return members.failAt("strides", "must have " + Twine(rank) + " entries, or " + Twine(rank - 1) +
                                         " without that of the contiguous dimension");
  if (fill != "zero" && fill != "nan")
    return members.failAt("fill", "must be \"zero\" or \"nan\"");
  map.fill = fill == "nan" ? ptx::TensorFill::NaN : ptx::TensorFill::Zero;
  auto buffer = llvm::find_if(file.buffers, [&](const LaunchBuffer &known) { return known.name == name; });
  map.buffer = buffer - file.buffers.begin();
  if (buffer == file.buffers.end()) { // an input that only maps lead to
    file.buffers.emplace_back();
    file.buffers.back().name = name;
  }
  LaunchArgument argument;
  argument.kind = LaunchArgument::Kind::TensorMap;
  argument.index = file.tensorMaps.size();
  file.tensorMaps.push_back(std::move(map));
  file.arguments.push_back(std::move(argument));
  return Error::success();
}

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

Error LaunchParser::parseArgument(const Members &members) {
  if (members.get("tensormap"))
    return addTensorMap(members);
  if (members.get("bytes"))
    return addBytes(members);
  StringRef name = members.object.begin()->first;
  if (const LaunchType *type = findLaunchType(name))
    return addScalar(members, name, *type);
  return members.fail("'" + name +
                      "' is no kind of argument; use in, inout, out, tensormap, bytes or a scalar's type such as i32");
}

Error LaunchParser::parseArguments() {
  const json::Array *list = top.object.getArray("args");
  if (!list)
    return top.get("args") ? top.failAt("args", "must be a list") : Error::success();
  std::vector<Members> arguments;
  for (auto [i, value] : llvm::enumerate(*list)) {
    std::string place = top.getPlace("args") + "[" + std::to_string(i) + "]";
    const json::Object *object = value.getAsObject();
    if (!object || object->empty())
      return createStringError(place + ": must be an object, such as {\"in\": \"x\"} or {\"i32\": 4}");
    arguments.emplace_back(*object, place);
  }
  // Buffers first: tensor maps name them, also those of later arguments.
  std::vector<unsigned> buffers(arguments.size());
  for (auto [members, buffer] : llvm::zip(arguments, buffers)) {
    StringRef role = getRole(members.object);
    if (role.empty())
      continue;
    Expected<unsigned> index = addBuffer(members, role);
    if (!index)
      return index.takeError();
    buffer = *index;
  }
  for (auto [members, buffer] : llvm::zip(arguments, buffers)) {
    if (getRole(members.object).empty()) {
      if (Error error = parseArgument(members))
        return error;
      continue;
    }
    LaunchArgument argument;
    argument.kind = LaunchArgument::Kind::Buffer;
    argument.index = buffer;
    file.arguments.push_back(std::move(argument));
  }
  return Error::success();
}

Error LaunchParser::parseSizes() {
  for (auto [name, sizes] : {std::pair<StringRef, std::array<uint32_t, 3> *>("grid", &file.grid),
                             {"block", &file.block},
                             {"cluster", &file.cluster}})
    if (Error error = top.readSizes(name, *sizes))
      return error;
  if (const json::Value *value = top.get("shared_bytes")) {
    std::optional<int64_t> bytes = value->getAsInteger();
    if (!bytes || *bytes < 0 || *bytes > int64_t(UINT32_MAX))
      return top.failAt("shared_bytes", "must be a number of bytes");
    file.sharedBytes = uint32_t(*bytes);
  }
  return Error::success();
}

Expected<LaunchFile> LaunchParser::parse() {
  if (top.get("launches"))
    return top.fail("lists the launches of a host program; run it whole by quant-run FOLDER --backend=emulator");
  // What write-ptx says besides is no part of a launch.
  if (Error error = top.checkNames({"kernel", "grid", "block", "cluster", "shared_bytes", "args", "buffers", "file",
                                    "function", "name", "schedule", "site", "when", "comment"}))
    return error;
  if (Error error = top.readString("kernel", file.kernel))
    return error;
  if (Error error = parseSizes())
    return error;
  if (Error error = parseBuffers())
    return error;
  if (Error error = parseArguments())
    return error;
  return std::move(file);
}

Expected<LaunchFile> quantopt::parseLaunchFile(StringRef text, StringRef path) {
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return createStringError(path + ": is no JSON: " + toString(value.takeError()));
  const json::Object *object = value->getAsObject();
  if (!object)
    return createStringError(path + ": must be an object with kernel, grid, block and args");
  return LaunchParser(*object, path).parse();
}
