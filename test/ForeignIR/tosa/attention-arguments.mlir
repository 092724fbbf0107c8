// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.skip = "both operands are activations: attention over function arguments"
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (0, 0)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
module {
  func.func @main(%arg0: tensor<5x8xf32>, %arg1: tensor<5x8xf32>, %arg2: tensor<5x8xf32>) -> tensor<5x8xf32> {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant -3.40282347E+38 : f32
    %cst_1 = arith.constant 0.000000e+00 : f32
    %cst_2 = arith.constant dense<0.353553385> : tensor<1x1xf32>
    %0 = tensor.empty() : tensor<8x5xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<5x8xf32>) outs(%0 : tensor<8x5xf32>) permutation = [1, 0] 
    %expanded = tensor.expand_shape %arg0 [[0, 1], [2]] output_shape [1, 5, 8] : tensor<5x8xf32> into tensor<1x5x8xf32>
    %expanded_3 = tensor.expand_shape %transposed [[0, 1], [2]] output_shape [1, 8, 5] : tensor<8x5xf32> into tensor<1x8x5xf32>
    %1 = tensor.empty() : tensor<1x5x5xf32>
    %2 = linalg.fill ins(%cst_1 : f32) outs(%1 : tensor<1x5x5xf32>) -> tensor<1x5x5xf32>
    %3 = linalg.batch_matmul ins(%expanded, %expanded_3 : tensor<1x5x8xf32>, tensor<1x8x5xf32>) outs(%2 : tensor<1x5x5xf32>) -> tensor<1x5x5xf32>
    %collapsed = tensor.collapse_shape %3 [[0, 1], [2]] : tensor<1x5x5xf32> into tensor<5x5xf32>
    %4 = tensor.empty() : tensor<5x5xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %cst_2 : tensor<5x5xf32>, tensor<1x1xf32>) outs(%4 : tensor<5x5xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %17 = arith.mulf %in, %in_10 : f32
      linalg.yield %17 : f32
    } -> tensor<5x5xf32>
    %6 = tensor.empty() : tensor<5xf32>
    %7 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<5xf32>) -> tensor<5xf32>
    %reduced = linalg.reduce ins(%5 : tensor<5x5xf32>) outs(%7 : tensor<5xf32>) dimensions = [1] 
      (%in: f32, %init: f32) {
        %17 = arith.maximumf %in, %init : f32
        linalg.yield %17 : f32
      }
    %expanded_4 = tensor.expand_shape %reduced [[0, 1]] output_shape [5, 1] : tensor<5xf32> into tensor<5x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%5, %expanded_4 : tensor<5x5xf32>, tensor<5x1xf32>) outs(%4 : tensor<5x5xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %17 = arith.subf %in, %in_10 : f32
      linalg.yield %17 : f32
    } -> tensor<5x5xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<5x5xf32>) outs(%4 : tensor<5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %17 = math.exp %in : f32
      linalg.yield %17 : f32
    } -> tensor<5x5xf32>
    %10 = linalg.fill ins(%cst_1 : f32) outs(%6 : tensor<5xf32>) -> tensor<5xf32>
    %reduced_5 = linalg.reduce ins(%9 : tensor<5x5xf32>) outs(%10 : tensor<5xf32>) dimensions = [1] 
      (%in: f32, %init: f32) {
        %17 = arith.addf %in, %init : f32
        linalg.yield %17 : f32
      }
    %expanded_6 = tensor.expand_shape %reduced_5 [[0, 1]] output_shape [5, 1] : tensor<5xf32> into tensor<5x1xf32>
    %11 = tensor.empty() : tensor<5x1xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_6 : tensor<5x1xf32>) outs(%11 : tensor<5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %17 = arith.divf %cst, %in : f32
      linalg.yield %17 : f32
    } -> tensor<5x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%9, %12 : tensor<5x5xf32>, tensor<5x1xf32>) outs(%4 : tensor<5x5xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %17 = arith.mulf %in, %in_10 : f32
      linalg.yield %17 : f32
    } -> tensor<5x5xf32>
    %expanded_7 = tensor.expand_shape %13 [[0, 1], [2]] output_shape [1, 5, 5] : tensor<5x5xf32> into tensor<1x5x5xf32>
    %expanded_8 = tensor.expand_shape %arg2 [[0, 1], [2]] output_shape [1, 5, 8] : tensor<5x8xf32> into tensor<1x5x8xf32>
    %14 = tensor.empty() : tensor<1x5x8xf32>
    %15 = linalg.fill ins(%cst_1 : f32) outs(%14 : tensor<1x5x8xf32>) -> tensor<1x5x8xf32>
    %16 = linalg.batch_matmul ins(%expanded_7, %expanded_8 : tensor<1x5x5xf32>, tensor<1x5x8xf32>) outs(%15 : tensor<1x5x8xf32>) -> tensor<1x5x8xf32>
    %collapsed_9 = tensor.collapse_shape %16 [[0, 1], [2]] : tensor<1x5x8xf32> into tensor<5x8xf32>
    return %collapsed_9 : tensor<5x8xf32>
  }
}

