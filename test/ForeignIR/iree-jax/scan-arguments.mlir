// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<6x8xf32>, %arg1: tensor<8x8xf32>, %arg2: tensor<5x2x6xf32>) -> (tensor<2x8xf32>) {
    %c1_i32 = arith.constant 1 : i32
    %c5_i32 = arith.constant 5 : i32
    %c0_i32 = arith.constant 0 : i32
    %cst = arith.constant dense<0.000000e+00> : tensor<2x8xf32>
    %c4 = arith.constant 4 : index
    %cst_0 = arith.constant 0.000000e+00 : f32
    %6 = scf.for %arg3 = %c0_i32 to %c5_i32 step %c1_i32 iter_args(%arg4 = %cst) -> (tensor<2x8xf32>)  : i32 {
      %8 = arith.index_castui %arg3 : i32 to index
      %9 = arith.minui %8, %c4 : index
      %extracted_slice = tensor.extract_slice %arg2[%9, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<5x2x6xf32> to tensor<2x6xf32>
      %10 = tensor.empty() : tensor<2x8xf32>
      %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x8xf32>) -> tensor<2x8xf32>
      %12 = linalg.matmul ins(%extracted_slice, %arg0 : tensor<2x6xf32>, tensor<6x8xf32>) outs(%11 : tensor<2x8xf32>) -> tensor<2x8xf32>
      %13 = linalg.matmul ins(%arg4, %arg1 : tensor<2x8xf32>, tensor<8x8xf32>) outs(%11 : tensor<2x8xf32>) -> tensor<2x8xf32>
      %14 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%12, %13 : tensor<2x8xf32>, tensor<2x8xf32>) outs(%10 : tensor<2x8xf32>) {
      ^bb0(%in: f32, %in_1: f32, %out: f32):
        %17 = arith.addf %in, %in_1 : f32
        linalg.yield %17 : f32
      } -> tensor<2x8xf32>
      %15 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%14 : tensor<2x8xf32>) outs(%10 : tensor<2x8xf32>) {
      ^bb0(%in: f32, %out: f32):
        %17 = math.tanh %in : f32
        linalg.yield %17 : f32
      } -> tensor<2x8xf32>
      scf.yield %15 : tensor<2x8xf32>
    }
    return %6 : tensor<2x8xf32>
  }
}