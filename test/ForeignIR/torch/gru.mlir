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
    %cst_3 = arith.constant dense_resource<torch_tensor_18_torch.float32_1> : tensor<18xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_18_6_torch.float32> : tensor<18x6xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_18_torch.float32> : tensor<18xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_18_8_torch.float32> : tensor<18x8xf32>
    %0 = tensor.empty() : tensor<3x2x8xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x3x8xf32>) outs(%0 : tensor<3x2x8xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<8x18xf32>
    %transposed_7 = linalg.transpose ins(%cst_6 : tensor<18x8xf32>) outs(%1 : tensor<8x18xf32>) permutation = [1, 0] 
    %2 = tensor.empty() : tensor<3x8x18xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_7 : tensor<8x18xf32>) outs(%2 : tensor<3x8x18xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<3x8x18xf32>
    %4 = tensor.empty() : tensor<3x2x18xf32>
    %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<3x2x18xf32>) -> tensor<3x2x18xf32>
    %6 = linalg.batch_matmul ins(%transposed, %3 : tensor<3x2x8xf32>, tensor<3x8x18xf32>) outs(%5 : tensor<3x2x18xf32>) -> tensor<3x2x18xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_5 : tensor<3x2x18xf32>, tensor<18xf32>) outs(%4 : tensor<3x2x18xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<3x2x18xf32>
    %extracted_slice = tensor.extract_slice %7[0, 0, 0] [1, 2, 18] [1, 1, 1] : tensor<3x2x18xf32> to tensor<1x2x18xf32>
    %extracted_slice_8 = tensor.extract_slice %7[1, 0, 0] [1, 2, 18] [1, 1, 1] : tensor<3x2x18xf32> to tensor<1x2x18xf32>
    %extracted_slice_9 = tensor.extract_slice %7[2, 0, 0] [1, 2, 18] [1, 1, 1] : tensor<3x2x18xf32> to tensor<1x2x18xf32>
    %collapsed = tensor.collapse_shape %extracted_slice [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %collapsed_10 = tensor.collapse_shape %extracted_slice_8 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %collapsed_11 = tensor.collapse_shape %extracted_slice_9 [[0, 1], [2]] : tensor<1x2x18xf32> into tensor<2x18xf32>
    %extracted_slice_12 = tensor.extract_slice %collapsed[0, 0] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_13 = tensor.extract_slice %collapsed[0, 6] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_14 = tensor.extract_slice %collapsed[0, 12] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %8 = tensor.empty() : tensor<6x18xf32>
    %transposed_15 = linalg.transpose ins(%cst_4 : tensor<18x6xf32>) outs(%8 : tensor<6x18xf32>) permutation = [1, 0] 
    %9 = tensor.empty() : tensor<2x18xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x18xf32>) -> tensor<2x18xf32>
    %11 = linalg.matmul ins(%cst_1, %transposed_15 : tensor<2x6xf32>, tensor<6x18xf32>) outs(%10 : tensor<2x18xf32>) -> tensor<2x18xf32>
    %12 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%cst_3 : tensor<18xf32>) outs(%9 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x18xf32>
    %13 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%11, %12 : tensor<2x18xf32>, tensor<2x18xf32>) outs(%9 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<2x18xf32>
    %expanded = tensor.expand_shape %13 [[0, 1], [2]] output_shape [1, 2, 18] : tensor<2x18xf32> into tensor<1x2x18xf32>
    %extracted_slice_16 = tensor.extract_slice %expanded[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_17 = tensor.extract_slice %expanded[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_18 = tensor.extract_slice %expanded[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %14 = tensor.empty() : tensor<1x2x6xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_16, %extracted_slice_12 : tensor<1x2x6xf32>, tensor<2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst_0 : f32
      %53 = arith.divf %cst_0, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_17, %extracted_slice_13 : tensor<1x2x6xf32>, tensor<2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst_0 : f32
      %53 = arith.divf %cst_0, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_18, %16 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.mulf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_14, %19 : tensor<2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.tanh %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_2, %21 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.subf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %18 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.mulf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %21 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %extracted_slice_19 = tensor.extract_slice %collapsed_10[0, 0] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_20 = tensor.extract_slice %collapsed_10[0, 6] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_21 = tensor.extract_slice %collapsed_10[0, 12] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %collapsed_22 = tensor.collapse_shape %24 [[0, 1], [2]] : tensor<1x2x6xf32> into tensor<2x6xf32>
    %25 = linalg.matmul ins(%collapsed_22, %transposed_15 : tensor<2x6xf32>, tensor<6x18xf32>) outs(%10 : tensor<2x18xf32>) -> tensor<2x18xf32>
    %26 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%25, %12 : tensor<2x18xf32>, tensor<2x18xf32>) outs(%9 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<2x18xf32>
    %expanded_23 = tensor.expand_shape %26 [[0, 1], [2]] output_shape [1, 2, 18] : tensor<2x18xf32> into tensor<1x2x18xf32>
    %extracted_slice_24 = tensor.extract_slice %expanded_23[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_25 = tensor.extract_slice %expanded_23[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_26 = tensor.extract_slice %expanded_23[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_24, %extracted_slice_19 : tensor<1x2x6xf32>, tensor<2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %28 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst_0 : f32
      %53 = arith.divf %cst_0, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_25, %extracted_slice_20 : tensor<1x2x6xf32>, tensor<2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %30 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst_0 : f32
      %53 = arith.divf %cst_0, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_26, %28 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.mulf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %32 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_21, %31 : tensor<2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.tanh %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %33 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.subf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34, %30 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.mulf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35, %33 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %extracted_slice_27 = tensor.extract_slice %collapsed_11[0, 0] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_28 = tensor.extract_slice %collapsed_11[0, 6] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %extracted_slice_29 = tensor.extract_slice %collapsed_11[0, 12] [2, 6] [1, 1] : tensor<2x18xf32> to tensor<2x6xf32>
    %collapsed_30 = tensor.collapse_shape %36 [[0, 1], [2]] : tensor<1x2x6xf32> into tensor<2x6xf32>
    %37 = linalg.matmul ins(%collapsed_30, %transposed_15 : tensor<2x6xf32>, tensor<6x18xf32>) outs(%10 : tensor<2x18xf32>) -> tensor<2x18xf32>
    %38 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%37, %12 : tensor<2x18xf32>, tensor<2x18xf32>) outs(%9 : tensor<2x18xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<2x18xf32>
    %expanded_31 = tensor.expand_shape %38 [[0, 1], [2]] output_shape [1, 2, 18] : tensor<2x18xf32> into tensor<1x2x18xf32>
    %extracted_slice_32 = tensor.extract_slice %expanded_31[0, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_33 = tensor.extract_slice %expanded_31[0, 0, 6] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %extracted_slice_34 = tensor.extract_slice %expanded_31[0, 0, 12] [1, 2, 6] [1, 1, 1] : tensor<1x2x18xf32> to tensor<1x2x6xf32>
    %39 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_32, %extracted_slice_27 : tensor<1x2x6xf32>, tensor<2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst_0 : f32
      %53 = arith.divf %cst_0, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %41 = linalg.generic {indexing_maps = [#map1, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_33, %extracted_slice_28 : tensor<1x2x6xf32>, tensor<2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %42 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.negf %in : f32
      %51 = math.exp %50 : f32
      %52 = arith.addf %51, %cst_0 : f32
      %53 = arith.divf %cst_0, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x6xf32>
    %43 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_34, %40 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.mulf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %44 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_29, %43 : tensor<2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44 : tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.tanh %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %46 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36, %45 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.subf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %47 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46, %42 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.mulf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %48 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47, %45 : tensor<1x2x6xf32>, tensor<1x2x6xf32>) outs(%14 : tensor<1x2x6xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %50 = arith.addf %in, %in_36 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x6xf32>
    %concat = tensor.concat dim(0) %24, %36, %48 : (tensor<1x2x6xf32>, tensor<1x2x6xf32>, tensor<1x2x6xf32>) -> tensor<3x2x6xf32>
    %49 = tensor.empty() : tensor<2x3x6xf32>
    %transposed_35 = linalg.transpose ins(%concat : tensor<3x2x6xf32>) outs(%49 : tensor<2x3x6xf32>) permutation = [1, 0, 2] 
    return %transposed_35 : tensor<2x3x6xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_18_torch.float32_1: "0x040000002ABADABDEF67253E8FC8923E21139B3E13E76B3EC27BEA3D7852A3BE00AD703ED97F36BEA3026F3E224592BE47E4083E69983EBCD252973E6198363D581F4E3E6EDCC2BE922AFC3D",
      torch_tensor_18_6_torch.float32: "0x0400000084DB8E3E0B10D43CE0D231BE5040283EF4D4A6BE581718BEEEFC4BBD96A4C93E0849B6BEDB121B3E0BB8CE3ECA2BB5BDEC3C5EBEF13B89BEE0CCA9BD8982A93ECF8884BE2F37C73E3ED1A4BE4A2FAC3EF3FDC23CFE55ECBD9241AABE92AC4FBE90D583BEA2E2B7BEFB160CBE9FA2993E7176B9BE7AABA43EC59BDC3D5E51693E5D243EBDF1F746BE51FD3B3E38E0983E7053EC3DC36B4A3E16FBD03EBEC2993DFB1150BE1F685E3EC02B63BE59BFB03EDBF4863DF77E403E6873803D3D9EB13E20CF5F3EB9448F3E37C346BEA6E3933D46948F3E99AE923ECFD807BE4F319E3E2F40BEBEF27AA03EA63327BE9B1590BE9833AF3E7A5CB4BBE37523BE79335C3EFE5E953E29B6473D46BA95BEED353BBEFEF865BE8EF8143E8F43C4BE228160BE4D81C9BE47DF83BB1F79BD3EED3F063EFD8F2C3D3925413E6DA885BEE5AFBABD5938A33E1B0EAFBE3A41CCBE979C09BED956BBBE4D7DB0BD6EC48A3EBB6199BB5A02DA3D5203633D6DA98FBE9B0C52BE41B5433D06C7B63E900F99BE887F893EC9C07FBEF7F1B4BE7EAF9D3D7B3C953EB9E8813DE51A7F3E634BFA3C310569BDEF6BC83D797ECC3D9F02DDBD4187C13D",
      torch_tensor_18_torch.float32: "0x04000000E844CD3C8F84BCBE2B75993E491EC3BEECE4053E262EA3BECCC7A1BD2DB73F3EC123183E7CDC9E3E24881ABE1564003E87C63A3E8A67C1BE465272BE85F5583EF61B933D19D189BD",
      torch_tensor_18_8_torch.float32: "0x04000000D0D7513D84BF263D108EC9BE8992443E0B501F3E015E70BE8F10043EA3685CBE25739B3ED2A43ABEBFA9153E30FA063E575CC0BC087B65BE0D77463E8CA1D83DE23242BEFFDE67BDAEF82C3E6C53B0BE65DA743D01D3B13D1EDFCCBE8124713D3EC2A3BE3F6FBBBE0783B73E00E8563E26A2953EA329BA3E332A61BE0B8132BEC81F4CB81AEE273E92092C3DCC1F19BD19DDD03ED6F24BBE01F03E3E8AC12C3E3D414ABEB7E56D3E6E03903E4A3CA5BD6A668DBE1975803E411A9E3E3A0A1D3E1B8E4E3D11F64B3E547E003ED4F000BEA7FB99BE08A136BEEFD5133E213629BE6A891F3E600359BE4C619DBE7E3C943EE22884BE55D6FF3D161EB13E498AC33C4B9E823EC41EDDBD9845B4BECEEB47BEAAA400BEDB0F73BE464A7BBE11A6373EFFE4C13E9A51853E7C7E0C3E2F25A6BE35CF8ABDE8C7193ED6D7B73E35854CBE50B5773E6F28703E7564B6BD049FBFBED5B3403EF5BF553E04D2A5BE40D8A23E8B1FC6BC59DE9CBE381D113D6C9E6A3EC4D3723C46CDA1BEA6C660BEEF4E763E96B9323EEFD1853E22D1193E2861873E2CE2B6BDC89D423ED299E93D1A6E913D3461BA3E546A23BE55149F3E608A23BE36A8A73EFCB389BD2B5A9D3EB60109BE8CF3083D860FB73EC2D311BDAF6409BDFDF02FBE43D0953E0AF55B3EA670B8BD31F1DEBD6D8BBA3E18A27D3E7963A93E0F4F5CBE06DD1DBE560289BEC93B9ABE316F38BDD53886BCFA8B52BE9E3F02BE04C70B3D8D2CA4BDEF52A1BE1FE9AB3E8C890BBE52968F3DB405483EC9BDBFBE989D58BD16A7A0BE013FB63E324E3FBE"
    }
  }
#-}
