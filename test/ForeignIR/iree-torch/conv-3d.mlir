// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<1x2x5x5x5xf32>) -> (tensor<1x4x3x3x3xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_4_torch.float32> : tensor<4xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_4_2_3_3_3_torch.float32> : tensor<4x2x3x3x3xf32>
    %1 = tensor.empty() : tensor<4x3x3x3xf32>
    %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<4xf32>) outs(%1 : tensor<4x3x3x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4x3x3x3xf32>
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3], [4]] : tensor<1x2x5x5x5xf32> into tensor<2x5x5x5xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%1 : tensor<4x3x3x3xf32>) -> tensor<4x3x3x3xf32>
    %5 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d4, d1 + d5, d2 + d6, d3 + d7)>, affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d4, d5, d6, d7)>, affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]} ins(%collapsed, %cst_1 : tensor<2x5x5x5xf32>, tensor<4x2x3x3x3xf32>) outs(%4 : tensor<4x3x3x3xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %9 = arith.mulf %in, %in_2 : f32
      %10 = arith.addf %out, %9 : f32
      linalg.yield %10 : f32
    } -> tensor<4x3x3x3xf32>
    %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %2 : tensor<4x3x3x3xf32>, tensor<4x3x3x3xf32>) outs(%4 : tensor<4x3x3x3xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %9 = arith.addf %in, %in_2 : f32
      linalg.yield %9 : f32
    } -> tensor<4x3x3x3xf32>
    %expanded = tensor.expand_shape %6 [[0, 1], [2], [3], [4]] output_shape [1, 4, 3, 3, 3] : tensor<4x3x3x3xf32> into tensor<1x4x3x3x3xf32>
    return %expanded : tensor<1x4x3x3x3xf32>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_4_torch.float32: "0x040000000EE7FEBDC79D5B3BE1EB203D305ADCBC",
      torch_tensor_4_2_3_3_3_torch.float32: "0x0400000001F8083EA23F74BDBB97E5BD3F5BC53C9EB31FBB79EEA5BC8F66E0BDFB669BBBD416833B9FD2AA3DB2B7853D736EBC3C5E14C43D990E6FBC4831E03D619BFDBD8EEB82BBD19E79BD3CD2B23D37C91BBDCB6DBCBDE0FDBBBCA61DA438C091BB3D158B993DC30DFCBDA1896BBDB22B87BD18F0EABBA4A9773D2732A2BC0CB5FD3D50AA753C4D429A3D10FF05BD1191A13D46A45A3D1700A53BDAAC94BB7CF5763D576E9D3C3FB7AFBD12EE2CBD88D0B6BDA61F053D0D17D13DD800A0BD3CE93A3DF028D7BD049C653D0BAA02BE8BEF5ABDE63FCCBA111EBDBCB7D79C3DD0435EBDEDC0383D27D0743D1857183DBD0907BE2A899ABDFCB908BD1E2015BBC80A563D3D14C43D4217E63C6BE1BEBDCC790ABEE39EF93D1F6EF4395EADF7BD164519BD91C0553DF9308CBB67AFB73D38DEBEBCB9F98B3C4B9A023E3B80F7BD3FBE5D3C46DCE2BD50CBBBBDE57B02BE69D6883D89C3DABC645F4A3D89627C3CE7D5353D5C22EABD77AB45BDEBA518BD1D6CCABD003B6D3DB9319E3D169A49BDC57ABEBDEC1391BD00EA01BE9467B5BD218A19BDE1DFB73C04C285BD0249E4BD80C88C3D9CC7DE3D0964D33B1D8C9EBC198E76BDB7C2353DCE03323CFADA7EBDE035BF3D9B2DA43D0CE2CD3D2643C03DB95FA5BDA828FF3DDA7630BB0A3100BE48A9B03DB23FB3BD2CE482BD1F30D93CADD5C53DBDA3B23CBC4BEEBDEFC3BDBD5CBC4E3D55CD18BD8739183D9F02F33DEF9EB5BD24ABF0BDCDF33ABD76B02CBCD19D3BBDBFFC073E36A3A6BDE973A13D4F1B583D6D2A003E381F06BE9F8ACB3D9A9231BD4D6C44BD18BC943B71F4BC3D2DF68E3D9EA8A1BD6537053D92E6B5BBB870373D8AB7D0B8E2450ABD25F5803D43E1ED3D9B60943DB08437BD056BF33ADC31D43C0901A2BD4B61EC3DBD24933D0F8B713D480E013EC3B292BC4F53D23D5AB882BC7FA5E03DF89DA7BD184608BEDBDD8F3DD0EF3F3DF83204BEC215723D2031EEBCF9D6623D7118FD3D47F3E03DB1E89F3B2E42893DEF2B01BEAFBD243C6671343D6E7B8E3D8B44493D28E8BA3DAC821B3CF771353D82BE08BE789E85BDC3827E3D22AB403D88F86D3D2534613D7D7CEBBDBE67383D8AE726BD1182B4BC55FD2FBC362BEB3D8B9DF93D91428A3D693A59BD024C253D3DBC3F3DFF78D53DE3B52F3C2B5703BEDCF35F3D61D9DDBD56BF903C5C0AB63D0420663D7CE0033E8958063E"
    }
  }
#-}
