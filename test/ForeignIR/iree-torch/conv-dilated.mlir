// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<1x4x9x9xf32>) -> (tensor<1x4x4x4xf32>) {
    %cst = arith.constant dense_resource<torch_tensor_4_4_3_3_torch.float32> : tensor<4x4x3x3xf32>
    %cst_0 = arith.constant dense_resource<torch_tensor_4_4_3_3_torch.float32_1> : tensor<4x4x3x3xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_4_torch.float32> : tensor<4xf32>
    %cst_2 = arith.constant 0.000000e+00 : f32
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x4x9x9xf32> into tensor<4x9x9xf32>
    %padded = tensor.pad %collapsed low[0, 2, 2] high[0, 2, 2] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index):
      tensor.yield %cst_2 : f32
    } : tensor<4x9x9xf32> to tensor<4x13x13xf32>
    %2 = tensor.empty() : tensor<4x9x9xf32>
    %3 = linalg.fill ins(%cst_2 : f32) outs(%2 : tensor<4x9x9xf32>) -> tensor<4x9x9xf32>
    %4 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d1 + d4 * 2, d2 + d5 * 2)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d3, d4, d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%padded, %cst : tensor<4x13x13xf32>, tensor<4x4x3x3xf32>) outs(%3 : tensor<4x9x9xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %12 = arith.mulf %in, %in_3 : f32
      %13 = arith.addf %out, %12 : f32
      linalg.yield %13 : f32
    } -> tensor<4x9x9xf32>
    %5 = tensor.empty() : tensor<4x4x4xf32>
    %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_1 : tensor<4xf32>) outs(%5 : tensor<4x4x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4x4x4xf32>
    %7 = linalg.fill ins(%cst_2 : f32) outs(%5 : tensor<4x4x4xf32>) -> tensor<4x4x4xf32>
    %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d1 * 2 + d4, d2 * 2 + d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d3, d4, d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%4, %cst_0 : tensor<4x9x9xf32>, tensor<4x4x3x3xf32>) outs(%7 : tensor<4x4x4xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %12 = arith.mulf %in, %in_3 : f32
      %13 = arith.addf %out, %12 : f32
      linalg.yield %13 : f32
    } -> tensor<4x4x4xf32>
    %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %6 : tensor<4x4x4xf32>, tensor<4x4x4xf32>) outs(%7 : tensor<4x4x4xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %12 = arith.addf %in, %in_3 : f32
      linalg.yield %12 : f32
    } -> tensor<4x4x4xf32>
    %expanded = tensor.expand_shape %9 [[0, 1], [2], [3]] output_shape [1, 4, 4, 4] : tensor<4x4x4xf32> into tensor<1x4x4x4xf32>
    return %expanded : tensor<1x4x4x4xf32>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_4_4_3_3_torch.float32: "0x040000002B73973B7053913D4697E83D441021BE9E33C23D20C266BD88A219BECAD608BE00DB743C4FD4043E2F7B21BE00F9453DA0C3893DAF431DBE40F9163D2E81A7BD404FD53C13D081BD7AC00A3ECBAD1CBE566CB23D886380BD5B02403D40BB883CFBF01EBE683CA2BD0050E63B0082A73B36AEACBD1829C33DB89CA3BD901BB5BDFE49953D808892BC4648553D36EFD33DD04886BD8002423D431A083E0BFAD83C5C2A143EE844943D0E9DFA3D9BE8043E504ACD3DEB49393D3B37AB3DE3F4D03D409C383C0079E83CBEE682BD808DB9BB93DBAE3D96B155BC60695BBDE0DA283D56F0B0BB0008673CE68012BD5665D8BA369424BD7E840F3E9B6EE7BD8A2002BE90CA04BD96E44A3CFE7CE03DA6EB3C3D565B33BBDC7D21BEBE31A1BD06DE313D709B5ABD2B01D1BD00232C3DD398F33DEBF3A73C5BA4FF3DA437133ED660873BB6A52A3E5678613D762F613DBB7B773DCC021EBEF6108B3D5C530F3EABAAFE3C403C243C0B3FE9BC5B0D06BE4031AD3CE087893D2631823D33041B3EEB38CCBDD843163E50DE18BD5B1D47BD2EA1ACBD3B3FE4BD0B9B123D2B8B11BD20E1FA3C671E26BEC0425DBDC659AF3D46F0A5BD68AE1D3E8397E2BD2887C4BDA002E33D9FFC123EC321973D7682B53DA3F6F1BD00F5003D40F67EBC6896A0BD8004113DCB738A3D5820ECBD0B77A7BC46D5323D1437253E3A7509BEA6A5163E762984BC76E0173DE03F13BEA71F16BEE8C3AEBD802749BC56D1013DBFA1183E80EBE1BC6E4AEB3DEE290FBE631BBF3DEA8413BE5EFC21BE18D9CC3D4ECFDEBD2BA8BCBD",
      torch_tensor_4_4_3_3_torch.float32_1: "0x040000002393C9BD4B7E3CBD73AEA63D83DCAA3D6A7700BE16205C3CF7210DBEF6E710BE5B5F2EBDAB756ABC7B4DAA3DD02C943D6B482A3D1836023EB6609CBCC04772BCE6EE243E00FE3A3C686EE83D0319AABD58F7DA3D46F2CB3DF73B063E6B66CABD78CE22BEB601F23C0B8CADBC4B86213E701E64BD2B9095BDCB17D53C7C5608BE473E0CBED8C7DB3D50F61B3DB073063DF635D0BC3079BE3D83BD80BDB6274F3D9BC7633DF0852D3D4B20E9BD13111EBEBEBEA2BD9EB011BEC8E713BECBB46BBD2B8090BC7688C93C6823B0BDE89EDBBD306134BDA31EC73DE003B33D80DE1E3E48A29D3D686DF43D5692303BCB5DD2BD5B08523D6380143EC0406FBD5634AABB60E217BE7BB7033EAC9E0ABED64398BD56D3CA3AA0ECA2BD005C363A6BD0B9BDE668253EC63CC6BD002ADC3C802023BE9644C13CCB7CE23D6EBBD5BDA63607BDD682CFBB007EC6BB3073043D56C8093E90CE48BDEB56623D2E3B0CBEEB78CABD2801F6BDEB9D1D3D2B6AE93C26CC263EE6AA703D96CD79BCFE1988BD5684843CABC69FBDD659D73CA0F119BD664DDCBDEBCC183CEBC1833D2B80FBBC561A483B723B29BEEB0669BD96DE29BECE81293E6798113E34ED13BE744503BE37BB10BEA098C43D7BE90E3DE7AD1DBEE07553BD0233003E5663DABA03331ABED6D86C3D5BAC293EBFA01B3E6BAC6E3CF0A43BBDD69B8E3C58D2FB3D1B5C933DE08F0DBEEED6B33D3837DE3DA20211BECB1BF0BD0869E93D3EE2B43D581C15BEF6333C3D7B1FCE3DFB420A3D6011B63D3B725C3D1622443DA6F7C63D569368BD00346F3A",
      torch_tensor_4_torch.float32: "0x04000000204B25BDCB91F7BCDE9B833DA83684BD"
    }
  }
#-}
