// RUN: quant-opt %s --pack-int4-weights --remark-format=emitRemark --remarks-filter='.*' 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=WHY --input-file=%t.err
// RUN: quant-opt %s --pack-int4-weights=round-scales | FileCheck %s --check-prefix=ROUND

// Codes 0 are nibbles 8, -1 is 7; what the words hold is tested in test/Unit/Numerics/Int4PackingTest.cpp. Scales are
// rows of groups of the activations' type, zero points as well.
// CHECK-LABEL: func.func @groups(
// CHECK-DAG:     %[[W:.*]] = arith.constant dense<2004318071> : tensor<1x1x128x4xi32>
// CHECK-DAG:     %[[S:.*]] = arith.constant dense<5.000000e-01> : tensor<2x64xf16>
// CHECK-DAG:     %[[Z:.*]] = arith.constant dense<-3.000000e+00> : tensor<2x64xf16>
// CHECK:         lowp.mixed_matmul %{{.*}}, %[[W]] scale(%[[S]]) zero(%[[Z]]) : (tensor<?x64xf16>, tensor<1x1x128x4xi32>, tensor<2x64xf16>, tensor<2x64xf16>) -> tensor<?x64xf16>
func.func @groups(%x: tensor<?x64xf16>) -> tensor<?x64xf16> {
  %w = arith.constant dense<-1> : tensor<64x64xi4>
  %s = arith.constant dense<0.5> : tensor<64x2xf32>
  %z = arith.constant dense<-3> : tensor<64x2xi4>
  %y = lowp.mixed_matmul %x, %w scale(%s) zero(%z) : (tensor<?x64xf16>, tensor<64x64xi4>, tensor<64x2xf32>, tensor<64x2xi4>) -> tensor<?x64xf16>
  return %y : tensor<?x64xf16>
}

// WHY: NotPacked{{.*}}"a scale is no number of the activations' type, f16; round the weight with scales of that type, or give round-scales"
// CHECK-LABEL: func.func @inexact(
// CHECK:         tensor<6x64xi4>
// ROUND-LABEL: func.func @inexact(
// ROUND:         arith.constant dense<{{.*}}> : tensor<1x64xf16>
// ROUND:         tensor<1x1x128x4xi32>
func.func @inexact(%x: tensor<4x64xf16>) -> tensor<4x6xf16> {
  %w = arith.constant dense<1> : tensor<6x64xi4>
  %s = arith.constant dense<0.1> : tensor<6x1xf32>
  %y = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x64xf16>, tensor<6x64xi4>, tensor<6x1xf32>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// WHY: NotPacked{{.*}}"the weight cannot be read: it is no constant"
func.func @argument(%x: tensor<4x64xf16>, %w: tensor<6x64xi4>, %s: tensor<6x1xf16>) -> tensor<4x6xf16> {
  %y = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x64xf16>, tensor<6x64xi4>, tensor<6x1xf16>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// Neither packed nor lost: no kernel would read it.
// WHY: NotPacked{{.*}}"k is 12; a tensor map needs rows that are a multiple of 16 bytes"
// CHECK-LABEL: func.func @length(
// CHECK:         tensor<6x12xi4>
func.func @length(%x: tensor<4x12xf16>) -> tensor<4x6xf16> {
  %w = arith.constant dense<1> : tensor<6x12xi4>
  %s = arith.constant dense<0.5> : tensor<6x1xf16>
  %y = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x12xf16>, tensor<6x12xi4>, tensor<6x1xf16>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}
