// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
#map2 = affine_map<(d0, d1) -> (d0)>
module {
  func.func @main(%arg0: tensor<16xf32>) -> tensor<8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_16_torch.float32> : tensor<8x16xf32>
    %0 = tensor.empty() : tensor<8x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_0, %arg0 : tensor<8x16xf32>, tensor<16xf32>) outs(%0 : tensor<8x16xf32>) {
    ^bb0(%in: f32, %in_1: f32, %out: f32):
      %5 = arith.mulf %in, %in_1 : f32
      linalg.yield %5 : f32
    } -> tensor<8x16xf32>
    %2 = tensor.empty() : tensor<8xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<8xf32>) -> tensor<8xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<8x16xf32>) outs(%3 : tensor<8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %5 = arith.addf %in, %out : f32
      linalg.yield %5 : f32
    } -> tensor<8xf32>
    return %4 : tensor<8xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_16_torch.float32: "0x04000000B98E153F737CF03DD727EABE3E77E83E0BC524BEC3082F3F3B7001BF5D6A6CBEAE1C3ABD7E7A13BFC54B733F4A1407BF255F6E3F17F8E23ED5634CBF13C2DD3E76CF8ABF602874BF1F715C3EA28CFB3E99AFAC3F0990093FBFA550BF396CE93E88AFDDBFE79604BC0A69C53E07F50CC076D88B3E75B9AC3F6DAA3B3F3E48BA3DA2AA86BE5CE566BEB253773FA08CF73F3711C1BEC767863FD7F9CFBE58B607BE4B6A3A3E4D68663F73E0A73EFB230A3FC36FCABFE26417401570B33F20B6A4BFE977003FE8E54B3F2E978F3F48F272BE62248FBE41D5ECBF26C5B9BEC55738BEBC42D4BE7DAAA53FCB4F11BEE35BABBFE5203FBF1B2C423FAC4279BE45F63FBEB1F88EBEA554FF3F41B37FBFD70AB73D0E01B73F0BD2843F3BC3413F4D87D73EFDAD3B3F4FAE883E69F0C13FB7BD9CBFA43F09BED238913EF70FE33E3FBC83BE782487BEEF3D943F047DE93F80709F3FE34BC33F2C42E53DC6883F3F6481163F930358BF5EAD5F3E3C1B3C3EBABF02C0EAAACF3DF36BB2BFCEED61BF7CBD85BF045BEB3E1F15263FBDAA92BF8B0D463FA7A897BF32B1FA3EB53DC1BF1F48913FF58FB0BFCE458C3F55A4923FF363CE3F9FB25CBE40E07FBE8D6383BFAD0114BF2F16B03F3AC614BF56EC21C085389BBFE2EEB1BF68A0893F8CAF82BFC0B51CBF9A97BB3F010528BDE17C983FCC7631BE15D6E03FDE1450BF703C2D3EEC170CC0"
    }
  }
#-}
