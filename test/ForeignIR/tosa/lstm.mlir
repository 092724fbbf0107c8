// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-4: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d3, d5)>
#map1 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4, d5)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
module {
  func.func @main(%arg0: tensor<2x3x8xf32>) -> tensor<2x3x6xf32> {
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant dense_resource<torch_tensor_24_6_torch.float32> : tensor<24x6xf32>
    %cst_2 = arith.constant dense<"0xAC4E0F3E7157A23EF1C4E83CBB27FF3C0BEB263D0D35BEBD818EAE3E4F8165BE2C919FBDCBC202BE769EB1BE53730BBDD79EBDBDE46E24BCE1D9AC3D10EE6CBE3CEE213E17998ABE269CAF3D4D08183D1CA90BBED9762FBE1DBCCD3B0F3BE8BCD7FF0A3EFD297FBE2A0258BE83F81FBE8C9DA6BE8A96ACBEF34BA4BE07652EBEF124C6BEAD1BB0BACC3D803ED5B762BE2A477BBE383A92BEED6F6CBE8F33073E0D69313E1DB8AD3E659F6DBDDEABF83DDE45C63D65A7B9BEBA2C8EBE63973EBB5A38443DC04D95BEA0FFBABEBAE3A8BE37D9883D5E9B113D5A57BDBE94F6C8BED80A823E10AFAD3EF275683C7B798BBE24E2CEBE48A6373D6A5E783E661DB7BE996086BEAB12C13EC612923E84E050BE369D33BE5F269D3E2107853EA5161B3E193343BE0926CC3DADEAF33DEB36FC3C48B100BEC162C5BE103AA1BEE30D263ED6E8613E472F78BE7A5C73BD9CAFBEBE685621BE79FD5ABC5D8EC03E0A6480BE9448AE3EBC99D0BB9267A6BE4C234ABE135FFEBCBE5FC6BD8627ADBE490FDB3D7A0F44BC09BA9ABE160A993E03F915BE53B82D3EE70CA7BED2CE433E8E209C3E5CC9C3BCEAF9C63E38049F3EE147A33E93CD8FBE366FAD3ED974A4BE7B42853D4D2F883E0686363E8F818C3D14D0493D1137E23DCBC3C9BE30639C3E5E39BD3D3601243E44D42D3EFF5E23BC5BC35CBE045E313EAF90723E9FFBBD3E234EAD3E0731C53CBF7E523E9DF0A4BD7EC5BD3E7955E6BD9582663E5930B43E1FB64CBE55FD163E11E19BBE3B822D3E01E847BE2B45263EC9F2993EA1260E3E4B04D03E8D767EBEBF9E863EB2ACA2BC6E5FB1BE27B0A7BDF6F751BEB14FB43DDB94BEBE544686BE046F80BE2538203E06EACD3E334993BEDCCA333E49EC80BE076AA73E061FBFBE2BE88D3E78E17B3EC8BFD03E18698A3DF946A83E68C8B13EBF53D13D2952CF3EA2A9343E3AD227BE534BFEBD9875C7BE159FD43DC8F89ABE25EF1B3E041F7B3EC0088CBEFFA5953D69624A3ECFD795BEADB38BBEA1D82DBEF5D115BDDE80CA3EF004FB3C8F6262BE5963CC3D5292C4B81212C7BD1AB559BE420F76BE"> : tensor<1x8x24xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_24_torch.float32> : tensor<1x1x24xf32>
    %cst_4 = arith.constant dense<0.000000e+00> : tensor<1x2x6xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_24_torch.float32_1> : tensor<1x24xf32>
    %0 = tensor.empty() : tensor<3x2x8xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x3x8xf32>) outs(%0 : tensor<3x2x8xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<3x1x1x8x1x24xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst_2 : tensor<1x8x24xf32>) outs(%1 : tensor<3x1x1x8x1x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x1x1x8x1x24xf32>
    %collapsed = tensor.collapse_shape %2 [[0, 1, 2], [3, 4], [5]] : tensor<3x1x1x8x1x24xf32> into tensor<3x8x24xf32>
    %3 = tensor.empty() : tensor<3x2x24xf32>
    %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<3x2x24xf32>) -> tensor<3x2x24xf32>
    %5 = linalg.batch_matmul ins(%transposed, %collapsed : tensor<3x2x8xf32>, tensor<3x8x24xf32>) outs(%4 : tensor<3x2x24xf32>) -> tensor<3x2x24xf32>
    %6 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_3 : tensor<3x2x24xf32>, tensor<1x1x24xf32>) outs(%3 : tensor<3x2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<3x2x24xf32>
    %extracted_slice = tensor.extract_slice %6[0, 0, 0] [1, 2, 24] [1, 1, 1] : tensor<3x2x24xf32> to tensor<1x2x24xf32>
    %extracted_slice_6 = tensor.extract_slice %6[1, 0, 0] [1, 2, 24] [1, 1, 1] : tensor<3x2x24xf32> to tensor<1x2x24xf32>
    %extracted_slice_7 = tensor.extract_slice %6[2, 0, 0] [1, 2, 24] [1, 1, 1] : tensor<3x2x24xf32> to tensor<1x2x24xf32>
    %7 = tensor.empty() : tensor<6x24xf32>
    %transposed_8 = linalg.transpose ins(%cst_1 : tensor<24x6xf32>) outs(%7 : tensor<6x24xf32>) permutation = [1, 0] 
    %expanded = tensor.expand_shape %transposed_8 [[0, 1], [2]] output_shape [1, 6, 24] : tensor<6x24xf32> into tensor<1x6x24xf32>
    %8 = tensor.empty() : tensor<1x2x24xf32>
    %9 = linalg.fill ins(%cst_0 : f32) outs(%8 : tensor<1x2x24xf32>) -> tensor<1x2x24xf32>
    %10 = linalg.batch_matmul ins(%cst_4, %expanded : tensor<1x2x6xf32>, tensor<1x6x24xf32>) outs(%9 : tensor<1x2x24xf32>) -> tensor<1x2x24xf32>
    %collapsed_9 = tensor.collapse_shape %10 [[0, 1], [2]] : tensor<1x2x24xf32> into tensor<2x24xf32>
    %11 = tensor.empty() : tensor<2x24xf32>
    %12 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_9, %cst_5 : tensor<2x24xf32>, tensor<1x24xf32>) outs(%11 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<2x24xf32>
    %expanded_10 = tensor.expand_shape %12 [[0, 1], [2]] output_shape [1, 2, 24] : tensor<2x24xf32> into tensor<1x2x24xf32>
    %13 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_10, %extracted_slice : tensor<1x2x24xf32>, tensor<1x2x24xf32>) outs(%8 : tensor<1x2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x24xf32>
    %extracted_slice_11 = tensor.extract_slice %13[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_12 = tensor.extract_slice %13[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_13 = tensor.extract_slice %13[0, 0, 18] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %14 = tensor.empty() : tensor<1x2x6xf32>
    %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_11 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %16 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_12 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = math.tanh %in : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_13 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %18 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %16 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %19 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = math.tanh %in : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %20 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %19 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %21 = linalg.batch_matmul ins(%20, %expanded : tensor<1x2x6xf32>, tensor<1x6x24xf32>) outs(%9 : tensor<1x2x24xf32>) -> tensor<1x2x24xf32>
    %collapsed_14 = tensor.collapse_shape %21 [[0, 1], [2]] : tensor<1x2x24xf32> into tensor<2x24xf32>
    %22 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_14, %cst_5 : tensor<2x24xf32>, tensor<1x24xf32>) outs(%11 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<2x24xf32>
    %expanded_15 = tensor.expand_shape %22 [[0, 1], [2]] output_shape [1, 2, 24] : tensor<2x24xf32> into tensor<1x2x24xf32>
    %23 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_15, %extracted_slice_6 : tensor<1x2x24xf32>, tensor<1x2x24xf32>) outs(%8 : tensor<1x2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x24xf32>
    %extracted_slice_16 = tensor.extract_slice %23[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_17 = tensor.extract_slice %23[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_18 = tensor.extract_slice %23[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_19 = tensor.extract_slice %23[0, 0, 18] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_16 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %25 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_17 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_18 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = math.tanh %in : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %27 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_19 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %28 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %18 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %29 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %26 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %30 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %29 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %31 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = math.tanh %in : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %32 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %31 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %33 = linalg.batch_matmul ins(%32, %expanded : tensor<1x2x6xf32>, tensor<1x6x24xf32>) outs(%9 : tensor<1x2x24xf32>) -> tensor<1x2x24xf32>
    %collapsed_20 = tensor.collapse_shape %33 [[0, 1], [2]] : tensor<1x2x24xf32> into tensor<2x24xf32>
    %34 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_20, %cst_5 : tensor<2x24xf32>, tensor<1x24xf32>) outs(%11 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<2x24xf32>
    %expanded_21 = tensor.expand_shape %34 [[0, 1], [2]] output_shape [1, 2, 24] : tensor<2x24xf32> into tensor<1x2x24xf32>
    %35 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_21, %extracted_slice_7 : tensor<1x2x24xf32>, tensor<1x2x24xf32>) outs(%8 : tensor<1x2x24xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x24xf32>
    %extracted_slice_22 = tensor.extract_slice %35[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_23 = tensor.extract_slice %35[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_24 = tensor.extract_slice %35[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_25 = tensor.extract_slice %35[0, 0, 18] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %36 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_22 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %37 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_23 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %38 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_24 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = math.tanh %in : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %39 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_25 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = arith.negf %in : f32
      %48 = math.exp %47 : f32
      %49 = arith.addf %48, %cst : f32
      %50 = arith.divf %cst, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %40 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %30 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %41 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36, %38 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %42 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%40, %41 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.addf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %43 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %47 = math.tanh %in : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %44 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39, %43 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %47 = arith.mulf %in, %in_29 : f32
      linalg.yield %47 : f32
    } -> tensor<1x2x6xf32>
    %45 = tensor.empty() : tensor<3x2x6xf32>
    %inserted_slice = tensor.insert_slice %20 into %45[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
    %inserted_slice_26 = tensor.insert_slice %32 into %inserted_slice[1, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
    %inserted_slice_27 = tensor.insert_slice %44 into %inserted_slice_26[2, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
    %46 = tensor.empty() : tensor<2x3x6xf32>
    %transposed_28 = linalg.transpose ins(%inserted_slice_27 : tensor<3x2x6xf32>) outs(%46 : tensor<2x3x6xf32>) permutation = [1, 0, 2] 
    return %transposed_28 : tensor<2x3x6xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_24_6_torch.float32: "0x04000000E2B247BE511F6E3E6000C33E851EBFBE5624AABE7010A7BEECFAA13EF0C07FBE07236B3E264626BE7FE7793E6C5384BC413F04BE3BDF933EAFDBCA3E1D0F2ABE2C8A973E8B65AABE47D19EBE043EE83B6636B03E8ACB9A3C79359C3E5FF3793EABB8823E4EEE113EA7E6C9BE59C69FBED723ACBEFA6AC33DD28F833DC669693D50B4C4BEFE9CDC3D033378BE013BC9BE9752C13D66C29CBC020E9DBE435D113C230A343EDC58C8BE2A4165BC0D58A83EE81DB43E17282CBE89311CBEBED35BBE4E829FBEB0E24ABE859C883E3B7C933EE23408BE165B533DB5E57ABEDFBA82BDE7B3853EDE38823E5FA090BDD2CBA6BEFA2A6ABC44984DBE5A37C63D4EF0BE3E01F1213C8506A0BD0B6B6BBD6AE559BC07ABC13D50D7C4BBAE88BEBE7541BF3EE76373BEF952CC3EA5C0DABC73F0C3BC7D684D3EC5B337BECF877A3B8FA31ABEBBF191BE1E62833EF6B9983E0B593D3EA582CC3E6B97533E5994B03E4913C1BD05D59C3E0639D33D044AD4B9FB6F9B3E237EA2BE0EE56DBC48A33DBE9B47CE3E7BBD48BD670E133E99DD933EDA045A3EF3C024BE772F223C8356823E2B7E30BEFE8D0A3D33529DBECB58B73D559F903EABEEE53C9775843D8219B03EF367653C295220BE68A59F3E945097BE5221453E3F91873E162987BBEE44CDBEF4FB3B3E4462843E48C734BD49818C3ED815243E6129B93D7F6EC13E908548BE495A853DCC5A9DBE86FFB53E11A6053E46C6B93EA048A6BE5BE3B53EAEC4823E4501B63E832839BEDC65ABBEBEEA92BD8A66A53E3C18CD3EA91B1BBD9F293E3D6BF517BD",
      torch_tensor_24_torch.float32: "0x04000000437E05BD01308E3D2CB1433E7F60C1BD4252A1BED18B43BCF0BC663E9F51A8BE8CD0C33EDD36153E4B1F453E855B4A3E98EC8F3E474BB73E1E5A38BE9F57DB3DFA3D7B3ED5F4CEBE4320723EDDABC8BE375C88BEEB3575BE157A8EBEFD3296BE",
      torch_tensor_24_torch.float32_1: "0x0400000065A7763EBD73B4BE81154BBE4D98C3BE165925BE4A0AC7BA5C9D0C3EE39057BEB3E3933D1E284B3E5857A93E8604A2BD7EE78DBE5732803EBD8B16BE1CFFC7BE3A901FBEE3C781BD385FB83DB8E39E3E4299843E3AF032BE375DA93E8DE9193E"
    }
  }
#-}

