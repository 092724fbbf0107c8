// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.skip = "an integer contraction: already quantized, or no weights at all"
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %cst = arith.constant -1.280000e+02 : f32
    %cst_0 = arith.constant 1.270000e+02 : f32
    %c0_i32 = arith.constant 0 : i32
    %c1_i64 = arith.constant 1 : i64
    %cst_1 = arith.constant 1.000000e-01 : f32
    %cst_2 = arith.constant 3.000000e+00 : f32
    %c3_i32 = arith.constant 3 : i32
    %cst_3 = arith.constant 0.0019999999850988381 : f64
    %cst_4 = arith.constant 2.000000e-01 : f32
    %cst_5 = arith.constant 1.000000e+00 : f32
    %cst_6 = arith.constant dense<"0xC128E42521EB5C2C1DE322B54EB0012E2738392ACEE0FCF22925A3DBD9B2D59D1CD8A4290F4B15BAE31F6231CDD59F60B4C7E8B6D0EC090FC5ABDC60B50B23B63504B2A55F1AB319003741D5EF4224BC3EA6B32BF3B563F8E65ACA3C3353DD0DE99F1CA2D0629EE831A3E9E7E8C7B0BAC003A3C960D5FCA9A6B318ED23153430"> : tensor<16x8xi8>
    %0 = tensor.empty() : tensor<4x16xi8>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<4x16xf32>) outs(%0 : tensor<4x16xi8>) {
    ^bb0(%in: f32, %out: i8):
      %10 = arith.divf %in, %cst_1 : f32
      %11 = math.roundeven %10 : f32
      %12 = arith.addf %11, %cst_2 : f32
      %13 = arith.maximumf %12, %cst : f32
      %14 = arith.minimumf %13, %cst_0 : f32
      %15 = arith.fptosi %14 : f32 to i8
      linalg.yield %15 : i8
    } -> tensor<4x16xi8>
    %2 = tensor.empty() : tensor<4x8xi32>
    %3 = linalg.fill ins(%c0_i32 : i32) outs(%2 : tensor<4x8xi32>) -> tensor<4x8xi32>
    %4 = linalg.quantized_matmul ins(%1, %cst_6, %c3_i32, %c0_i32 : tensor<4x16xi8>, tensor<16x8xi8>, i32, i32) outs(%3 : tensor<4x8xi32>) -> tensor<4x8xi32>
    %5 = tensor.empty() : tensor<4x8xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<4x8xi32>) outs(%5 : tensor<4x8xf32>) {
    ^bb0(%in: i32, %out: f32):
      %10 = arith.truncf %cst_3 : f64 to f32
      %11 = arith.sitofp %in : i32 to f32
      %12 = arith.mulf %11, %10 : f32
      linalg.yield %12 : f32
    } -> tensor<4x8xf32>
    %7 = tensor.empty() : tensor<4x8xi8>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<4x8xf32>) outs(%7 : tensor<4x8xi8>) {
    ^bb0(%in: f32, %out: i8):
      %10 = arith.divf %in, %cst_4 : f32
      %11 = math.roundeven %10 : f32
      %12 = arith.addf %11, %cst_5 : f32
      %13 = arith.maximumf %12, %cst : f32
      %14 = arith.minimumf %13, %cst_0 : f32
      %15 = arith.fptosi %14 : f32 to i8
      linalg.yield %15 : i8
    } -> tensor<4x8xi8>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<4x8xi8>) outs(%5 : tensor<4x8xf32>) {
    ^bb0(%in: i8, %out: f32):
      %10 = arith.extsi %in : i8 to i64
      %11 = arith.subi %10, %c1_i64 : i64
      %12 = arith.sitofp %11 : i64 to f32
      %13 = arith.mulf %12, %cst_4 : f32
      linalg.yield %13 : f32
    } -> tensor<4x8xf32>
    return %9 : tensor<4x8xf32>
  }
}

