// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0, 0)>
#map2 = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%arg0: tensor<3x16xf32>) -> tensor<3x8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_torch.float32> : tensor<8xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_8_1_torch.float32> : tensor<8x1xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_8_16_torch.float32> : tensor<8x16xf32>
    %cst_3 = arith.constant 5.000000e-01 : f32
    %cst_4 = arith.constant 2.000000e+00 : f32
    %0 = tensor.empty() : tensor<8x1xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<8x1xf32>) -> tensor<8x1xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%cst_2 : tensor<8x16xf32>) outs(%1 : tensor<8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %13 = math.absf %in : f32
      %14 = math.powf %13, %cst_4 : f32
      %15 = arith.addf %14, %out : f32
      linalg.yield %15 : f32
    } -> tensor<8x1xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<8x1xf32>) outs(%0 : tensor<8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %13 = math.powf %in, %cst_3 : f32
      linalg.yield %13 : f32
    } -> tensor<8x1xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_1, %3 : tensor<8x1xf32>, tensor<8x1xf32>) outs(%0 : tensor<8x1xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %13 = arith.divf %in, %in_5 : f32
      linalg.yield %13 : f32
    } -> tensor<8x1xf32>
    %5 = tensor.empty() : tensor<8x16xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_2, %4 : tensor<8x16xf32>, tensor<8x1xf32>) outs(%5 : tensor<8x16xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %13 = arith.mulf %in, %in_5 : f32
      linalg.yield %13 : f32
    } -> tensor<8x16xf32>
    %7 = tensor.empty() : tensor<16x8xf32>
    %transposed = linalg.transpose ins(%6 : tensor<8x16xf32>) outs(%7 : tensor<16x8xf32>) permutation = [1, 0] 
    %8 = tensor.empty() : tensor<3x8xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<3x8xf32>) -> tensor<3x8xf32>
    %10 = linalg.matmul ins(%arg0, %transposed : tensor<3x16xf32>, tensor<16x8xf32>) outs(%9 : tensor<3x8xf32>) -> tensor<3x8xf32>
    %11 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_0 : tensor<8xf32>) outs(%8 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x8xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%10, %11 : tensor<3x8xf32>, tensor<3x8xf32>) outs(%8 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %13 = arith.addf %in, %in_5 : f32
      linalg.yield %13 : f32
    } -> tensor<3x8xf32>
    return %12 : tensor<3x8xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_torch.float32: "0x04000000A0E846BC00EA90BC24452CBEB246113EE0159CBD12D8433ECC6347BE74C25EBE",
      torch_tensor_8_1_torch.float32: "0x04000000CB710C3FA1C6163FC0D60C3F8B97193F3187253F90E4043F7066FE3EC40D283F",
      torch_tensor_8_16_torch.float32: "0x04000000149A93BD28751A3E60EFC0BCA492653EE8E25BBD42CE5FBEC0766C3CD0C1B83D3A34583E40CA65BE601D483D1C59233EC058A3BD00BB61BDE00E703D6C272A3EE209473E9C39563E707A8F3CE879113E34F5E5BD8E8F10BE3067443E229348BE20337D3EA8F7393D50AB4B3DACD983BD4C60D5BDA8E71BBD4AB81C3EBC0E36BEBEE308BED4D555BE9881803D4068E83DB0188EBC48FA5E3E00EB933D30B30EBDCC7ED5BD700AEEBCFC7D003E7012293DC25076BEC0394BBE3274493E407892BD18624ABE90F7BFBCFCD8FE3D68F45FBE00C0BDB9B0AD78BE28F0253DE6EC703E70F588BCA6924FBE5427883DCCC564BE9014FC3C180877BD6C9D123E90CE113EECC2ADBDB8B5483E90302F3D38AD3B3EB8AD1BBEACA8F73D68F9F13DF84750BE369D3ABE88526D3E1C2BD63D90853FBEE85F193E7CCA31BE50FC083D2E6B75BE640CEEBDE8624B3D300A74BD208AD13D70DF323DC8D8093D98069A3D80147A3DE24178BE54420B3EFAF227BE501256BD601F1DBDC48D2ABE4C1550BED42C643E3455A0BD4846B53DE4FC86BDC82058BE32B717BEE889043ED00A9FBC14951DBE7838F63DCCF5E53DE0B768BCA89E0B3D7872C7BDEC24DCBD783E46BEBCB53DBE6C88483ED012723DD8CF5A3EB8B057BDE0492CBCE082353C32814EBE0A63633EC023603CDC15643E408B67BD4252093ED27D6C3E38D96E3E107A6E3EE66E073E"
    }
  }
#-}
