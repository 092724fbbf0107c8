//===- Codecs.h - Exact conversions of small number formats ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IEEE half, bfloat16, the two 8-bit floats of OCP (E4M3FN without infinity,
// E5M2) and packed nibbles, to and from float32. Every float32 operation here
// is exact or rounds once to nearest even, so results are the same bits on any
// machine in the default rounding mode with subnormals on.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_CODECS_H
#define QUANTOPT_NUMERICS_CODECS_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>

namespace quantopt {

inline constexpr float maxF8E4M3 = 448.0f;
inline constexpr float maxF8E5M2 = 57344.0f;
/// What a NaN becomes in either 8-bit format (rule N6).
inline constexpr uint8_t nanF8 = 0x7F;

/// Half and bfloat16: nearest even, overflow to infinity, NaN stays a (quiet) NaN, as hardware casts do.
uint16_t encodeF16(float value);
uint16_t encodeBF16(float value);
float decodeF16(uint16_t code);
float decodeBF16(uint16_t code);

/// 8-bit floats: nearest even, everything beyond the largest finite value (infinity too) becomes that value, NaN
/// becomes `nanF8` (rule N6).
uint8_t encodeF8E4M3(float value);
uint8_t encodeF8E5M2(float value);
float decodeF8E4M3(uint8_t code);
float decodeF8E5M2(uint8_t code);

/// The same over spans of equal length.
void encodeF16(llvm::ArrayRef<float> values, llvm::MutableArrayRef<uint16_t> codes);
void encodeBF16(llvm::ArrayRef<float> values, llvm::MutableArrayRef<uint16_t> codes);
void decodeF16(llvm::ArrayRef<uint16_t> codes, llvm::MutableArrayRef<float> values);
void decodeBF16(llvm::ArrayRef<uint16_t> codes, llvm::MutableArrayRef<float> values);
void encodeF8E4M3(llvm::ArrayRef<float> values, llvm::MutableArrayRef<uint8_t> codes);
void encodeF8E5M2(llvm::ArrayRef<float> values, llvm::MutableArrayRef<uint8_t> codes);
void decodeF8E4M3(llvm::ArrayRef<uint8_t> codes, llvm::MutableArrayRef<float> values);
void decodeF8E5M2(llvm::ArrayRef<uint8_t> codes, llvm::MutableArrayRef<float> values);

/// Bytes of a row of `cols` packed nibbles: each row starts on a byte.
inline int64_t getPackedI4RowBytes(int64_t cols) { return (cols + 1) / 2; }

/// Two's complement nibbles, the even column in the low half. `values` is [rows, cols] of -8..7 (higher bits are
/// dropped), `packed` is [rows, getPackedI4RowBytes(cols)]; the unused half of an odd row's last byte is zero.
void packI4(llvm::ArrayRef<int8_t> values, int64_t rows, int64_t cols, llvm::MutableArrayRef<uint8_t> packed);
void unpackI4(llvm::ArrayRef<uint8_t> packed, int64_t rows, int64_t cols, llvm::MutableArrayRef<int8_t> values);

/// Bytes of a row of `cols` codes of `bits` (2 to 7): whole runs of the fewest codes that fill bytes, 4 for 2 bits, 8
/// for 3.
int64_t getPackedRowBytes(int64_t cols, unsigned bits);

/// Two's complement codes as a stream of bits along each row, low bits first; each row starts on a byte, the unused end
/// of its last run is zero. For 4 bits, packI4's form.
void packCodes(llvm::ArrayRef<int8_t> values, int64_t rows, int64_t cols, unsigned bits,
               llvm::MutableArrayRef<uint8_t> packed);
void unpackCodes(llvm::ArrayRef<uint8_t> packed, int64_t rows, int64_t cols, unsigned bits,
                 llvm::MutableArrayRef<int8_t> values);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_CODECS_H
