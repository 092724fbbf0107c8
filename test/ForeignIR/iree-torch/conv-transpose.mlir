// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  ml_program.global private @__hoisted_tensor_6x4x3x3xf32(dense<"0x48A309BDA6E66CBD0A741ABD6DD75BBD01B6E7BC9C3A55BC9254E33D994EB03DF182083D6426813DAD4515BCEA63D73DDEA4EFBCC84BD23DB7ADB1BD9A2B9D3DC4DF443D2B446D3D6C1DBE3DFA13BA3D3AEFE4BD35EAB9BDFCC79D3DB86A38BD7297AD3D34CE6FBC781612BC952A9F3B824FF33DEAB3233C0F79C13CE882323D2ED4983DA73FD83D3177AE3DDA2496BCB0EA6BBC3B1D9CBD0F3A573D9D7BB03BC4F1473C2DA19D3D7F7C83BD0B4E273D60E3A23DFA11D3BBB56FD5BD1AF6E2BCF5C964BCAFDB0ABE4259633D4B25D8BC66CDD33CC9CCCD3D7166EF3D288CED3CC41A7FBDFA52C33D8B0FA63D79E0943DA3C76C3DAC92F6BC1AA7D8BD2A0BE5BD7E10FFBC18E6023D6F8B05BE714531BDD6190ABEA2B9DC3D9EB722BC129F583D43368D3D1479993DAC19C23C36E9B43D8FEF603C196E9CBC1D1A9D3D1190B43D7C94D43D41FB023E7C1CAA3DF288C5BDA5956FBD837B093ECCD79D3D3044E43DB67307BEF6A1013DECA6EA3DC01BCFBD4E7919BD0C8567BD8A0B0A3E75EFC23BB2030D3DF6C6B43D73B7E4BDA401D83BA6D4043EB4ADE73D0400E1BDBF43BF3DAD69ED3DD344D13D2AFD1E3D8F77D5BD3D868E3C2721DBBD31069BBDB367DA3D73140ABED4F2F4BD4AB6BABDF51B833D1277743D301FD23D2E7E9FBD1F9B66BDDE7705BEED62ACBCC5FAEC3DC07B24BCC680A3BD9770A2BDB8D220BD0278B4BD4399BABD4DEBF43DDE2A8BBD66C19F3DD314CDBDE23DF93DCAB7CBBD0ED0033D8AA272BD858A87BDABC6B23D4532E53DD490B33CCFC6F6BD3780C9BD38C805BE7E98083D18E071BDD30BF03DF15209BE9F1E04BE43EFD73DDB9011BDC2F7303D00AFD6BCAFE9F53D185257BDF1CE9DBDC1F3993D77EA0BBDAF1047BCFF3C503DB90AD03D01D9CBBD69F3A13D2CFB7ABDF370A73C783C38BD32B5D2BD4B5F97BD8E154E3D2A74043E9410E0BDC73DEB3D97FBE4BD8A3B003EEFB79EBC5CB5473D6A1C4CBD2347213D893D55BC499195BD5BE0C43DC64EC93D0B1BAC3C5018EB3DF377B6BDFBC5713C0E0AB0BD4EF7AE3C09214B3D12F1BF3DD401E13DA6F68FBD1F5B773B5B5AB83CF593DABD275CE23D305F623C1E8757BDBFCDB1BD59CEDA3D43C7D13CC54605BE3899D9BDF297C5BDC1A8C83DDA15263DF8D388BD5A9BCABDAA829EBD36C195BDD674C93D91EC823D1AB98EBC0BFE023D5693F9BD04F3BB3D"> : tensor<6x4x3x3xf32>) : tensor<6x4x3x3xf32>
  func.func @main(%arg0: tensor<1x4x5x5xf32>) -> (tensor<1x6x11x11xf32>) {
    %cst = arith.constant dense_resource<torch_tensor_6_torch.float32> : tensor<6xf32>
    %cst_0 = arith.constant 0.000000e+00 : f32
    %__hoisted_tensor_6x4x3x3xf32 = ml_program.global_load @__hoisted_tensor_6x4x3x3xf32 : tensor<6x4x3x3xf32>
    %1 = tensor.empty() : tensor<1x4x13x13xf32>
    %2 = linalg.fill ins(%cst_0 : f32) outs(%1 : tensor<1x4x13x13xf32>) -> tensor<1x4x13x13xf32>
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x4x5x5xf32> into tensor<4x5x5xf32>
    %inserted_slice = tensor.insert_slice %collapsed into %2[0, 0, 2, 2] [1, 4, 5, 5] [1, 1, 2, 2] : tensor<4x5x5xf32> into tensor<1x4x13x13xf32>
    %4 = tensor.empty() : tensor<6x11x11xf32>
    %5 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst : tensor<6xf32>) outs(%4 : tensor<6x11x11xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<6x11x11xf32>
    %collapsed_1 = tensor.collapse_shape %inserted_slice [[0, 1], [2], [3]] : tensor<1x4x13x13xf32> into tensor<4x13x13xf32>
    %6 = linalg.fill ins(%cst_0 : f32) outs(%4 : tensor<6x11x11xf32>) -> tensor<6x11x11xf32>
    %7 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d1 + d4, d2 + d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d3, d4, d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%collapsed_1, %__hoisted_tensor_6x4x3x3xf32 : tensor<4x13x13xf32>, tensor<6x4x3x3xf32>) outs(%6 : tensor<6x11x11xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %11 = arith.mulf %in, %in_2 : f32
      %12 = arith.addf %out, %11 : f32
      linalg.yield %12 : f32
    } -> tensor<6x11x11xf32>
    %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %5 : tensor<6x11x11xf32>, tensor<6x11x11xf32>) outs(%6 : tensor<6x11x11xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %11 = arith.addf %in, %in_2 : f32
      linalg.yield %11 : f32
    } -> tensor<6x11x11xf32>
    %expanded = tensor.expand_shape %8 [[0, 1], [2], [3]] output_shape [1, 6, 11, 11] : tensor<6x11x11xf32> into tensor<1x6x11x11xf32>
    return %expanded : tensor<1x6x11x11xf32>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_6_torch.float32: "0x04000000984CCA3DF26EE9BDCB82ADBDAA12FB3D179F8F3D914CBF3D"
    }
  }
#-}
