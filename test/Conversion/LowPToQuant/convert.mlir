// RUN: quant-opt %s --convert-lowp-to-quant --verify-diagnostics | FileCheck %s
// Out and back is the same IR again.
// RUN: quant-opt %s --convert-lowp-to-quant --convert-quant-to-lowp --canonicalize --cse 2>/dev/null > %t.there
// RUN: quant-opt %s --canonicalize --cse > %t.here
// RUN: diff %t.here %t.there

// CHECK-LABEL: func @per_tensor(
// CHECK-SAME:    %[[X:.*]]: tensor<4x8xf32>
// CHECK:         %[[U:.*]] = quant.qcast %[[X]] : tensor<4x8xf32> to tensor<4x8x!quant.uniform<i8:f32, 5.000000e-01>>
// CHECK:         %[[Q:.*]] = quant.scast %[[U]] : {{.*}} to tensor<4x8xi8>
// CHECK:         return %[[Q]]
func.func @per_tensor(%x: tensor<4x8xf32>) -> tensor<4x8xi8> {
  %s = arith.constant dense<0.5> : tensor<1x1xf32>
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<1x1xf32> -> tensor<4x8xi8>
  return %q : tensor<4x8xi8>
}

// CHECK-LABEL: func @per_axis(
// CHECK:         quant.scast %{{.*}} : tensor<2x?xi4> to tensor<2x?x!quant.uniform<i4:f32:0, {5.000000e-01:3,2.500000e-01:-1}>>
// CHECK:         quant.dcast {{.*}} to tensor<2x?xf32>
func.func @per_axis(%q: tensor<2x?xi4>) -> tensor<2x?xf32> {
  %s = arith.constant dense<[[0.5], [0.25]]> : tensor<2x1xf32>
  %z = arith.constant dense<[[3], [-1]]> : tensor<2x1xi4>
  %x = lowp.dequantize %q, %s, %z : tensor<2x?xi4>, tensor<2x1xf32>, tensor<2x1xi4> -> tensor<2x?xf32>
  return %x : tensor<2x?xf32>
}

// CHECK-LABEL: func @sub_channel(
// CHECK:         tensor<2x8x!quant.uniform<i4:f32:{0:1, 1:4}
// CHECK-SAME:      {{[{][{]}}5.000000e-01, 2.500000e-01}, {1.000000e+00, 2.000000e+00}}>>
func.func @sub_channel(%q: tensor<2x8xi4>) -> tensor<2x8xf32> {
  %s = arith.constant dense<[[0.5, 0.25], [1.0, 2.0]]> : tensor<2x2xf32>
  %x = lowp.dequantize %q, %s : tensor<2x8xi4>, tensor<2x2xf32> -> tensor<2x8xf32>
  return %x : tensor<2x8xf32>
}

// CHECK-LABEL: func @stays(
// CHECK-NOT:     quant.
// CHECK:         return
func.func @stays(%x: tensor<4x8xf32>, %s: tensor<1x1xf32>) -> (tensor<4x8xi8>, tensor<4x8xf8E5M2>, tensor<4x8xi8>) {
  %k = arith.constant dense<0.5> : tensor<1x1xf32>
  %n = arith.constant dense<0.0> : tensor<1x1xf32>
  // expected-remark @below {{stays in lowp: parameters are not dense constants}}
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<1x1xf32> -> tensor<4x8xi8>
  // expected-remark @below {{stays in lowp: upstream's types have no 8-bit float storage}}
  %f = lowp.quantize %x, %k : tensor<4x8xf32>, tensor<1x1xf32> -> tensor<4x8xf8E5M2>
  // expected-remark @below {{stays in lowp: a scale is not a positive finite number}}
  %p = lowp.quantize %x, %n : tensor<4x8xf32>, tensor<1x1xf32> -> tensor<4x8xi8>
  return %q, %f, %p : tensor<4x8xi8>, tensor<4x8xf8E5M2>, tensor<4x8xi8>
}

func.func @blocks_of_dynamic(%q: tensor<2x?x8xi4>) -> tensor<2x?x8xf32> {
  %s = arith.constant dense<[[[0.5, 0.25]], [[1.0, 2.0]]]> : tensor<2x1x2xf32>
  // expected-remark @below {{stays in lowp: blocks of a tensor with dynamic dimensions}}
  %x = lowp.dequantize %q, %s : tensor<2x?x8xi4>, tensor<2x1x2xf32> -> tensor<2x?x8xf32>
  return %x : tensor<2x?x8xf32>
}
