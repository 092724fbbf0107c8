// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.skip = "the weight is already quantized (computed from stored integers)"
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<4x16xf32>) -> tensor<4x8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 2.000000e-02 : f32
    %cst_1 = arith.constant dense<"0xC128E42521EB5C2C1DE322B54EB0012E2738392ACEE0FCF22925A3DBD9B2D59D1CD8A4290F4B15BAE31F6231CDD59F60B4C7E8B6D0EC090FC5ABDC60B50B23B63504B2A55F1AB319003741D5EF4224BC3EA6B32BF3B563F8E65ACA3C3353DD0DE99F1CA2D0629EE831A3E9E7E8C7B0BAC003A3C960D5FCA9A6B318ED23153430"> : tensor<16x8xi8>
    %0 = tensor.empty() : tensor<16x8xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_1 : tensor<16x8xi8>) outs(%0 : tensor<16x8xf32>) {
    ^bb0(%in: i8, %out: f32):
      %5 = arith.sitofp %in : i8 to f32
      %6 = arith.mulf %5, %cst_0 : f32
      linalg.yield %6 : f32
    } -> tensor<16x8xf32>
    %2 = tensor.empty() : tensor<4x8xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<4x8xf32>) -> tensor<4x8xf32>
    %4 = linalg.matmul ins(%arg0, %1 : tensor<4x16xf32>, tensor<16x8xf32>) outs(%3 : tensor<4x8xf32>) -> tensor<4x8xf32>
    return %4 : tensor<4x8xf32>
  }
}

