// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (0, d1)>
module {
  func.func @main(%arg0: tensor<3x16xf32>, %arg1: tensor<8x16xf32>, %arg2: tensor<8xf32>) -> tensor<3x8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<16x8xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<8x16xf32>) outs(%0 : tensor<16x8xf32>) permutation = [1, 0] 
    %expanded = tensor.expand_shape %arg0 [[0, 1], [2]] output_shape [1, 3, 16] : tensor<3x16xf32> into tensor<1x3x16xf32>
    %expanded_0 = tensor.expand_shape %transposed [[0, 1], [2]] output_shape [1, 16, 8] : tensor<16x8xf32> into tensor<1x16x8xf32>
    %1 = tensor.empty() : tensor<1x3x8xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<1x3x8xf32>) -> tensor<1x3x8xf32>
    %3 = linalg.batch_matmul ins(%expanded, %expanded_0 : tensor<1x3x16xf32>, tensor<1x16x8xf32>) outs(%2 : tensor<1x3x8xf32>) -> tensor<1x3x8xf32>
    %collapsed = tensor.collapse_shape %3 [[0, 1], [2]] : tensor<1x3x8xf32> into tensor<3x8xf32>
    %expanded_1 = tensor.expand_shape %arg2 [[0, 1]] output_shape [1, 8] : tensor<8xf32> into tensor<1x8xf32>
    %4 = tensor.empty() : tensor<3x8xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %expanded_1 : tensor<3x8xf32>, tensor<1x8xf32>) outs(%4 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %6 = arith.addf %in, %in_2 : f32
      linalg.yield %6 : f32
    } -> tensor<3x8xf32>
    return %5 : tensor<3x8xf32>
  }
}

