// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-COUNT-3: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2) -> (d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1) -> (d1)>
#map8 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map9 = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<2x5x16xf32>) -> tensor<2x5x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense_resource<torch_tensor_16_torch.float32_5> : tensor<16xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_16_torch.float32_4> : tensor<16xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_16_torch.float32_3> : tensor<16xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_16_32_torch.float32> : tensor<16x32xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_32_torch.float32> : tensor<32xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_32_16_torch.float32> : tensor<32x16xf32>
    %cst_7 = arith.constant 1.000000e-05 : f64
    %cst_8 = arith.constant dense_resource<torch_tensor_16_torch.float32_2> : tensor<16xf32>
    %cst_9 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_10 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_11 = arith.constant dense_resource<torch_tensor_16_16_torch.float32> : tensor<16x16xf32>
    %cst_12 = arith.constant dense_resource<torch_tensor_48_torch.float32> : tensor<48xf32>
    %cst_13 = arith.constant dense_resource<torch_tensor_48_16_torch.float32> : tensor<48x16xf32>
    %cst_14 = arith.constant 5.000000e-01 : f32
    %cst_15 = arith.constant 1.600000e+01 : f32
    %0 = tensor.empty() : tensor<5x2x16xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x5x16xf32>) outs(%0 : tensor<5x2x16xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<16x48xf32>
    %transposed_16 = linalg.transpose ins(%cst_13 : tensor<48x16xf32>) outs(%1 : tensor<16x48xf32>) permutation = [1, 0] 
    %2 = tensor.empty() : tensor<5x16x48xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_16 : tensor<16x48xf32>) outs(%2 : tensor<5x16x48xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<5x16x48xf32>
    %4 = tensor.empty() : tensor<5x2x48xf32>
    %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %6 = linalg.batch_matmul ins(%transposed, %3 : tensor<5x2x16xf32>, tensor<5x16x48xf32>) outs(%5 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_12 : tensor<5x2x48xf32>, tensor<48xf32>) outs(%4 : tensor<5x2x48xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<5x2x48xf32>
    %expanded = tensor.expand_shape %7 [[0, 1], [2], [3, 4]] output_shape [1, 5, 2, 3, 16] : tensor<5x2x48xf32> into tensor<1x5x2x3x16xf32>
    %8 = tensor.empty() : tensor<3x5x2x1x16xf32>
    %transposed_17 = linalg.transpose ins(%expanded : tensor<1x5x2x3x16xf32>) outs(%8 : tensor<3x5x2x1x16xf32>) permutation = [3, 1, 2, 0, 4] 
    %collapsed = tensor.collapse_shape %transposed_17 [[0], [1], [2, 3], [4]] : tensor<3x5x2x1x16xf32> into tensor<3x5x2x16xf32>
    %extracted_slice = tensor.extract_slice %collapsed[0, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_18 = tensor.extract_slice %collapsed[1, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_19 = tensor.extract_slice %collapsed[2, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %collapsed_20 = tensor.collapse_shape %extracted_slice [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_21 = tensor.expand_shape %collapsed_20 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %9 = tensor.empty() : tensor<8x5x4xf32>
    %transposed_22 = linalg.transpose ins(%expanded_21 : tensor<5x8x4xf32>) outs(%9 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_23 = tensor.collapse_shape %extracted_slice_18 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_24 = tensor.expand_shape %collapsed_23 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_25 = linalg.transpose ins(%expanded_24 : tensor<5x8x4xf32>) outs(%9 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_26 = tensor.collapse_shape %extracted_slice_19 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_27 = tensor.expand_shape %collapsed_26 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_28 = linalg.transpose ins(%expanded_27 : tensor<5x8x4xf32>) outs(%9 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %expanded_29 = tensor.expand_shape %transposed_25 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %10 = tensor.empty() : tensor<2x4x4x5xf32>
    %transposed_30 = linalg.transpose ins(%expanded_29 : tensor<2x4x5x4xf32>) outs(%10 : tensor<2x4x4x5xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_31 = tensor.collapse_shape %transposed_30 [[0, 1], [2], [3]] : tensor<2x4x4x5xf32> into tensor<8x4x5xf32>
    %11 = tensor.empty() : tensor<8x5x5xf32>
    %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %13 = linalg.batch_matmul ins(%transposed_22, %collapsed_31 : tensor<8x5x4xf32>, tensor<8x4x5xf32>) outs(%12 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %expanded_32 = tensor.expand_shape %13 [[0, 1], [2], [3]] output_shape [2, 4, 5, 5] : tensor<8x5x5xf32> into tensor<2x4x5x5xf32>
    %14 = tensor.empty() : tensor<2x4x5x5xf32>
    %15 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_32 : tensor<2x4x5x5xf32>) outs(%14 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.mulf %in, %cst_14 : f32
      linalg.yield %80 : f32
    } -> tensor<2x4x5x5xf32>
    %16 = tensor.empty() : tensor<2x4x5xi64>
    %17 = linalg.fill ins(%c0_i64 : i64) outs(%16 : tensor<2x4x5xi64>) -> tensor<2x4x5xi64>
    %18 = tensor.empty() : tensor<2x4x5xf32>
    %19 = linalg.fill ins(%cst_0 : f32) outs(%18 : tensor<2x4x5xf32>) -> tensor<2x4x5xf32>
    %20:2 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<2x4x5x5xf32>) outs(%19, %17 : tensor<2x4x5xf32>, tensor<2x4x5xi64>) {
    ^bb0(%in: f32, %out: f32, %out_47: i64):
      %80 = linalg.index 3 : index
      %81 = arith.index_cast %80 : index to i64
      %82 = arith.maximumf %in, %out : f32
      %83 = arith.cmpf ogt, %in, %out : f32
      %84 = arith.select %83, %81, %out_47 : i64
      linalg.yield %82, %84 : f32, i64
    } -> (tensor<2x4x5xf32>, tensor<2x4x5xi64>)
    %expanded_33 = tensor.expand_shape %20#0 [[0], [1], [2, 3]] output_shape [2, 4, 5, 1] : tensor<2x4x5xf32> into tensor<2x4x5x1xf32>
    %21 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %expanded_33 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%14 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.subf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x4x5x5xf32>
    %22 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<2x4x5x5xf32>) outs(%14 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = math.exp %in : f32
      linalg.yield %80 : f32
    } -> tensor<2x4x5x5xf32>
    %23 = tensor.empty() : tensor<2x4x5x1xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x4x5x1xf32>) -> tensor<2x4x5x1xf32>
    %25 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%22 : tensor<2x4x5x5xf32>) outs(%24 : tensor<2x4x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.addf %in, %out : f32
      linalg.yield %80 : f32
    } -> tensor<2x4x5x1xf32>
    %26 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %25 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%14 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.divf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x4x5x5xf32>
    %collapsed_34 = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<2x4x5x5xf32> into tensor<8x5x5xf32>
    %27 = linalg.fill ins(%cst : f32) outs(%9 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %28 = linalg.batch_matmul ins(%collapsed_34, %transposed_28 : tensor<8x5x5xf32>, tensor<8x5x4xf32>) outs(%27 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %expanded_35 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %29 = tensor.empty() : tensor<5x2x4x4xf32>
    %transposed_36 = linalg.transpose ins(%expanded_35 : tensor<2x4x5x4xf32>) outs(%29 : tensor<5x2x4x4xf32>) permutation = [2, 0, 1, 3] 
    %collapsed_37 = tensor.collapse_shape %transposed_36 [[0, 1], [2, 3]] : tensor<5x2x4x4xf32> into tensor<10x16xf32>
    %30 = tensor.empty() : tensor<16x16xf32>
    %transposed_38 = linalg.transpose ins(%cst_11 : tensor<16x16xf32>) outs(%30 : tensor<16x16xf32>) permutation = [1, 0] 
    %31 = tensor.empty() : tensor<10x16xf32>
    %32 = linalg.fill ins(%cst : f32) outs(%31 : tensor<10x16xf32>) -> tensor<10x16xf32>
    %33 = linalg.matmul ins(%collapsed_37, %transposed_38 : tensor<10x16xf32>, tensor<16x16xf32>) outs(%32 : tensor<10x16xf32>) -> tensor<10x16xf32>
    %34 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel"]} ins(%33, %cst_10 : tensor<10x16xf32>, tensor<16xf32>) outs(%31 : tensor<10x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<10x16xf32>
    %expanded_39 = tensor.expand_shape %34 [[0, 1], [2]] output_shape [5, 2, 16] : tensor<10x16xf32> into tensor<5x2x16xf32>
    %35 = tensor.empty() : tensor<2x5x16xf32>
    %transposed_40 = linalg.transpose ins(%expanded_39 : tensor<5x2x16xf32>) outs(%35 : tensor<2x5x16xf32>) permutation = [1, 0, 2] 
    %36 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %transposed_40 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %37 = tensor.empty() : tensor<2x5x1xf32>
    %38 = linalg.fill ins(%cst : f32) outs(%37 : tensor<2x5x1xf32>) -> tensor<2x5x1xf32>
    %39 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%36 : tensor<2x5x16xf32>) outs(%38 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.addf %in, %out : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.divf %in, %cst_15 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_41 = tensor.collapse_shape %40 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %41 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_41 : tensor<2x5xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %42 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36, %41 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.subf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %43 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42, %42 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.mulf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %44 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%43 : tensor<2x5x16xf32>) outs(%38 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.addf %in, %out : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.divf %in, %cst_15 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %46 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.truncf %cst_7 : f64 to f32
      %81 = arith.addf %in, %80 : f32
      linalg.yield %81 : f32
    } -> tensor<2x5x1xf32>
    %47 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = math.rsqrt %in : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_42 = tensor.collapse_shape %47 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %48 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_42 : tensor<2x5xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %49 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42, %48 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.mulf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %50 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49, %cst_9 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.mulf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %51 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%50, %cst_8 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %52 = tensor.empty() : tensor<16x32xf32>
    %transposed_43 = linalg.transpose ins(%cst_6 : tensor<32x16xf32>) outs(%52 : tensor<16x32xf32>) permutation = [1, 0] 
    %53 = tensor.empty() : tensor<2x16x32xf32>
    %54 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_43 : tensor<16x32xf32>) outs(%53 : tensor<2x16x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x16x32xf32>
    %55 = tensor.empty() : tensor<2x5x32xf32>
    %56 = linalg.fill ins(%cst : f32) outs(%55 : tensor<2x5x32xf32>) -> tensor<2x5x32xf32>
    %57 = linalg.batch_matmul ins(%51, %54 : tensor<2x5x16xf32>, tensor<2x16x32xf32>) outs(%56 : tensor<2x5x32xf32>) -> tensor<2x5x32xf32>
    %58 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%57, %cst_5 : tensor<2x5x32xf32>, tensor<32xf32>) outs(%55 : tensor<2x5x32xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x32xf32>
    %59 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x5x32xf32>) outs(%55 : tensor<2x5x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.cmpf ugt, %in, %cst : f32
      %81 = arith.select %80, %in, %cst : f32
      linalg.yield %81 : f32
    } -> tensor<2x5x32xf32>
    %60 = tensor.empty() : tensor<32x16xf32>
    %transposed_44 = linalg.transpose ins(%cst_4 : tensor<16x32xf32>) outs(%60 : tensor<32x16xf32>) permutation = [1, 0] 
    %61 = tensor.empty() : tensor<2x32x16xf32>
    %62 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_44 : tensor<32x16xf32>) outs(%61 : tensor<2x32x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x32x16xf32>
    %63 = linalg.fill ins(%cst : f32) outs(%35 : tensor<2x5x16xf32>) -> tensor<2x5x16xf32>
    %64 = linalg.batch_matmul ins(%59, %62 : tensor<2x5x32xf32>, tensor<2x32x16xf32>) outs(%63 : tensor<2x5x16xf32>) -> tensor<2x5x16xf32>
    %65 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%64, %cst_3 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %66 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51, %65 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %67 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%66 : tensor<2x5x16xf32>) outs(%38 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.addf %in, %out : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %68 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%67 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.divf %in, %cst_15 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_45 = tensor.collapse_shape %68 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %69 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_45 : tensor<2x5xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %70 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%66, %69 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.subf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %71 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70, %70 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.mulf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %72 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%71 : tensor<2x5x16xf32>) outs(%38 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.addf %in, %out : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %73 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.divf %in, %cst_15 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %74 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%73 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = arith.truncf %cst_7 : f64 to f32
      %81 = arith.addf %in, %80 : f32
      linalg.yield %81 : f32
    } -> tensor<2x5x1xf32>
    %75 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<2x5x1xf32>) outs(%37 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %80 = math.rsqrt %in : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_46 = tensor.collapse_shape %75 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %76 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_46 : tensor<2x5xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %77 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70, %76 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.mulf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %78 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77, %cst_2 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.mulf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    %79 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78, %cst_1 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%35 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %80 = arith.addf %in, %in_47 : f32
      linalg.yield %80 : f32
    } -> tensor<2x5x16xf32>
    return %79 : tensor<2x5x16xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_16_torch.float32_5: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32_4: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_16_torch.float32_3: "0x04000000BB84B63C8F84313D9082AE3D8DE8743D4281293E072FCBBD1239083D070C983DEE4E0FBEA5FF8ABDF2410FBEDDD985BD7D0CC1BDCC1F0A3E5CE3B0BD415E443D",
      torch_tensor_16_32_torch.float32: "0x04000000998888BD1E3303BE2FA2C53D16A0AEBCA9392DBEC11608BDD19BD9BC802904BE14500FBEB86D27BD366016BEEBF3B73D19D52EBECC52A4BDCEB803BECDB680BDBF9533BEB3D94ABD7820F0BD4591DE3D723A17BE00D6293ED7492A3E1B993E3D213383BC237FD6BD76E8A0BD6CF3F4BD8B25DB3C8BAD2B3E3E3572BD554496BD76C1203D9D6C29BEFA1D76BD1BE4FBBD284A02BED69E5ABD32900C3E20079A3DA161493D7AE0163EA765D33D719C08BB7462333D56D6C7BC7F04B13D8E5C223DE197903D575929BE394CC4BC4A7FC03D7684873DE37A343D953A93BD2478EA3DA9011BBDEE79C4BD6A4501BE16E3CB3A06F00EBEA97DE23DFB91C03C615819BDB77A1C3E266F4ABB6247AB3CE956ED3D7ABEF43C5BD6653A5C93253E3A050BBEB9F9B23D749D373D2781E0BC4FB86C3D5F3E6D3C9C2BE1BDEFACF4BD61BAB5BD3469233ECD5B0D3E51D89ABC00BDB63DB33EDB3DF486183E1EC93F3DBE1C0A3E9DF141BD3C5F183D6D91DCBDC32C17BEB9F01CBDB2BB11BECE7C703D9FCEED3DED88113D1D432DBEE0C4993D6096213EC31FE63C21E823BEE6FD13BD23B62F3EBD44CFBDBCA70BBEDEC9053EF8910B3E9F7C083BDD69293E3E2B1CBE76F3DE3D3ABF2ABEF15A5DBD0C12103E9DF4B1BD734307BE6D7CFD3CC6EE333E4E1285BD3CAE20BEC363CD3DE72F143EE6F7E7BD575BB7BDE47DAE3DD4C8223D5F330BBE77390DBDFA7B043DA40D923CCCD4053EFB96C33D8975973CD878003EB9FB2ABE6053F83C47EDA0BBEF7CE6BDCD30FFBCE5725DBD95082EBEB1DD583CE368343E2EB1F3BD1A33A6BCFB5025BDAF35CABDF20CA33D4F502DBECC5D313EA4A516BEDA0198BCA1F5FFBD60F2EBBDDEB90A3E6BDC0BBD3CD5A03DB4387CBD8A017E3B8C6DB7BDD3EB183E91AD31BE40B10DBCE8B71A3E02FC00BE5429E2BC9A5A023D2ECA2E3EB066563B271811BE09D5FDBD8101F43C13071A3E2E002EBEE3A006BE299512BEBF261CBE1706693CCE92C73D2B721CBE15ADE0BC56E1373D45994D3DDE569B3DDD0A26BDC9C34DBD65D6DDBD107427BE4043E6BA11765F3DD3239F3C90F2123EF96D2D3E42834A3D5243ACBDBA1AB13DCD319B3D8250EEBCAE5716BEA4CE1FBE124B143E8089FEBD5216253EED2617BE9EE6A2BD6E907CBC3D2F263EE2CBF53CD47AE9BD910A043EFA4B233D0193EFBD4BED333E5A99153E3C1C1DBCF5FE13BC307ACE3D744A6E3CBF13D4BCFD08713D90F52D3E9924F7BC41D0CE3D0D3792BDE4C61FBE9DCA923CFC09EC3B72997C3DBC7823BEA4BE09BECC07F53BF539533D4DBC25BEC62C09BE8587ECBDB2C6ADBDF2320C3EB720D93DE5C31D3EC9BA223E1C55C73DA977CBBD50622ABEC7D003BED85B1FBE198A113E2811C4BD78DAE43D8C9C22BDA8B6D8BD9B7DCD3CF02850BDEFFA5FBBE779433D214130BE32112DBE4B15273EA017563DDB2D0EBDEAB2CB3D970E8EBC19EA563D17D800BE85B4D1BD2CEF753D8F1E8F3CF6D0DDBCB219D3BCDEC19A3DA9CB113EEBDAFA3D3BC5C5BDB20E95BD117C1DBD00407BBDD7FFDFBC8F8E76BC8B96F53D2123EDBD0C22223E136A0B3E4A04283E8126F63D04289C3DA1680DBEA3A2093E6DBE33BE9602023D3C7D323E908DDD3C8F82723CB90FE7BD9C1B1ABE1FDDCB3CE62B863D83EBCABD15689B3CB9725C3C1F8BD1BDB1D30F3D6C5616BE2E23CC3D4066DEBD85F0043ED0AF143E5F23D63D41D7FDBD8319FC3D36B52E3BBC4C2EBE56370F3EDACF263E8A9FA03DC55E11BE454B3CBD9F6F85BC93F9223E5CF61ABED00500BEFFFEBA3DB588713D8C375CBDF89D17BE7F5399BCE268E33DD247213E8F6C94BB0EA5D4BD1A71513D2E33083EA348DABDFFD0243D6004CA3D440DCDBCF21414BE5938BDBDB07130BE056694BBA939033EA2B25FBCB6310A3E32F910BEBE142D3EB7C049BD2F29F5BD5388103EF7681BBD523490BC2838A73D8D80AABC2E450CBC33B3AA3D122B2C3E0A5AA1BDB043D63B49254DBD5F7D2A3CF60CDD3D8B68023E9C250FBD19CFC7BDD831AC3D9C32FFBD6B3E33BEF35597BD007603BE53C0F6BDC2A5963DE82B243D4C47B93D3262213DE2601A3DA387053E57B5C83D925F00BEB3FA263E33037D3D4484213E966F163E02F278BD86BF3CBC21F7533DCB0E20BE28BA8FBDAC141EBEF24F203D3EEE9D3C0F53FD3D9C3127BE5E74053E232CBC3D1E900BBDBF0234BECEA81FBCB56674BD8627BFBD950F8EBD5A1420BD1CBC4FBD8CCCA1BB6AE301BEA583803DCE109EBDD7E201BE359C97BBAB3190BC70501ABE3BE2283E0BE50EBE5860153E9ADBA03C49110ABEA52B0BBE81958ABD930B2D3E5758233E268FB43D8A95283E6C3BDA3DD03D513D4DF9213E4D41D63D1010F03CFDAC823D248C4A3C0B049CBDD73EA73D2755AC3D7806DC3D6C6E003E53F1233E35164E3D6A7D65BDED786E3D3232C13D91C100BEB55DD8BDB6030BBEFB0DC5BD9E78293E5D89BC3DB8734BBCB9B102BE28224F3DFF9A013D75ED133B0DE1EBBD1296313EBBE4C13C77B60ABEC132CF3DF0BFFCBC0E58F9BD3A8602BECE4365BC78ACBFBDE507F3BD906AA43D50FE07BCE627E5BD0AA8043C6FD530BE3F880F3E5CFD24BE4247D1BDCB5812BD682D2CBEFE5C1CBED1610BBEC446E5BD599A573D8699C93D59E5F8BDCE20AA3DC8B0A1BD8998043EEDA531BDE348A03DB5F33E3D6B8175BDEBE79A3CFD26AD3D934DE73D3ACC1F3DFEBAAB3D34C25C3D1B23103E4FA1F8BD1C259CBD3496C4B92F7CDF3DC3C031BEDED3A03D4D262D3E75F3E93D54F31F3E409D81BDB1189A3C9F371C3EC2F1DCBD6B1112BD1B94A0BDEEE8083EC178193D723922BEAE83053E6641153EEF9319BC00A4263E408423BEE179693C",
      torch_tensor_32_torch.float32: "0x0400000064E2CE3DDAA0743E7C73F1BDE020E6BC9A4D2FBE14E20ABEC0235C3D2A5A4F3EFAD4643E28B7BEBD9E1C593E3E9D36BE20C56FBE001C073D167E6E3EB8D1433EBEC93ABE308055BD1482623E1AE3053E40F5AD3BD88FE4BDCE19223E4E36583E404E253E9035D73DF070E7BDBABE78BE90AD663EB84A6F3DB822013D34F3BF3D",
      torch_tensor_32_16_torch.float32: "0x04000000CCD209BEE4FC5C3E80C331BD344C7C3EFA1A0EBE00EF36BD8E49383EBA736BBEB855673D8453EB3D60B13BBC16D543BE520C2ABEC08AF53D3A2779BE7A8C17BE4C7B2A3E002583BD9EBC78BE2419D7BD30F3013D60CFCABD1896F5BD725A12BE34B7583E2437543EE8FA2EBE0C48283EC289743EE0F5C8BD90B0C63D4E807EBE0A24503E4A2007BED0D55DBE5C351EBE8E8179BEF6BD633EC2DD67BE3E3F59BECC1A9B3DC215123E9875EEBD7C35F63D203FDFBCE85F33BEF895E63D4646013ED0696BBE70035EBE9038EDBCEE4C48BE989642BE38F31F3DB0549A3C30FFB83DDE3818BE7422EABD40B977BE00070B3E246A5EBE58283F3DA6353F3EEC1AC93DB07C143E164F573E007F113B3462CBBD00AE213B5ED94CBEF82A21BE7285043E2CFA2B3E58F9DE3D940E5CBEFE172FBEDAD5513E2010763CF0DE3ABEB8A8483DDE560E3EA09E0E3ECC72303EA804E5BD969F113E828435BED8A1023E48F743BE00A3E73A98D3643E86323A3EA8EFE83DC0DC8A3C70570D3E0081343B1650513E90C90E3EF89C7C3EFCC0A6BD2651063EC8173D3ED0F1F83DC45810BE4C6DBC3DB4FDFCBD3A7960BEE81E5D3E725471BE1433613E98D05FBD1C4A9ABDC80F30BE74D3B7BD9035663D226904BE6265633EC86EA63D06C9553E6E654FBE2CCB08BE80EB9BBB04469FBD941431BEECEED8BDCC6062BE7AF9633E6EB70F3E62B156BE06712BBE2CB5623EEE82523E6888693D084CD6BD445BD93DAC809C3D1C33BDBD10FD703D1CDE4A3E14D44E3E7A3956BE2005BC3DA08479BC0471E03D6412F7BD38B5C2BDD803443E2415273EDC4A9E3DFC97593E70BD36BE00F0643E1A8E76BE3075F93DFA5A063EFE98393E527B183E966D2F3E14114D3EA8A769BED444623EE81FBEBD58239C3D282060BE728472BE18CC353E58316FBEA408A13DBAEC3E3EC8E2303EFABC0FBE8017AA3CD896333EF21974BE98D100BD8E8556BEDC4A68BE1039F7BDA026D9BDF2977F3E80705E3B789EBFBD00DB8A3B5477E73D46B06E3EC065B93CE281443EF0D7A83CCC6C243E28FE64BE36FE483E88D6B0BD9424D8BD7EE92BBE2020D43DEA5E603EB216023E3ACA063EC485F6BDFA8D43BEC06C983BA4159EBDBEC6103ED89D8E3DC0B1B2BCD6B73ABE54C5F33DF890C8BD3017833C840082BD9099673E8A8D093E8E8C08BE98514B3DD047C9BDE04C4FBD14291E3E70F483BCC06C743C7671543EC8F4913DA003F23D6A5E09BE54585F3EFCEBFC3DC61C14BE369D62BE588E30BDB09466BE600D223D92FA373EAEC42EBE507769BE5676203EB2A823BE10DEDE3CDC9093BD0CDC073EB0E44C3E2EAD3B3EB0D17CBEECD7DCBD1C1D733EF84F363E52980CBEE0825FBE5039283E301766BD1CA42E3ED4D8F7BD74B2673E3CCBFB3DC0C87DBDC43B91BD787D7E3E4C5ACB3D0C4F2CBEA45A213E849636BE80606BBB14DAC0BD620B75BE0A75513E8ED24D3E8E44153E50E348BD40D7C1BDB4D2AABD1C96223E041E5A3EF2A7513EA8E45EBD3C0FB33D60E320BD28469C3DA8CA333D2C0D56BE52BA493E9E8B0EBE7084BDBC9EE016BE4008AEBD3AFB433ED69C3B3E88F25A3EB87A5EBE9415533E808524BEE03694BC58C84B3E188C0A3DC0A8B83DC09A683DC8E652BE7813E3BD54749EBD002EB9BB0086F3BA90B523BE4A46293EA0CEA63C7C9BCB3DA4E58E3D1CC974BE60FC0D3DAA0571BE30695F3D6015693ED0CE3F3D103CE83D98DED23D887935BDC0A6FD3B508FA83C14A83B3EA8D1EF3D0ECE5D3E94220DBE50A213BEBE7024BEC035463E1C4BDBBD7CCB2A3E28C82DBD503E55BEB08C83BD004422BA10F4C83D96CF75BEE81858BE3C41093E90D60CBD60FF36BD3E943DBE742C133E66CC503EEC8195BD78886E3E5A2D6CBEF2682CBE5C23113E50DC17BE2446D53D9E1706BEDED156BE101B283D1C6F083E7C0613BE90F9D2BC48AC693D74537C3ED82C4E3D60F9793C141FF4BD5079E4BCBCB8DF3DEAF3603E44A3BCBDACED4A3EC09C2DBEA095B53D2E8472BE6A2A7D3E0803343E3A8C1C3E6C6D9ABDA830BE3DF05827BDBC73BC3DCCA0293E2AB6563E60E9813CD86CE93D842D21BE44D6CE3D008EB6BA40FFCABBDC393DBE8ADF1C3EAE7773BEBCC307BE12256F3EE4706B3EE65A0A3E48D11DBE4066743E8C2793BD009937BDBEB2273E5030CFBC60ABB2BC4804623D2A93723E7A023B3E8C4B31BE70EB803CE8FC0CBDC8BB683DF007093D709DC23DEED818BE80D22CBD5069043D481537BE2872673D78B163BE78EF22BD806E6CBDE099063E80861ABE306BC0BDF206263E0856073E60C96E3E082425BD80F88C3C326E0FBE62473B3EB0BE6D3E3820353EE410D33DA8A30FBE9474F8BDA8043CBD4CBD0E3EC07BA9BC605AECBC60E2823D2CE1BF3DA03642BDCE3D13BE6CCF653E981F0ABEAE41623E4A0D68BEA0DD45BE04F397BD28DA1B3E4C18DB3DC0B3D33C40B7FF3C405DA8BB4C0645BE5CEB9CBD4821683DE883ECBDC2EC733E98BB2EBD68EC6FBDFCE60BBE5A66023E9033773E3A5C623E564568BE00B1B2BC08715FBD280B80BD92AB66BE90BA7F3E644B4F3EA22934BE7062213E68F296BDF696693E002BF2BB30AA053E80047FBC483998BD22DE6CBE2C3340BE1CC9713E2A816D3EB2E6753EA8DF393E92B666BE089E23BE0027603D58936CBE00031EBC84E4A63DD0ED9FBD08C3303D70148F3CDCE5C4BD80B5F53C70D4573D522F56BECA026C3E0A2F7E3EA45552BEB85875BD8044E3BB00BE0CBBD0BBB4BD8015883C44B1973D38D7993D6E45103E7042423D444DAE3D103509BDDC6F86BD940AEC3D02AA493E80D92B3B808C46BEBCFBA43D1C2049BE68A8A53D161B743EB2312DBEB89A0DBDA8D36F3E",
      torch_tensor_16_torch.float32_2: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32_1: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_16_torch.float32: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_16_torch.float32: "0x0400000010B88C3C148839BE3AC20ABE70FBEA3CC005B83CCA4B68BEF4138B3DFC6DA43D5CADECBD20CFEA3CFC7B07BEE42E5DBE40972CBDB027293E40BD153C023835BE2638473ED8C321BD3A8F61BEEC01A93DBAAD51BE420F263ED0464E3D3093953DCC0261BEB83D873D100FBCBCC0D25DBD9431913DE27766BEBA0037BE564169BE8C61B4BD5832E23D743D0C3EEC81833D4C01CABDC05C203C0C40C93D9CE6E4BD62A173BE38F94EBDF4D4CBBD74B8263EB4A3AB3DA09C123DE49ED93D885662BE286206BED25D51BEE82B77BD52B134BEE09330BCF4A0EABD24DA9D3DC42C59BEE22C06BE0025313E9E8B363E70FADC3C989BEBBD868360BEB09B323EC06B9F3B18562EBD605ADABC70AC7ABD04A0093E6E3624BE706881BC449D263E006762BD9833083E5419813D7CD359BEC02BEC3C30FEA9BCF03725BEB06EEFBDF2CF553EC095163E7288703E3879703E18ED733D009CA2BDD4AEF43D24A207BEE629493E941D653E066B523EDC702A3EFC2AC5BD9C69CDBDD0A9B8BD886B65BE9470713E8E3A06BE000833BBA8498EBDB49D843D460256BE4049073C76FA553E20EFB2BD9021433DBCD1D63D86BC4D3E120276BE80FBE0BDB8713BBE6EEC38BE1A2715BE84D3A63D46EA453E905E863C5020AD3C20F2D7BCAA3E77BEC2207E3E14EFCA3DC82D5BBE48EC6D3DCA10303EFCAD1C3ED65E653E7A46603EDA58503E107D55BD7C978A3DE470B23D7EA459BE4832AA3D04DA1BBE6E59783E86D72E3E0AB7653EA255593E4C41683ECA3E7BBE2C9258BEF2055ABEEEB94B3E2AD406BED62D2D3ED891CA3D76CD7B3E6072FCBDF89E3C3D0EEA52BE14AE4FBE40A66FBEC266163E5C448EBDA02DA23C603D4D3E3CCD073E60C19F3D323D0BBE582C173E7485713E965C6CBE78A55CBD5EA243BE503780BD08C55C3D900971BEF64A32BEB866C23D0CB24E3E64BCCBBDB80F0B3ED8EE48BEFC21CABDA225403EC8AD03BD9048D73DD6E019BEA0C5A63DB88E62BDC0D5B1BB50FEBC3DF85C823D94D5303E203F71BC24419DBD7A963E3E00DC5FBB1E6957BE56E82ABE6CFB1D3EDC96F53DA8C5F1BD1E5A373E6493F83DA856E03D20C4563C8C3BF33DD03A69BD16895BBE886B84BD60DB4E3DAED500BE3425CE3DAC736A3E8CCACC3D92AC263E4069C4BCA0042EBC142492BD3C575F3EE8A53FBEF8E0DE3D38BACD3DC4C36B3E1060F7BC7820DEBD9875783E2EE534BE0038393B3E0D1DBE966A373EF0792A3E8A4208BE508291BC00E51EBB54D26EBEC8766B3ED422D53D00C002B86E5E583E84B3003E68AFE53D08D1D23D00DFB1BD622D4EBEE8E8BD3DC0869DBCE2B3013EAAB938BE90EDC03C1E3F3F3EC0B4303D882234BE0C68983D105F7D3E4C0A9ABD60372ABD8636163E5E68253EB818BB3DD0F74A3D7C7E3E3E269F6F3E400264BEE0D0233E5A7D413E",
      torch_tensor_48_torch.float32: "0x04000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_48_16_torch.float32: "0x0400000017EB383E32998CBE9B83AFBB55159B38EFF085BD01EF373E9377863E2737DBBD6654FE3DEC18693E0CC4C5BC429A283E3439983E17A4B6BC7F3292BEF3898ABE0430813E79214BBEAD6D903E1B7D713D5F6A73BE79CD983E228B6F3EEB7CB4BD484A66BDC2F02EBE789624BEBD2CA13D0E358FBC6F6852BEABE887BD3635F33DC8E29D3D3E2B863DB45D49BED84A0FBE87D1AD3D88E14E3E8C39613D8C306FBEFEA1E13D179244BE423E92BE908F5E3E20F1383E4CE650BD915F433EAF8DECBDB56EC63DB60899BE160416BE8BD276BDBA74823DCE21123EF9284A3D4A391CBE6BFB753EEE66373E637730BEEDCE4A3CDA2B913EAE80D4BD671F9BBEAE43663ECCDF013E4872243E5E9D283D2DAD43BD3D2F8DBD7AAA0F3E1E18A2BD42F410BEE0F046BCE599BA3D76C399BE2132713C9ADF0F3EC2AD3ABE6A4D4F3E231E8C3D8A652D3E3859003E5EA3A73B4CDD153E103D81BEC468623E82AD3ABDD0B22D3BF2FD03BECDD357BE25573CBE500D193E79A1A5BD94168A3ED25D7FBDB8389BBE13EF28BE920380BCBB5525BE206B23BE0128113ED60E073EDF83903A37F570BE8DC97FBEF7DB6FBC4E9C93BE34C9963DFDC777BAF28B553D9C11D0BC5286413E15072ABEF36687BEE90DBCBDB899023EDF3983BECBCA333DBD5D723E7701453E939A0D3E60ADD5BD45FA903D3ED518BCBE71643EE3DB243E7EE4AB3DC3E98D3DB21FCE3D60509A3DDCD73CBD3AA454BE541DC33DC4FD1B3D4674553E4F39353E13037FBE415C1FBDDB2B80BEE9F6833E1464063D31A657BE50AD883E6B3B553E0B1489BDA66D1E3EC99E91BB958EB6BC6CCE043EE79DD6BC2518FFBD0923BA3DE6B1D0BD9D24373E6FDB8B3E5EC71ABE7C70AB3D4FC8653D36821B3E78F3003C9B06373C37959E3DDBBE81BE2E4C3A3D11AF9ABEC5E212BDF778353EB49E1ABEF20229BDAD8C803EF40DDF3D85621A3B6593E73CC61212BE5094353DCB2E7B3E48FCE33DE7369A3E75222E3EE5786DBD3BAB3CBDBA81143EF2CE443C0185B33DD2F290BE5891813D6986213DD45391BE1BB5573D554AE93D18FBF8BBABCF90BE1CD5883E8B0083BEF9DF393E3C274C3C9434A8BD9CC85EBE7CA6893E41DE763EE3EC4FBE844532BD695D50BE5F4E23BE9D9D03BDB2008D3EE2D778BCB0E2993EA8269BBE266980BD00EB313DA0E610BE1CB01B3C39CFFBBA28365B3ED80520BDD86246BD3227333ED364E4BDE4784B3E2057843EE42638BE7B0E1B3D86369EBD572A753E265A1FBD744F6EBD4E8A4B3ED9AF423D97BD4F3EF77FECBD93E788BE290D4F3D36D1823E18B46C3E7F4007BE89DE8A3E6ACB42BEF8B8923E820495BC5D8220BED74C893D3012803E92A5463E76A721BEBD1E9C3DF346F33DBED496BD07210E3D9706943EE461A6BD87F2723EFA6C85BE0973E9BDCB52913D27A5F8BD1C146BBE38EA4EBD2D6315BE9563FD3D0DA4163E446E5DBE66702C3E3D133B3EE9BE493ECD8648BEAFA078BE3F472BBCF0C3D93D7AB60E3E280571BE67DF803E3EC4973EE328C5BCA5B9463DF6925A3DEC8368BE6C2A95BED6FF413E9DE17C3E6E5901BCBD5088BEA1094E3C3B474DBE55C0D63DD5498F3EE7979C3E9537813EE9FA8F3D43F5993E848172BD004826BCC95D57BE876A023E0C00F53DC1FFFD3D38BE613E4E97873E852094BE30B1B1BD29A37ABEDF446E3E3A1F1DBC94638BBEE813053E412E40BE7CDFB9BB763A273EF1632E3EEADA423EE176B5BB5564F4BC9AB767BC5D7E9ABEEDDCDEBD029A6E3ED96F203E5F6D8FBE146A9C3D4307903EC14F79BED354FBBC368328BEE26190BBE3BF08BEAB51893E6EC9223E950073BDEDC487BE07D726BEC57704BDDEC4A83D9172FDBD020A40BEBBF819BD1B7479BE47988B3D53CB8CBE075C55BD454E83BE2BB7F5BDDB225A3B62E517BE8F7B4DBE416E0D3D782C1FBEF81A893C2C8E853D26BF04BD0C0289BE15B5B2BDF01CFEBC6267B93D2CF37CBE6D015A3E11E1983DDF980F3DEB8D923CA44D4EBD15D8E23D5D715A3EAE827FBDCAFE053ECEA3363EBC9D003E8FB3BE3ADBA1D93DE223F43C0EF1453E5F13B9BDFEB72E3D475F4D3D4B2495BEAE249F3DF80159BE0DA01B3EC3D279BDE316A73D311475BE33420D3E7C114A3E75DCDF3DE4F1B73D371D35BEAB8C8C3E3112AE3DFBB393BE46B3C8BB28A30E3CA68BD63DA2DA683D04AD753ED67904BD978E4EBD2AA45CBC6D9D3D3EE88289BE01EA743EFBF9EEBDBBE62A3E29F652BE6CBCE1BD506B383CD0D711BD4C8747BE63748DBE076582BE42BE933EC3F41B3EA607CBBD64E5403E14B329BDAB608DBC68723EBEE1C940BEE11F523E57AC9C3E77529BBEEE221C3D02A68C3D7B382BBE76030BBE608669BE63A1AA3DC904963EE18FDE3D6C0E4BBDC8DA933D7ACE4BBE9B7621BEAEB2C43DA2C6873E6A9A14BC8263B8BD1A3DF03CA2669CBE0EA83D3ED7973FBEAE09D3BDC5D281BE44C3B83D052E08BE0FE9B63CD6FD3EBE2CB9213EF9DE63BEF04882BEC0C893BE2472883EAFA7133E59C15BBEAEA39ABD7C4D703EC333C03D7B3B8E3E228A39BDB930F2BC20B7693E45EF4EBC667F85BEB3A68EBDC150683EE9E9013E3F177FBDBE8999BEC350663E462988BD90AB83BD03688E3EA4DB2A3EA0EAC13DA41FD43DA360BC3B18AABD3C407C23BE8C52DE3D70DA1A3E13C8293E50BF1EBE57EF903CB4AC9FBC5CC136BEC4F7873D531C2E3E6FE0DB3C04DF0EBED8667B3E12D024BED871F43DAC7A263BC45ADB3D8273F23DA67792BE2004993DE72B5FB9AEEF7BBEC0DA443EF051EA3C3F88B4BD5D0C5FBC40355D3E413DEABD777A2ABEAE23C3BDE46498BDCB78043E2F7469BD11CB103E032B79BE808F1B3D159B723EBD2205BDFAD07B3EF4F5C33DC0FA95BE2F4934BE2A79793E69B951BD4B59953EC48398BE030F28BE66046F3E7753903E2FB68EBE924ACB3D754E9ABE493A63BED3EC0C3EB2C91BBEAE32BDBC9128EABD14418DBE721E8DBE7F45013E211E3F3E8AEA5FBD4C187E3E527D6ABE6AD4A1BD24DE88BECC00903E40096D3DF2BF1E3C442E1EBE4B9D8CBEFC188A3ED5E60B3EA0FA64BD42BD8E3C3F7CB03D7F5A14BE3BE6983E63513E3D81C8753C51AA443EBF7553BE3924373E4A3104BE2DE874BEA2D2B6BD23ECF7BD844A8F3EDF4F1D3DFFDA57BEBA9A69BEA6301DBE8F309BBEC35C69BCAA11903B2A0E92BE2AE86E3D332E85BD8B364CBDBA6484BE0A062D3E640B37BD53B45D3DFAE3AF3C169D9D3D7CB71A3EDE4834BD4309A9BD8F7D81BC4E0A82BE8977893D63A6FBBD8229703E84CF953E2F109B3D3E45D2BDCF07ABBD070F6D3E02A577BD49E9173E2E185EBE638161BD83B10F3E32425D3E4B898BBC105D103D58E3AFBD3DA411BEEB73953E88A004BE43C9DBBD7017653E70AA803EEC65D7BDCF93E8BD8DC364BE7DBC193EFB2A72BDDE5501BE649583BE4368BBBDCF36CA3DB28B84BE3355153E40096EBEE283963E179D57BE2CAC8E3E5D1D54BD4284353EFDDEBDBC60BA1BBED14755BD32AA013E572E273EADE98B3E093C1C3CD6E3EC3DA5684F3E2A4101BEBA45CBBD55B20F3E752A9BBD750BB23D36D8073E1A4140BD58F1B0BD17E28E3EA561F53D603198BEA15F93BEDACC4DBDDB513CBE9C84793EF277673EC4D84B3E13E0803E26C26B3E0362813E94A0333C2FC0873EA4B7D03DA951203E1F051CBE0310083ECF9483BE0BD3B53B87952EBE3407EB3C97BBFF3CB5DC05BD18EB9B3EC14991BE83219ABEE430A33CDE504EBEA81750BE92AC3BBE949A7C3EDE7847BE21F480BED8E1603E759D49BE978D0CBD3BFF3CBE0096B93D951E873E53653DBEA7DD63BEA96E033EA55B3EBE5ABEF03D719A413E506C6D3E3770213DE806903EDC85A7BD4671323E4D86C2BD0A8329BEC284BB3D80322A3EE06F133E1AEE4C3E8AD5C9BA6147F63D44B35F3EE54756BEDE2C73BDBF2D423E64AD64BD8F52843E1B87113EA68403BE58EF753E2B5FF4BD27B34B3E7CF9753E3A43423E1860743E5236C93C184185BE4712753EA209F13CF006F7BD793641BD3AF437BED18A0C3E23D696BE9558113E96D694BE9B7F18BE9E0C563E93D13FBDA9465A3ECF05793EF694C4BD670D8F3B41126EBEACD6BEBD958DF13D47B3B5BDEBCA7F3EB338283ED679483E2B61753EE8B8A63C5BF442BCBA9F77BD2BF2913E628C573E9F1D6FBE969AAF3D6F36ACBD22B4843EDFC034BE322874BE96038B3D93A456BEF4A4883EE3D3913ED5085BBE94CA53BD82C41FBDDB8391BEF8656DBE9EEF913EA1BD663E28C9DEBD8C96EE3D49BF88BDEE79433DD733A7BCFF50DC3D"
    }
  }
#-}
