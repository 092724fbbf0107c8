// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x5x8xf32>, %arg1: tensor<1x2x5x8xf32>, %arg2: tensor<1x2x5x8xf32>) -> tensor<1x2x5x8xf32> {
    %true = arith.constant true
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant -3.40282347E+38 : f32
    %cst_1 = arith.constant 0.000000e+00 : f32
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<1x2x5x5xf32>
    %cst_3 = arith.constant dense<0.594603539> : tensor<1x1x1x1xf32>
    %cst_4 = arith.constant dense<0xFFF0000000000000> : tensor<1x1x1x1xf64>
    %0 = tensor.empty() : tensor<1x2x5x8xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2, %cst_3 : tensor<1x2x5x8xf32>, tensor<1x1x1x1xf32>) outs(%0 : tensor<1x2x5x8xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %26 = arith.mulf %in, %in_14 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x5x8xf32>
    %2 = tensor.empty() : tensor<1x2x8x5xf32>
    %transposed = linalg.transpose ins(%arg2 : tensor<1x2x5x8xf32>) outs(%2 : tensor<1x2x8x5xf32>) permutation = [0, 1, 3, 2] 
    %3 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed, %cst_3 : tensor<1x2x8x5xf32>, tensor<1x1x1x1xf32>) outs(%2 : tensor<1x2x8x5xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %26 = arith.mulf %in, %in_14 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x8x5xf32>
    %collapsed = tensor.collapse_shape %1 [[0, 1], [2], [3]] : tensor<1x2x5x8xf32> into tensor<2x5x8xf32>
    %collapsed_5 = tensor.collapse_shape %3 [[0, 1], [2], [3]] : tensor<1x2x8x5xf32> into tensor<2x8x5xf32>
    %4 = tensor.empty() : tensor<2x5x5xf32>
    %5 = linalg.fill ins(%cst_1 : f32) outs(%4 : tensor<2x5x5xf32>) -> tensor<2x5x5xf32>
    %6 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x5x8xf32>, tensor<2x8x5xf32>) outs(%5 : tensor<2x5x5xf32>) -> tensor<2x5x5xf32>
    %expanded = tensor.expand_shape %6 [[0, 1], [2], [3]] output_shape [1, 2, 5, 5] : tensor<2x5x5xf32> into tensor<1x2x5x5xf32>
    %7 = tensor.empty() : tensor<1x2x5xf32>
    %8 = linalg.fill ins(%cst_0 : f32) outs(%7 : tensor<1x2x5xf32>) -> tensor<1x2x5xf32>
    %reduced = linalg.reduce ins(%expanded : tensor<1x2x5x5xf32>) outs(%8 : tensor<1x2x5xf32>) dimensions = [3] 
      (%in: f32, %init: f32) {
        %26 = arith.maximumf %in, %init : f32
        linalg.yield %26 : f32
      }
    %expanded_6 = tensor.expand_shape %reduced [[0], [1], [2, 3]] output_shape [1, 2, 5, 1] : tensor<1x2x5xf32> into tensor<1x2x5x1xf32>
    %9 = tensor.empty() : tensor<1x2x5x5xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_6 : tensor<1x2x5x5xf32>, tensor<1x2x5x1xf32>) outs(%9 : tensor<1x2x5x5xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %26 = arith.subf %in, %in_14 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x5x5xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x2x5x5xf32>) outs(%9 : tensor<1x2x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = math.exp %in : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x5x5xf32>
    %12 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<1x2x5xf32>) -> tensor<1x2x5xf32>
    %reduced_7 = linalg.reduce ins(%11 : tensor<1x2x5x5xf32>) outs(%12 : tensor<1x2x5xf32>) dimensions = [3] 
      (%in: f32, %init: f32) {
        %26 = arith.addf %in, %init : f32
        linalg.yield %26 : f32
      }
    %expanded_8 = tensor.expand_shape %reduced_7 [[0], [1], [2, 3]] output_shape [1, 2, 5, 1] : tensor<1x2x5xf32> into tensor<1x2x5x1xf32>
    %13 = tensor.empty() : tensor<1x2x5x1xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x2x5x1xf32>) outs(%13 : tensor<1x2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = arith.divf %cst, %in : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x5x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %14 : tensor<1x2x5x5xf32>, tensor<1x2x5x1xf32>) outs(%9 : tensor<1x2x5x5xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %26 = arith.mulf %in, %in_14 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x5x5xf32>
    %16 = tensor.empty() : tensor<1x2x5x5xf64>
    %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x5x5xf32>) outs(%16 : tensor<1x2x5x5xf64>) {
    ^bb0(%in: f32, %out: f64):
      %26 = arith.extf %in : f32 to f64
      linalg.yield %26 : f64
    } -> tensor<1x2x5x5xf64>
    %18 = tensor.empty() : tensor<1x2x5x5xi1>
    %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_4 : tensor<1x2x5x5xf64>, tensor<1x1x1x1xf64>) outs(%18 : tensor<1x2x5x5xi1>) {
    ^bb0(%in: f64, %in_14: f64, %out: i1):
      %26 = arith.cmpf oeq, %in, %in_14 : f64
      linalg.yield %26 : i1
    } -> tensor<1x2x5x5xi1>
    %20 = tensor.empty() : tensor<1x2x5xi1>
    %21 = linalg.fill ins(%true : i1) outs(%20 : tensor<1x2x5xi1>) -> tensor<1x2x5xi1>
    %reduced_9 = linalg.reduce ins(%19 : tensor<1x2x5x5xi1>) outs(%21 : tensor<1x2x5xi1>) dimensions = [3] 
      (%in: i1, %init: i1) {
        %26 = arith.andi %in, %init : i1
        linalg.yield %26 : i1
      }
    %expanded_10 = tensor.expand_shape %reduced_9 [[0], [1], [2, 3]] output_shape [1, 2, 5, 1] : tensor<1x2x5xi1> into tensor<1x2x5x1xi1>
    %22 = linalg.generic {indexing_maps = [#map2, #map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10, %cst_2, %15 : tensor<1x2x5x1xi1>, tensor<1x2x5x5xf32>, tensor<1x2x5x5xf32>) outs(%9 : tensor<1x2x5x5xf32>) {
    ^bb0(%in: i1, %in_14: f32, %in_15: f32, %out: f32):
      %26 = arith.select %in, %in_14, %in_15 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x5x5xf32>
    %collapsed_11 = tensor.collapse_shape %22 [[0, 1], [2], [3]] : tensor<1x2x5x5xf32> into tensor<2x5x5xf32>
    %collapsed_12 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x5x8xf32> into tensor<2x5x8xf32>
    %23 = tensor.empty() : tensor<2x5x8xf32>
    %24 = linalg.fill ins(%cst_1 : f32) outs(%23 : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %25 = linalg.batch_matmul ins(%collapsed_11, %collapsed_12 : tensor<2x5x5xf32>, tensor<2x5x8xf32>) outs(%24 : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %expanded_13 = tensor.expand_shape %25 [[0, 1], [2], [3]] output_shape [1, 2, 5, 8] : tensor<2x5x8xf32> into tensor<1x2x5x8xf32>
    return %expanded_13 : tensor<1x2x5x8xf32>
  }
}

