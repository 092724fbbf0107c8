//===- LowPSchedule.cpp - Rules of schedules ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What kernels can be built: limits of a block on sm_90 and of the instructions (CUDA C++ programming guide, compute
// capabilities; PTX ISA, wgmma).
//
//===----------------------------------------------------------------------===//

#include "LowP/LowP.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace quantopt::lowp;

namespace {
constexpr int64_t kMaxSharedBytes = 232448;
constexpr int64_t kPieceBytes = 16;      // what one cp.async moves
constexpr int64_t kMaxCluster = 8;       // that every chip can launch
constexpr int64_t kMaxSums = 128;        // of a thread: registers remain for fragments and addresses
constexpr int64_t kMaxSumsOfThree = 96;  // when three warpgroups share the registers
constexpr int64_t kBarrierBytes = 2 * 8; // two mbarriers a stage
constexpr int64_t kWgmmaSpan = 128;      // bytes of k of a wgmma tile: one swizzle span
} // namespace

ScheduleAttr ScheduleAttr::getMmaSync(MLIRContext *context, int64_t tileM, int64_t tileN, int64_t tileK, int64_t stages,
                                      int64_t warpsM, int64_t warpsN) {
  return get(context, MatrixUnit::MmaSync, tileM, tileN, tileK, stages, warpsM, warpsN, /*raster=*/1, /*split=*/1);
}

ScheduleAttr ScheduleAttr::getWgmma(MLIRContext *context, int64_t tileM, int64_t tileN, int64_t stages,
                                    int64_t raster) {
  return get(context, MatrixUnit::Wgmma, tileM, tileN, kWgmmaSpan, stages, /*warpsM=*/0, /*warpsN=*/0, raster,
             /*split=*/1);
}

ScheduleAttr ScheduleAttr::getStream(MLIRContext *context, int64_t tileN, int64_t stages, int64_t warpsK,
                                     int64_t split) {
  return get(context, MatrixUnit::Stream, /*tileM=*/64, tileN, kWgmmaSpan, stages, /*warpsM=*/4, warpsK, /*raster=*/1,
             split);
}

int64_t ScheduleAttr::getThreads() const {
  return getUnit() == MatrixUnit::Wgmma ? 128 * (1 + getConsumers()) : 32 * getWarpsM() * getWarpsN();
}

static int64_t sharedBytes(MatrixUnit unit, int64_t tileM, int64_t tileN, int64_t tileK, int64_t stages) {
  int64_t ring = stages * (tileM + tileN) * tileK;
  if (unit != MatrixUnit::Wgmma)
    return unit == MatrixUnit::MmaSync ? ring : 0;
  return ring + tileM / 64 * ScheduleAttr::kStoreBytes + stages * kBarrierBytes;
}

int64_t ScheduleAttr::getSharedBytes() const {
  return sharedBytes(getUnit(), getTileM(), getTileN(), getTileK(), getStages());
}

std::string ScheduleAttr::getText() const {
  return llvm::formatv("{0}x{1}x{2}s{3}", getTileM(), getTileN(), getTileK(), getStages());
}

static std::string checkMmaSync(int64_t tileM, int64_t tileN, int64_t tileK, int64_t warpsM, int64_t warpsN) {
  int64_t threads = 32 * warpsM * warpsN;
  if (tileK != 64 && tileK != 128)
    return "tile k must be 64 or 128 bytes";
  if (warpsM < 1 || warpsN < 1 || threads > 1024 || !llvm::isPowerOf2_64(threads))
    return "warps must be a power of two up to 32";
  if (tileM <= 0 || tileN <= 0 || tileM % (warpsM * 16) != 0 || tileN % (warpsN * 16) != 0)
    return "tile m and n must be multiples of 16 for each warp";
  if (!llvm::isPowerOf2_64(tileM) || !llvm::isPowerOf2_64(tileN))
    return "tile m and n must be powers of two";
  for (int64_t rows : {tileM, tileN})
    if (rows * tileK / kPieceBytes % threads != 0)
      return "a tile must give every thread the same number of 16-byte pieces";
  if (tileM * tileN / threads > kMaxSums)
    return "a thread would hold more than " + std::to_string(kMaxSums) + " sums; use more warps";
  return "";
}

static std::string checkWgmma(int64_t tileM, int64_t tileN, int64_t tileK, int64_t raster) {
  if (tileM != 64 && tileM != 128 && tileM != 192)
    return "tile m of wgmma must be 64, 128 or 192: one to three warpgroups";
  if (tileN < 16 || tileN > 256 || tileN % 16 != 0)
    return "tile n of wgmma must be a multiple of 16 up to 256";
  if (tileK != kWgmmaSpan)
    return "tile k of wgmma must be 128 bytes";
  int64_t most = tileM == 192 ? kMaxSumsOfThree : kMaxSums;
  if (tileN / 2 > most)
    return "a thread would hold more than " + std::to_string(most) + " sums; use a smaller tile n";
  if (raster < 1)
    return "raster must be at least 1";
  return "";
}

static std::string checkStream(int64_t tileM, int64_t tileN, int64_t tileK, int64_t warpsM, int64_t warpsN,
                               int64_t split) {
  if (tileM != 64 || (tileN != 8 && tileN != 16) || tileK != kWgmmaSpan)
    return "tile of stream must be 64x8x128 or 64x16x128";
  if (warpsM != 4 || (warpsN != 1 && warpsN != 2 && warpsN != 4))
    return "warps of stream must be 4x1, 4x2 or 4x4";
  if (split < 1 || split > kMaxCluster || !llvm::isPowerOf2_64(split))
    return "split must be 1, 2, 4 or 8, the blocks of a cluster";
  return "";
}

std::string ScheduleAttr::check(MatrixUnit unit, int64_t tileM, int64_t tileN, int64_t tileK, int64_t stages,
                                int64_t warpsM, int64_t warpsN, int64_t raster, int64_t split) {
  if (stages < 2)
    return "stages must be at least 2";
  if (unit == MatrixUnit::Stream)
    return checkStream(tileM, tileN, tileK, warpsM, warpsN, split);
  std::string broken = unit == MatrixUnit::MmaSync ? checkMmaSync(tileM, tileN, tileK, warpsM, warpsN)
                                                   : checkWgmma(tileM, tileN, tileK, raster);
  int64_t bytes = sharedBytes(unit, tileM, tileN, tileK, stages);
  if (broken.empty() && bytes > kMaxSharedBytes)
    return "the stages need " + std::to_string(bytes) + " bytes of shared memory of " + std::to_string(kMaxSharedBytes);
  return broken;
}

LogicalResult ScheduleAttr::verify(llvm::function_ref<InFlightDiagnostic()> emitError, MatrixUnit unit, int64_t tileM,
                                   int64_t tileN, int64_t tileK, int64_t stages, int64_t warpsM, int64_t warpsN,
                                   int64_t raster, int64_t split) {
  std::string broken = check(unit, tileM, tileN, tileK, stages, warpsM, warpsN, raster, split);
  return broken.empty() ? success() : LogicalResult(emitError() << "schedule: " << broken);
}

/// `name = AxBx..` with `count` lengths.
static ParseResult parseLengths(AsmParser &parser, StringRef name, size_t count, SmallVectorImpl<int64_t> &lengths) {
  SMLoc loc;
  if (parser.parseComma() || parser.parseKeyword(name) || parser.parseEqual() || parser.getCurrentLocation(&loc) ||
      parser.parseDimensionList(lengths, /*allowDynamic=*/false, /*withTrailingX=*/false))
    return failure();
  if (lengths.size() != count)
    return parser.emitError(loc) << name << " has " << count << " lengths";
  return success();
}

static ParseResult parseNumber(AsmParser &parser, StringRef name, int64_t &value) {
  return failure(parser.parseComma() || parser.parseKeyword(name) || parser.parseEqual() || parser.parseInteger(value));
}

/// `<mma_sync, tile = MxNxK, stages = S, warps = MxN>`, `<stream, tile = .., stages = .., warps = MxK, split = S>` or
/// `<wgmma, tile = MxNxK, stages = S, raster = R>`.
Attribute ScheduleAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  SmallVector<int64_t> tile, warps(2, 0);
  int64_t stages = 0, raster = 1, split = 1;
  if (parser.parseLess() || parser.parseKeyword(&word))
    return {};
  std::optional<MatrixUnit> unit = symbolizeMatrixUnit(word);
  if (!unit)
    return parser.emitError(loc, "expected mma_sync, wgmma or stream, got '") << word << "'", Attribute();
  if (parseLengths(parser, "tile", 3, tile) || parseNumber(parser, "stages", stages))
    return {};
  if (*unit == MatrixUnit::Wgmma) {
    if (parseNumber(parser, "raster", raster))
      return {};
  } else {
    warps.clear();
    if (parseLengths(parser, "warps", 2, warps) || (*unit == MatrixUnit::Stream && parseNumber(parser, "split", split)))
      return {};
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<ScheduleAttr>(loc, parser.getContext(), *unit, tile[0], tile[1], tile[2], stages, warps[0],
                                         warps[1], raster, split);
}

void ScheduleAttr::print(AsmPrinter &printer) const {
  printer << "<" << stringifyMatrixUnit(getUnit()) << ", tile = " << getTileM() << "x" << getTileN() << "x"
          << getTileK() << ", stages = " << getStages();
  if (getUnit() == MatrixUnit::Wgmma)
    printer << ", raster = " << getRaster();
  else
    printer << ", warps = " << getWarpsM() << "x" << getWarpsN();
  if (getUnit() == MatrixUnit::Stream)
    printer << ", split = " << getSplit();
  printer << ">";
}

SmallVector<ScheduleAttr> quantopt::lowp::getSchedules(Operation *op) {
  Attribute attribute = op->getDiscardableAttr(LowPDialect::getScheduleAttrName());
  if (auto schedule = dyn_cast_or_null<ScheduleAttr>(attribute))
    return {schedule};
  SmallVector<ScheduleAttr> schedules;
  if (auto list = dyn_cast_or_null<ArrayAttr>(attribute))
    for (Attribute member : list) {
      auto schedule = dyn_cast<ScheduleAttr>(member);
      if (!schedule)
        return {};
      schedules.push_back(schedule);
    }
  return schedules;
}
