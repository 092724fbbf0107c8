// RUN: quant-opt %s --convert-quant-to-lowp --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func @per_axis(
// CHECK-SAME:    %[[X:.*]]: tensor<4x8xf32>) -> tensor<4x8xi8>
// CHECK-DAG:     %[[S:.*]] = arith.constant dense<{{\[\[}}5.000000e-01], [2.500000e-01], [1.000000e+00], [2.000000e+00]]> : tensor<4x1xf32>
// CHECK-DAG:     %[[Z:.*]] = arith.constant dense<{{\[\[}}0], [3], [0], [0]]> : tensor<4x1xi8>
// CHECK:         %[[Q:.*]] = lowp.quantize %[[X]], %[[S]], %[[Z]]
// CHECK:         return %[[Q]] : tensor<4x8xi8>
!axis = !quant.uniform<i8:f32:0, {0.5, 0.25:3, 1.0, 2.0}>
func.func @per_axis(%x: tensor<4x8xf32>) -> tensor<4x8x!axis> {
  %u = quant.qcast %x : tensor<4x8xf32> to tensor<4x8x!axis>
  return %u : tensor<4x8x!axis>
}

// -----

// CHECK-LABEL: func @sub_channel_weight(
// CHECK-DAG:     %[[Q:.*]] = arith.constant dense<1> : tensor<2x8xi4>
// CHECK-DAG:     %[[S:.*]] = arith.constant {{.*}} : tensor<2x2xf32>
// CHECK:         lowp.dequantize %[[Q]], %[[S]] : tensor<2x8xi4>, tensor<2x2xf32> -> tensor<2x8xf32>
!blocks = !quant.uniform<i4:f32:{0:1, 1:4}, {{0.5, 0.25}, {1.0, 2.0}}>
func.func @sub_channel_weight() -> tensor<2x8xf32> {
  %q = arith.constant dense<1> : tensor<2x8xi4>
  %u = quant.scast %q : tensor<2x8xi4> to tensor<2x8x!blocks>
  %d = quant.dcast %u : tensor<2x8x!blocks> to tensor<2x8xf32>
  return %d : tensor<2x8xf32>
}

// -----

// CHECK-LABEL: func @per_tensor_f64(
// CHECK:         arith.constant dense<1.000000e-01> : tensor<1x1xf64>
// CHECK:         lowp.quantize
func.func @per_tensor_f64(%x: tensor<?x?xf64>) -> tensor<?x?x!quant.uniform<i8:f64, 0.1>> {
  %u = quant.qcast %x : tensor<?x?xf64> to tensor<?x?x!quant.uniform<i8:f64, 0.1>>
  return %u : tensor<?x?x!quant.uniform<i8:f64, 0.1>>
}

// -----

func.func @unsigned(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{which lowp has no form for: unsigned storage: lowp codes are signed, subtract half the range from codes and zero points}}
  %u = quant.qcast %x : tensor<4xf32> to tensor<4x!quant.uniform<u8:f32, 0.5:128>>
  %d = quant.dcast %u : tensor<4x!quant.uniform<u8:f32, 0.5:128>> to tensor<4xf32>
  return %d : tensor<4xf32>
}

// -----

func.func @wide(%x: tensor<4xf32>) {
  // expected-error @below {{storage of 16 bits: lowp codes have 2 to 8}}
  %u = quant.qcast %x : tensor<4xf32> to tensor<4x!quant.uniform<i16:f32, 0.5>>
  return
}

// -----

func.func @narrowed(%x: tensor<4xf32>) {
  // expected-error @below {{a storage range narrower than its type: lowp saturates to the whole range}}
  %u = quant.qcast %x : tensor<4xf32> to tensor<4x!quant.uniform<i8<-127:127>:f32, 0.5>>
  return
}

// -----

func.func @scalar(%x: f32) {
  // expected-error @below {{only tensors with a rank carry parameters beside them}}
  %u = quant.qcast %x : f32 to !quant.uniform<i8:f32, 0.5>
  return
}

// -----

// expected-error @below {{the type does not give scales}}
func.func @any(%x: tensor<4x!quant.any<i8:f32>>) {
  return
}

// -----

func.func @other_op(%x: tensor<4x!quant.uniform<i8:f32, 0.5>>) -> tensor<2x2x!quant.uniform<i8:f32, 0.5>> {
  // expected-error @below {{failed to legalize operation 'tensor.expand_shape'}}
  %e = tensor.expand_shape %x [[0, 1]] output_shape [2, 2]
    : tensor<4x!quant.uniform<i8:f32, 0.5>> into tensor<2x2x!quant.uniform<i8:f32, 0.5>>
  return %e : tensor<2x2x!quant.uniform<i8:f32, 0.5>>
}
