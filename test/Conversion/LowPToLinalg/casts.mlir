// RUN: quant-opt %s --convert-lowp-to-linalg --canonicalize --split-input-file | FileCheck %s

// The example of the pass: blocks become a dimension, and no map divides.
// CHECK-DAG: #[[$DATA:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[$PARAM:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-LABEL: func @quantize_group(
// CHECK-SAME:    %[[X:.*]]: tensor<4x64xf32>, %[[S:.*]]: tensor<4x2xf32>) -> tensor<4x64xi8>
// CHECK-DAG:     %[[ZERO:.*]] = arith.constant 0.0{{.*}} : f32
// CHECK-DAG:     %[[LOW:.*]] = arith.constant -8.0{{.*}} : f32
// CHECK-DAG:     %[[HIGH:.*]] = arith.constant 7.0{{.*}} : f32
// CHECK:         %[[B:.*]] = tensor.expand_shape %[[X]] {{\[\[}}0], [1, 2]] {{.*}} into tensor<4x2x32xf32>
// CHECK:         %[[E:.*]] = tensor.empty() : tensor<4x2x32xi8>
// CHECK:         %[[C:.*]] = linalg.generic
// CHECK-SAME:      indexing_maps = [#[[$DATA]], #[[$PARAM]], #[[$DATA]]]
// CHECK-SAME:      iterator_types = ["parallel", "parallel", "parallel"]
// CHECK-SAME:      ins(%[[B]], %[[S]] :
// CHECK:         ^bb0(%[[V:.*]]: f32, %[[SCALE:.*]]: f32, %{{.*}}: i8):
// CHECK:           %[[D:.*]] = arith.divf %[[V]], %[[SCALE]] : f32
// CHECK:           %[[R:.*]] = math.roundeven %[[D]] : f32
// CHECK:           %[[ORD:.*]] = arith.cmpf ord, %[[R]], %[[R]] : f32
// CHECK:           %[[N:.*]] = arith.select %[[ORD]], %[[R]], %[[ZERO]]
// CHECK:           %[[GT:.*]] = arith.cmpf ogt, %[[N]], %[[LOW]]
// CHECK:           %[[L:.*]] = arith.select %[[GT]], %[[N]], %[[LOW]]
// CHECK:           %[[LT:.*]] = arith.cmpf olt, %[[L]], %[[HIGH]]
// CHECK:           %[[H:.*]] = arith.select %[[LT]], %[[L]], %[[HIGH]]
// CHECK:           %[[I:.*]] = arith.fptosi %[[H]] : f32 to i8
// CHECK:           linalg.yield %[[I]]
// CHECK:         tensor.collapse_shape %[[C]] {{\[\[}}0], [1, 2]] : tensor<4x2x32xi8> into tensor<4x64xi8>
func.func @quantize_group(%x: tensor<4x64xf32>, %s: tensor<4x2xf32>) -> tensor<4x64xi4> {
  %q = lowp.quantize %x, %s : tensor<4x64xf32>, tensor<4x2xf32> -> tensor<4x64xi4>
  return %q : tensor<4x64xi4>
}

// -----

// f16 values and scales are computed in f32 (N3); the zero point is added before the clamp.
// CHECK-DAG: #[[$DATA:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[$ROW:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-LABEL: func @quantize_token(
// CHECK-SAME:    %[[X:.*]]: tensor<?x576xf16>, %[[S:.*]]: tensor<?x1xf16>, %[[Z:.*]]: tensor<?x1xi8>)
// CHECK-DAG:     %[[S1:.*]] = tensor.collapse_shape %[[S]] {{.*}} into tensor<?xf16>
// CHECK-DAG:     %[[Z1:.*]] = tensor.collapse_shape %[[Z]] {{.*}} into tensor<?xi8>
// CHECK:         linalg.generic {indexing_maps = [#[[$DATA]], #[[$ROW]], #[[$ROW]], #[[$DATA]]]
// CHECK-SAME:      ins(%[[X]], %[[S1]], %[[Z1]] :
// CHECK:           arith.extf {{.*}} : f16 to f32
// CHECK:           arith.extf {{.*}} : f16 to f32
// CHECK:           %[[R:.*]] = math.roundeven {{.*}} : f32
// CHECK:           %[[ZF:.*]] = arith.sitofp {{.*}} : i8 to f32
// CHECK:           arith.addf %[[R]], %[[ZF]]
// CHECK:         -> tensor<?x576xi8>
func.func @quantize_token(%x: tensor<?x576xf16>, %s: tensor<?x1xf16>, %z: tensor<?x1xi8>) -> tensor<?x576xi8> {
  %q = lowp.quantize %x, %s, %z : tensor<?x576xf16>, tensor<?x1xf16>, tensor<?x1xi8> -> tensor<?x576xi8>
  return %q : tensor<?x576xi8>
}

// -----

// CHECK-DAG: #[[$PARAM:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2)>
// CHECK-LABEL: func @dequantize_block(
// CHECK-SAME:    %[[Q:.*]]: tensor<128x256xi8>
// CHECK:         tensor.expand_shape %[[Q]] {{\[\[}}0, 1], [2, 3]] {{.*}} into tensor<2x64x2x128xi8>
// CHECK:         linalg.generic
// CHECK-SAME:      #[[$PARAM]]
// CHECK:         ^bb0(%[[C:.*]]: i8, %[[SCALE:.*]]: f32, %{{.*}}: bf16):
// CHECK:           %[[BITS:.*]] = arith.extui %[[C]] : i8 to i32
// CHECK:           %[[V:.*]] = arith.bitcast %{{.*}} : i32 to f32
// CHECK:           %[[M:.*]] = arith.mulf %[[V]], %[[SCALE]] : f32
// CHECK:           arith.truncf %[[M]] : f32 to bf16
// CHECK:         tensor.collapse_shape {{.*}} into tensor<128x256xbf16>
func.func @dequantize_block(%q: tensor<128x256xf8E4M3FN>, %s: tensor<2x2xf32>) -> tensor<128x256xbf16> {
  %x = lowp.dequantize %q, %s : tensor<128x256xf8E4M3FN>, tensor<2x2xf32> -> tensor<128x256xbf16>
  return %x : tensor<128x256xbf16>
}

// -----

// One scale for all: a parameter of rank 0. Codes never leave the loop.
// CHECK-DAG: #[[$NONE:.*]] = affine_map<(d0, d1) -> ()>
// CHECK-LABEL: func @fake_quant_tensor(
// CHECK-SAME:    %{{.*}}: tensor<?x8xf64>, %[[S:.*]]: tensor<1x1xf32>, %[[Z:.*]]: tensor<1x1xi8>)
// CHECK:         tensor.collapse_shape %[[S]] [] : tensor<1x1xf32> into tensor<f32>
// CHECK:         linalg.generic
// CHECK-SAME:      #[[$NONE]], #[[$NONE]]
// CHECK:           arith.divf {{.*}} : f64
// CHECK:           %[[CODE:.*]] = arith.fptosi {{.*}} : f64 to i8
// CHECK:           %[[WIDE:.*]] = arith.extsi %[[CODE]] : i8 to i32
// CHECK:           %[[OFF:.*]] = arith.subi %[[WIDE]],
// CHECK:           arith.sitofp %[[OFF]] : i32 to f64
func.func @fake_quant_tensor(%x: tensor<?x8xf64>, %s: tensor<1x1xf32>, %z: tensor<1x1xi3>) -> tensor<?x8xf64> {
  %y = lowp.fake_quant %x, %s, %z as i3 : tensor<?x8xf64>, tensor<1x1xf32>, tensor<1x1xi3>
  return %y : tensor<?x8xf64>
}

// -----

// What observes is dropped; a store goes with the last weight that reads it.
// CHECK-LABEL: module
// CHECK-NOT:     lowp.store @unused
// CHECK:         lowp.store @used
// CHECK:       func @markers
// CHECK-NEXT:    lowp.weight @used
// CHECK-NEXT:    return
lowp.store @unused "a.safetensors" id = "0000000000000001"
lowp.store @used "b.safetensors" id = "0000000000000002"
func.func @markers(%x: tensor<4xf32>) -> tensor<4xf32> {
  lowp.observe %x at "layers.0" : tensor<4xf32>
  %w = lowp.weight @used::@"w" : tensor<4xf32>
  return %w : tensor<4xf32>
}
