//===- Zip.cpp - Zip archives as .npz needs them --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Zip.h"
#include "llvm/Support/Endian.h"
#include <algorithm>
#include <cstring>
#include <zlib.h>

using namespace llvm;
using namespace quantopt;
using support::endian::read16le;
using support::endian::read32le;
using support::endian::read64le;

static constexpr uint32_t kLocalMagic = 0x04034b50, kEntryMagic = 0x02014b50, kEndMagic = 0x06054b50,
                          kEnd64Magic = 0x06064b50, kLocator64Magic = 0x07064b50;
static constexpr size_t kLocalSize = 30, kEntrySize = 46, kEndSize = 22, kEnd64Size = 56, kLocator64Size = 20;
/// In a 32-bit field: the value is in the Zip64 extra field.
static constexpr uint32_t kInZip64 = 0xffffffff;

//===----------------------------------------------------------------------===//
// Reader
//===----------------------------------------------------------------------===//

namespace {
struct Directory {
  uint64_t offset, size, count;
};
} // namespace

static Error makeCorruptError(const Twine &what) { return createStringError("corrupt zip archive: " + what); }

/// The `size` bytes at `offset`, if they lie in the archive and start with `magic`.
static const char *getRecord(ArrayRef<char> archive, uint64_t offset, size_t size, uint32_t magic) {
  if (archive.size() < size || offset > archive.size() - size)
    return nullptr;
  const char *record = archive.data() + offset;
  return read32le(record) == magic ? record : nullptr;
}

static Expected<Directory> findDirectory(ArrayRef<char> archive) {
  // The end record is the last thing but for a comment of at most 64 KiB, whose length it tells.
  for (size_t comment = 0; comment <= 0xffff && kEndSize + comment <= archive.size(); ++comment) {
    size_t at = archive.size() - kEndSize - comment;
    const char *end = getRecord(archive, at, kEndSize, kEndMagic);
    if (!end || read16le(end + 20) != comment)
      continue;
    Directory directory = {read32le(end + 16), read32le(end + 12), read16le(end + 10)};
    bool is64 = directory.offset == kInZip64 || directory.size == kInZip64 || directory.count == 0xffff;
    if (!is64)
      return directory;
    const char *locator =
        at < kLocator64Size ? nullptr : getRecord(archive, at - kLocator64Size, kLocator64Size, kLocator64Magic);
    if (!locator)
      return directory;
    const char *end64 = getRecord(archive, read64le(locator + 8), kEnd64Size, kEnd64Magic);
    if (!end64)
      return makeCorruptError("its Zip64 end record is missing");
    return Directory{read64le(end64 + 48), read64le(end64 + 40), read64le(end64 + 32)};
  }
  return createStringError("not a zip archive, or a truncated one: it has no end record");
}

/// Replaces the fields that say kInZip64 by those of the Zip64 extra field, which holds only these, in order.
static bool applyZip64(StringRef extra, uint64_t &size, uint64_t &storedSize, uint64_t &offset) {
  StringRef fields;
  while (extra.size() >= 4) {
    uint16_t id = read16le(extra.data()), length = read16le(extra.data() + 2);
    extra = extra.drop_front(4);
    if (length > extra.size())
      return false;
    if (id == 1)
      fields = extra.take_front(length);
    extra = extra.drop_front(length);
  }
  for (uint64_t *field : {&size, &storedSize, &offset}) {
    if (*field != kInZip64)
      continue;
    if (fields.size() < 8)
      return false;
    *field = read64le(fields.data());
    fields = fields.drop_front(8);
  }
  return true;
}

/// Parses the directory entry at `position`, which is moved behind it.
static Expected<ZipMember> parseEntry(ArrayRef<char> archive, uint64_t &position) {
  const char *entry = getRecord(archive, position, kEntrySize, kEntryMagic);
  if (!entry)
    return makeCorruptError("a directory entry is missing");
  uint64_t nameLength = read16le(entry + 28), extraLength = read16le(entry + 30), commentLength = read16le(entry + 32);
  uint64_t length = kEntrySize + nameLength + extraLength + commentLength;
  if (length > archive.size() - position)
    return makeCorruptError("a directory entry is truncated");
  ZipMember member;
  member.name.assign(entry + kEntrySize, nameLength);
  uint64_t storedSize = read32le(entry + 20), offset = read32le(entry + 42);
  member.size = read32le(entry + 24);
  member.crc = read32le(entry + 16);
  if (!applyZip64(StringRef(entry + kEntrySize + nameLength, extraLength), member.size, storedSize, offset))
    return makeCorruptError("the Zip64 sizes of '" + member.name + "' are missing");
  position += length;

  uint16_t flags = read16le(entry + 8), method = read16le(entry + 10);
  if (flags & 1)
    return createStringError("member '" + member.name + "' is encrypted");
  if (method != 0 && method != 8)
    return createStringError("member '" + member.name + "' is compressed with method " + Twine(method) +
                             ", not stored or deflated");
  member.isDeflated = method == 8;

  const char *local = getRecord(archive, offset, kLocalSize, kLocalMagic);
  if (!local)
    return makeCorruptError("the header of '" + member.name + "' is missing");
  uint64_t start = offset + kLocalSize + read16le(local + 26) + read16le(local + 28);
  if (start > archive.size() || storedSize > archive.size() - start)
    return makeCorruptError("member '" + member.name + "' is truncated");
  member.stored = archive.slice(start, storedSize);
  // Deflate cannot shrink more than 1032 times, so a larger claim is a lie that would cost memory.
  bool isPlausible = member.isDeflated ? member.size / 1032 <= storedSize : member.size == storedSize;
  if (!isPlausible)
    return makeCorruptError("the sizes of '" + member.name + "' do not fit each other");
  return member;
}

Expected<std::vector<ZipMember>> quantopt::listZip(ArrayRef<char> archive) {
  Expected<Directory> directory = findDirectory(archive);
  if (!directory)
    return directory.takeError();
  if (directory->offset > archive.size() || directory->size > archive.size() - directory->offset ||
      directory->count > directory->size / kEntrySize)
    return makeCorruptError("its directory lies outside the file");
  std::vector<ZipMember> members;
  uint64_t position = directory->offset;
  for (uint64_t i = 0; i < directory->count; ++i) {
    Expected<ZipMember> member = parseEntry(archive, position);
    if (!member)
      return member.takeError();
    members.push_back(std::move(*member));
  }
  return members;
}

/// Inflates all of `source` into exactly `size` bytes.
static bool inflateAll(ArrayRef<char> source, char *target, uint64_t size) {
  z_stream stream = {};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return false;
  // zlib counts in 32 bits.
  constexpr uint64_t kPiece = 1u << 30;
  const char *sourceEnd = source.end();
  char *targetEnd = target + size, empty;
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(source.data()));
  stream.next_out = reinterpret_cast<Bytef *>(size ? target : &empty);
  int status = Z_OK;
  while (status == Z_OK) {
    uint64_t sourceLeft = uint64_t(sourceEnd - reinterpret_cast<char *>(stream.next_in));
    uint64_t targetLeft = size ? uint64_t(targetEnd - reinterpret_cast<char *>(stream.next_out)) : 0;
    stream.avail_in = uInt(std::min(sourceLeft, kPiece));
    stream.avail_out = uInt(std::min(targetLeft, kPiece));
    status = inflate(&stream, Z_NO_FLUSH);
  }
  bool isWhole = status == Z_STREAM_END && stream.total_out == size;
  inflateEnd(&stream);
  return isWhole;
}

Error quantopt::extractZip(const ZipMember &member, char *target) {
  if (!member.isDeflated) {
    if (member.size)
      std::memcpy(target, member.stored.data(), member.size);
  } else if (!inflateAll(member.stored, target, member.size)) {
    return makeCorruptError("member '" + member.name + "' does not inflate to " + Twine(member.size) + " bytes");
  }
  if (crc32_z(0, reinterpret_cast<const Bytef *>(target), member.size) != member.crc)
    return makeCorruptError("the checksum of member '" + member.name + "' is wrong");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Writer
//===----------------------------------------------------------------------===//

template <typename T> static void append(std::string &text, T value) {
  char bytes[sizeof(T)];
  support::endian::write<T, endianness::little>(bytes, value);
  text.append(bytes, sizeof(T));
}

std::error_code ZipWriter::emit(ArrayRef<char> bytes) {
  position += bytes.size();
  return sink(bytes);
}

/// The part of a header on which the two kinds agree: from the version needed to the length of the name.
static std::string formatCommon(bool is64, uint32_t crc, uint64_t size, uint64_t nameLength) {
  std::string common;
  append<uint16_t>(common, is64 ? 45 : 20);
  append<uint16_t>(common, 1 << 11); // names are UTF-8
  append<uint16_t>(common, 0);       // stored
  append<uint16_t>(common, 0);       // midnight
  append<uint16_t>(common, 33);      // 1980-01-01
  append<uint32_t>(common, crc);
  append<uint32_t>(common, is64 ? kInZip64 : uint32_t(size));
  append<uint32_t>(common, is64 ? kInZip64 : uint32_t(size));
  append<uint16_t>(common, uint16_t(nameLength));
  return common;
}

/// The extra field with these 64-bit values.
static std::string formatZip64(ArrayRef<uint64_t> values) {
  std::string extra;
  append<uint16_t>(extra, 1);
  append<uint16_t>(extra, uint16_t(values.size() * 8));
  for (uint64_t value : values)
    append<uint64_t>(extra, value);
  return extra;
}

std::error_code ZipWriter::add(StringRef name, ArrayRef<char> head, ArrayRef<char> body) {
  uint64_t size = head.size() + body.size(), offset = position;
  bool is64 = size >= kInZip64 || offset >= kInZip64;
  uLong crc = crc32_z(0, reinterpret_cast<const Bytef *>(head.data()), head.size());
  if (!body.empty())
    crc = crc32_z(crc, reinterpret_cast<const Bytef *>(body.data()), body.size());
  std::string common = formatCommon(is64, uint32_t(crc), size, name.size());

  std::string local, extra = is64 ? formatZip64({size, size}) : "";
  append(local, kLocalMagic);
  local += common;
  append<uint16_t>(local, uint16_t(extra.size()));
  local += name.str() + extra;

  if (is64)
    extra = formatZip64({size, size, offset});
  append(directory, kEntryMagic);
  append<uint16_t>(directory, is64 ? 45 : 20); // made by
  directory += common;
  append<uint16_t>(directory, uint16_t(extra.size()));
  append<uint16_t>(directory, 0); // comment
  append<uint16_t>(directory, 0); // disk
  append<uint16_t>(directory, 0); // internal attributes
  append<uint32_t>(directory, 0); // external attributes
  append<uint32_t>(directory, is64 ? kInZip64 : uint32_t(offset));
  directory += name.str() + extra;
  ++count;

  for (ArrayRef<char> piece : {ArrayRef<char>(local), head, body})
    if (std::error_code error = emit(piece))
      return error;
  return {};
}

std::error_code ZipWriter::finish() {
  uint64_t offset = position, size = directory.size();
  bool is64 = offset >= kInZip64 || size >= kInZip64 || count >= 0xffff;
  std::string end;
  if (is64) {
    append(end, kEnd64Magic);
    append<uint64_t>(end, kEnd64Size - 12); // the rest of this record
    append<uint16_t>(end, 45);
    append<uint16_t>(end, 45);
    append<uint32_t>(end, 0);
    append<uint32_t>(end, 0);
    append<uint64_t>(end, count);
    append<uint64_t>(end, count);
    append<uint64_t>(end, size);
    append<uint64_t>(end, offset);
    append(end, kLocator64Magic);
    append<uint32_t>(end, 0);
    append<uint64_t>(end, offset + size);
    append<uint32_t>(end, 1);
  }
  append(end, kEndMagic);
  append<uint32_t>(end, 0); // disks
  append<uint16_t>(end, is64 ? 0xffff : uint16_t(count));
  append<uint16_t>(end, is64 ? 0xffff : uint16_t(count));
  append<uint32_t>(end, is64 ? kInZip64 : uint32_t(size));
  append<uint32_t>(end, is64 ? kInZip64 : uint32_t(offset));
  append<uint16_t>(end, 0); // comment
  if (std::error_code error = emit(directory))
    return error;
  return emit(end);
}
