// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.skip = "an integer contraction: already quantized, or no weights at all"
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> ()>
#map2 = affine_map<() -> ()>
module {
  func.func @main(%arg0: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %cst = arith.constant 0xFF800000 : f32
    %cst_0 = arith.constant 0x7F800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : f32
    %cst_2 = arith.constant 2.550000e+02 : f32
    %cst_3 = arith.constant dense<2.550000e+02> : tensor<f32>
    %cst_4 = arith.constant dense<0.000000e+00> : tensor<f32>
    %c0_i64 = arith.constant 0 : i64
    %cst_5 = arith.constant dense<"0xC128E42521EB5C2C1DE322B54EB0012E2738392ACEE0FCF22925A3DBD9B2D59D1CD8A4290F4B15BAE31F6231CDD59F60B4C7E8B6D0EC090FC5ABDC60B50B23B63504B2A55F1AB319003741D5EF4224BC3EA6B32BF3B563F8E65ACA3C3353DD0DE99F1CA2D0629EE831A3E9E7E8C7B0BAC003A3C960D5FCA9A6B318ED23153430"> : tensor<16x8xi8>
    %0 = tensor.empty() : tensor<f32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<f32>) -> tensor<f32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "reduction"]} ins(%arg0 : tensor<4x16xf32>) outs(%1 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.maximumf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %3 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<f32>) -> tensor<f32>
    %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "reduction"]} ins(%arg0 : tensor<4x16xf32>) outs(%3 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.minimumf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %5 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = []} ins(%2, %cst_4 : tensor<f32>, tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.cmpf ogt, %in, %in_7 : f32
      %32 = arith.select %31, %in, %in_7 : f32
      linalg.yield %32 : f32
    } -> tensor<f32>
    %6 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = []} ins(%4, %cst_4 : tensor<f32>, tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.cmpf olt, %in, %in_7 : f32
      %32 = arith.select %31, %in, %in_7 : f32
      linalg.yield %32 : f32
    } -> tensor<f32>
    %7 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = []} ins(%5, %6 : tensor<f32>, tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.subf %in, %in_7 : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %8 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = []} ins(%7, %cst_3 : tensor<f32>, tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.divf %in, %in_7 : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %9 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = []} ins(%4, %8 : tensor<f32>, tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.divf %in, %in_7 : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %10 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = []} ins(%cst_4, %9 : tensor<f32>, tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.subf %in, %in_7 : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = []} ins(%10 : tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.cmpf ult, %in, %cst_1 : f32
      %32 = arith.select %31, %cst_1, %in : f32
      %33 = arith.cmpf ugt, %32, %cst_2 : f32
      %34 = arith.select %33, %cst_2, %32 : f32
      linalg.yield %34 : f32
    } -> tensor<f32>
    %12 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = []} ins(%11 : tensor<f32>) outs(%0 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = math.roundeven %in : f32
      linalg.yield %31 : f32
    } -> tensor<f32>
    %13 = tensor.empty() : tensor<i8>
    %14 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<i8>) {
    ^bb0(%in: f32, %out: i8):
      %31 = arith.fptosi %in : f32 to i8
      linalg.yield %31 : i8
    } -> tensor<i8>
    %extracted = tensor.extract %14[] : tensor<i8>
    %15 = arith.extui %extracted : i8 to i64
    %extracted_6 = tensor.extract %8[] : tensor<f32>
    %16 = tensor.empty() : tensor<4x16xi8>
    %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<4x16xf32>) outs(%16 : tensor<4x16xi8>) {
    ^bb0(%in: f32, %out: i8):
      %31 = arith.sitofp %15 : i64 to f32
      %32 = arith.divf %in, %extracted_6 : f32
      %33 = math.roundeven %32 : f32
      %34 = arith.addf %33, %31 : f32
      %35 = arith.maximumf %34, %cst_1 : f32
      %36 = arith.minimumf %35, %cst_2 : f32
      %37 = arith.fptoui %36 : f32 to i8
      linalg.yield %37 : i8
    } -> tensor<4x16xi8>
    %18 = tensor.empty() : tensor<4x16xi32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<4x16xi8>) outs(%18 : tensor<4x16xi32>) {
    ^bb0(%in: i8, %out: i32):
      %31 = arith.extui %in : i8 to i32
      linalg.yield %31 : i32
    } -> tensor<4x16xi32>
    %20 = tensor.empty() : tensor<16x8xi32>
    %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_5 : tensor<16x8xi8>) outs(%20 : tensor<16x8xi32>) {
    ^bb0(%in: i8, %out: i32):
      %31 = arith.extsi %in : i8 to i32
      linalg.yield %31 : i32
    } -> tensor<16x8xi32>
    %22 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%19, %14 : tensor<4x16xi32>, tensor<i8>) outs(%18 : tensor<4x16xi32>) {
    ^bb0(%in: i32, %in_7: i8, %out: i32):
      %31 = arith.extui %in_7 : i8 to i32
      %32 = arith.subi %in, %31 : i32
      linalg.yield %32 : i32
    } -> tensor<4x16xi32>
    %23 = tensor.empty() : tensor<4x8xi64>
    %24 = linalg.fill ins(%c0_i64 : i64) outs(%23 : tensor<4x8xi64>) -> tensor<4x8xi64>
    %25 = linalg.matmul ins(%22, %21 : tensor<4x16xi32>, tensor<16x8xi32>) outs(%24 : tensor<4x8xi64>) -> tensor<4x8xi64>
    %26 = tensor.empty() : tensor<4x8xi32>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%25 : tensor<4x8xi64>) outs(%26 : tensor<4x8xi32>) {
    ^bb0(%in: i64, %out: i32):
      %31 = arith.trunci %in : i64 to i32
      linalg.yield %31 : i32
    } -> tensor<4x8xi32>
    %28 = tensor.empty() : tensor<4x8xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<4x8xi32>) outs(%28 : tensor<4x8xf32>) {
    ^bb0(%in: i32, %out: f32):
      %31 = arith.sitofp %in : i32 to f32
      linalg.yield %31 : f32
    } -> tensor<4x8xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%29, %8 : tensor<4x8xf32>, tensor<f32>) outs(%28 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %31 = arith.mulf %in, %in_7 : f32
      linalg.yield %31 : f32
    } -> tensor<4x8xf32>
    return %30 : tensor<4x8xf32>
  }
}

