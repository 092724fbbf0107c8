// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-4: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2) -> (d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<2x3x8xf32>) -> tensor<2x3x6xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<2x6xf32>
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<1x2x6xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_24_torch.float32_1> : tensor<24xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_24_6_torch.float32> : tensor<24x6xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_24_torch.float32> : tensor<24xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_24_8_torch.float32> : tensor<24x8xf32>
    %0 = tensor.empty() : tensor<3x2x8xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x3x8xf32>) outs(%0 : tensor<3x2x8xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<8x24xf32>
    %transposed_7 = linalg.transpose ins(%cst_6 : tensor<24x8xf32>) outs(%1 : tensor<8x24xf32>) permutation = [1, 0] 
    %2 = tensor.empty() : tensor<3x8x24xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_7 : tensor<8x24xf32>) outs(%2 : tensor<3x8x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x8x24xf32>
    %4 = tensor.empty() : tensor<3x2x24xf32>
    %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<3x2x24xf32>) -> tensor<3x2x24xf32>
    %6 = linalg.batch_matmul ins(%transposed, %3 : tensor<3x2x8xf32>, tensor<3x8x24xf32>) outs(%5 : tensor<3x2x24xf32>) -> tensor<3x2x24xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_5 : tensor<3x2x24xf32>, tensor<24xf32>) outs(%4 : tensor<3x2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<3x2x24xf32>
    %extracted_slice = tensor.extract_slice %7[0, 0, 0] [1, 2, 24] [1, 1, 1] : tensor<3x2x24xf32> to tensor<1x2x24xf32>
    %extracted_slice_8 = tensor.extract_slice %7[1, 0, 0] [1, 2, 24] [1, 1, 1] : tensor<3x2x24xf32> to tensor<1x2x24xf32>
    %extracted_slice_9 = tensor.extract_slice %7[2, 0, 0] [1, 2, 24] [1, 1, 1] : tensor<3x2x24xf32> to tensor<1x2x24xf32>
    %collapsed = tensor.collapse_shape %extracted_slice [[0, 1], [2]] : tensor<1x2x24xf32> into tensor<2x24xf32>
    %collapsed_10 = tensor.collapse_shape %extracted_slice_8 [[0, 1], [2]] : tensor<1x2x24xf32> into tensor<2x24xf32>
    %collapsed_11 = tensor.collapse_shape %extracted_slice_9 [[0, 1], [2]] : tensor<1x2x24xf32> into tensor<2x24xf32>
    %8 = tensor.empty() : tensor<6x24xf32>
    %transposed_12 = linalg.transpose ins(%cst_4 : tensor<24x6xf32>) outs(%8 : tensor<6x24xf32>) permutation = [1, 0] 
    %9 = tensor.empty() : tensor<2x24xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %11 = linalg.matmul ins(%cst_1, %transposed_12 : tensor<2x6xf32>, tensor<6x24xf32>) outs(%10 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %12 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%cst_3 : tensor<24xf32>) outs(%9 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x24xf32>
    %13 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%11, %12 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%9 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<2x24xf32>
    %expanded = tensor.expand_shape %13 [[0, 1], [2]] output_shape [1, 2, 24] : tensor<2x24xf32> into tensor<1x2x24xf32>
    %14 = tensor.empty() : tensor<1x2x24xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %collapsed : tensor<1x2x24xf32>, tensor<2x24xf32>) outs(%14 : tensor<1x2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x24xf32>
    %extracted_slice_13 = tensor.extract_slice %15[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_14 = tensor.extract_slice %15[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_15 = tensor.extract_slice %15[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_16 = tensor.extract_slice %15[0, 0, 18] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %16 = tensor.empty() : tensor<1x2x6xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_13 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_14 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_15 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.tanh %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_16 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %cst_2 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %19 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %22 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.tanh %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %25 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %24 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %collapsed_17 = tensor.collapse_shape %25 [[0, 1], [2]] : tensor<1x2x6xf32> into tensor<2x6xf32>
    %26 = linalg.matmul ins(%collapsed_17, %transposed_12 : tensor<2x6xf32>, tensor<6x24xf32>) outs(%10 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %27 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%26, %12 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%9 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<2x24xf32>
    %expanded_18 = tensor.expand_shape %27 [[0, 1], [2]] output_shape [1, 2, 24] : tensor<2x24xf32> into tensor<1x2x24xf32>
    %28 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_18, %collapsed_10 : tensor<1x2x24xf32>, tensor<2x24xf32>) outs(%14 : tensor<1x2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x24xf32>
    %extracted_slice_19 = tensor.extract_slice %28[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_20 = tensor.extract_slice %28[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_21 = tensor.extract_slice %28[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_22 = tensor.extract_slice %28[0, 0, 18] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_19 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %30 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_20 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_21 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.tanh %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_22 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30, %23 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29, %31 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %34 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.tanh %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %37 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32, %36 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %collapsed_23 = tensor.collapse_shape %37 [[0, 1], [2]] : tensor<1x2x6xf32> into tensor<2x6xf32>
    %38 = linalg.matmul ins(%collapsed_23, %transposed_12 : tensor<2x6xf32>, tensor<6x24xf32>) outs(%10 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %39 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%38, %12 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%9 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<2x24xf32>
    %expanded_24 = tensor.expand_shape %39 [[0, 1], [2]] output_shape [1, 2, 24] : tensor<2x24xf32> into tensor<1x2x24xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_24, %collapsed_11 : tensor<1x2x24xf32>, tensor<2x24xf32>) outs(%14 : tensor<1x2x24xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x24xf32>
    %extracted_slice_25 = tensor.extract_slice %40[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_26 = tensor.extract_slice %40[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_27 = tensor.extract_slice %40[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %extracted_slice_28 = tensor.extract_slice %40[0, 0, 18] [1, 2, 6] [1, 1, 1] : tensor<1x2x24xf32> to tensor<1x2x6xf32>
    %41 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_25 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %42 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_26 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %43 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_27 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.tanh %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %44 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_28 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.negf %in : f32
      %52 = math.exp %51 : f32
      %53 = arith.addf %52, %cst_0 : f32
      %54 = arith.divf %cst_0, %53 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x6xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42, %35 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %46 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41, %43 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %47 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %46 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.addf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %48 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.tanh %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %49 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44, %48 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%16 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %51 = arith.mulf %in, %in_30 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x6xf32>
    %concat = tensor.concat dim(0) %25, %37, %49 : (tensor<1x2x6xf32>, tensor<1x2x6xf32>, tensor<1x2x6xf32>) -> tensor<3x2x6xf32>
    %50 = tensor.empty() : tensor<2x3x6xf32>
    %transposed_29 = linalg.transpose ins(%concat : tensor<3x2x6xf32>) outs(%50 : tensor<2x3x6xf32>) permutation = [1, 0, 2] 
    return %transposed_29 : tensor<2x3x6xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_24_torch.float32_1: "0x0400000065A7763EBD73B4BE81154BBE4D98C3BE165925BE4A0AC7BA5C9D0C3EE39057BEB3E3933D1E284B3E5857A93E8604A2BD7EE78DBE5732803EBD8B16BE1CFFC7BE3A901FBEE3C781BD385FB83DB8E39E3E4299843E3AF032BE375DA93E8DE9193E",
      torch_tensor_24_6_torch.float32: "0x04000000E2B247BE511F6E3E6000C33E851EBFBE5624AABE7010A7BEECFAA13EF0C07FBE07236B3E264626BE7FE7793E6C5384BC413F04BE3BDF933EAFDBCA3E1D0F2ABE2C8A973E8B65AABE47D19EBE043EE83B6636B03E8ACB9A3C79359C3E5FF3793EABB8823E4EEE113EA7E6C9BE59C69FBED723ACBEFA6AC33DD28F833DC669693D50B4C4BEFE9CDC3D033378BE013BC9BE9752C13D66C29CBC020E9DBE435D113C230A343EDC58C8BE2A4165BC0D58A83EE81DB43E17282CBE89311CBEBED35BBE4E829FBEB0E24ABE859C883E3B7C933EE23408BE165B533DB5E57ABEDFBA82BDE7B3853EDE38823E5FA090BDD2CBA6BEFA2A6ABC44984DBE5A37C63D4EF0BE3E01F1213C8506A0BD0B6B6BBD6AE559BC07ABC13D50D7C4BBAE88BEBE7541BF3EE76373BEF952CC3EA5C0DABC73F0C3BC7D684D3EC5B337BECF877A3B8FA31ABEBBF191BE1E62833EF6B9983E0B593D3EA582CC3E6B97533E5994B03E4913C1BD05D59C3E0639D33D044AD4B9FB6F9B3E237EA2BE0EE56DBC48A33DBE9B47CE3E7BBD48BD670E133E99DD933EDA045A3EF3C024BE772F223C8356823E2B7E30BEFE8D0A3D33529DBECB58B73D559F903EABEEE53C9775843D8219B03EF367653C295220BE68A59F3E945097BE5221453E3F91873E162987BBEE44CDBEF4FB3B3E4462843E48C734BD49818C3ED815243E6129B93D7F6EC13E908548BE495A853DCC5A9DBE86FFB53E11A6053E46C6B93EA048A6BE5BE3B53EAEC4823E4501B63E832839BEDC65ABBEBEEA92BD8A66A53E3C18CD3EA91B1BBD9F293E3D6BF517BD",
      torch_tensor_24_torch.float32: "0x04000000437E05BD01308E3D2CB1433E7F60C1BD4252A1BED18B43BCF0BC663E9F51A8BE8CD0C33EDD36153E4B1F453E855B4A3E98EC8F3E474BB73E1E5A38BE9F57DB3DFA3D7B3ED5F4CEBE4320723EDDABC8BE375C88BEEB3575BE157A8EBEFD3296BE",
      torch_tensor_24_8_torch.float32: "0x04000000AC4E0F3ED7FF0A3E5A38443D193343BE7A0F44BC3601243E8D767EBE2952CF3E7157A23EFD297FBEC04D95BE0926CC3D09BA9ABE44D42D3EBF9E863EA2A9343EF1C4E83C2A0258BEA0FFBABEADEAF33D160A993EFF5E23BCB2ACA2BC3AD227BEBB27FF3C83F81FBEBAE3A8BEEB36FC3C03F915BE5BC35CBE6E5FB1BE534BFEBD0BEB263D8C9DA6BE37D9883D48B100BE53B82D3E045E313E27B0A7BD9875C7BE0D35BEBD8A96ACBE5E9B113DC162C5BEE70CA7BEAF90723EF6F751BE159FD43D818EAE3EF34BA4BE5A57BDBE103AA1BED2CE433E9FFBBD3EB14FB43DC8F89ABE4F8165BE07652EBE94F6C8BEE30D263E8E209C3E234EAD3EDB94BEBE25EF1B3E2C919FBDF124C6BED80A823ED6E8613E5CC9C3BC0731C53C544686BE041F7B3ECBC202BEAD1BB0BA10AFAD3E472F78BEEAF9C63EBF7E523E046F80BEC0088CBE769EB1BECC3D803EF275683C7A5C73BD38049F3E9DF0A4BD2538203EFFA5953D53730BBDD5B762BE7B798BBE9CAFBEBEE147A33E7EC5BD3E06EACD3E69624A3ED79EBDBD2A477BBE24E2CEBE685621BE93CD8FBE7955E6BD334993BECFD795BEE46E24BC383A92BE48A6373D79FD5ABC366FAD3E9582663EDCCA333EADB38BBEE1D9AC3DED6F6CBE6A5E783E5D8EC03ED974A4BE5930B43E49EC80BEA1D82DBE10EE6CBE8F33073E661DB7BE0A6480BE7B42853D1FB64CBE076AA73EF5D115BD3CEE213E0D69313E996086BE9448AE3E4D2F883E55FD163E061FBFBEDE80CA3E17998ABE1DB8AD3EAB12C13EBC99D0BB0686363E11E19BBE2BE88D3EF004FB3C269CAF3D659F6DBDC612923E9267A6BE8F818C3D3B822D3E78E17B3E8F6262BE4D08183DDEABF83D84E050BE4C234ABE14D0493D01E847BEC8BFD03E5963CC3D1CA90BBEDE45C63D369D33BE135FFEBC1137E23D2B45263E18698A3D5292C4B8D9762FBE65A7B9BE5F269D3EBE5FC6BDCBC3C9BEC9F2993EF946A83E1212C7BD1DBCCD3BBA2C8EBE2107853E8627ADBE30639C3EA1260E3E68C8B13E1AB559BE0F3BE8BC63973EBBA5161B3E490FDB3D5E39BD3D4B04D03EBF53D13D420F76BE"
    }
  }
#-}
