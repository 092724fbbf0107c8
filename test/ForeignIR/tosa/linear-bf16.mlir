// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (0, 0)>
module {
  func.func @main(%arg0: tensor<4x16xbf16>) -> tensor<4x8xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_torch.bfloat16> : tensor<8xbf16>
    %cst_1 = arith.constant dense_resource<torch_tensor_32_torch.bfloat16> : tensor<32xbf16>
    %cst_2 = arith.constant dense<"0x60BE5B3E70BE4EBEB03DAF3D443E57BE8D3C583EB03DCB3D71BE5D3E2C3D053E523E103E173E76BE78BD803E0D3EF6BD45BE4B3DF8BDCFBD7F3EBFBD303E7C3DEABD22BEB93D313E88BD6BBE1D3E7FBE733DEBBD50BE27BE303D62BE6EBDA2BDF33D4CBEAF3DA13DC6BC8CBD8BBD31BE083EFA3D853D923C103D70BE36BDDB3CE7BDDA3D67BE9EBD5BBDEB3D243BF9BDAE3BFCBD5ABEDD3D4BBD783D533D643E1A3E683E2C3E42BBECBDCA3D16BEBE3B4D3EA13DCCBDAD3D5EBE13BEE0BDBC3D5D3E113E80BE7ABEA0BD44BEED3D6C3E4D3D4EBD853A413E58BE113E32BEE2BDD43C2C3E103E22BE363E7F3EC43DA43D0ABE3A3E453E13BE303D793EA13D7BBE78BEFE3D01BE6B3EF03D0F3D69BE36BECFBDADBC9BBD843CD8B820BD0C3C09BD2EBE613960BEE03D133E9A3D10BEABBBC03DF6BC67BEC1BCF93C6BBE49BD6D3CCB3CC0B858BE983B0B3E4BBD503E0D3E523E00BEFDBD023E2BBD0D3EA5BD27BED23DD1BDD83C683E62BEC83D52BE163E9D3D0B3E8ABD31BD78BE74BEF53DFA3D78BE923DCABD2BBE603D133E85BD373ED2BC76BD6EBEC2BDD33D0B3C813CEEBDEC3C513DAFBD143ECDBCBC3DC63D573EC83DA63D213D6A3E4E3D94BC823D24BE07BC49BE21BE49BE00BD793EBB3DD4BD03BDECBB2B3E4B3D49BE433E4BBE7A3EAC3D29BEF4BD10BDAC3DD1BD1ABE963D0D3EA1BDC33CB9BD743EA33DDEBD7D3DBF3D49BE03BE57BECABC673D2DBDE2BD66BEE63D23BC963D90BDB03B1C3E413E7FBD263E333E0A3D773E7A3DC0BDA93D6F3E35BE523E783E933D7FBE4DBE803A6FBD7FBC733E60BE8FBBEABBACBD38BE3ABE6D3E0ABEECBD533D24BE6CBE973CF2BD07BE13BD23BE75BD08BE80BD153E423E6A3EA2BD1DBEAEBA6EBE0B3E593E793E00BD41BD683E3FBEFEBDF0BD203DFF3B3E3ED1BD1E3ED93D423EDB3DA83C523E443D1F3DF23D1D3E5B3E913CAFBD60BE99BD4CBED3BD54BDB23A1ABE59BD513A3E3E543E313E7A3EBF3D253E0FBD1EBDD93C873D72BE9B3C983D293E59BEAC3D7CBE213E46BE65BCDBBDB1BD363DC9BD413E293E41BE883DACBDE3BCE03A03BE3A3EB63BA83CDDBDF6BD0BBE473C01BE81BC3ABEC0BD8B3D5A3E6BBE413ED0BDF53D2C3E313EC4BD6A3DB8BD4F3E083E213E8F3D3D3EE4BD323E0C3DDFBD843D2E3E04BD5ABE153ED33D35BDDE3D063E833D843C17BE803E7E3D673E1ABDB73C2D3E093EEABD1D3E94BD81BDF5BD12BE25BC293E30BE7C3E933D15BE7CBD053EEBBD96BD86BD10BEDEBD013ED73DB7BC27BC4ABB18BEB1BD083E3EBED6BD5FBD403E33BDCBBD64BE003E333E9F3C493D53BE18BED43D5D3E5EBE0B3E933D02BA49BE37BE70BEDC3A2E3ECE3CA2BDB43D06BDAE3D1BBE2E3E203E49BD4CBEAFBCA73C64BE56BE563E873B993DC8BDDBBDA53C16BEBCBDEF3D67BE34BE77BE"> : tensor<16x32xbf16>
    %cst_3 = arith.constant dense<1.000000e+00> : tensor<1x1xbf16>
    %cst_4 = arith.constant dense<5.000000e-01> : tensor<1x1xbf16>
    %cst_5 = arith.constant dense<7.070310e-01> : tensor<1x1xbf16>
    %cst_6 = arith.constant dense<"0x1DBEFBBCBA3D0D3EA5BD89BDE53DE6BDDEBD30BEC8BD22BE583D6E3DE0BD1B3E4A3DE9BD0F3ED43D923DE43D2ABEEABD7A3D1CBC2F3E333EB63D77BB683D2FBE293EA53D393C323D78BDC73D89BD91BDB83D73BD1B3D09BD693D143EB7BD103D833DEABD293EC73D0EBDC2BD103D873DC6BBFCBDD73D57BD433D20BD03BE8C3DF73D223E1EBE06BEDFBD23BE233ED2BD84BD833DB9BB00BE10BE263D82BC8BBD933D13BE23BEAA3D14BE013E68BDA1BDACBDE0BD0A3E0A3EE4BD0DBD173EAFBDD8BA1ABE05BDEB3B99BDE73C4A3D18BED63DD23CA2BA30BED83C673D0A3D143DA63D93BDDEBD32BE1EBD77BBADBD53BD22BD1DBAC5BD24BDCEBD0D3E2D3E2EBE13BBE5BCBC3CC33DC33AD33C5DBDD3BDC9BD1EBE153EF1BD65BD32BE173ED9BDA83D22BEB6BD433DDF3D15BE55BC9CBDF43D0CBE893CC6BD15BE33BEB63DE0BD793D98BD243E133E86BDEF3BFF3DFBBC2FBEE13C223E3EBDE9BDC43D07BE823D02BEAABD0EBD17BDB33CBFBCF1BD13BEF23DCEBB2A3E1FBE1E3C233E33BE78BCCFBCADBC843D22BE27BC02BD033E50BDDE3D263E253E443C343E143D1C3EB9BD053EA5BDAC3BEA3C8ABD233E84BD21BD54BD2A3E19BEC43DD0BCB73DB1BD99BDD4BD0BBE45BD1EBE3B3DB9BBF23CBA3B2ABE17BE593DFE3C173E2E3EC33D03BE8A3D6B3DC13DD1BC093ED8BD333D093DBA3DD3BD34BED43DA53C873D17BD263E"> : tensor<32x8xbf16>
    %0 = tensor.empty() : tensor<32xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%cst_1 : tensor<32xbf16>) outs(%0 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<32xf32>
    %2 = tensor.empty() : tensor<4x16xf32>
    %3 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<4x16xbf16>) outs(%2 : tensor<4x16xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<4x16xf32>
    %4 = tensor.empty() : tensor<16x32xf32>
    %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<16x32xbf16>) outs(%4 : tensor<16x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<16x32xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2]] output_shape [1, 4, 16] : tensor<4x16xf32> into tensor<1x4x16xf32>
    %expanded_7 = tensor.expand_shape %5 [[0, 1], [2]] output_shape [1, 16, 32] : tensor<16x32xf32> into tensor<1x16x32xf32>
    %6 = tensor.empty() : tensor<1x4x32xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<1x4x32xf32>) -> tensor<1x4x32xf32>
    %8 = linalg.batch_matmul ins(%expanded, %expanded_7 : tensor<1x4x16xf32>, tensor<1x16x32xf32>) outs(%7 : tensor<1x4x32xf32>) -> tensor<1x4x32xf32>
    %collapsed = tensor.collapse_shape %8 [[0, 1], [2]] : tensor<1x4x32xf32> into tensor<4x32xf32>
    %expanded_8 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 32] : tensor<32xf32> into tensor<1x32xf32>
    %9 = tensor.empty() : tensor<4x32xf32>
    %10 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %expanded_8 : tensor<4x32xf32>, tensor<1x32xf32>) outs(%9 : tensor<4x32xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %30 = arith.addf %in, %in_13 : f32
      linalg.yield %30 : f32
    } -> tensor<4x32xf32>
    %11 = tensor.empty() : tensor<4x32xbf16>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<4x32xf32>) outs(%11 : tensor<4x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %30 = arith.truncf %in : f32 to bf16
      linalg.yield %30 : bf16
    } -> tensor<4x32xbf16>
    %13 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%12, %cst_5 : tensor<4x32xbf16>, tensor<1x1xbf16>) outs(%11 : tensor<4x32xbf16>) {
    ^bb0(%in: bf16, %in_13: bf16, %out: bf16):
      %30 = arith.mulf %in, %in_13 : bf16
      linalg.yield %30 : bf16
    } -> tensor<4x32xbf16>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<4x32xbf16>) outs(%11 : tensor<4x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %30 = math.erf %in : bf16
      linalg.yield %30 : bf16
    } -> tensor<4x32xbf16>
    %15 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%14, %cst_3 : tensor<4x32xbf16>, tensor<1x1xbf16>) outs(%11 : tensor<4x32xbf16>) {
    ^bb0(%in: bf16, %in_13: bf16, %out: bf16):
      %30 = arith.addf %in, %in_13 : bf16
      linalg.yield %30 : bf16
    } -> tensor<4x32xbf16>
    %16 = linalg.generic {indexing_maps = [#map3, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_4, %15 : tensor<1x1xbf16>, tensor<4x32xbf16>) outs(%11 : tensor<4x32xbf16>) {
    ^bb0(%in: bf16, %in_13: bf16, %out: bf16):
      %30 = arith.mulf %in, %in_13 : bf16
      linalg.yield %30 : bf16
    } -> tensor<4x32xbf16>
    %17 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%12, %16 : tensor<4x32xbf16>, tensor<4x32xbf16>) outs(%11 : tensor<4x32xbf16>) {
    ^bb0(%in: bf16, %in_13: bf16, %out: bf16):
      %30 = arith.mulf %in, %in_13 : bf16
      linalg.yield %30 : bf16
    } -> tensor<4x32xbf16>
    %18 = tensor.empty() : tensor<8xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%cst_0 : tensor<8xbf16>) outs(%18 : tensor<8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<8xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<4x32xbf16>) outs(%9 : tensor<4x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<4x32xf32>
    %21 = tensor.empty() : tensor<32x8xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_6 : tensor<32x8xbf16>) outs(%21 : tensor<32x8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<32x8xf32>
    %expanded_9 = tensor.expand_shape %20 [[0, 1], [2]] output_shape [1, 4, 32] : tensor<4x32xf32> into tensor<1x4x32xf32>
    %expanded_10 = tensor.expand_shape %22 [[0, 1], [2]] output_shape [1, 32, 8] : tensor<32x8xf32> into tensor<1x32x8xf32>
    %23 = tensor.empty() : tensor<1x4x8xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
    %25 = linalg.batch_matmul ins(%expanded_9, %expanded_10 : tensor<1x4x32xf32>, tensor<1x32x8xf32>) outs(%24 : tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
    %collapsed_11 = tensor.collapse_shape %25 [[0, 1], [2]] : tensor<1x4x8xf32> into tensor<4x8xf32>
    %expanded_12 = tensor.expand_shape %19 [[0, 1]] output_shape [1, 8] : tensor<8xf32> into tensor<1x8xf32>
    %26 = tensor.empty() : tensor<4x8xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed_11, %expanded_12 : tensor<4x8xf32>, tensor<1x8xf32>) outs(%26 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %30 = arith.addf %in, %in_13 : f32
      linalg.yield %30 : f32
    } -> tensor<4x8xf32>
    %28 = tensor.empty() : tensor<4x8xbf16>
    %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<4x8xf32>) outs(%28 : tensor<4x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %30 = arith.truncf %in : f32 to bf16
      linalg.yield %30 : bf16
    } -> tensor<4x8xbf16>
    return %29 : tensor<4x8xbf16>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_torch.bfloat16: "0x02000000163EA2BD5F3D2BBE183E34BE22BE22BE",
      torch_tensor_32_torch.bfloat16: "0x02000000423E383ED93D403E9FBD693D503C31BEC5BDB6BD7DBD63BE34BEC2BC1CBD68BE5B3D0B3E553E573E33BEA4BDF3BD3C3D893D643D163E073E09BE303E2D3E083D"
    }
  }
#-}

