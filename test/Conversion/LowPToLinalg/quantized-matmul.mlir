// RUN: quant-opt %s --convert-lowp-to-linalg | FileCheck %s

// CHECK-DAG: #[[$MK:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[$NK:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[$MN:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[$ALL:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[$ROW:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-DAG: #[[$COLUMN:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[$ONE:.*]] = affine_map<(d0, d1) -> ()>

// CHECK-LABEL: func.func @rows(
// CHECK-SAME:    %[[X:.*]]: tensor<?x8xi8>, %[[XS:.*]]: tensor<?x1xf32>, %[[W:.*]]: tensor<6x8xi8>, %[[WS:.*]]: tensor<6x1xf32>, %[[B:.*]]: tensor<6xf32>)
// CHECK:         %[[SUMS:.*]] = linalg.matmul indexing_maps = [#[[$MK]], #[[$NK]], #[[$MN]]] ins(%[[X]], %[[W]] : tensor<?x8xi8>, tensor<6x8xi8>)
// CHECK-SAME:      -> tensor<?x6xi32>
// CHECK-DAG:     %[[R:.*]] = tensor.collapse_shape %[[XS]] {{\[\[}}0, 1]] : tensor<?x1xf32> into tensor<?xf32>
// CHECK-DAG:     %[[C:.*]] = tensor.collapse_shape %[[WS]] {{\[\[}}0, 1]] : tensor<6x1xf32> into tensor<6xf32>
// CHECK:         linalg.generic {indexing_maps = [#[[$ALL]], #[[$ROW]], #[[$COLUMN]], #[[$COLUMN]], #[[$ALL]]]
// CHECK-SAME:      ins(%[[SUMS]], %[[R]], %[[C]], %[[B]]
// CHECK:           %[[V0:.*]] = arith.sitofp
// CHECK:           %[[V1:.*]] = arith.mulf %[[V0]]
// CHECK:           %[[V2:.*]] = arith.mulf %[[V1]]
// CHECK:           %[[V3:.*]] = arith.addf %[[V2]]
// CHECK:           linalg.yield %[[V3]]
func.func @rows(%x: tensor<?x8xi8>, %xs: tensor<?x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>, %b: tensor<6xf32>) -> tensor<?x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) : (tensor<?x8xi8>, tensor<6x8xi8>, tensor<?x1xf32>, tensor<6x1xf32>, tensor<6xf32>) -> tensor<?x6xf32>
  return %y : tensor<?x6xf32>
}

// CHECK-LABEL: func.func @transposed(
// CHECK:         linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<4x8xi8>, tensor<8x6xi8>)
// CHECK:         tensor.collapse_shape %{{.*}} [] : tensor<1x1xf32> into tensor<f32>
// CHECK:         linalg.generic {indexing_maps = [#[[$ALL]], #[[$ONE]], #[[$COLUMN]], #[[$ALL]]]
// CHECK:           arith.truncf %{{.*}} : f32 to f16
func.func @transposed(%x: tensor<4x8xi8>, %xs: tensor<1x1xf32>, %w: tensor<8x6xi8>, %ws: tensor<1x6xf32>) -> tensor<4x6xf16> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) transposed_rhs : (tensor<4x8xi8>, tensor<8x6xi8>, tensor<1x1xf32>, tensor<1x6xf32>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// 8-bit floats are widened, then multiplied as f32.
// CHECK-LABEL: func.func @float8(
// CHECK-SAME:    %[[X:.*]]: tensor<4x8xi8>, %[[W:.*]]: tensor<6x8xi8>
// CHECK:         %[[XF:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<4x8xi8>) outs(%{{.*}} : tensor<4x8xf32>)
// CHECK:         %[[WF:.*]] = linalg.generic {{.*}} ins(%[[W]] : tensor<6x8xi8>) outs(%{{.*}} : tensor<6x8xf32>)
// CHECK:         linalg.matmul indexing_maps = {{.*}} ins(%[[XF]], %[[WF]] : tensor<4x8xf32>, tensor<6x8xf32>) outs(%{{.*}} : tensor<4x6xf32>)
// CHECK-NOT:     arith.sitofp
// CHECK:         arith.mulf
// CHECK:         return
func.func @float8(%x: tensor<4x8xf8E4M3FN>, %w: tensor<6x8xf8E5M2>, %xs: tensor<4x1xf32>, %ws: tensor<1x1xf32>) -> tensor<4x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xf8E4M3FN>, tensor<6x8xf8E5M2>, tensor<4x1xf32>, tensor<1x1xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// Block scales: the dequantized operands are multiplied.
// CHECK-LABEL: func.func @blocks(
// CHECK:         linalg.matmul indexing_maps = [#[[$MK]], #[[$NK]], #[[$MN]]] ins(%{{.*}}, %{{.*}} : tensor<4x8xf32>, tensor<6x8xf32>)
// CHECK:         linalg.generic {indexing_maps = [#[[$ALL]], #[[$ALL]], #[[$ALL]]]
// CHECK-NOT:       arith.mulf
// CHECK:           arith.addf
func.func @blocks(%x: tensor<4x8xf8E4M3FN>, %w: tensor<6x8xf8E5M2>, %xs: tensor<4x2xf32>, %ws: tensor<3x2xf32>, %r: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%r) : (tensor<4x8xf8E4M3FN>, tensor<6x8xf8E5M2>, tensor<4x2xf32>, tensor<3x2xf32>, tensor<4x6xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}
