// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2) -> (d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map6 = affine_map<(d0, d1) -> (d1)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<2x5x16xf32>) -> tensor<2x5x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<2x4x5x5xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_16_16_torch.float32> : tensor<16x16xf32>
    %cst_4 = arith.constant 0xFFF0000000000000 : f64
    %cst_5 = arith.constant 0.70710678118654757 : f64
    %cst_6 = arith.constant dense_resource<torch_tensor_48_torch.float32> : tensor<48xf32>
    %cst_7 = arith.constant dense_resource<torch_tensor_48_16_torch.float32> : tensor<48x16xf32>
    %0 = tensor.empty() : tensor<5x2x16xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x5x16xf32>) outs(%0 : tensor<5x2x16xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<16x48xf32>
    %transposed_8 = linalg.transpose ins(%cst_7 : tensor<48x16xf32>) outs(%1 : tensor<16x48xf32>) permutation = [1, 0] 
    %2 = tensor.empty() : tensor<5x16x48xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_8 : tensor<16x48xf32>) outs(%2 : tensor<5x16x48xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<5x16x48xf32>
    %4 = tensor.empty() : tensor<5x2x48xf32>
    %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %6 = linalg.batch_matmul ins(%transposed, %3 : tensor<5x2x16xf32>, tensor<5x16x48xf32>) outs(%5 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_6 : tensor<5x2x48xf32>, tensor<48xf32>) outs(%4 : tensor<5x2x48xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %45 = arith.addf %in, %in_35 : f32
      linalg.yield %45 : f32
    } -> tensor<5x2x48xf32>
    %expanded = tensor.expand_shape %7 [[0, 1], [2], [3, 4]] output_shape [1, 5, 2, 3, 16] : tensor<5x2x48xf32> into tensor<1x5x2x3x16xf32>
    %8 = tensor.empty() : tensor<3x5x2x1x16xf32>
    %transposed_9 = linalg.transpose ins(%expanded : tensor<1x5x2x3x16xf32>) outs(%8 : tensor<3x5x2x1x16xf32>) permutation = [3, 1, 2, 0, 4] 
    %collapsed = tensor.collapse_shape %transposed_9 [[0], [1], [2, 3], [4]] : tensor<3x5x2x1x16xf32> into tensor<3x5x2x16xf32>
    %extracted_slice = tensor.extract_slice %collapsed[0, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_10 = tensor.extract_slice %collapsed[1, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_11 = tensor.extract_slice %collapsed[2, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %collapsed_12 = tensor.collapse_shape %extracted_slice [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_13 = tensor.expand_shape %collapsed_12 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %9 = tensor.empty() : tensor<8x5x4xf32>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<5x8x4xf32>) outs(%9 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_15 = tensor.collapse_shape %extracted_slice_10 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_16 = tensor.expand_shape %collapsed_15 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<5x8x4xf32>) outs(%9 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_18 = tensor.collapse_shape %extracted_slice_11 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_19 = tensor.expand_shape %collapsed_18 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_20 = linalg.transpose ins(%expanded_19 : tensor<5x8x4xf32>) outs(%9 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %expanded_21 = tensor.expand_shape %transposed_14 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %expanded_22 = tensor.expand_shape %transposed_17 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %10 = tensor.empty() : tensor<2x4x5x4xf32>
    %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21 : tensor<2x4x5x4xf32>) outs(%10 : tensor<2x4x5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.truncf %cst_5 : f64 to f32
      %46 = arith.mulf %in, %45 : f32
      linalg.yield %46 : f32
    } -> tensor<2x4x5x4xf32>
    %12 = tensor.empty() : tensor<2x4x4x5xf32>
    %transposed_23 = linalg.transpose ins(%expanded_22 : tensor<2x4x5x4xf32>) outs(%12 : tensor<2x4x4x5xf32>) permutation = [0, 1, 3, 2] 
    %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_23 : tensor<2x4x4x5xf32>) outs(%12 : tensor<2x4x4x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.truncf %cst_5 : f64 to f32
      %46 = arith.mulf %in, %45 : f32
      linalg.yield %46 : f32
    } -> tensor<2x4x4x5xf32>
    %collapsed_24 = tensor.collapse_shape %11 [[0, 1], [2], [3]] : tensor<2x4x5x4xf32> into tensor<8x5x4xf32>
    %collapsed_25 = tensor.collapse_shape %13 [[0, 1], [2], [3]] : tensor<2x4x4x5xf32> into tensor<8x4x5xf32>
    %14 = tensor.empty() : tensor<8x5x5xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %16 = linalg.batch_matmul ins(%collapsed_24, %collapsed_25 : tensor<8x5x4xf32>, tensor<8x4x5xf32>) outs(%15 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %expanded_26 = tensor.expand_shape %16 [[0, 1], [2], [3]] output_shape [2, 4, 5, 5] : tensor<8x5x5xf32> into tensor<2x4x5x5xf32>
    %17 = tensor.empty() : tensor<2x4x5xi64>
    %18 = linalg.fill ins(%c0_i64 : i64) outs(%17 : tensor<2x4x5xi64>) -> tensor<2x4x5xi64>
    %19 = tensor.empty() : tensor<2x4x5xf32>
    %20 = linalg.fill ins(%cst_0 : f32) outs(%19 : tensor<2x4x5xf32>) -> tensor<2x4x5xf32>
    %21:2 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_26 : tensor<2x4x5x5xf32>) outs(%20, %18 : tensor<2x4x5xf32>, tensor<2x4x5xi64>) {
    ^bb0(%in: f32, %out: f32, %out_35: i64):
      %45 = linalg.index 3 : index
      %46 = arith.index_cast %45 : index to i64
      %47 = arith.maximumf %in, %out : f32
      %48 = arith.cmpf ogt, %in, %out : f32
      %49 = arith.select %48, %46, %out_35 : i64
      linalg.yield %47, %49 : f32, i64
    } -> (tensor<2x4x5xf32>, tensor<2x4x5xi64>)
    %expanded_27 = tensor.expand_shape %21#0 [[0], [1], [2, 3]] output_shape [2, 4, 5, 1] : tensor<2x4x5xf32> into tensor<2x4x5x1xf32>
    %22 = tensor.empty() : tensor<2x4x5x5xf32>
    %23 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_26, %expanded_27 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%22 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %45 = arith.subf %in, %in_35 : f32
      linalg.yield %45 : f32
    } -> tensor<2x4x5x5xf32>
    %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<2x4x5x5xf32>) outs(%22 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = math.exp %in : f32
      linalg.yield %45 : f32
    } -> tensor<2x4x5x5xf32>
    %25 = tensor.empty() : tensor<2x4x5x1xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<2x4x5x1xf32>) -> tensor<2x4x5x1xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<2x4x5x5xf32>) outs(%26 : tensor<2x4x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.addf %in, %out : f32
      linalg.yield %45 : f32
    } -> tensor<2x4x5x1xf32>
    %28 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %27 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%22 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %45 = arith.divf %in, %in_35 : f32
      linalg.yield %45 : f32
    } -> tensor<2x4x5x5xf32>
    %29 = tensor.empty() : tensor<2x4x5x5xi1>
    %30 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_26 : tensor<2x4x5x5xf32>) outs(%29 : tensor<2x4x5x5xi1>) {
    ^bb0(%in: f32, %out: i1):
      %45 = arith.extf %in : f32 to f64
      %46 = arith.cmpf oeq, %45, %cst_4 : f64
      linalg.yield %46 : i1
    } -> tensor<2x4x5x5xi1>
    %31 = tensor.empty() : tensor<2x4x5x1xi1>
    %32 = linalg.fill ins(%true : i1) outs(%31 : tensor<2x4x5x1xi1>) -> tensor<2x4x5x1xi1>
    %33 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%30 : tensor<2x4x5x5xi1>) outs(%32 : tensor<2x4x5x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %45 = arith.andi %in, %out : i1
      linalg.yield %45 : i1
    } -> tensor<2x4x5x1xi1>
    %34 = linalg.generic {indexing_maps = [#map5, #map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %cst_1, %28 : tensor<2x4x5x1xi1>, tensor<2x4x5x5xf32>, tensor<2x4x5x5xf32>) outs(%22 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: i1, %in_35: f32, %in_36: f32, %out: f32):
      %45 = arith.select %in, %in_35, %in_36 : f32
      linalg.yield %45 : f32
    } -> tensor<2x4x5x5xf32>
    %collapsed_28 = tensor.collapse_shape %34 [[0, 1], [2], [3]] : tensor<2x4x5x5xf32> into tensor<8x5x5xf32>
    %35 = linalg.fill ins(%cst : f32) outs(%9 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %36 = linalg.batch_matmul ins(%collapsed_28, %transposed_20 : tensor<8x5x5xf32>, tensor<8x5x4xf32>) outs(%35 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %expanded_29 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %37 = tensor.empty() : tensor<5x2x4x4xf32>
    %transposed_30 = linalg.transpose ins(%expanded_29 : tensor<2x4x5x4xf32>) outs(%37 : tensor<5x2x4x4xf32>) permutation = [2, 0, 1, 3] 
    %collapsed_31 = tensor.collapse_shape %transposed_30 [[0, 1], [2, 3]] : tensor<5x2x4x4xf32> into tensor<10x16xf32>
    %38 = tensor.empty() : tensor<16x16xf32>
    %transposed_32 = linalg.transpose ins(%cst_3 : tensor<16x16xf32>) outs(%38 : tensor<16x16xf32>) permutation = [1, 0] 
    %39 = tensor.empty() : tensor<10x16xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<10x16xf32>) -> tensor<10x16xf32>
    %41 = linalg.matmul ins(%collapsed_31, %transposed_32 : tensor<10x16xf32>, tensor<16x16xf32>) outs(%40 : tensor<10x16xf32>) -> tensor<10x16xf32>
    %42 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<16xf32>) outs(%39 : tensor<10x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<10x16xf32>
    %43 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%41, %42 : tensor<10x16xf32>, tensor<10x16xf32>) outs(%39 : tensor<10x16xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %45 = arith.addf %in, %in_35 : f32
      linalg.yield %45 : f32
    } -> tensor<10x16xf32>
    %expanded_33 = tensor.expand_shape %43 [[0, 1], [2]] output_shape [5, 2, 16] : tensor<10x16xf32> into tensor<5x2x16xf32>
    %44 = tensor.empty() : tensor<2x5x16xf32>
    %transposed_34 = linalg.transpose ins(%expanded_33 : tensor<5x2x16xf32>) outs(%44 : tensor<2x5x16xf32>) permutation = [1, 0, 2] 
    return %transposed_34 : tensor<2x5x16xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_16_torch.float32: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_16_torch.float32: "0x0400000090EBBFBC521F77BED0091C3D0020E1B90C39B53D2AB91FBE002FDABA60B28EBD08D918BE6AA2473ECA807CBE4832353EE0807DBD5E460FBEBE9278BEB0D872BE4C9AB0BD502B253E98164B3DC2FD3ABEE4EE573EACBC513E0CC8D43DD89A7A3E00842A3E0059113D0AEF303E30DE11BEC8A704BD766E05BE883B34BD269B4ABEB0072E3E5844CABD2CB99D3D80C76A3EE8E3AC3D20A4583C44437E3EC04B7DBE7C1A6D3EA4F15DBE70C17D3E20D4A23C901D1DBE84DFAEBD607303BE8C81193E14EC5B3E2CCE1A3E6C313B3E1CD1763EBA9E61BED042D73D30A4A73CD44C1A3EC07C903DC06CE43BCC592A3E5812CFBD8C0B43BE547C37BE5AB9373E408BAC3B141A50BE940BB13DE01005BC60DC17BEC24E603E28AD143EFCC3583EC8C226BD3C431EBEAC8E58BED05BEF3C946933BEC0B6183E3E1368BE1E3436BE80B9143D88957A3D08E106BD583555BD00C701BEA81794BDF8D1043D5EC965BE008231BDD8D621BD009FB33B5A443E3E149C56BEBCE0B03D20D0BD3DD81F8E3D40B992BD52B0143EBE2835BE244CCEBDC0EADBBBD89C16BD40337DBEA05B093E2240173ECC4B63BE0014FC39AA7857BE50233ABD406CF33C70AA5E3E920C343EAAF9033E58D9063DD6386CBE042BA5BD7037643E90A9A83C88C366BD7CA1B0BDC831F73DB00B213EB0B3B2BCF8F4953D8C853C3E6E652B3E1AC9043EB6CF2E3E3054BA3D08528C3D58EB7BBE101E49BD28C498BD0098653DB4DF92BDBA8A69BEAC36563EB4E7DDBD0E1A73BE14E6D4BD088C563D8807AEBD12B47FBEB45BAA3D8C5FC53D784F6E3E68067DBE680442BD341CC3BD0465B1BD4006B13B62AE6E3EF01ED6BCA02A5B3E78C80D3D145805BE700EC5BC9EC0033E725E173E04E0A9BD8085FABCCA0D56BEEC0523BEE04B87BDE28D183E00DB7C3CFC43073ED8A255BE6087513D62E24EBE88BC95BD66F9503E20EB2A3C38AC3FBE901B7CBE08C49ABDDCC5C8BD24A96DBEBE160C3EC028A43BB8311DBD12BB453EE08172BE9C71A33D1A963D3E08FF5C3DE046093E60B7B5BD3E0D71BEDE2C6F3E961C7EBE54DED0BD5AFF673EB411F5BD30844ABDE84A03BE48E0503D5C5FB8BD4024BF3D46A0793E764D40BECA97273E7CD180BDBA237FBE1497DE3D4C3C2BBEBAA0163E785632BDC08D1ABE0AEA5EBE704D5C3D68B576BE46B30C3EACB9C33DA63959BE08D6053E0AC949BEA0DECF3CECB393BD522F2B3E4E7558BE9C22A1BD289DB5BDB07CB0BC3080CF3CA82320BED8700B3D20AB393CA8ED01BE880D733D520D3C3EA4C7033E280FA53D1481E1BD4C5339BEA800193E00F71D3DC0009F3CA26A023E8CD6EBBD6E2D7EBE76C02FBE7CBE6FBE82551F3E70DD1B3E748EEABD684765BDC8F855BDB03DD0BD029B2FBE9434A13D2860B5BDEABD26BE90F43F3D2496CDBD10794A3D40F91ABC",
      torch_tensor_48_torch.float32: "0x04000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_48_16_torch.float32: "0x04000000AFD691BE2CB4733E2109183D834128BE20B6DB3D7246643EDDF104BD8C62673ECD33423E64FA543D6F5F26BE30DB6FBE8C3890BB1343A7BD82308DBE5AC592BE6F0447BE31A4C03BB3C10DBEA1B683BE097058BDD92F0ABE1E4897BD57A73D3E12D3353E94814C3EAD679C3ED115AD3CE9B526BE5CEE02BDA865483D00B8DFBD5AF1793EE7B3243EF86863BE51A0ED3C949FEC3C758DC23DF70B51BEB2369A3E7DFED8BDA1FCEB3DDE251BBE9A44D53D7A66D9BDC4D325BE443B8CBECAD0DC3DB8002C3D9694C13D1C282CBEDD7A853DB73800BEAB68AE3DD65D923E275C83BE5282F03D60374ABE171CC03D62CE88BD1EF5FF3D81006ABEC9755C3EBA1A313E8B8F57BE3E485DBE07542B3EFA1276BE97E7F43DECF41ABEAA798CBEA689C23D25B803BE96E74EBE58A0BA3DAFF3103EA5687D3EAB4C993E8A07D93D7D32B5BD282657BDC1B06C3E74BB73BE203F613E0BA9103E5BE8F03DA402C23D432982BE32BBFA3D318797BCBDEF823B6B9F11BEBFA1623E7F7951BDCC05233B39E785BE57C4703EB6B490BE1F10423E5474093E33F43E3DC6C797BEAC8E10BEB663A6BCBD3B68BE40EBCABD48DA8DBDC2CFC3BDC2235A3ECB558F3EE4670CBE92E7213ED57E9D3CBC84653E5EB988BEE2541BBEAC3D7BBD568F963E5127783EFBB3A9BDE94441BE8F811CBE003F1A3D98E48D3D2B9E1EBE82B0B03D7A0211BD7B59693EBE0AEFBD511030BE40BF403D3964813C3C0D313EEE0A993E7B89FCBD97C7913E3847133EA176853E2E37C13D28823BBDD11B2C3DC1D6033C1A9067BEFBBCD0BDE0786D3E02C0753DAF9FA63D50C2F23CA24B873D34405ABED32E6CBDB0A287BD7F54D6BD1C2C46BE88BB02BD7FAEEFBBB612CDBD944499BDE38FC0BDB70348BD144E7ABE538E7F3EA27527BEBC4E233E0DFD89BE346865BC4A89E7BCC15385BEC140823CD1066ABE80CFDD3DF533443EEDEB41BDDBD74F3DACED1CBE8EFDE23D220194BE25279C3E164A8DBC1F0D823D01D1843E71D981BE455123BEACF8603D906B9CBEF2A28E3DBF36D5BCD70C93BEE10D9CBD4F7465BE1C4FF23C130B673EF138953E879592BE4D9ADF3D7C5371BEEBE1DE3D5D952C3E6A5895BE9B4E62BED6918CBEB62CEBBC8DCDE53D2CFD65BE3033A3BC014BDABD55398E3E74BB8FBE2F062EBE11FA3BBB1D5674BE8F57713EFC0690BE774ECABDA91C03BEAFE137BBF1F614BE0817613E45F586BEFB6025BEE5800FBE97D595BEAC7D9BBE0943DD3DE7A5933EC8BE3FBD874AF3BD6110093EF5BF383E44B18CBE67B215BE8A81843EBC8D0B3E488991BEE192BB3BA66D6DBE788772BEE8B91BBEAC989B3E2FC834BEE381573E9E448EBEB88DACBCF6C58D3EF8CC8CBDFA1DD8BDD59C0ABEA79B62BE7032C93D908E64BEB86A47BE1B2E883E8B4E693EF0F023BEE8CDD33B3E7CA8BDE8B06E3EB8BE8CBE27D98CBE0C78193E6A136F3CD86EB7BDC896203EB3C4003EAC4B55BE3521333EBD12363EBA5731BD80A187BE5CA6033E0BC83A3E9FB99BBE250C91BEE46E17BD457989BEAE9B1CBEA4B2743E715E653D02503B3EE8AD933DF748993E86C1013E64A6B83DE85A6D3EA80DF9BD7F5C863E2DF5EE3C5C818F3E98EC3ABE28FB54BE3223643E258D34BE2E58723D2F83943E82826A3D8FB35EBEAEE63EBEFC042DBE2FA554BE492B283E7FD4353DED05E2BC1EA2AE3D514B373E7E3CDD3C6A8B4B3E5C8028BD2138F23D1E0E863DD0452D3BDF1C643E6B56973ECF567C3EA0209FBDE392CBBD830B813E52720EBEE383063DD0F131BED916A3BDE331EABD10BB433EA43009BE172B08BE1EE7043E2AA98ABC1DE1F13C8C766ABE42F809BE1E8B1D3E9508103E2EB98FBE0DB559BE4135B63DEE3576BEA1E725BED85831BE3E4B6FBE3F2619BE92FB5B3E143790BEFFC04F3EBDDF87BE2521A9BD9191D1BD63E6463E59007EBEC9F71BBE9C619ABE1560B8BD8781F93DF352943EE3CF873EFAC9A6BDDEF926BEB8228B3DB4FC4F3EF46F8C3E7D90563EC138B4BB068381BE27BB3DBE041E3F3E047485BED0A365BEF49647BE5B6DA8BD792E123E884F593E1BA8713E478B113E6F5F8E3D6707A5BD5B1B40BE77AC1FBEE65517BC59B9873EBF2FDFBD66FC3BBDA8E307BC14190DBE651715BEBA22B23D2FD35FBEC2A097BC494D97BD340F8B3DF44420BDCD4A24BE7F50BDBD256E9BBD1875053EFB248F3D8094C2BD41BB753E10ADDE3C0D2C2B3EB972EEBD13EE84BEC82F97BE530FD1BDFB47413E0628453E0519BF3DF259B13D0EA452BE12F3B8BDC920183D07CF88BEF09C8EBE8CDC6DBE8A71C23D8B191FBDD76A5DBDED10433E54B651BE62EA41BE17708FBD9E2C413EB45D493DE23287BEE6DF5D3E321636BE94A5743EA385E53DE969A43D4FD7813EEE9DE63D989C9ABE6338F93D8710983E682502BECC99653E99C97D3E01C593BD000CE139918022BDECA88A3EC657033E21195E3E49468CBEC95BFEBD34DA6CBE0839893D82C9F4BD3CC3B53D1144233ED1ADA5BD97A3133D7A1B67BEE39F10BD21D54A3D0BB75F3EA161FD3D4CBBA63D5DC1223E1442753ED094EB3C5101973E66223FBE2A61D43DBE86813A4415683E0E9895BEE42B183E52D586BEA77ABBBDE83ECABD89E2D1BDBA4F18BE659F7FBEF83B89BEE5D37FBDDD07803E1930A8BD98D653BE8206B3BD1A4381BE0D1088BC10CC803EEB1299BE2023293EB670683EAD13623E70FC39BE7AB0123D94B9303E935786BE49D7703E6F14B8BCF5FB89BE37DBA0BD9F0A103CA099FFBD5C9AFEBD61F600BD8BAAD73D05230E3ED54299BE22ECA0BC4D1B9B3D11037D3E311A1D3EC055553EA100BA3DF300F5BC01482DBED83F02BE78C2CA3D734183BD8453903E229944BE5031553EB9C9483E4A144F3E3AD6753E6B3E35BE8E34353E9B379BBE604228BE5F1047BD700B843EDAA77CBD1B607BBE32E58BBEDAC7BB3BD53EBB3C708A983D109CAFBDF52AD13D0076033D38B0A4BD0294203EF44062BEB45422BE70079B3D8924B3BD7297F2BB22A7E0BD46C5323E76A5933E5F42863EF0ADA23DF6B946BEAD39DBBD98B70EBE92F971BDA4451CBECDDB3A3E08B894BEBDF65A3C988B623EDCAD78BED1B95BBDE1E32B3EBB13DBBD597514BE6DFD263E641459BE806E9C3E119F8C3E5D93603C565C4A3D77B21FBE6C1B923DEBE06CBE6C69A3BDCAA87A3E51FBB63DAD2E633EEBE64E3ED4BD953E41B49E3D0BCB65BEDEE58DBEF178423E0AAB7E3EB5599A3EA70755BE1E398F3E8972DFBD50A6A33DE13D593EA4F271BE867796BE6B7F503ED7C291BE6EEF173EF267353EC05E653E1D10F23B5231A0BDFA8C233D04A92DBD19BE93BEE8EF933D1A0438BE6012683E3E3413BEA08E74BD4C3173BECB66903E8BE6353E3343893EC5F8363E934441BEB336943ED5A428BD0D3D903E1AA32F3D818A463EBCE2F8BDCA55F63D1A76F1BA1C3C7ABEDBDC723EA6AE2ABE51C24FBEEA7D7B3E7DD38FBE048FD83DA9F97E3E46C147BDAE4B94BE751B7EBE813A78BCC30747BD44BA593E4CA17A3EC8E541BEE1B4A5BDFF6076BE7E978B3DF4BD653E2767D6BD1774263C98D3C2BC70F687BEEBCD983E554E873DAF0F933E724C88BE4749B7BDF45AA5BD465ACE3DF3D29EBDC15F34BE6D62803E7425763EAAE59B3EC6813C3EB2404E3EAC264FBEB746BB3C969EC4BD5839E0BC5542CC3CFE8A963D1A5639BEE1D24BBD57C010BE9E5CA1BDB3E349BE4AC823BE780C5BBEEB215CBE403AA5BCA44785BED97895BECFF35B3EDFC461BEEF805B3E3EAAAD3C578337BDD497723E11D174BE1A34163E8944513EBA187A3E016292BEE9B36D3CAF521FBD4EA268BEDB22563EE2D55CBD4610543E56D328BE670D0BBE22C5EB3D853F203D24B1333EA2C0053EC4F97A3E7D1E67BEE8B08D3D4EE0683EBC120EBED7E943BE37419A3EB94883BEA9B863BEB8A484BE15299B3DF716983D899989BE63FD3F3E9FC6B33DCA6AD43DD47399BED0588FBE0DD980BE5EA600BE864A8BBE63D11E3E0E3D2ABD0C4BF7BD4C38883EC988253DF9FE213D561030BE9A9AB8BDEE4E84BECA2640BE19BF9B3ED57C4CBE3BF22B3E107A573E9DC64C3E515B803EDE84863EA73E283E1F6B86BC8BC7A0BDEEAF95BE06F9243EB01F8EBD5D91443DDA9C8DBD8C7F4A3E98651F3C289C603E415E6A3E0801C23DB236CCBC182D113E06D538BE5A7E5C3E53E1723E7867233DEDECFBBCDB339B3DFEFF893E19F4933D57C51EBECD3686BDCF129ABE5B4B06BCADEC8EBEC7558D3D456A203D13FA913E283BBBBDA29183BC530E8FBA5F5FE6BD63ADDEBD828B01BEF05504BE"
    }
  }
#-}
