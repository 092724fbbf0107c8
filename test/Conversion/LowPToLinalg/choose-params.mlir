// RUN: quant-opt %s --convert-lowp-to-linalg --canonicalize --split-input-file | FileCheck %s

// CHECK-DAG: #[[$DATA:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[$ROW:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-LABEL: func @symmetric_token(
// CHECK-SAME:    %[[X:.*]]: tensor<?x576xf32>
// CHECK-DAG:     %[[HALF:.*]] = arith.constant 1.275000e+02 : f32
// CHECK-DAG:     %[[ONE:.*]] = arith.constant 1.0{{.*}} : f32
// CHECK-DAG:     %[[ZERO:.*]] = arith.constant 0.0{{.*}} : f32
// CHECK-DAG:     %[[MIN:.*]] = arith.constant 1.17549435E-38 : f32
// CHECK-DAG:     %[[LARGEST:.*]] = arith.constant 3.40282347E+38 : f32
// CHECK-DAG:     %[[MASK:.*]] = arith.constant 2147483647 : i32
// CHECK:         linalg.fill {{.*}} outs({{.*}} : tensor<?xi32>)
// CHECK:         %[[MAX:.*]] = linalg.generic
// CHECK-SAME:      indexing_maps = [#[[$DATA]], #[[$ROW]]], iterator_types = ["parallel", "reduction"]
// CHECK-SAME:      ins(%[[X]] :
// CHECK:         ^bb0(%[[V:.*]]: f32, %[[ACC:.*]]: i32):
// CHECK:           %[[BITS:.*]] = arith.bitcast %[[V]] : f32 to i32
// CHECK:           %[[MAG:.*]] = arith.andi %[[BITS]], %[[MASK]]
// CHECK:           arith.maxui %[[MAG]], %[[ACC]]
// CHECK:         linalg.generic {{.*}} ins(%[[MAX]] :
// CHECK:           %[[ABSMAX:.*]] = arith.bitcast {{.*}} : i32 to f32
// CHECK:           %[[SCALE:.*]] = arith.divf %[[ABSMAX]], %[[HALF]]
// CHECK:           %[[EQ:.*]] = arith.cmpf oeq, %[[ABSMAX]], %[[ZERO]]
// CHECK:           %[[LT:.*]] = arith.cmpf olt, %[[SCALE]], %[[MIN]]
// CHECK:           %[[ATLEAST:.*]] = arith.select %[[LT]], %[[MIN]], %[[SCALE]]
// CHECK:           %[[GT:.*]] = arith.cmpf ogt, %[[ATLEAST]], %[[LARGEST]]
// CHECK:           %[[KEPT:.*]] = arith.select %[[GT]], %[[LARGEST]], %[[ATLEAST]]
// CHECK:           arith.select %[[EQ]], %[[ONE]], %[[KEPT]]
// CHECK:         tensor.expand_shape {{.*}} : tensor<?xf32> into tensor<?x1xf32>
func.func @symmetric_token(%x: tensor<?x576xf32>) -> tensor<?x1xf32> {
  %s = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  return %s : tensor<?x1xf32>
}

// -----

// The zero point is computed from the scale as stored (N2).
// CHECK-LABEL: func @asymmetric_group(
// CHECK-SAME:    -> (tensor<4x2xf16>, tensor<4x2xi8>)
// CHECK-DAG:     %[[ONE:.*]] = arith.constant 1.0{{.*}} : f16
// CHECK-DAG:     %[[NONE:.*]] = arith.constant 0.0{{.*}} : f32
// CHECK-DAG:     %[[NORMAL:.*]] = arith.constant 6.10351563E-5 : f32
// CHECK:         linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction"]
// CHECK:           arith.maxsi
// CHECK:           arith.maxui
// CHECK:         linalg.generic
// CHECK:           %[[MAX:.*]] = arith.bitcast {{.*}} : i32 to f32
// CHECK:           %[[MIN:.*]] = arith.select {{.*}} : f32
// CHECK:           %[[ISZERO:.*]] = arith.cmpf oeq, %[[MAX]], %[[MIN]]
// CHECK:           arith.cmpf olt, %{{.*}}, %[[NORMAL]]
// CHECK:           %[[ROUNDED:.*]] = arith.truncf {{.*}} : f32 to f16
// CHECK:           %[[STORED:.*]] = arith.select %[[ISZERO]], %[[ONE]], %[[ROUNDED]] : f16
// CHECK:           %[[WIDE:.*]] = arith.extf %[[STORED]] : f16 to f32
// CHECK:           arith.divf %[[MIN]], %[[WIDE]]
// CHECK:           %[[R:.*]] = math.roundeven
// CHECK:           arith.select %[[ISZERO]], %[[NONE]], %[[R]]
// CHECK:           %[[Z:.*]] = arith.fptosi {{.*}} : f32 to i8
// CHECK:           linalg.yield %[[STORED]], %[[Z]] : f16, i8
func.func @asymmetric_group(%x: tensor<4x64xf16>) -> (tensor<4x2xf16>, tensor<4x2xi4>) {
  %s, %z = lowp.choose_params %x : tensor<4x64xf16> as #lowp.scheme<i4, group = 32, asymmetric>
    -> tensor<4x2xf16>, tensor<4x2xi4>
  return %s, %z : tensor<4x2xf16>, tensor<4x2xi4>
}

// -----

// CHECK-LABEL: func @fp8_tensor(
// CHECK-DAG:     %[[LARGEST:.*]] = arith.constant 4.480000e+02 : f32
// CHECK:         iterator_types = ["reduction", "reduction"]
// CHECK:           arith.divf %{{.*}}, %[[LARGEST]]
// CHECK:         tensor.expand_shape {{.*}} : tensor<f32> into tensor<1x1xf32>
func.func @fp8_tensor(%x: tensor<4x64xf32>) -> tensor<1x1xf32> {
  %s = lowp.choose_params %x : tensor<4x64xf32> as #lowp.scheme<f8E4M3FN, tensor> -> tensor<1x1xf32>
  return %s : tensor<1x1xf32>
}
