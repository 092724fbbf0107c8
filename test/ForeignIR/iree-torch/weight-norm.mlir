// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  ml_program.global private @__hoisted_tensor_8x16xf32(dense<"0x159A93BD29751A3E62EFC0BCA692653EEAE25BBD44CE5FBEC2766C3CD1C1B83D3C34583E42CA65BE621D483D1D59233EC158A3BD02BB61BDE20E703D6D272A3EE209473E9C39563E707A8F3CE879113E34F5E5BD8E8F10BE3067443E229348BE20337D3EA8F7393D50AB4B3DACD983BD4C60D5BDA8E71BBD4AB81C3EBC0E36BEBEE308BED4D555BE9881803D4068E83DB0188EBC48FA5E3E00EB933D30B30EBDCC7ED5BD700AEEBCFC7D003E7012293DC25076BEC0394BBE3274493E407892BD18624ABE90F7BFBCFCD8FE3D68F45FBE00C0BDB9B0AD78BE28F0253DE6EC703E70F588BCA6924FBE5427883DCCC564BE9014FC3C180877BD6C9D123E90CE113EECC2ADBDB8B5483E90302F3D38AD3B3EB8AD1BBEACA8F73D68F9F13DF84750BE369D3ABE88526D3E1C2BD63D90853FBEE85F193E7CCA31BE50FC083D2E6B75BE640CEEBDE8624B3D300A74BD208AD13D70DF323DC8D8093D98069A3D80147A3DE24178BE54420B3EFAF227BE501256BD601F1DBDC48D2ABE4C1550BED42C643E3455A0BD4846B53DE4FC86BDC82058BE32B717BEE889043ED00A9FBC14951DBE7838F63DCCF5E53DE0B768BCA89E0B3D7872C7BDEC24DCBD783E46BEBCB53DBE6C88483ED012723DD8CF5A3EB8B057BDE0492CBCE082353C32814EBE0A63633EC023603CDC15643E408B67BD4252093ED27D6C3E38D96E3E107A6E3EE66E073E"> : tensor<8x16xf32>) : tensor<8x16xf32>
  func.func @main(%arg0: tensor<3x16xf32>) -> (tensor<3x8xf32>) {
    %cst = arith.constant dense_resource<torch_tensor_8_torch.float32> : tensor<8xf32>
    %cst_0 = arith.constant 0.000000e+00 : f32
    %__hoisted_tensor_8x16xf32 = ml_program.global_load @__hoisted_tensor_8x16xf32 : tensor<8x16xf32>
    %2 = tensor.empty() : tensor<3x8xf32>
    %3 = linalg.fill ins(%cst_0 : f32) outs(%2 : tensor<3x8xf32>) -> tensor<3x8xf32>
    %4 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg0, %__hoisted_tensor_8x16xf32 : tensor<3x16xf32>, tensor<8x16xf32>) outs(%3 : tensor<3x8xf32>) -> tensor<3x8xf32>
    %5 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%cst : tensor<8xf32>) outs(%2 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x8xf32>
    %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%4, %5 : tensor<3x8xf32>, tensor<3x8xf32>) outs(%2 : tensor<3x8xf32>) {
    ^bb0(%in: f32, %in_1: f32, %out: f32):
      %9 = arith.addf %in, %in_1 : f32
      linalg.yield %9 : f32
    } -> tensor<3x8xf32>
    return %6 : tensor<3x8xf32>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_torch.float32: "0x04000000A0E846BC00EA90BC24452CBEB246113EE0159CBD12D8433ECC6347BE74C25EBE"
    }
  }
#-}
