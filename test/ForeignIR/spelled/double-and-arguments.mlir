// f64 throughout, and the two ops of a matrix times a vector with the matrix as an argument.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
#map2 = affine_map<(d0, d1) -> (d0)>
module {
  func.func @main(%x: tensor<4xf64>, %w: tensor<3x4xf64>) -> tensor<2xf64> {
    %cst = arith.constant 0.0 : f64
    %v = arith.constant dense<[[0.5, -1.0, 0.25], [2.0, 1.5, 0.75]]> : tensor<2x3xf64>
    %0 = tensor.empty() : tensor<3x4xf64>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]}
        ins(%w, %x : tensor<3x4xf64>, tensor<4xf64>) outs(%0 : tensor<3x4xf64>) {
    ^bb0(%in: f64, %in_0: f64, %out: f64):
      %p = arith.mulf %in, %in_0 : f64
      linalg.yield %p : f64
    } -> tensor<3x4xf64>
    %2 = tensor.empty() : tensor<3xf64>
    %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<3xf64>) -> tensor<3xf64>
    %4 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "reduction"]}
        ins(%1 : tensor<3x4xf64>) outs(%3 : tensor<3xf64>) {
    ^bb0(%in: f64, %out: f64):
      %s = arith.addf %in, %out : f64
      linalg.yield %s : f64
    } -> tensor<3xf64>
    %5 = tensor.empty() : tensor<2xf64>
    %6 = linalg.fill ins(%cst : f64) outs(%5 : tensor<2xf64>) -> tensor<2xf64>
    %7 = linalg.matvec ins(%v, %4 : tensor<2x3xf64>, tensor<3xf64>) outs(%6 : tensor<2xf64>) -> tensor<2xf64>
    return %7 : tensor<2xf64>
  }
}
