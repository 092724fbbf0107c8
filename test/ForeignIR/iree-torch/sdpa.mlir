// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg2: tensor<1x2x5x8xf32>) -> (tensor<1x2x5x8xf32>) {
    %cst = arith.constant dense<0.000000e+00> : tensor<2x5x5xf32>
    %cst_0 = arith.constant 0.594603539 : f32
    %true = arith.constant true
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 0.000000e+00 : f32
    %collapsed = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x5x8xf32> into tensor<2x5x8xf32>
    %2 = tensor.empty() : tensor<2x5x8xf32>
    %3 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed : tensor<2x5x8xf32>) outs(%2 : tensor<2x5x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %18 = arith.mulf %in, %cst_0 : f32
      linalg.yield %18 : f32
    } -> tensor<2x5x8xf32>
    %4 = tensor.empty() : tensor<2x5x5xf32>
    %5 = linalg.fill ins(%cst_2 : f32) outs(%4 : tensor<2x5x5xf32>) -> tensor<2x5x5xf32>
    %6 = linalg.batch_matmul indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>] ins(%3, %3 : tensor<2x5x8xf32>, tensor<2x5x8xf32>) outs(%5 : tensor<2x5x5xf32>) -> tensor<2x5x5xf32>
    %7 = linalg.softmax dimension(2) ins(%6 : tensor<2x5x5xf32>) outs(%4 : tensor<2x5x5xf32>) -> tensor<2x5x5xf32>
    %8 = tensor.empty() : tensor<2x5x5xi1>
    %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x5x5xf32>) outs(%8 : tensor<2x5x5xi1>) {
    ^bb0(%in: f32, %out: i1):
      %18 = arith.cmpf oeq, %in, %cst_1 : f32
      linalg.yield %18 : i1
    } -> tensor<2x5x5xi1>
    %10 = tensor.empty() : tensor<2x5xi1>
    %11 = linalg.fill ins(%true : i1) outs(%10 : tensor<2x5xi1>) -> tensor<2x5xi1>
    %12 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<2x5x5xi1>) outs(%11 : tensor<2x5xi1>) {
    ^bb0(%in: i1, %out: i1):
      %18 = arith.andi %in, %out : i1
      linalg.yield %18 : i1
    } -> tensor<2x5xi1>
    %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %cst, %7 : tensor<2x5xi1>, tensor<2x5x5xf32>, tensor<2x5x5xf32>) outs(%4 : tensor<2x5x5xf32>) {
    ^bb0(%in: i1, %in_3: f32, %in_4: f32, %out: f32):
      %18 = arith.select %in, %in_3, %in_4 : f32
      linalg.yield %18 : f32
    } -> tensor<2x5x5xf32>
    %14 = linalg.fill ins(%cst_2 : f32) outs(%2 : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %15 = linalg.batch_matmul ins(%13, %collapsed : tensor<2x5x5xf32>, tensor<2x5x8xf32>) outs(%14 : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %expanded = tensor.expand_shape %15 [[0, 1], [2], [3]] output_shape [1, 2, 5, 8] : tensor<2x5x8xf32> into tensor<1x2x5x8xf32>
    return %expanded : tensor<1x2x5x8xf32>
  }
}