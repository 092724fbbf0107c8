// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-COUNT-1: lowp.skip = "nothing is summed (the reduction has length 1): an outer product such as RoPE's, no layer"
// CHECK-COUNT-1: lowp.plan = 
// CHECK-COUNT-1: lowp.skip = "both operands are activations"
// CHECK-COUNT-1: lowp.plan = 
// CHECK-COUNT-1: lowp.skip = "both operands are activations"
// CHECK-COUNT-4: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map5 = affine_map<(d0) -> (d0)>
#map6 = affine_map<(d0, d1) -> (0, d1)>
#map7 = affine_map<(d0, d1) -> (d0, 0)>
#map8 = affine_map<(d0, d1) -> (d0, d1)>
#map9 = affine_map<(d0, d1) -> ()>
#map10 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map14 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x5x16xf32>, %arg1: tensor<1x5xi64>) -> tensor<1x5x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %c2_i64 = arith.constant 2 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 1.000000e+00 : f32
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_3 = arith.constant dense<0xFF800000> : tensor<5x5xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_16_32_torch.float32> : tensor<16x32xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_32_16_torch.float32_1> : tensor<32x16xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_32_16_torch.float32> : tensor<32x16xf32>
    %cst_7 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_8 = arith.constant dense_resource<torch_tensor_16_16_torch.float32_1> : tensor<16x16xf32>
    %cst_9 = arith.constant dense_resource<torch_tensor_8_16_torch.float32_1> : tensor<8x16xf32>
    %cst_10 = arith.constant dense_resource<torch_tensor_8_16_torch.float32> : tensor<8x16xf32>
    %cst_11 = arith.constant dense_resource<torch_tensor_2_torch.float32> : tensor<2xf32>
    %cst_12 = arith.constant dense_resource<torch_tensor_16_16_torch.float32> : tensor<16x16xf32>
    %cst_13 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_14 = arith.constant 9.9999999999999995E-7 : f64
    %cst_15 = arith.constant 1.600000e+01 : f32
    %cst_16 = arith.constant 2.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x5x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x5x16xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %2 = tensor.empty() : tensor<1x5x1xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<1x5x1xf32>) -> tensor<1x5x1xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<1x5x16xf32>) outs(%3 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.addf %in, %out : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<1x5x1xf32>) outs(%2 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.divf %in, %cst_15 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<1x5x1xf32>) outs(%2 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.truncf %cst_14 : f64 to f32
      %95 = arith.addf %in, %94 : f32
      linalg.yield %95 : f32
    } -> tensor<1x5x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<1x5x1xf32>) outs(%2 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.rsqrt %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<1x5x16xf32>, tensor<1x5x1xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %cst_13 : tensor<1x5x16xf32>, tensor<16xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %10 = tensor.empty() : tensor<16x16xf32>
    %transposed = linalg.transpose ins(%cst_12 : tensor<16x16xf32>) outs(%10 : tensor<16x16xf32>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %9 [[0, 1], [2]] : tensor<1x5x16xf32> into tensor<5x16xf32>
    %11 = tensor.empty() : tensor<5x16xf32>
    %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<5x16xf32>) -> tensor<5x16xf32>
    %13 = linalg.matmul ins(%collapsed, %transposed : tensor<5x16xf32>, tensor<16x16xf32>) outs(%12 : tensor<5x16xf32>) -> tensor<5x16xf32>
    %expanded = tensor.expand_shape %13 [[0, 1], [2, 3]] output_shape [1, 5, 4, 4] : tensor<5x16xf32> into tensor<1x5x4x4xf32>
    %14 = tensor.empty() : tensor<1x4x5x4xf32>
    %transposed_17 = linalg.transpose ins(%expanded : tensor<1x5x4x4xf32>) outs(%14 : tensor<1x4x5x4xf32>) permutation = [0, 2, 1, 3] 
    %expanded_18 = tensor.expand_shape %cst_11 [[0, 1, 2]] output_shape [1, 2, 1] : tensor<2xf32> into tensor<1x2x1xf32>
    %expanded_19 = tensor.expand_shape %arg1 [[0], [1, 2]] output_shape [1, 1, 5] : tensor<1x5xi64> into tensor<1x1x5xi64>
    %15 = tensor.empty() : tensor<1x1x5xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_19 : tensor<1x1x5xi64>) outs(%15 : tensor<1x1x5xf32>) {
    ^bb0(%in: i64, %out: f32):
      %94 = arith.sitofp %in : i64 to f32
      linalg.yield %94 : f32
    } -> tensor<1x1x5xf32>
    %17 = tensor.empty() : tensor<1x2x5xf32>
    %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<1x2x5xf32>) -> tensor<1x2x5xf32>
    %19 = linalg.batch_matmul ins(%expanded_18, %16 : tensor<1x2x1xf32>, tensor<1x1x5xf32>) outs(%18 : tensor<1x2x5xf32>) -> tensor<1x2x5xf32>
    %20 = tensor.empty() : tensor<1x5x2xf32>
    %transposed_20 = linalg.transpose ins(%19 : tensor<1x2x5xf32>) outs(%20 : tensor<1x5x2xf32>) permutation = [0, 2, 1] 
    %concat = tensor.concat dim(2) %transposed_20, %transposed_20 : (tensor<1x5x2xf32>, tensor<1x5x2xf32>) -> tensor<1x5x4xf32>
    %expanded_21 = tensor.expand_shape %concat [[0], [1, 2], [3]] output_shape [1, 1, 5, 4] : tensor<1x5x4xf32> into tensor<1x1x5x4xf32>
    %21 = tensor.empty() : tensor<1x1x5x4xf32>
    %22 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21 : tensor<1x1x5x4xf32>) outs(%21 : tensor<1x1x5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.cos %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x1x5x4xf32>
    %23 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_17, %22 : tensor<1x4x5x4xf32>, tensor<1x1x5x4xf32>) outs(%14 : tensor<1x4x5x4xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x4xf32>
    %extracted_slice = tensor.extract_slice %transposed_17[0, 0, 0, 2] [1, 4, 5, 2] [1, 1, 1, 1] : tensor<1x4x5x4xf32> to tensor<1x4x5x2xf32>
    %24 = tensor.empty() : tensor<1x4x5x2xf32>
    %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice : tensor<1x4x5x2xf32>) outs(%24 : tensor<1x4x5x2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.negf %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x2xf32>
    %extracted_slice_22 = tensor.extract_slice %transposed_17[0, 0, 0, 0] [1, 4, 5, 2] [1, 1, 1, 1] : tensor<1x4x5x4xf32> to tensor<1x4x5x2xf32>
    %concat_23 = tensor.concat dim(3) %25, %extracted_slice_22 : (tensor<1x4x5x2xf32>, tensor<1x4x5x2xf32>) -> tensor<1x4x5x4xf32>
    %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21 : tensor<1x1x5x4xf32>) outs(%21 : tensor<1x1x5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.sin %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x1x5x4xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_23, %26 : tensor<1x4x5x4xf32>, tensor<1x1x5x4xf32>) outs(%14 : tensor<1x4x5x4xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x4xf32>
    %28 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %27 : tensor<1x4x5x4xf32>, tensor<1x4x5x4xf32>) outs(%14 : tensor<1x4x5x4xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.addf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x4xf32>
    %29 = tensor.empty() : tensor<16x8xf32>
    %transposed_24 = linalg.transpose ins(%cst_10 : tensor<8x16xf32>) outs(%29 : tensor<16x8xf32>) permutation = [1, 0] 
    %30 = tensor.empty() : tensor<5x8xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<5x8xf32>) -> tensor<5x8xf32>
    %32 = linalg.matmul ins(%collapsed, %transposed_24 : tensor<5x16xf32>, tensor<16x8xf32>) outs(%31 : tensor<5x8xf32>) -> tensor<5x8xf32>
    %expanded_25 = tensor.expand_shape %32 [[0, 1], [2, 3]] output_shape [1, 5, 2, 4] : tensor<5x8xf32> into tensor<1x5x2x4xf32>
    %33 = tensor.empty() : tensor<1x2x5x4xf32>
    %transposed_26 = linalg.transpose ins(%expanded_25 : tensor<1x5x2x4xf32>) outs(%33 : tensor<1x2x5x4xf32>) permutation = [0, 2, 1, 3] 
    %34 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_26, %22 : tensor<1x2x5x4xf32>, tensor<1x1x5x4xf32>) outs(%33 : tensor<1x2x5x4xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x2x5x4xf32>
    %extracted_slice_27 = tensor.extract_slice %transposed_26[0, 0, 0, 2] [1, 2, 5, 2] [1, 1, 1, 1] : tensor<1x2x5x4xf32> to tensor<1x2x5x2xf32>
    %35 = tensor.empty() : tensor<1x2x5x2xf32>
    %36 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_27 : tensor<1x2x5x2xf32>) outs(%35 : tensor<1x2x5x2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.negf %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x2x5x2xf32>
    %extracted_slice_28 = tensor.extract_slice %transposed_26[0, 0, 0, 0] [1, 2, 5, 2] [1, 1, 1, 1] : tensor<1x2x5x4xf32> to tensor<1x2x5x2xf32>
    %concat_29 = tensor.concat dim(3) %36, %extracted_slice_28 : (tensor<1x2x5x2xf32>, tensor<1x2x5x2xf32>) -> tensor<1x2x5x4xf32>
    %37 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_29, %26 : tensor<1x2x5x4xf32>, tensor<1x1x5x4xf32>) outs(%33 : tensor<1x2x5x4xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x2x5x4xf32>
    %38 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>) outs(%33 : tensor<1x2x5x4xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.addf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x2x5x4xf32>
    %39 = tensor.empty() : tensor<5xi64>
    %40 = linalg.generic {indexing_maps = [#map5], iterator_types = ["parallel"]} outs(%39 : tensor<5xi64>) {
    ^bb0(%out: i64):
      %94 = linalg.index 0 : index
      %95 = arith.index_cast %94 : index to i64
      linalg.yield %95 : i64
    } -> tensor<5xi64>
    %expanded_30 = tensor.expand_shape %40 [[0, 1]] output_shape [1, 5] : tensor<5xi64> into tensor<1x5xi64>
    %expanded_31 = tensor.expand_shape %40 [[0, 1]] output_shape [5, 1] : tensor<5xi64> into tensor<5x1xi64>
    %41 = tensor.empty() : tensor<5x5xi64>
    %42 = linalg.generic {indexing_maps = [#map6, #map7, #map8], iterator_types = ["parallel", "parallel"]} ins(%expanded_30, %expanded_31 : tensor<1x5xi64>, tensor<5x1xi64>) outs(%41 : tensor<5x5xi64>) {
    ^bb0(%in: i64, %in_56: i64, %out: i64):
      %94 = arith.subi %in, %in_56 : i64
      linalg.yield %94 : i64
    } -> tensor<5x5xi64>
    %43 = tensor.empty() : tensor<5x5xi1>
    %44 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel"]} ins(%42 : tensor<5x5xi64>) outs(%43 : tensor<5x5xi1>) {
    ^bb0(%in: i64, %out: i1):
      %94 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %94 : i1
    } -> tensor<5x5xi1>
    %45 = tensor.empty() : tensor<5x5xf32>
    %46 = linalg.generic {indexing_maps = [#map8, #map8, #map9, #map8], iterator_types = ["parallel", "parallel"]} ins(%44, %cst_3, %cst_2 : tensor<5x5xi1>, tensor<5x5xf32>, tensor<f32>) outs(%45 : tensor<5x5xf32>) {
    ^bb0(%in: i1, %in_56: f32, %in_57: f32, %out: f32):
      %94 = arith.select %in, %in_56, %in_57 : f32
      linalg.yield %94 : f32
    } -> tensor<5x5xf32>
    %47 = tensor.empty() : tensor<1x2x2x5x4xf32>
    %48 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%38 : tensor<1x2x5x4xf32>) outs(%47 : tensor<1x2x2x5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x5x4xf32>
    %collapsed_32 = tensor.collapse_shape %48 [[0], [1, 2], [3], [4]] : tensor<1x2x2x5x4xf32> into tensor<1x4x5x4xf32>
    %49 = tensor.empty() : tensor<1x4x4x5xf32>
    %transposed_33 = linalg.transpose ins(%collapsed_32 : tensor<1x4x5x4xf32>) outs(%49 : tensor<1x4x4x5xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_34 = tensor.collapse_shape %28 [[0, 1], [2], [3]] : tensor<1x4x5x4xf32> into tensor<4x5x4xf32>
    %collapsed_35 = tensor.collapse_shape %transposed_33 [[0, 1], [2], [3]] : tensor<1x4x4x5xf32> into tensor<4x4x5xf32>
    %50 = tensor.empty() : tensor<4x5x5xf32>
    %51 = linalg.fill ins(%cst : f32) outs(%50 : tensor<4x5x5xf32>) -> tensor<4x5x5xf32>
    %52 = linalg.batch_matmul ins(%collapsed_34, %collapsed_35 : tensor<4x5x4xf32>, tensor<4x4x5xf32>) outs(%51 : tensor<4x5x5xf32>) -> tensor<4x5x5xf32>
    %expanded_36 = tensor.expand_shape %52 [[0, 1], [2], [3]] output_shape [1, 4, 5, 5] : tensor<4x5x5xf32> into tensor<1x4x5x5xf32>
    %53 = tensor.empty() : tensor<1x4x5x5xf32>
    %54 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_36 : tensor<1x4x5x5xf32>) outs(%53 : tensor<1x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.divf %in, %cst_16 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x5xf32>
    %55 = linalg.generic {indexing_maps = [#map3, #map12, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%54, %46 : tensor<1x4x5x5xf32>, tensor<5x5xf32>) outs(%53 : tensor<1x4x5x5xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.addf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x5xf32>
    %56 = tensor.empty() : tensor<1x4x5xi64>
    %57 = linalg.fill ins(%c0_i64 : i64) outs(%56 : tensor<1x4x5xi64>) -> tensor<1x4x5xi64>
    %58 = tensor.empty() : tensor<1x4x5xf32>
    %59 = linalg.fill ins(%cst_0 : f32) outs(%58 : tensor<1x4x5xf32>) -> tensor<1x4x5xf32>
    %60:2 = linalg.generic {indexing_maps = [#map3, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%55 : tensor<1x4x5x5xf32>) outs(%59, %57 : tensor<1x4x5xf32>, tensor<1x4x5xi64>) {
    ^bb0(%in: f32, %out: f32, %out_56: i64):
      %94 = linalg.index 3 : index
      %95 = arith.index_cast %94 : index to i64
      %96 = arith.maximumf %in, %out : f32
      %97 = arith.cmpf ogt, %in, %out : f32
      %98 = arith.select %97, %95, %out_56 : i64
      linalg.yield %96, %98 : f32, i64
    } -> (tensor<1x4x5xf32>, tensor<1x4x5xi64>)
    %expanded_37 = tensor.expand_shape %60#0 [[0], [1], [2, 3]] output_shape [1, 4, 5, 1] : tensor<1x4x5xf32> into tensor<1x4x5x1xf32>
    %61 = linalg.generic {indexing_maps = [#map3, #map14, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%55, %expanded_37 : tensor<1x4x5x5xf32>, tensor<1x4x5x1xf32>) outs(%53 : tensor<1x4x5x5xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.subf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x5xf32>
    %62 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%61 : tensor<1x4x5x5xf32>) outs(%53 : tensor<1x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.exp %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x5xf32>
    %63 = tensor.empty() : tensor<1x4x5x1xf32>
    %64 = linalg.fill ins(%cst : f32) outs(%63 : tensor<1x4x5x1xf32>) -> tensor<1x4x5x1xf32>
    %65 = linalg.generic {indexing_maps = [#map3, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%62 : tensor<1x4x5x5xf32>) outs(%64 : tensor<1x4x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.addf %in, %out : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x1xf32>
    %66 = linalg.generic {indexing_maps = [#map3, #map14, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62, %65 : tensor<1x4x5x5xf32>, tensor<1x4x5x1xf32>) outs(%53 : tensor<1x4x5x5xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.divf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x4x5x5xf32>
    %transposed_38 = linalg.transpose ins(%cst_9 : tensor<8x16xf32>) outs(%29 : tensor<16x8xf32>) permutation = [1, 0] 
    %67 = linalg.matmul ins(%collapsed, %transposed_38 : tensor<5x16xf32>, tensor<16x8xf32>) outs(%31 : tensor<5x8xf32>) -> tensor<5x8xf32>
    %expanded_39 = tensor.expand_shape %67 [[0, 1], [2, 3]] output_shape [1, 5, 2, 4] : tensor<5x8xf32> into tensor<1x5x2x4xf32>
    %transposed_40 = linalg.transpose ins(%expanded_39 : tensor<1x5x2x4xf32>) outs(%33 : tensor<1x2x5x4xf32>) permutation = [0, 2, 1, 3] 
    %68 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%transposed_40 : tensor<1x2x5x4xf32>) outs(%47 : tensor<1x2x2x5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x5x4xf32>
    %collapsed_41 = tensor.collapse_shape %66 [[0, 1], [2], [3]] : tensor<1x4x5x5xf32> into tensor<4x5x5xf32>
    %collapsed_42 = tensor.collapse_shape %68 [[0, 1, 2], [3], [4]] : tensor<1x2x2x5x4xf32> into tensor<4x5x4xf32>
    %69 = tensor.empty() : tensor<4x5x4xf32>
    %70 = linalg.fill ins(%cst : f32) outs(%69 : tensor<4x5x4xf32>) -> tensor<4x5x4xf32>
    %71 = linalg.batch_matmul ins(%collapsed_41, %collapsed_42 : tensor<4x5x5xf32>, tensor<4x5x4xf32>) outs(%70 : tensor<4x5x4xf32>) -> tensor<4x5x4xf32>
    %expanded_43 = tensor.expand_shape %71 [[0, 1], [2], [3]] output_shape [1, 4, 5, 4] : tensor<4x5x4xf32> into tensor<1x4x5x4xf32>
    %72 = tensor.empty() : tensor<1x5x4x4xf32>
    %transposed_44 = linalg.transpose ins(%expanded_43 : tensor<1x4x5x4xf32>) outs(%72 : tensor<1x5x4x4xf32>) permutation = [0, 2, 1, 3] 
    %transposed_45 = linalg.transpose ins(%cst_8 : tensor<16x16xf32>) outs(%10 : tensor<16x16xf32>) permutation = [1, 0] 
    %collapsed_46 = tensor.collapse_shape %transposed_44 [[0, 1], [2, 3]] : tensor<1x5x4x4xf32> into tensor<5x16xf32>
    %73 = linalg.matmul ins(%collapsed_46, %transposed_45 : tensor<5x16xf32>, tensor<16x16xf32>) outs(%12 : tensor<5x16xf32>) -> tensor<5x16xf32>
    %expanded_47 = tensor.expand_shape %73 [[0, 1], [2]] output_shape [1, 5, 16] : tensor<5x16xf32> into tensor<1x5x16xf32>
    %74 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_47 : tensor<1x5x16xf32>, tensor<1x5x16xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.addf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %75 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<1x5x16xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %76 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%75 : tensor<1x5x16xf32>) outs(%3 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.addf %in, %out : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x1xf32>
    %77 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%76 : tensor<1x5x1xf32>) outs(%2 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.divf %in, %cst_15 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x1xf32>
    %78 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77 : tensor<1x5x1xf32>) outs(%2 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.truncf %cst_14 : f64 to f32
      %95 = arith.addf %in, %94 : f32
      linalg.yield %95 : f32
    } -> tensor<1x5x1xf32>
    %79 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78 : tensor<1x5x1xf32>) outs(%2 : tensor<1x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = math.rsqrt %in : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x1xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74, %79 : tensor<1x5x16xf32>, tensor<1x5x1xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %81 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%80, %cst_7 : tensor<1x5x16xf32>, tensor<16xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    %82 = tensor.empty() : tensor<16x32xf32>
    %transposed_48 = linalg.transpose ins(%cst_6 : tensor<32x16xf32>) outs(%82 : tensor<16x32xf32>) permutation = [1, 0] 
    %collapsed_49 = tensor.collapse_shape %81 [[0, 1], [2]] : tensor<1x5x16xf32> into tensor<5x16xf32>
    %83 = tensor.empty() : tensor<5x32xf32>
    %84 = linalg.fill ins(%cst : f32) outs(%83 : tensor<5x32xf32>) -> tensor<5x32xf32>
    %85 = linalg.matmul ins(%collapsed_49, %transposed_48 : tensor<5x16xf32>, tensor<16x32xf32>) outs(%84 : tensor<5x32xf32>) -> tensor<5x32xf32>
    %expanded_50 = tensor.expand_shape %85 [[0, 1], [2]] output_shape [1, 5, 32] : tensor<5x32xf32> into tensor<1x5x32xf32>
    %86 = tensor.empty() : tensor<1x5x32xf32>
    %87 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_50 : tensor<1x5x32xf32>) outs(%86 : tensor<1x5x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %94 = arith.negf %in : f32
      %95 = math.exp %94 : f32
      %96 = arith.addf %95, %cst_1 : f32
      %97 = arith.divf %cst_1, %96 : f32
      linalg.yield %97 : f32
    } -> tensor<1x5x32xf32>
    %88 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_50, %87 : tensor<1x5x32xf32>, tensor<1x5x32xf32>) outs(%86 : tensor<1x5x32xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x32xf32>
    %transposed_51 = linalg.transpose ins(%cst_5 : tensor<32x16xf32>) outs(%82 : tensor<16x32xf32>) permutation = [1, 0] 
    %89 = linalg.matmul ins(%collapsed_49, %transposed_51 : tensor<5x16xf32>, tensor<16x32xf32>) outs(%84 : tensor<5x32xf32>) -> tensor<5x32xf32>
    %expanded_52 = tensor.expand_shape %89 [[0, 1], [2]] output_shape [1, 5, 32] : tensor<5x32xf32> into tensor<1x5x32xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88, %expanded_52 : tensor<1x5x32xf32>, tensor<1x5x32xf32>) outs(%86 : tensor<1x5x32xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.mulf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x32xf32>
    %91 = tensor.empty() : tensor<32x16xf32>
    %transposed_53 = linalg.transpose ins(%cst_4 : tensor<16x32xf32>) outs(%91 : tensor<32x16xf32>) permutation = [1, 0] 
    %collapsed_54 = tensor.collapse_shape %90 [[0, 1], [2]] : tensor<1x5x32xf32> into tensor<5x32xf32>
    %92 = linalg.matmul ins(%collapsed_54, %transposed_53 : tensor<5x32xf32>, tensor<32x16xf32>) outs(%12 : tensor<5x16xf32>) -> tensor<5x16xf32>
    %expanded_55 = tensor.expand_shape %92 [[0, 1], [2]] output_shape [1, 5, 16] : tensor<5x16xf32> into tensor<1x5x16xf32>
    %93 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74, %expanded_55 : tensor<1x5x16xf32>, tensor<1x5x16xf32>) outs(%0 : tensor<1x5x16xf32>) {
    ^bb0(%in: f32, %in_56: f32, %out: f32):
      %94 = arith.addf %in, %in_56 : f32
      linalg.yield %94 : f32
    } -> tensor<1x5x16xf32>
    return %93 : tensor<1x5x16xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_16_32_torch.float32: "0x04000000D898D53D1DE80EBD3967C4BC041FCEBD924A073EE5BC1FBE027AEEBDC4DC21BE61CEBF3C3643DABDD8AD243EB699973D1CDCE53D909C9F3C3A6E123E9E5CC0BD19E971BDD6C8183EF8D2923DDC23E0BDAE6EA1BBF49D973D2C8AF03C31C8333E26F395BDBBE130BE6048CB3DFF7B4C3C2A7712BE9DDD24BC6DBF22BE310BD73D9039243EC8C3393DED04323E4C56D5BD1E0C01BDF1B9F53C5CDA03BC9C96123E63A40D3E164B35BD648925BE413D173D41FBE33DC140AB3C4C8E82BDDA87463D466029BEC570163EC2F2C23CEF33303EB3671A3E5077CE3DB14983BD2F63B9BD1ACB3C3CAE032A3E3774C9BC066A053EC74194BCFBFB8E3D836FC6BDBA1DB43BEDFF1B3E0C9113BEF89DB1BD121C01BDEEBC28BEA50C1CBECC32603BAC67B2BC5CF4EC3D0AB79ABC8CBDFD3D29D0CD3DB4320D3E64FF15BD868AB13C81111EBE453ED03D7D40983D9F90143DEF0F1BBD677C243ED99015BECEF0BD3DF94C1E3EB7057E3DDE6A143E04A6DDBDEF5B223E0122053E8B1998BDCDBF1A3EA735A4BD9B0619BEBA92293E1317623D6B0ACA3DA741303DFEEAD03C8C2F713DE4A4863DB719F1BD9BC4EC3D1990413C92549D3DA59F1DBE694BE0BDE344A2BDDD2514BE423F0D3E75BFE23C767304BE0888DFBDFD3226BD799D183ECD5095BD4166233EF465C63D212A02BED3C222BE51A04E3D6C69F73D622510BD88CB1EBE65B6863DE89D70BD2684ABBDE642763C2257073EDDC822BEE2E6223D44BD0ABC4774F8BD3FBB173ECCC1DABCD0272D3E74D100BE2366303C70E33FBD49EC173DC9842EBE055E573DC5E4C0BDB7C1CA3DEA969BBD6BC1C1BA1C160CBE1691E8BD1F41AC3DDB8D213ECFDC163E99DE14BEC9DB6EBD82A3F83D1F908E3D694ECA3DDC10243E90C246BD313973BDB5D3683CFC3124BECF211CBDB8672B3E78EC6EBC6BCF84BD73658DBD9E7D10BDCC5D3EBA80551FBE92C6093EABB12EBE9DB1B1BD667714BE4998D2BDBF2B583DBAA8E0BDDF488EBD2428FEBD50C002BC9CE2213EBC0F993DD3B0DC3D67990FBEE01E77BD698BA43D90F389BCEB9A0C3E1E1CFFBD0B9B2DBEBA170CBE3C44B5BDA924FE3DEE7E7CBD3198B1BD59D7E1BB56A2C83D45F733BE09A126BD734B85BDEBAAE8BD0C815BBDA20488BC42EB20BE4EC10D3EA04E673D5197CF3B2CF945BA2C11EB3CFF21273E2E220C3D2E1DC83B1BD18FBB98EBF5BD844432BE423D0ABD44C923BE306E953D9B78CABD03C0B73CC19C983D22C8C8BDDFC81ABD1ACF12BEC5500EBD8D22133E08378F3D084EF73D7493C6BD374321BE1648A5BD34F395BD2A60D73DF1BFBABDE22AE93D1EE70ABE03A54C3D6AA6C13C27B3F43D015BEE3D768B0BBE16D8203EAA91313D0D522F3E9F24963D84B91ABE3FA7363D347DF4BB53C5AD3D17218FBD77AF65BB2B8810BEBEB1F1BCB65FC0BDAEC2563D7C8E10BEBDA3F43A9C79AF3C51B49B3B0CFC2F3EAD4A1CBEC77FFE3D534634BE00DD96BD0512A2BDE73CBBBDDCB8683D5D1695BD281A58BD7D7F103E445D583D0FE2513D1AEC47BDCE0E4E3D8D109CBD8842313DB91D1CBE44331FBE5251BF3D450AC73D4547E43D9869AABD727ADEBCAE0CDEBDD44DCEBD915FB1BAB8F10BBD5546D53D1E3F113E911F113E3A6D63BDCD2E573B3A8782BDD535063DD0522DBEE11E0DBD310488BC05B7223DFDDEBA3D338C84BC3F72ACBD036A223EA7591FBD64BA06BDC0AECFBD5F33AB3D34FDCB3D3317C63D5EE7D03C3414FBBD794A273E176BF53D54EBE03D7EF79B3DE2CFE93C5131BE3D111138BD2DA731BEF9646EBB539006BE0138103E00901EBE34EA8EBD9E28453D0224A03D4BD4343E9633143EBFFAF63C7E8A0F3E6FAB063C8D99A2BD88DF183B98F7CB3C24AB5B3BA061F4BB9A89D6BDF3F08A3DF2AC883D4282B63D46A486BD5F64383D361AEB3D87FDA7BDBB6652BD69B8CC3D225ECEBD4997013D8F232CBDA18379BD007C2BBE9993763DFB19CF3B8FD51ABED514EDBCD20B703C4480083D286112BEA96A87BCDF08073E6C2423BE5C4BFFBDE235E33D134F93BDFBDEAFBD035AE3BDD3D43C3D4553893C0053453BC0E6653D310F593D3ED6DBBD2DE1F73B5D4233BE4A4D10BE96A4B63DB362913C7A15E8BD0B39C8BD5F60003E25D618BEAC06DFBD9B010A3E095910BEF66ED0BD0C98CF3D96EA0ABEB8D72F3D44D20D3E60D8B53CBA88BDBD7CF3ECBD2F4026BE3590C13D5D8E99BBCEA06BBBFC4FDEBD4AF10BBE01D109BDE189583D43FFE23D3A7E053E92137EBCF40B31BECE67FC3D602C90BDA0DC893CD1620BBD251DCCBDAB6376BD7EF2F4BCC8290FBE70C9DBBD4C46BCBC4AA27B3D0CAA333E1BAEE93DA0B8F13D2597FCBB7C0F1D3D6D9074BDC403F4BDC6040B3EED26A83D46481C3E51F7B43D8E6DD9BDCA0024BE4CFE323E68FC02BE13314FBD643BC3BD9BC3883D8B47F33D0623CEBC41B6D73CC8170EBCCB3BABBDA1992F3E1AC3AB3D14303EBDD8DBF4BD8B78AEBD2F963BBDAA51223E71E299BD16A3AB3CB76CD93D42069F3AF2DDA63D84ADB1BD4505503B9E95873CB548D53DB794143E2D8AEDBD044725BD5255DCBDBFA0233E73E8183EB051093E0D2F7B3DE83A53BD22836A3DB48914BEC4C701BB8106D3BD48980CBEC8B434BEEC268B3D6D98003E449D5BBDB8042BBE62208BBDD993923D50B8233E6779BF3DAE298ABD769F273E8A09CD3D2E0A213CE483F33DA44BE3BDFE65B23CEBA8893C97D206BB779AF73D562EC63D8D3F243D6BF9513D7B0BF6BD1911083EDE343B3AAEA2AABD7E303B3DFF028FBD29B2913C894F663C9F79CA3CEDEDE63DA715E83D10920F3E1C1F06BE3B7FCFBCD9B933BD2FC774BD167B31BEF548F13D664980BB8133163EC4C12A3E",
      torch_tensor_32_16_torch.float32_1: "0x040000001063AFBDC898143E90BBECBCB405E3BDF6D130BE30F8473DD8445F3D32FB273EE0257B3E5ACD48BEC8BA24BD18E89ABD2AFF023EE0ABF93DCC2B683E984A303E30E32D3E424642BE1E8E29BE4A1F4DBE186EFCBD080FFCBD62DC323E3473F8BD9A985B3E1A06583E809C1F3E982E163E26CD353EB8D5273D6A172ABE784A3F3E92893A3EB6382E3E30B832BE701001BD4EFF253E20F901BCD0C990BCB2CC08BE742E003EBCCEE13D48805FBD58F13C3E0A9B16BE1E28053E20F52BBC84E2CEBD58751E3D5C6C5FBE6C04513EA07758BD20BE03BEF0EFC83C0650133ED05E3E3EA24C293EA8873CBD306B683DFEFB6A3EC486093E78127F3E0049313DFEEC75BEFCE0973D540382BDB820373D04C8C73D7C76103E20BCF2BD92033EBE64726A3E8886813D8C80F53D006D8B3D28A737BD48B66BBE1CBD653EBC90723EC05DAABBD4F185BD640FE13D527F6FBED01D8D3DB67A5A3E885B85BD20B062BC7C49FE3D304BB9BC000EA8BB481AA33D00979EBC00BC93BA40CE77BCEED70F3E16756C3E70FDB63C0888163D282836BE769C0E3EA4B3103E72913ABE3427163ED4558C3D68221DBEB8C628BDAEE563BE80950A3DA491003E78BB30BED0CB99BCD26E493E0433443E2C84233E064C0FBE80FDB9BB50E5F6BDD0F0643EC010353C16C71DBED8FC0DBDA054633C3CAAAC3D78E51BBD30632D3D323071BEFCE69ABDCE770D3E1434D23D8C527A3E9C7C4C3E34D9043EE091F8BD90FB663E9A902F3EA083B7BD8422EDBD404BFEBD568122BED431CD3D2A2705BE804C623E7022663D00B7893B8014A13DFC21103E28F629BD7E0446BE120C7ABEEC0D6E3E3E856F3EACF6BFBD946D613EFCBCCA3DD0945EBE88CB1DBD802F67BEE429DE3D5C46B63DE8B4F33D20D724BC304B143D4AAD19BE5A1754BE6095B4BDA4CABA3D28483DBD705153BD90B90BBE0CA0FFBDD40406BEA83E53BD78236F3EC80383BDD87A07BD608206BE40BF1BBE32B67ABEB01A23BE7C8993BD00E76CBD8A3C30BE108A9EBCD8DF573E42B745BEBAC91F3EC8FD44BE7895393D80641F3B84124EBE1A1E03BE9C2FF3BD52E742BE106A953C20AC4BBE44696E3EA014693C4E2043BEBCB9CCBDEE915F3E803228BCC831EB3DCED92F3ECCC002BE98B25B3E663807BE346E55BEB82A1B3E2E8D42BE9CE52DBE9EE842BE607AB23DA0874FBC307D5C3E8CCBE0BD80B8453C925F043EE03527BD008D8FBC30D522BE4AAA173EE80BC03DF0492FBDA85ED8BD6E782A3E707E60BEB4F0D63D80B2323E14BFABBD1467CB3D3044893DD81D0D3DB807DCBDB00515BD284718BD0846C53D1AA37DBE405E4BBCBC8DA13DC4259A3D40300BBEE8E9B6BD78FC173EE0FF6E3D08797E3EF8BCB7BD84F50D3E982E0CBDC866223DC0EDB6BB0CEC72BE7C9FCF3DF8E98C3DD0095FBE20D60CBC90903F3D1C024E3E96F07C3EB09A35BD88E834BD003365BD66773CBE385EFA3DD4A37A3E24105C3EC4155FBE6C716CBE927826BE38EC37BD787484BDA69270BE3A3E5FBEAAA94ABE487293BD4015853BA8EC753ED48371BE9EBB1C3E7CF9D0BD70497D3E4A2056BE3E8962BE004117BD6CCDD33D407351BE78706FBD48EC48BEFA5A123EEC73F3BDB0A7F7BD06E55CBE24FA9A3DCA346B3E98C8823D443CC83D0C22483EC0238ABC0036A3BABCC85A3EF8CFABBD24A96ABE908C033DE0F0D93DA8FCA83D3E3C3E3E3AFA553E00D0D8396490163E8A1058BEC0D5DB3CC862163E64FE1C3E561D70BE7828603E60D4093C00D5D03C20DD713C8088783BCAD119BEA62D5F3E3451A03DBED233BE4E3244BE1A7D0F3EF896493E2800383D5215603EB0DCA8BCA006C9BDB091EB3D00FEFABA90ACF93CF03CA13C7EF6403E0C2CEF3D7AA0063E004CE63C506F96BD604132BEF08C02BDC4FA62BE585510BED06C7ABD62013F3E4C467EBEBC3C163E54931CBE648E6DBE92E82CBEBAD32CBE80FC773E00973A3E9A37733E14380ABE807675BE90C874BD78204A3E9016043E64624BBEE02392BD40BCEA3BD2DE773E0E2030BE02972D3E828B163EFCE409BEE2C53EBED61E19BE5C47293EFC2579BEA0AE2D3EC2E76A3E603A70BE309B19BD8E282D3E406481BD34BEDA3D808E16BBF0ADE7BD544B393E30561D3DB0AA17BDECABAD3D68D207BEF8B443BD687E18BE842F13BE1A9513BE40158ABC3A663BBE3023E9BCA874A3BD485E55BDA427F0BD6AA31DBEC2646C3EA4EEC33DF8AD573E409E66BC329A3C3E80BA803B8003C13B28676DBEE059B13D3EC50C3E20CD76BD24F262BE64EC32BEE460313EE04D94BD2CEE013EE0833E3DDC805B3EA08F0CBC18B0683DA60732BE10D72BBEAA013F3E024A26BEC075D23BB2A273BE60DAC1BDF87B05BD88A71A3E544A1E3E4056B03D806777BDB863DC3D847E833D5013A43DC832143D00A885BC86F36F3E00A2323EB0CF8DBC6EDA7BBEE8CD773DA863333D086FF13D589770BEB8A2443DDA5D583E8871073DD8DDFCBD94FDF2BDE8BC993DA880E13DA8B345BEFAF9633E06FE05BE30115C3D187D243EEC7E3BBEC228333E0020AD3AC449A1BDA0D522BE5EE84D3EB2FF133E105B5CBDB030783DCCFA8A3D9E954DBE50C7623EE8705EBE3047BE3DD0A2DD3D80C479BBE83B03BEC84B57BEDA25293EC0F568BC3465DEBD905CB3BDB00ADE3C563E473EACD765BEB087FC3C74F462BE942955BE4ED01BBE30AC3C3EE0C747BDE075F63CF0D8C53D601E093D389CC23D942604BEC8088A3D1E45473E321F79BE60C50B3EA05B6FBD305F123E087170BD886E793D743B44BEE4598BBDDC01EEBD68FD44BED098873D22866E3EB6A43EBE6ED77C3E902DE83C70EF75BE084291BD2A54273EDEF558BEE0BD21BD3A47703E6C799DBD",
      torch_tensor_32_16_torch.float32: "0x0400000050A7283DC092F9BB08B64DBDB0B5EDBDD0E0783EFC41423EEC99FBBD66A0193E5048A73D384C2CBE884CF2BD00C490BA9ACF15BE7E4920BEC096A3BB54BA5EBE900E28BEB0DC223DB0EDD3BC3C5FF53D2812373EF48D233E2411E5BD0053EF3C4411AABD6037783DAEB56ABE9458503EC801283EE8285ABD58FDDBBD1C00553E3C120D3E5E61783E4A3017BE80CE33BE3C2966BED85F1ABD003AA73A66A5503E64B204BE407265BE00202C3C1882343D30F18C3D9C46CABDC2CE48BEFA9D6EBED64D7E3EE43A85BD202540BDDE470B3E98EC07BEE66E6ABEA26A79BE607E5BBCE88EA13DF896F13D6448E6BDE0C8953C40DB373C50071C3E88061ABE2CA13C3E905067BD000FDC3D248F53BE949DB6BD20820DBEF4B1F7BD4A3046BEF8F96A3D38147A3E20C8403EC8F41FBEB07CCCBC348688BDACA5DFBD9836E0BDA431883D1C71DDBD784433BE58E5083D7E51733E801609BC6853773E84A723BEAE07573EC0EABFBB44A1363E30540A3D50E5813D941C57BE40EE3ABD806D44BB88B724BDFCFA263EC863BFBD0CD1CDBD3CBD39BE6424A93D1827533E206E353D2E2F1DBEE856C23D68D4083D7455223E00A86AB940D56E3EA4805D3E640523BE4CF6423E0CF2ACBD84117ABEC8136F3EB0BA09BED0DE223DBC456B3E6413F6BD7607383E00E0733D00A1F03AD082C53DA024EABDC084DABDF09D58BEC030533EFCC4D7BD2092483EB8CC053D300A83BC0EE2603EBA14003E4AB90C3EF84B0FBDC00AD63D90E575BEC055C4BB002463BA320155BE809F3BBDA8ACAA3D72CD2C3ED027B53C7085C2BD9873F2BDC07D25BE4000BFBDB02FF8BDACC242BEE895483DEECE24BE803BBABB481F383E5E492ABEEC98203E0E314FBEDAB758BE907B763E080DFBBD32825A3E32B3653E2C5A8D3D7453FFBDC44E843D201B553DA83E553DD017FF3C1E8B7B3E98250D3D681FFE3D90BBBEBD7814A8BD245F543E209AACBC7011D53D5C50E1BDC0CC453D76B946BEB8220F3DD0CA1D3DC0EEACBC1C6FCE3D8454093E20F0353E1AA269BE50EA9FBC6AF4133E3A232A3E729E48BE00D091B860EB52BCD03E2ABD286ADB3D8848D63D58A568BE70D8233DC4E309BE6C10043EC069BBBB30E5313D00090FBD76FB4B3E3E3954BEE086DE3D2622793EB442CABD74B6833D6CCCFCBD0842F7BDFEB80BBEF813FD3D6A1C253EC05907BDC017F9BCB6C638BE66330A3E98EDE83DE03439BC4EDC20BEEC6D003EB62727BE78BA263E34A24BBED0B9B33DD21D2DBE90A7F03CFC7F773EE2FA333E923C3FBE981574BD90EB293D80DDAABD608F3CBDF86E413EC88D3FBE1EAB48BEB62C52BE800E95BB68282FBD0009853D36340CBE5E4104BE08D8E8BD40E9C43DAA3D773E6E2D5DBEE8D00C3ED6FC283E7C7534BEFE6A15BE02D1463E6432C7BDACA5093E4099A13C044764BE94EA093EC03EDF3CEED01BBE2074333D4CD7C1BD923D11BEA4169FBD825F51BE20DB6DBE00AEABBB12F926BE402EAE3D44322D3E30CDEABCC46858BEF0206ABE4681063EA04B863C889A5EBE9000E0BDD802A03D7061A63C144EF63DC6FE703E20B6B7BD904E9CBD68787DBE48746A3E60FAAFBCB03594BDD0A1B9BCA4CCDDBDD04FD43C840E3E3E28BBB23D20BC7D3D0CFEEABDE2D10D3EC6BB7E3EBA8D5ABE9AFB10BE24C2783E24DA453E68BC853DFE316A3E8071A9BB50EF713D842CF43D4E116F3E5A3940BE4C2DE53D1058D03DC811D6BDD46CDABD9459C33D567718BE0A180A3ED2BF273E385AFB3D74800CBE9CF0703E1816C33D6C3B7BBEDE0677BEB481B53D5C33EC3D84115E3EAC25463E78F61E3EB80D9ABD00F38ABC125720BE0086083C104A583D208DE93DA806533D18D3393D00585C39AEA948BEC426DFBD689A6DBD50DE883D808E1E3C540710BE6C20EEBD38F57CBD8E4E5A3EB0C52A3E28015CBEAABD0ABE3C98BE3D446CB0BDD4AA9FBDD28350BE6055D1BC64A1B03DC028633E2CF28ABDA490CABD38473D3DE05EA23C2049F83C26846DBE5AE3473E802E41BBF0C5AFBC3C9BA5BDA8E96BBED44CA9BD86046BBEACA8D23DBC4D06BECA3B68BEE4B001BE0C4EC83D70790EBE7ED845BEE05BC9BD9EA6703E9A780D3EB0F1743D14D083BD4CEBD0BD10FE513D6818383E708045BEFA3C473E126876BE306A67BE8C2A74BE4CB3A53D8031283CC0537F3DDCCC3BBE049E1ABEC0E4D73DB69E363E4AC456BEA082633C00F787BCD04A79BD1013B13D422943BE5C7CFB3D4C65C7BDC6C92C3E88E37DBD2274333E28FF2ABE6A6C68BEF8AE7B3E7CE3ADBD80CA0A3B30703B3E9CA2643E88EE563D38DE6EBEC6AA1EBE3E571F3EB467A23DD40C0B3EEC30C0BD367C6DBEF02324BDD0BCCC3D3ABA323E14032ABE8433FBBDC493553E8610523EEC54783E18AD363E8C23893D00D81ABAB4633EBE3C13B8BD14DD7ABE5826273E38E61D3E20DAE63D70F935BDECA658BEA2405F3E085D683D4877583DA05A82BD8EE738BE6023E23CA03B21BD9A01673E0820BE3D6C41AC3D38F83B3ED8A906BE80192C3E0028BE3A304A6BBED499203ED6572CBEEA021D3E2E9C463EF0BA96BC8C85A8BD10972C3DF45A3F3ED4EB013E544B433E40D9EDBBB47241BED873E33D70B7963C4870743D74566E3E18886ABDE4CB683EBC2D17BE0CAA25BE6E68273E4AA7423E4475C2BDC8D63B3D5069EB3CB87FA33D98C21ABDC26F79BE2CF8AA3DE68278BE987A30BEE2B349BE5070C93D24BEDE3D302115BE2039653EB4B333BE50EF3A3EB800E03D287060BDA6804A3EF0723C3E200F513E76F74FBEB883BFBD4C3735BECE714C3E0073653DAA8301BEA88006BD50DD303E72046F3E0025073B421268BEE8C2E9BD4CB2333EC8D41B3DF60C2B3E92F8523E",
      torch_tensor_16_torch.float32_1: "0x0400000034F8E33E18C9A43E8C394E3F0CEC273E70E6E03DCE61653F0001B93D0CD63B3F42A4D33E80A3E93CD0A8153D7C5A043F984CEA3E1F81313FCF63163FB0717F3E",
      torch_tensor_16_16_torch.float32_1: "0x04000000002003BE18C97D3EF8472FBD4087E4BD0044B7BA42AB483E043012BE60190F3C065713BE4016CDBB96CC323E546CFDBDF814E6BD6C068E3D500BF13D00E89CBC38CB6BBDC0AD81BC849F9B3D00EA633E88C3E63D802A263D60FDA93DE06A993D203D41BC56112CBE9C19F2BDB472B33D40C2B33D483802BE8A370DBE2647103ED82D39BD18EC1B3E083C883D58D5463DF01CE8BC78C6DEBDFC80813D107E20BEA8F0E1BDBC7A38BE00B0A7B8C28D0ABE24D7BCBD6091A5BD4C81E13D4CD60D3EF00B2D3E6014E3BC7036733EB89000BEF851073D5CC1873D50046ABEE8971F3EFC0F343E4E873F3E9214313ED8A7103E845B1BBE2C59383EB882C0BDBC6C8D3D9EE168BE60ACEABC7C22EBBD242EF8BD24B23EBEF00AB4BC48B51EBE861720BEE6346DBE9AD5283E32CD393EF05E1CBD1A5C0E3ED066683DBE231CBE10E416BD440DDE3D00B8BA3A008152BC78D819BDB283343E161D38BEB0FEA33C968E23BEE0BD153E1045ABBC260017BE987329BE6069BCBC40C6933CBAC31A3ED0454EBD307405BE60D277BE606C2BBC86AB553EE4B26DBE68F34DBDB8EF473EDC0A613E029928BEBA1D5FBE46077E3E7C8CF5BDFC468C3D06007EBE24A0EA3D005BE8BA181D42BD34C0FEBD08ADDE3D38A0CCBDC85EE3BDF2CE21BE020E513E80BAE03B987822BD50C6493D52432D3EE49656BE048F273E5095EA3DB8080A3E80DA02BD36C218BE608986BC8CAE773E28E217BE68D054BE604C7FBD189FD03D227B4BBE508BA9BCB0A8443DA86F88BDD49757BE3C46B7BD78BA8FBD3C3AC13D06767FBEE094583D8096F7BC6CA62E3E9A6C05BE9636103EC094B3BBA46CA03D067072BEB0810ABDF24120BEE0870D3EB63B63BEA4D33E3E56145BBEB8EA243EE4ABB5BD96AA5BBE009A833C064D5ABE009AA33D4403703EE068C3BC2A0215BECA0A403EC06DD93CC0CF783C3AF1013E742874BEF0E6F5BD2470A63DE010573CB8AAC8BD28453BBEBC9C373ECC2298BD301991BCFEAD103E801361BB323D4CBEBC6F69BEF046B73C48F35D3D5A812C3E281B033ED6F57C3E602BE93D3C02F83D9ED65E3EAC42D3BD566B003E24FF8FBD307E0C3D3C6B093ED4BA6DBE405F183E887B373DB88D91BDD867C5BD8C88B9BDF897673D602AF0BC58FE763D98B7A6BD80CE473BA0CB4A3E70997FBE80FFE6BC44CD0C3E702DDD3D980A9C3DFE602E3E30FD75BE004947BE382D73BEFA4B5C3E344C123E1C712D3EF402703E145396BDC423703E00AAAD3C98A1663D645C84BD70A6A8BD584212BEE46A8C3DFC93173EFA3F1ABE1006F3BD08372EBDE4826FBEF81723BDF85E6A3D00DEA4BCC097923CECE51A3E1EFB30BE7C40A7BDA8FB55BD280FDA3DE0F7963D1C8C5DBEF0ACACBCE8A446BE7C5948BE50B0F03CE26E16BE2EEC4B3E066507BE70F64CBD70FEE73D3804943D",
      torch_tensor_8_16_torch.float32_1: "0x040000000C485F3ED8D4593EB864753D56371BBE106CDC3DDCC0903D308F17BEFE9139BEC448D4BD9AB5713EB02ADD3C00076EBBA4F8EB3DA0D40FBE88EAA1BD4023313DC6335F3E301B8FBCD8AA643DB2FF54BE68806FBE486D563D007D22BB50DE483E88006A3D4A17663EF0FB42BD10E18BBD7068AFBC587EECBD306C853C085653BEC01AE83C30D88BBCA8D89E3D983F783E6013B73DE0732A3D0E3427BE4872B0BDCCE2C8BDFA5B58BE52DF083EA438733EE8032A3EAAB2493E329E0CBE6CD6D2BD146DA0BD94B8E6BDE6E049BED29552BE80D142BC64C917BE5EB740BEB0C4793E3C996FBEC8AFA0BD0845253E100703BE78A8ED3D482F37BE80A51BBB88EBBA3DBC329FBDBE5D36BE50BE483DF01E2BBD7C775F3E382A1DBD2AC5453EBC36D9BDF080C7BD001C3C3AC08E0F3EC82F6C3EACBBEF3DA02FE6BD00568C3C94072A3E7C374C3EFEC9373EF8BBAC3DC04FFCBCDC2A2F3E00A4AB3D60475DBE44AA7A3EF0EA95BCC6E8743EF2B8173E801B81BC46B75ABEE62875BE9487F5BD2449D53D10FB9D3C50ABC83CB6AE50BE6AF10C3E10A07DBDCA5B063E986F50BE40A58C3B2AA9013EB0CA973D14A57EBE566E573EBA8A3EBE30E16BBEC87F31BE268C72BE28EFBA3DB0F0403E34DB4D3E10F2B33DFC5E89BDC828583D60A09E3D8AC47DBE0052CABA20D57F3DCC3B4F3EA4161A3E587B90BD20FE39BC5010233ECE7E683E",
      torch_tensor_8_16_torch.float32: "0x0400000050098B3C90519B3C80EDD63C9897FC3D908CF13C2441C03DEC938B3D089D3D3D602E613D0249433E204562BD8087C23C646480BDDAEF0F3E9074C53DE0C61A3DBA0006BEAA5730BE18C6403D380B513EEE470CBE8CF2E63DA05FE9BC3CB6F53DB01B433D5C77B33DA2130F3E981BD33D903DDA3C0C2B723E5E7326BE703EA73C567F64BE065342BE6ACE76BEC099FFBBA0EC903D20DF7CBC50D0D0BDCA0F14BE407B933BECE000BEE0DA27BC981B533E7EF61E3E689D923DD884BABD381A71BE6CB3EDBD004D12BDF6170CBE10C4C7BD1CB1E6BD729A683EE0267ABCB4724D3EAA7733BE9884F73D505367BEF0A5A8BDD806D1BD44846EBE4ECE3EBE080B2CBE583632BD441DA9BDC0386CBED8E0253D64E1DD3DD840303D047D423E20ACB1BC7AD34B3E206784BC500996BCE0876CBCFCA7CDBDE023C5BDD0FB763D320D0CBEE0D8B03D94DD4CBE50C6F9BC201E14BD1C33E5BD10DB363ED65F4FBE0472F43D86D765BE08DC173E2202723EE85B6FBD20AE96BC00D5EFBB641A133EE08A773C802D7BBDFE48623EB2A2443E509A87BCE2B702BE30F4123EFC23E3BD1A0811BE98F21EBEA090853CDC1ADABD5AC72B3E92D6323EFC85DABDD8C6CABD528C393E2C7703BE3A1C223EC0857CBC989C383EFADB013E807E36BE8A3437BE74EDE03DF82EF9BD5024A73C80B0453DE4EF4EBEC0FE5EBC08D1303E80BF203C845420BE",
      torch_tensor_2_torch.float32: "0x040000000000803F0AD7233C",
      torch_tensor_16_16_torch.float32: "0x04000000BACB293E104469BDDEAD79BE78ED7CBE8079143EC08FAD3C866D013E92185BBE00D8153936974DBE5C23F23DFA1D22BE32D90EBEF45526BE6E0622BE002FD9BCC0337F3D26CE313EA6F87B3EB08390BD4867643DFCE2D9BDC49D74BE30C182BDBEC2453E9C4AB53D0065E0BAC02C54BE562300BEB461873D48DC703EE02F4FBC32D814BE0C38E73DA0EAD23C5018ED3D50F9F4BCAA28143EA091063E0CA22BBE505C623D00423E3DBAA75A3EF07A53BED0003B3ED0FC8F3CA0DD133D1074973DFA6355BE7CCD27BEFC8573BE0A0A3E3E6416553E969A02BEA4F8CE3D12552A3E201978BEA0108E3C18CE623DCA0546BE64C6BEBD6C7FEC3D2E43153EE02B13BCFEDB313EF277063EB0EEC0BDF26B0CBEB4C92E3E007AFF3AAC2C103E3880423D88EC60BD88A3D63DA4C926BE7897173DB851C43DE88919BE262E503E904883BC5AAD39BEB017963D285D14BED4EF1CBE00845B3A3835EC3D88FE753EC099523CBC2B563EBCF1623EACAB89BD60D173BC0CD077BEC0049FBD243D233E00AAA4BCF0E8FCBCBCA69DBD9407043E12AA4D3E8CB41EBE7829F73DF83507BE585D203E00BE5EBA7C10E6BD1E4D203E042E5BBE84F5003E60C845BCB0DA1ABEE0623ABE666F10BE0054C239F4FDDA3DA0D606BC1C4885BDBC4699BD90FF623DDE342D3E408EE93B34C80BBED8CE19BD6C1A43BEA4C5CB3DF833ECBDE021BB3D901283BC8CB14F3EB0C7EABDD8E72BBED08B833C98B5A83DF66849BE9EF714BE8ABA3D3EEAB2583EA09E1D3E98B73B3E2C87073EE895543EC8FA8C3D625E2FBEB2A50ABE108FE03D208B00BC229A673E60537C3EBEE2423ECC0F20BE8CAF9ABD16BD573EF88B1A3DCCD55B3E82F2173E0C0574BEC84F9A3DE8BC533D200D8BBCFA994C3E2AE236BE60906F3EEE384A3E98A3873D66DC593EF85B3F3DF4FFDEBD5EC92BBE7C4A6F3E787134BD20C05A3D70A157BDA268173E405C753CE88905BD8C61FCBD62CC673EE258783E26C5073E409A41BCA4822D3E4EAE5C3ED8BA98BD060B42BE46A668BEE0A4D6BD045B2ABE6099AFBD40C15ABD3CF73DBEDCAA203E76E95F3EAA19603EB85BED3D1490C73D788754BE80C44C3CF8B4573E3891643DD8E1F03DAA74733E90AFF03C7035AFBD5C49713E68826ABEC04CB0BB18064F3DD00AEC3CB0CB53BE7411E1BDD2C4633E90E18BBCE0CA993DC83FC23D7824CB3D54DB1E3E442DAF3D289535BDE8F525BDCC3517BE166F133E54607C3E969D693E0EA716BE4CF2CE3D1A7914BE567D78BE067F573E9041F23D989757BEF02B5A3D2A0F6B3EC0500DBC48F7333DC4B3E73DB0D3FB3D70EEE63CD0AE233D4CC6E5BD74EBDA3D5E5157BE3478DC3D845E61BEF89550BDEC74063ED68106BED40696BDB06AAABDDC4CEBBD20041DBDEA490FBEF22A37BE204B42BDC4B5B1BD28EB6C3DD83A0F3D",
      torch_tensor_16_torch.float32: "0x0400000006662C3FA495B13EEBAF723FCCFA4A3F4FF74A3FF406D13E95121B3F483DC43D145E6A3FDA0E6D3F22A1DF3E8AD0F23EB817F43E20A0293F97A5043F70619A3D"
    }
  }
#-}
