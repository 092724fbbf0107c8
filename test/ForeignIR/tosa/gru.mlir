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
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x2x6xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_18_6_torch.float32> : tensor<18x6xf32>
    %cst_3 = arith.constant dense<"0xD0D7513D25739B3EE23242BE3EC2A3BEC81F4CB83D414ABE1B8E4E3D6A891F3E4B9E823EFFE4C13E50B5773E8B1FC6BC96B9323E3461BA3E8CF3083D31F1DEBD316F38BD8C890BBE84BF263DD2A43ABEFFDE67BD3F6FBBBE1AEE273EB7E56D3E11F64B3E600359BEC41EDDBD9A51853E6F28703E59DE9CBEEFD1853E546A23BE860FB73E6D8BBA3ED53886BC52968F3D108EC9BEBFA9153EAEF82C3E0783B73E92092C3D6E03903E547E003E4C619DBE9845B4BE7C7E0C3E7564B6BD381D113D22D1193E55149F3EC2D311BD18A27D3EFA8B52BEB405483E8992443E30FA063E6C53B0BE00E8563ECC1F19BD4A3CA5BDD4F000BE7E3C943ECEEB47BE2F25A6BE049FBFBE6C9E6A3E2861873E608A23BEAF6409BD7963A93E9E3F02BEC9BDBFBE0B501F3E575CC0BC65DA743D26A2953E19DDD03E6A668DBEA7FB99BEE22884BEAAA400BE35CF8ABDD5B3403EC4D3723C2CE2B6BD36A8A73EFDF02FBE0F4F5CBE04C70B3D989D58BD015E70BE087B65BE01D3B13DA329BA3ED6F24BBE1975803E08A136BE55D6FF3DDB0F73BEE8C7193EF5BF553E46CDA1BEC89D423EFCB389BD43D0953E06DD1DBE8D2CA4BD16A7A0BE8F10043E0D77463E1EDFCCBE332A61BE01F03E3E411A9E3EEFD5133E161EB13E464A7BBED6D7B73E04D2A5BEA6C660BED299E93D2B5A9D3E0AF55B3E560289BEEF52A1BE013FB63EA3685CBE8CA1D83D8124713D0B8132BE8AC12C3E3A0A1D3E213629BE498AC33C11A6373E35854CBE40D8A23EEF4E763E1A6E913DB60109BEA670B8BDC93B9ABE1FE9AB3E324E3FBE"> : tensor<1x8x18xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_18_torch.float32> : tensor<1x1x18xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_18_torch.float32_1> : tensor<1x18xf32>
    %0 = tensor.empty() : tensor<3x2x8xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x3x8xf32>) outs(%0 : tensor<3x2x8xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<3x1x1x8x1x18xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst_3 : tensor<1x8x18xf32>) outs(%1 : tensor<3x1x1x8x1x18xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x1x1x8x1x18xf32>
    %collapsed = tensor.collapse_shape %2 [[0, 1, 2], [3, 4], [5]] : tensor<3x1x1x8x1x18xf32> into tensor<3x8x18xf32>
    %3 = tensor.empty() : tensor<3x2x18xf32>
    %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<3x2x18xf32>) -> tensor<3x2x18xf32>
    %5 = linalg.batch_matmul ins(%transposed, %collapsed : tensor<3x2x8xf32>, tensor<3x8x18xf32>) outs(%4 : tensor<3x2x18xf32>) -> tensor<3x2x18xf32>
    %6 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_4 : tensor<3x2x18xf32>, tensor<1x1x18xf32>) outs(%3 : tensor<3x2x18xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<3x2x18xf32>
    %extracted_slice = tensor.extract_slice %6[0, 0, 0] [1, 2, 18] [1, 1, 1] : tensor<3x2x18xf32> to tensor<1x2x18xf32>
    %extracted_slice_6 = tensor.extract_slice %6[1, 0, 0] [1, 2, 18] [1, 1, 1] : tensor<3x2x18xf32> to tensor<1x2x18xf32>
    %extracted_slice_7 = tensor.extract_slice %6[2, 0, 0] [1, 2, 18] [1, 1, 1] : tensor<3x2x18xf32> to tensor<1x2x18xf32>
    %collapsed_8 = tensor.collapse_shape %extracted_slice [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %collapsed_9 = tensor.collapse_shape %extracted_slice_6 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %collapsed_10 = tensor.collapse_shape %extracted_slice_7 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %extracted_slice_11 = tensor.extract_slice %collapsed_8[0, 0] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_12 = tensor.extract_slice %collapsed_8[0, 6] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_13 = tensor.extract_slice %collapsed_8[0, 12] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %7 = tensor.empty() : tensor<6x18xf32>
    %transposed_14 = linalg.transpose ins(%cst_2 : tensor<18x6xf32>) outs(%7 : tensor<6x18xf32>) permutation = [1, 0] 
    %expanded = tensor.expand_shape %transposed_14 [[0, 1], [2]] output_shape [1, 6, 18] : tensor<6x18xf32> into tensor<1x6x18xf32>
    %8 = tensor.empty() : tensor<1x2x18xf32>
    %9 = linalg.fill ins(%cst_0 : f32) outs(%8 : tensor<1x2x18xf32>) -> tensor<1x2x18xf32>
    %10 = linalg.batch_matmul ins(%cst_1, %expanded : tensor<1x2x6xf32>, tensor<1x6x18xf32>) outs(%9 : tensor<1x2x18xf32>) -> tensor<1x2x18xf32>
    %collapsed_15 = tensor.collapse_shape %10 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %11 = tensor.empty() : tensor<2x18xf32>
    %12 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_15, %cst_5 : tensor<2x18xf32>, tensor<1x18xf32>) outs(%11 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<2x18xf32>
    %expanded_16 = tensor.expand_shape %12 [[0, 1], [2]] output_shape [1, 2, 18] : tensor<2x18xf32> into tensor<1x2x18xf32>
    %extracted_slice_17 = tensor.extract_slice %expanded_16[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_18 = tensor.extract_slice %expanded_16[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_19 = tensor.extract_slice %expanded_16[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %expanded_20 = tensor.expand_shape %extracted_slice_11 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %13 = tensor.empty() : tensor<1x2x6xf32>
    %14 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_17, %expanded_20 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst : f32
      %53 = arith.divf %cst, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %expanded_21 = tensor.expand_shape %extracted_slice_12 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %16 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_18, %expanded_21 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst : f32
      %53 = arith.divf %cst, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %18 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_19, %15 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.mulf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %expanded_22 = tensor.expand_shape %extracted_slice_13 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %19 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_22, %18 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %20 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.tanh %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %21 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_1, %20 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.subf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %22 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %17 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.mulf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %23 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %20 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %extracted_slice_23 = tensor.extract_slice %collapsed_9[0, 0] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_24 = tensor.extract_slice %collapsed_9[0, 6] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_25 = tensor.extract_slice %collapsed_9[0, 12] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %24 = linalg.batch_matmul ins(%23, %expanded : tensor<1x2x6xf32>, tensor<1x6x18xf32>) outs(%9 : tensor<1x2x18xf32>) -> tensor<1x2x18xf32>
    %collapsed_26 = tensor.collapse_shape %24 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %25 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_26, %cst_5 : tensor<2x18xf32>, tensor<1x18xf32>) outs(%11 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<2x18xf32>
    %expanded_27 = tensor.expand_shape %25 [[0, 1], [2]] output_shape [1, 2, 18] : tensor<2x18xf32> into tensor<1x2x18xf32>
    %extracted_slice_28 = tensor.extract_slice %expanded_27[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_29 = tensor.extract_slice %expanded_27[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_30 = tensor.extract_slice %expanded_27[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %expanded_31 = tensor.expand_shape %extracted_slice_23 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_28, %expanded_31 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %27 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst : f32
      %53 = arith.divf %cst, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %expanded_32 = tensor.expand_shape %extracted_slice_24 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %28 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_29, %expanded_32 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst : f32
      %53 = arith.divf %cst, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %30 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_30, %27 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.mulf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %expanded_33 = tensor.expand_shape %extracted_slice_25 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %31 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_33, %30 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %32 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.tanh %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %33 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %32 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.subf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %34 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %29 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.mulf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %35 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34, %32 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %extracted_slice_34 = tensor.extract_slice %collapsed_10[0, 0] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_35 = tensor.extract_slice %collapsed_10[0, 6] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_36 = tensor.extract_slice %collapsed_10[0, 12] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %36 = linalg.batch_matmul ins(%35, %expanded : tensor<1x2x6xf32>, tensor<1x6x18xf32>) outs(%9 : tensor<1x2x18xf32>) -> tensor<1x2x18xf32>
    %collapsed_37 = tensor.collapse_shape %36 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %37 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_37, %cst_5 : tensor<2x18xf32>, tensor<1x18xf32>) outs(%11 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<2x18xf32>
    %expanded_38 = tensor.expand_shape %37 [[0, 1], [2]] output_shape [1, 2, 18] : tensor<2x18xf32> into tensor<1x2x18xf32>
    %extracted_slice_39 = tensor.extract_slice %expanded_38[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_40 = tensor.extract_slice %expanded_38[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_41 = tensor.extract_slice %expanded_38[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %expanded_42 = tensor.expand_shape %extracted_slice_34 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %38 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_39, %expanded_42 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %39 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst : f32
      %53 = arith.divf %cst, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %expanded_43 = tensor.expand_shape %extracted_slice_35 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %40 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_40, %expanded_43 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %41 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%40 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst : f32
      %53 = arith.divf %cst, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %42 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_41, %39 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.mulf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %expanded_44 = tensor.expand_shape %extracted_slice_36 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
    %43 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_44, %42 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %44 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43 : tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.tanh %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %45 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35, %44 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.subf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %46 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %41 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.mulf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %47 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46, %44 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%13 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %50 = arith.addf %in, %in_48 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %48 = tensor.empty() : tensor<3x2x6xf32>
    %inserted_slice = tensor.insert_slice %23 into %48[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
    %inserted_slice_45 = tensor.insert_slice %35 into %inserted_slice[1, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
    %inserted_slice_46 = tensor.insert_slice %47 into %inserted_slice_45[2, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
    %49 = tensor.empty() : tensor<2x3x6xf32>
    %transposed_47 = linalg.transpose ins(%inserted_slice_46 : tensor<3x2x6xf32>) outs(%49 : tensor<2x3x6xf32>) permutation = [1, 0, 2] 
    return %transposed_47 : tensor<2x3x6xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_18_6_torch.float32: "0x0400000084DB8E3E0B10D43CE0D231BE5040283EF4D4A6BE581718BEEEFC4BBD96A4C93E0849B6BEDB121B3E0BB8CE3ECA2BB5BDEC3C5EBEF13B89BEE0CCA9BD8982A93ECF8884BE2F37C73E3ED1A4BE4A2FAC3EF3FDC23CFE55ECBD9241AABE92AC4FBE90D583BEA2E2B7BEFB160CBE9FA2993E7176B9BE7AABA43EC59BDC3D5E51693E5D243EBDF1F746BE51FD3B3E38E0983E7053EC3DC36B4A3E16FBD03EBEC2993DFB1150BE1F685E3EC02B63BE59BFB03EDBF4863DF77E403E6873803D3D9EB13E20CF5F3EB9448F3E37C346BEA6E3933D46948F3E99AE923ECFD807BE4F319E3E2F40BEBEF27AA03EA63327BE9B1590BE9833AF3E7A5CB4BBE37523BE79335C3EFE5E953E29B6473D46BA95BEED353BBEFEF865BE8EF8143E8F43C4BE228160BE4D81C9BE47DF83BB1F79BD3EED3F063EFD8F2C3D3925413E6DA885BEE5AFBABD5938A33E1B0EAFBE3A41CCBE979C09BED956BBBE4D7DB0BD6EC48A3EBB6199BB5A02DA3D5203633D6DA98FBE9B0C52BE41B5433D06C7B63E900F99BE887F893EC9C07FBEF7F1B4BE7EAF9D3D7B3C953EB9E8813DE51A7F3E634BFA3C310569BDEF6BC83D797ECC3D9F02DDBD4187C13D",
      torch_tensor_18_torch.float32: "0x04000000E844CD3C8F84BCBE2B75993E491EC3BEECE4053E262EA3BECCC7A1BD2DB73F3EC123183E7CDC9E3E24881ABE1564003E87C63A3E8A67C1BE465272BE85F5583EF61B933D19D189BD",
      torch_tensor_18_torch.float32_1: "0x040000002ABADABDEF67253E8FC8923E21139B3E13E76B3EC27BEA3D7852A3BE00AD703ED97F36BEA3026F3E224592BE47E4083E69983EBCD252973E6198363D581F4E3E6EDCC2BE922AFC3D"
    }
  }
#-}

