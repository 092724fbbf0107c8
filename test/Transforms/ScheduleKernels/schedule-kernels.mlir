// RUN: quant-opt %s --pass-pipeline='builtin.module(func.func(schedule-kernels))' \
// RUN:   --remark-format=emitRemark --remarks-filter='.*' 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=WHY --input-file=%t.err
// RUN: quant-opt %s --pass-pipeline='builtin.module(func.func(schedule-kernels{chip=sm_90}))' | FileCheck %s --check-prefix=SM90
// RUN: not quant-opt %s --pass-pipeline='builtin.module(func.func(schedule-kernels{rows=0}))' 2>&1 | FileCheck %s --check-prefix=ROWS

// ROWS: error: schedule-kernels: rows must be at least 1, got 0
// SM90-LABEL: func.func @large(
// SM90: lowp.schedule = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>

// WHY: Scheduled{{.*}}#lowp.schedule<wgmma, {{.*}} for 4096 x 4096 x 4096, predicted {{.*}} us, bound by L2
// CHECK-LABEL: func.func @large(
// CHECK:         lowp.schedule = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = {{[0-9]+}}>
func.func @large(%x: tensor<4096x4096xf8E4M3FN>, %xs: tensor<4096x1xf32>, %w: tensor<4096x4096xf8E4M3FN>, %ws: tensor<4096x1xf32>) -> tensor<4096x4096xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4096x4096xf8E4M3FN>, tensor<4096x4096xf8E4M3FN>, tensor<4096x1xf32>, tensor<4096x1xf32>) -> tensor<4096x4096xbf16>
  return %y : tensor<4096x4096xbf16>
}

// Few rows: narrow tiles of n, so that every multiprocessor has one.
// WHY: Scheduled{{.*}} for 16 x 4096 x 4096, predicted {{.*}} us, bound by
// CHECK-LABEL: func.func @small(
// CHECK:         lowp.schedule = #lowp.schedule<wgmma, tile = 64x32x128
func.func @small(%x: tensor<16x4096xi8>, %xs: tensor<16x1xf32>, %w: tensor<4096x4096xi8>, %ws: tensor<4096x1xf32>) -> tensor<16x4096xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<16x4096xi8>, tensor<4096x4096xi8>, tensor<16x1xf32>, tensor<4096x1xf32>) -> tensor<16x4096xbf16>
  return %y : tensor<16x4096xbf16>
}

// WHY: NoWgmma{{.*}}mma.sync is used, which is slower: k is 30; a tensor map needs rows that are a multiple of 16 bytes
// CHECK-LABEL: func.func @ragged(
// CHECK:         lowp.schedule = #lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>
func.func @ragged(%x: tensor<4x30xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x30xi8>, %ws: tensor<6x1xf32>) -> tensor<4x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x30xi8>, tensor<6x30xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// WHY: NoWgmma{{.*}}the rhs is [k, n]; wgmma reads 8-bit operands along k, transpose the weight
func.func @kn(%x: tensor<4x32xi8>, %xs: tensor<4x1xf32>, %w: tensor<32x6xi8>, %ws: tensor<1x6xf32>) -> tensor<4x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) transposed_rhs : (tensor<4x32xi8>, tensor<32x6xi8>, tensor<4x1xf32>, tensor<1x6xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// WHY: NoWgmma{{.*}}k is not known; a tensor map needs rows of a known length
func.func @unknown(%x: tensor<4x?xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x?xi8>, %ws: tensor<6x1xf32>) -> tensor<4x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x?xi8>, tensor<6x?xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// One by hand stays.
// CHECK-LABEL: func.func @by_hand(
// CHECK:         lowp.schedule = #lowp.schedule<wgmma, tile = 64x64x128, stages = 2, raster = 1>
func.func @by_hand(%x: tensor<4x32xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x32xi8>, %ws: tensor<6x1xf32>) -> tensor<4x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) {lowp.schedule = #lowp.schedule<wgmma, tile = 64x64x128, stages = 2, raster = 1>} : (tensor<4x32xi8>, tensor<6x32xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// Tokens known at run time only: a kernel for few and one for many.
// CHECK-LABEL: func.func @mixed(
// CHECK:         lowp.schedule = [#lowp.schedule<stream, tile = 64x16x128, stages = 4, warps = 4x2, split = 8>, #lowp.schedule<wgmma, tile = 128x256x128
func.func @mixed(%x: tensor<?x8192xf16>, %w: tensor<128x128x128x4xi32>, %s: tensor<64x8192xf16>) -> tensor<?x8192xf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) : (tensor<?x8192xf16>, tensor<128x128x128x4xi32>, tensor<64x8192xf16>) -> tensor<?x8192xf16>
  return %y : tensor<?x8192xf16>
}

// WHY: NoKernel{{.*}}groups are of 16; kernels take 32, multiples of 64, or one a row
// CHECK-LABEL: func.func @groups(
// CHECK-NOT:     lowp.schedule
func.func @groups(%x: tensor<4x64xf16>, %w: tensor<1x1x128x4xi32>, %s: tensor<4x64xf16>) -> tensor<4x6xf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x64xf16>, tensor<1x1x128x4xi32>, tensor<4x64xf16>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// Block scales: tile n divides a block's columns.
// CHECK-LABEL: func.func @blocks(
// CHECK:         lowp.schedule = #lowp.schedule<wgmma, tile = {{64|128}}x{{16|32|64|128}}x128
func.func @blocks(%x: tensor<?x1024xf8E4M3FN>, %xs: tensor<?x8xf32>, %w: tensor<512x1024xf8E4M3FN>, %ws: tensor<4x8xf32>) -> tensor<?x512xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<?x1024xf8E4M3FN>, tensor<512x1024xf8E4M3FN>, tensor<?x8xf32>, tensor<4x8xf32>) -> tensor<?x512xbf16>
  return %y : tensor<?x512xbf16>
}

// WHY: NoKernel{{.*}}scales are of 64 of k and 128 columns; kernels take multiples of 128 of k and of 16 columns
// CHECK-LABEL: func.func @short_blocks(
// CHECK-NOT:     lowp.schedule
func.func @short_blocks(%x: tensor<?x1024xf8E4M3FN>, %xs: tensor<?x16xf32>, %w: tensor<512x1024xf8E4M3FN>, %ws: tensor<4x16xf32>) -> tensor<?x512xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<?x1024xf8E4M3FN>, tensor<512x1024xf8E4M3FN>, tensor<?x16xf32>, tensor<4x16xf32>) -> tensor<?x512xbf16>
  return %y : tensor<?x512xbf16>
}

// WHY: NoKernel{{.*}}block scales have a kernel where both sides have the same groups of k, the lhs one a row
func.func @one_side(%x: tensor<?x1024xf8E4M3FN>, %xs: tensor<?x1xf32>, %w: tensor<512x1024xf8E4M3FN>, %ws: tensor<4x8xf32>) -> tensor<?x512xbf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<?x1024xf8E4M3FN>, tensor<512x1024xf8E4M3FN>, tensor<?x1xf32>, tensor<4x8xf32>) -> tensor<?x512xbf16>
  return %y : tensor<?x512xbf16>
}
