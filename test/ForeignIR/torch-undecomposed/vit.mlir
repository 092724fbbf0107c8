// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-COUNT-4: lowp.plan = 
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
  func.func @main(%arg0: tensor<2x3x8x8xf32>) -> tensor<2x5xf32> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense_resource<torch_tensor_5_torch.float32> : tensor<5xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_5_16_torch.float32> : tensor<5x16xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_16_torch.float32_6> : tensor<16xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_16_torch.float32_5> : tensor<16xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_16_torch.float32_4> : tensor<16xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_16_32_torch.float32> : tensor<16x32xf32>
    %cst_7 = arith.constant dense_resource<torch_tensor_32_torch.float32> : tensor<32xf32>
    %cst_8 = arith.constant dense_resource<torch_tensor_32_16_torch.float32> : tensor<32x16xf32>
    %cst_9 = arith.constant 1.000000e-05 : f64
    %cst_10 = arith.constant dense_resource<torch_tensor_16_torch.float32_3> : tensor<16xf32>
    %cst_11 = arith.constant dense_resource<torch_tensor_16_torch.float32_2> : tensor<16xf32>
    %cst_12 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_13 = arith.constant dense_resource<torch_tensor_16_16_torch.float32> : tensor<16x16xf32>
    %cst_14 = arith.constant dense_resource<torch_tensor_48_torch.float32> : tensor<48xf32>
    %cst_15 = arith.constant dense_resource<torch_tensor_48_16_torch.float32> : tensor<48x16xf32>
    %cst_16 = arith.constant dense_resource<torch_tensor_1_1_16_torch.float32> : tensor<1x1x16xf32>
    %cst_17 = arith.constant dense_resource<torch_tensor_16_3_4_4_torch.float32> : tensor<16x3x4x4xf32>
    %cst_18 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_19 = arith.constant 5.000000e-01 : f32
    %cst_20 = arith.constant 1.600000e+01 : f32
    %0 = tensor.empty() : tensor<2x16x2x2xf32>
    %broadcasted = linalg.broadcast ins(%cst_18 : tensor<16xf32>) outs(%0 : tensor<2x16x2x2xf32>) dimensions = [0, 2, 3] 
    %1 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<4> : vector<2xi64>} ins(%arg0, %cst_17 : tensor<2x3x8x8xf32>, tensor<16x3x4x4xf32>) outs(%broadcasted : tensor<2x16x2x2xf32>) -> tensor<2x16x2x2xf32>
    %collapsed = tensor.collapse_shape %1 [[0], [1], [2, 3]] : tensor<2x16x2x2xf32> into tensor<2x16x4xf32>
    %2 = tensor.empty() : tensor<2x4x16xf32>
    %transposed = linalg.transpose ins(%collapsed : tensor<2x16x4xf32>) outs(%2 : tensor<2x4x16xf32>) permutation = [0, 2, 1] 
    %3 = tensor.empty() : tensor<2x1x16xf32>
    %collapsed_21 = tensor.collapse_shape %cst_16 [[0, 1], [2]] : tensor<1x1x16xf32> into tensor<1x16xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_21 : tensor<1x16xf32>) outs(%3 : tensor<2x1x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x1x16xf32>
    %concat = tensor.concat dim(1) %4, %transposed : (tensor<2x1x16xf32>, tensor<2x4x16xf32>) -> tensor<2x5x16xf32>
    %5 = tensor.empty() : tensor<5x2x16xf32>
    %transposed_22 = linalg.transpose ins(%concat : tensor<2x5x16xf32>) outs(%5 : tensor<5x2x16xf32>) permutation = [1, 0, 2] 
    %6 = tensor.empty() : tensor<16x48xf32>
    %transposed_23 = linalg.transpose ins(%cst_15 : tensor<48x16xf32>) outs(%6 : tensor<16x48xf32>) permutation = [1, 0] 
    %7 = tensor.empty() : tensor<5x16x48xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_23 : tensor<16x48xf32>) outs(%7 : tensor<5x16x48xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<5x16x48xf32>
    %9 = tensor.empty() : tensor<5x2x48xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %11 = linalg.batch_matmul ins(%transposed_22, %8 : tensor<5x2x16xf32>, tensor<5x16x48xf32>) outs(%10 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %cst_14 : tensor<5x2x48xf32>, tensor<48xf32>) outs(%9 : tensor<5x2x48xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<5x2x48xf32>
    %expanded = tensor.expand_shape %12 [[0, 1], [2], [3, 4]] output_shape [1, 5, 2, 3, 16] : tensor<5x2x48xf32> into tensor<1x5x2x3x16xf32>
    %13 = tensor.empty() : tensor<3x5x2x1x16xf32>
    %transposed_24 = linalg.transpose ins(%expanded : tensor<1x5x2x3x16xf32>) outs(%13 : tensor<3x5x2x1x16xf32>) permutation = [3, 1, 2, 0, 4] 
    %collapsed_25 = tensor.collapse_shape %transposed_24 [[0], [1], [2, 3], [4]] : tensor<3x5x2x1x16xf32> into tensor<3x5x2x16xf32>
    %extracted_slice = tensor.extract_slice %collapsed_25[0, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_26 = tensor.extract_slice %collapsed_25[1, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_27 = tensor.extract_slice %collapsed_25[2, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %collapsed_28 = tensor.collapse_shape %extracted_slice [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_29 = tensor.expand_shape %collapsed_28 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %14 = tensor.empty() : tensor<8x5x4xf32>
    %transposed_30 = linalg.transpose ins(%expanded_29 : tensor<5x8x4xf32>) outs(%14 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_31 = tensor.collapse_shape %extracted_slice_26 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_32 = tensor.expand_shape %collapsed_31 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_33 = linalg.transpose ins(%expanded_32 : tensor<5x8x4xf32>) outs(%14 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_34 = tensor.collapse_shape %extracted_slice_27 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_35 = tensor.expand_shape %collapsed_34 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_36 = linalg.transpose ins(%expanded_35 : tensor<5x8x4xf32>) outs(%14 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %expanded_37 = tensor.expand_shape %transposed_33 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %15 = tensor.empty() : tensor<2x4x4x5xf32>
    %transposed_38 = linalg.transpose ins(%expanded_37 : tensor<2x4x5x4xf32>) outs(%15 : tensor<2x4x4x5xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_39 = tensor.collapse_shape %transposed_38 [[0, 1], [2], [3]] : tensor<2x4x4x5xf32> into tensor<8x4x5xf32>
    %16 = tensor.empty() : tensor<8x5x5xf32>
    %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %18 = linalg.batch_matmul ins(%transposed_30, %collapsed_39 : tensor<8x5x4xf32>, tensor<8x4x5xf32>) outs(%17 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %expanded_40 = tensor.expand_shape %18 [[0, 1], [2], [3]] output_shape [2, 4, 5, 5] : tensor<8x5x5xf32> into tensor<2x4x5x5xf32>
    %19 = tensor.empty() : tensor<2x4x5x5xf32>
    %20 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_40 : tensor<2x4x5x5xf32>) outs(%19 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.mulf %in, %cst_19 : f32
      linalg.yield %90 : f32
    } -> tensor<2x4x5x5xf32>
    %21 = tensor.empty() : tensor<2x4x5xi64>
    %22 = linalg.fill ins(%c0_i64 : i64) outs(%21 : tensor<2x4x5xi64>) -> tensor<2x4x5xi64>
    %23 = tensor.empty() : tensor<2x4x5xf32>
    %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<2x4x5xf32>) -> tensor<2x4x5xf32>
    %25:2 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<2x4x5x5xf32>) outs(%24, %22 : tensor<2x4x5xf32>, tensor<2x4x5xi64>) {
    ^bb0(%in: f32, %out: f32, %out_58: i64):
      %90 = linalg.index 3 : index
      %91 = arith.index_cast %90 : index to i64
      %92 = arith.maximumf %in, %out : f32
      %93 = arith.cmpf ogt, %in, %out : f32
      %94 = arith.select %93, %91, %out_58 : i64
      linalg.yield %92, %94 : f32, i64
    } -> (tensor<2x4x5xf32>, tensor<2x4x5xi64>)
    %expanded_41 = tensor.expand_shape %25#0 [[0], [1], [2, 3]] output_shape [2, 4, 5, 1] : tensor<2x4x5xf32> into tensor<2x4x5x1xf32>
    %26 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_41 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%19 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.subf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x4x5x5xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<2x4x5x5xf32>) outs(%19 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = math.exp %in : f32
      linalg.yield %90 : f32
    } -> tensor<2x4x5x5xf32>
    %28 = tensor.empty() : tensor<2x4x5x1xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<2x4x5x1xf32>) -> tensor<2x4x5x1xf32>
    %30 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<2x4x5x5xf32>) outs(%29 : tensor<2x4x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.addf %in, %out : f32
      linalg.yield %90 : f32
    } -> tensor<2x4x5x1xf32>
    %31 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %30 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%19 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.divf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x4x5x5xf32>
    %collapsed_42 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<2x4x5x5xf32> into tensor<8x5x5xf32>
    %32 = linalg.fill ins(%cst : f32) outs(%14 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %33 = linalg.batch_matmul ins(%collapsed_42, %transposed_36 : tensor<8x5x5xf32>, tensor<8x5x4xf32>) outs(%32 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %expanded_43 = tensor.expand_shape %33 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %34 = tensor.empty() : tensor<5x2x4x4xf32>
    %transposed_44 = linalg.transpose ins(%expanded_43 : tensor<2x4x5x4xf32>) outs(%34 : tensor<5x2x4x4xf32>) permutation = [2, 0, 1, 3] 
    %collapsed_45 = tensor.collapse_shape %transposed_44 [[0, 1], [2, 3]] : tensor<5x2x4x4xf32> into tensor<10x16xf32>
    %35 = tensor.empty() : tensor<16x16xf32>
    %transposed_46 = linalg.transpose ins(%cst_13 : tensor<16x16xf32>) outs(%35 : tensor<16x16xf32>) permutation = [1, 0] 
    %36 = tensor.empty() : tensor<10x16xf32>
    %37 = linalg.fill ins(%cst : f32) outs(%36 : tensor<10x16xf32>) -> tensor<10x16xf32>
    %38 = linalg.matmul ins(%collapsed_45, %transposed_46 : tensor<10x16xf32>, tensor<16x16xf32>) outs(%37 : tensor<10x16xf32>) -> tensor<10x16xf32>
    %39 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel"]} ins(%38, %cst_12 : tensor<10x16xf32>, tensor<16xf32>) outs(%36 : tensor<10x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<10x16xf32>
    %expanded_47 = tensor.expand_shape %39 [[0, 1], [2]] output_shape [5, 2, 16] : tensor<10x16xf32> into tensor<5x2x16xf32>
    %40 = tensor.empty() : tensor<2x5x16xf32>
    %transposed_48 = linalg.transpose ins(%expanded_47 : tensor<5x2x16xf32>) outs(%40 : tensor<2x5x16xf32>) permutation = [1, 0, 2] 
    %41 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%concat, %transposed_48 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %42 = tensor.empty() : tensor<2x5x1xf32>
    %43 = linalg.fill ins(%cst : f32) outs(%42 : tensor<2x5x1xf32>) -> tensor<2x5x1xf32>
    %44 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%41 : tensor<2x5x16xf32>) outs(%43 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.addf %in, %out : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.divf %in, %cst_20 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_49 = tensor.collapse_shape %45 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %46 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_49 : tensor<2x5xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %47 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41, %46 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.subf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %48 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47, %47 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.mulf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %49 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%48 : tensor<2x5x16xf32>) outs(%43 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.addf %in, %out : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %50 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.divf %in, %cst_20 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %51 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%50 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.truncf %cst_9 : f64 to f32
      %91 = arith.addf %in, %90 : f32
      linalg.yield %91 : f32
    } -> tensor<2x5x1xf32>
    %52 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = math.rsqrt %in : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_50 = tensor.collapse_shape %52 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %53 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_50 : tensor<2x5xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %54 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47, %53 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.mulf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %55 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54, %cst_11 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.mulf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %56 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%55, %cst_10 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %57 = tensor.empty() : tensor<16x32xf32>
    %transposed_51 = linalg.transpose ins(%cst_8 : tensor<32x16xf32>) outs(%57 : tensor<16x32xf32>) permutation = [1, 0] 
    %58 = tensor.empty() : tensor<2x16x32xf32>
    %59 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_51 : tensor<16x32xf32>) outs(%58 : tensor<2x16x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x16x32xf32>
    %60 = tensor.empty() : tensor<2x5x32xf32>
    %61 = linalg.fill ins(%cst : f32) outs(%60 : tensor<2x5x32xf32>) -> tensor<2x5x32xf32>
    %62 = linalg.batch_matmul ins(%56, %59 : tensor<2x5x16xf32>, tensor<2x16x32xf32>) outs(%61 : tensor<2x5x32xf32>) -> tensor<2x5x32xf32>
    %63 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%62, %cst_7 : tensor<2x5x32xf32>, tensor<32xf32>) outs(%60 : tensor<2x5x32xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x32xf32>
    %64 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%63 : tensor<2x5x32xf32>) outs(%60 : tensor<2x5x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.cmpf ugt, %in, %cst : f32
      %91 = arith.select %90, %in, %cst : f32
      linalg.yield %91 : f32
    } -> tensor<2x5x32xf32>
    %65 = tensor.empty() : tensor<32x16xf32>
    %transposed_52 = linalg.transpose ins(%cst_6 : tensor<16x32xf32>) outs(%65 : tensor<32x16xf32>) permutation = [1, 0] 
    %66 = tensor.empty() : tensor<2x32x16xf32>
    %67 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_52 : tensor<32x16xf32>) outs(%66 : tensor<2x32x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x32x16xf32>
    %68 = linalg.fill ins(%cst : f32) outs(%40 : tensor<2x5x16xf32>) -> tensor<2x5x16xf32>
    %69 = linalg.batch_matmul ins(%64, %67 : tensor<2x5x32xf32>, tensor<2x32x16xf32>) outs(%68 : tensor<2x5x16xf32>) -> tensor<2x5x16xf32>
    %70 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%69, %cst_5 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %71 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56, %70 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %72 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%71 : tensor<2x5x16xf32>) outs(%43 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.addf %in, %out : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %73 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.divf %in, %cst_20 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_53 = tensor.collapse_shape %73 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %74 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_53 : tensor<2x5xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %75 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%71, %74 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.subf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %76 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%75, %75 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.mulf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %77 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%76 : tensor<2x5x16xf32>) outs(%43 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.addf %in, %out : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %78 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.divf %in, %cst_20 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %79 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = arith.truncf %cst_9 : f64 to f32
      %91 = arith.addf %in, %90 : f32
      linalg.yield %91 : f32
    } -> tensor<2x5x1xf32>
    %80 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%79 : tensor<2x5x1xf32>) outs(%42 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %90 = math.rsqrt %in : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_54 = tensor.collapse_shape %80 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %81 = linalg.generic {indexing_maps = [#map9, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_54 : tensor<2x5xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %82 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%75, %81 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.mulf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %83 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%82, %cst_4 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.mulf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %84 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%83, %cst_3 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%40 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5x16xf32>
    %extracted_slice_55 = tensor.extract_slice %84[0, 0, 0] [2, 1, 16] [1, 1, 1] : tensor<2x5x16xf32> to tensor<2x1x16xf32>
    %collapsed_56 = tensor.collapse_shape %extracted_slice_55 [[0, 1], [2]] : tensor<2x1x16xf32> into tensor<2x16xf32>
    %85 = tensor.empty() : tensor<16x5xf32>
    %transposed_57 = linalg.transpose ins(%cst_2 : tensor<5x16xf32>) outs(%85 : tensor<16x5xf32>) permutation = [1, 0] 
    %86 = tensor.empty() : tensor<2x5xf32>
    %87 = linalg.fill ins(%cst : f32) outs(%86 : tensor<2x5xf32>) -> tensor<2x5xf32>
    %88 = linalg.matmul ins(%collapsed_56, %transposed_57 : tensor<2x16xf32>, tensor<16x5xf32>) outs(%87 : tensor<2x5xf32>) -> tensor<2x5xf32>
    %89 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel"]} ins(%88, %cst_1 : tensor<2x5xf32>, tensor<5xf32>) outs(%86 : tensor<2x5xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %90 = arith.addf %in, %in_58 : f32
      linalg.yield %90 : f32
    } -> tensor<2x5xf32>
    return %89 : tensor<2x5xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_5_torch.float32: "0x04000000746FD73D7A96763E5226353E807A71BBC48E77BE",
      torch_tensor_5_16_torch.float32: "0x0400000070E8D3BC4CDA5DBE66236E3E7C1A4FBE20CF2FBDE0C6873D40D9183C580545BEC013C0BC905672BEE867843DE4334EBEE800A9BD8C3AF0BDAE30723E2084F13C288DEDBDF058353D7A3D75BE301AC5BCB02FB0BDA0F4FABC628520BE686EE13D809094BBF4EF163E7278183EF0A9023E4A9D59BE500C15BE2E0878BEA058013C34AFCF3D1A15203E7E3E18BE900FA53CCC55353E1A701B3E7430093E8055F9BC708868BE401EE53CD0FF513DECE1D43DE469E0BDD27E1ABED46A81BD88840B3E62A53E3E7CEB5CBE8012F3BCF0DAD13DF486F73DBE53673E6046183E4803D4BDDAD7463EC053033D80F43B3E461248BEB8EC50BD467069BE9636053E6440843D9EDD343E90E2F2BC12D6403E86F12D3E5633763E726505BEE0C3683D780F973DE2EF363E50E8463DE0426ABE84A9593ED0061F3D7873E9BDA0D91BBC988F1BBE",
      torch_tensor_16_torch.float32_6: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32_5: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_16_torch.float32_4: "0x040000006F88ABBD45C32D3E7B6AC53D275E07BDE8B2B3BC8DD42DBE71E5ECBD9203953CD3D82CBEFC1233BE6B25BA3D948AABBD9023143E5841DABDFED11BBE871A8FBD",
      torch_tensor_16_32_torch.float32: "0x040000006FAB88BDB477DA3DA606A73D5F54A33DC759CFBD4B80C2BC9B8D6A3DCD9EB3BB55658EBD2283EABC147C823DFDA4B7BDCEE4343E2F27883D2AD7053E8FA0DF3C8F7D7C3DF7F007BDAD0B87BD836AFCBCCDB2F6BD34BB27BEB5EB94BC85BEE83DA4E08F3D00FC303E6533BABCF7A1DC3C027CEC3C4DE7C83D917A1F3E317608BE3AAC78BD3CC194BCCA290ABDB317E33D650932BE8B65F7BD1C1FECBDDF959A3D5C3108BEF761A73C1005B9BCE9A41C3D335044BBD9A1F23B5797033E3B9D093D532CA93D26C1FFBD379F23BDC9E8B6BD3C37FEBD8AD6D5BDD83338BDCE05693DCC7C47BD8EEE0BBE8A7FF7BDADE51C3D1CFA193CACF224BE8B03123DF41C5A3DD78E223EF9D12BBD65C6FB3D76AAA1BD4C291C3E561314BEEF8F2EBD74F119BE09BBA9BD1D1C773D4700A43D2A60E83D4559183E079A65BDEE53E2BD10F00B3D65170EBE6BBCA9BD6DA828BD20922BBEB6CF35BD0835C23CD4765DBD9685B3BDC093EA3B88ECB8BD665BA7BDC040DEBD02A789BD4046493C47C2B9BD90A6E6BDB55804BE01C72ABEAD8BF03C4CC908BD23B72D3D2AFB83BD4705363D279D013EDFE6BD3CA181103E037A193E8356B93B111A023EB4C120BCBB8C24BE5E3F0CBD55C8913D0E5DD63D569BAC3D5357423DC80FAEBD1B380F3CFAB9383C895C363D57BEE23D7B18F9BCC8D3993D3C2B2FBECE9401BE5C9C63BD0B7A023EEE6228BDABBCD0BD02C0113EE10B04BD1323733D8B908A3D4F1C293E17B20D3DA29892BC2A89D53D51C0A7BCA5C3043EBE40303E5C5F09BDF79ECABD44713ABDED72213E27B021BE62CF413D290A643DF56EBA3DFBAF0FBEEB93E33DBAA32F3DDF95B3BDBB461DBE4D0E973C2F45183EFAD31E3EB1D8813D53E2213EBDD9F13D7B562A3DFC7329BDB0D6C13D7C4A333ED1FE04BEF3223FBD51D5AABCDE78F3BDB0C2023EBAA3AB3D58A0623B85E5B3BDFBEA313E7588BEBDCC2B24BEA5CC29BEC761F0BD72C606BE7E0D1B3EE07AA33D819826BEE5FD193E729833BE22B0FD3CF23FA9BD85D4E73D74ADBFBD1F87A9BCF0998D3D5FF27FBD344B51BD2B864F3D9422073D1CEDF9BD5F3A11BE20CF85BD2C0FD63D953AD43D6961343E022942BD6E15A7BDB38FE5BD352454BD55E1C4BBF9E411BE5045B23DAA74CEBDA783C83D43AD8F3D1B69913DEA70ADBCAE6EFBBD8491163EB1E3C3BD3A281A3E07EBBDBCC41FFE3D928BE2BCCCDF2FBE15F92A3E4CB9BFBCADDD943DFD2301BE7452003ECAC5983D54758C3D65F327BE4874BCBD6D1302BBE9F4D9BDD2AA91BD96B104BCD35DBD3B158AE43DA101B6BD293322BE21742B3E801DB93D351A313D80EF0DBD8FE5C1BD2AAC49BCF6A1203E547517BE5FDBDA3D5F0900BE4A44483D58BFED3D0950D73BBC3C11BBE9046B3D073C4CBDCC62F83CABAB123EECAA133D5EC301BEA7C533BEEDE6B73DD1AF2DBEF4A2163E526E0BBE561D2DBE7BDC183E39997CBDBA1C09BE255D113EC0CCD7BD32EA5D3D5D296CBD6BBB80BA983FE83D7151023E1E0BD4BD51791B3D8563BA3D82914A3D834226BEB88C203E20EE513D8ED2FABD310CDA3D5B702EBC690519BEFD0AFB3C672C15BE302ADCBD2180CEBD910F33BDC30D363BD73473BCC02B1C3D5A96973DED60E43D382994BD92E8333E19ED57BD067426BED955E3BDD67207BC0BC2C43A11822C3E8184B73D992BE13D62CFE33CE2E4283D441F0BBDAA9021BEF606A63D91431CBEFFCCB93C0001513BFBFA273EC5C724BE4AE082BD9450223E9F471EBE6B58163DDA3922BE7B3E80BD1502DABC6FA27D3B6EF2D2BD3A17123EBC47943D7EADBCBD2188E5BD267904BD55E8BF3DC4CF02BEFDCE77BDDA5C0FBE746D27BEF134FF3DC30D60BDE146EF3D7C7DA93DC6A3843D7DC110BE24F5ADBC4DCA1B3E1812BE3C28D590BDD6281E3ED2F9F63C42BBF5BDB655293C5F41A7BD9545203D84456C3DFC981F3E83BBC23C185E863BB943A73D31ADDCBD7D032D3E06D3BC3DFF1FB7BDC21B8ABDDE55EC3C1886D53CE23D0DBDA73BA6BD74F5E83D3994CD3D1145113EE29B18BE5F6735BD60D781BDDD7313BEEF09293E0049EF3DB29304BE3EAD8DBDE522E53DBFAE2B3EEA75C13D6B8D1CBD240C8DBCB6A523BDAA6C06BECA7FF43D5863BA3CF9D435BD60398D3D52DBE43D36550E3D5D36383CC0C384BC7451DA3D5033D2BCE3DC1EBE94ED183E0DDB4E3C61F33DBB6CD88C3D3036083ED22B523D5DA0B2BD08B4263EB1F1903DBEC8203E5832EA3C12B2143EDCE7293D46BA92BDFAE3D23DD649373B2F5AE63C1626283E6876B3BD4B61B1BD8412343E7122993CA7CB133E5D42943DF02992BD97C656BC3ADE3ABD698E0A3E2661093DEB7BECBC6A7EC2BDF061C33D70C860BDCC17B13CCE6C203E0C3C593D7B3CB9BC11E2153ED2D3163E4EF205BD1DBAFA3CDB4318BEC603273E32B11CBEE9A9F53D57B2DCBD7D80323E1FC059BD7485E8BDCAFFAEBD927830BE9E0FB6BD0E97E3BD96AC44BDAD9E1CBD017DB53D4A6D96BD3A5F7FBDD05A193D89CD2F3D20FCFFBDC0AA1FBE5EB71D3ECA56D4BCD22A833D685518BE117E8ABDEBF40FBE6F33653D8204A83D66D3BC3DBE3A593D04B3A9BD483DB83D1E430B3E1B7498BD7DF50ABE8E4D64BDE8D51F3EE904F33D9FBA8DBDD65BCABC0D02943D950C7BBDF26E14BDC87AEE3D5D8E263CE2E9E2BCCBED903D1B25F33C228333BE808A23BE5A6803BE3D93F1BD6D6D52BCEA94C13DA7F9B53DC205D83DBB86903D3932A1BC10FF90BD10517239563D233EA43CCDBDB70817BE867675BD479A0D3E2EBD013EEA82B9BD280F5B3D6A881ABCB729E43DA60AB5BCEDD1DEBDCB44243E1797D6BDA2DD8F3D37EF1D3D664416BD8194A8BDD977103E1112ED3D",
      torch_tensor_32_torch.float32: "0x04000000F26B6FBE3A7C28BE4E3A653ED0E3E7BCC0A6F4BD366A3ABE00EC6CBA60C641BE98E8ADBD4C4E423E96B6793EA4D0523E741482BD50A664BE6239023E381A9CBD58D335BE784E7F3DB8B735BD0CD56F3E10BC613D5CEFD23DF4A88F3DCC56A83D72F975BED0A3A1BCCC35A33D5A1622BEDA1A573E70A2D83CE038EA3C1462AE3D",
      torch_tensor_32_16_torch.float32: "0x040000007AEF78BEE8E1C53D9CA2D63D1CC69E3D284E5B3EB0E66B3EA06182BD08292A3D38C9A4BD60CA55BEA03055BC241D983D90EFB3BD38EDE73DC49461BEA66C27BE6CC22ABE800F2ABB382F243E7E970A3E7A844B3E8CA76A3EB04E4EBE18C79E3D30CC10BE561C3EBEE2726E3ED0BC54BE9EEF60BE92F849BE1E50213EEA6E41BEB814CE3DD08B45BE4889843D60E3D93D52753DBEE059EEBCF6DB2FBE9C12633E488066BDC2F73BBE88BC49BDE4DEBE3DB2853EBEFE7A3E3E90CF243D102153BECCBD2A3ED856A23DE8D1073EF09ADEBC84A104BE3CA506BEA056BA3D0073383E4C2CA73D344B00BE36357D3EE072163DF69620BE32870D3E861D0B3ED0D747BDB0D7AABDECF31BBE020E1D3E4E887B3E1C8A87BD5478EF3D9ADD173E94DAB03DEA9560BE6C5D273E385749BD12F870BE28C0D7BD584846BD8854293E2EDA78BE00C2843D442A4BBEE859343E36A530BE48623CBEDCBFAEBD043EB1BDBCDC86BD846255BEE29108BE583654BDCC84FF3DA81B5C3D4E633F3EC0D6DCBDA83852BDF28F0C3EA0BBB1BD0C3A70BEB4D26BBE342827BE58D5433DDE8765BEA0B651BD96247FBEB057A3BDDCEFB9BDC2746DBE0E195D3E6871853D24FFF1BDAC1A763EF47F553EF0FFAA3C00E2E6BC08EE443E2021BF3C3095D53C30DDD5BC284A9F3DBE440A3E0C09603E2A2C29BE00FFEB3B98036C3DA405C43D0CD61B3ECA4D1D3E2A9577BE9485AF3D80D7243B40B6E73BDC285EBE1E5A403EC4CBAE3D48B65BBEDEA9553E0A86483EF2EA65BED04998BD8ADE78BE80833FBC0095AFBCDAB577BE32071EBE000697BC6A327E3E88EC193EFA2B723E202B863CACE351BE7A32023E583662BD387E1E3D68CD7B3EFC0A16BE80BAA83BD2016ABE6C16ABBDA0DB34BD6083313D407A4D3ED26C773EC022533E30BCC23C2A80463E9425BCBD98EAC0BD0C23B3BDFA9918BE2CA48ABD50FC2CBDAC7D07BE280F703D3807A63D481419BE56C472BEB0CCCCBC804F53BBB03C4D3D58AC0E3ED8E80DBEE4D182BDC8D514BED86C83BD6C3254BEA2B8783EE85F7DBE8497C73DE0799C3C808BA03BACD0DBBDE4891C3E70561F3DD0063FBDF8F7703E7EA971BE189228BD14C972BE86132B3EB47513BEF0C1DB3C08C067BEB6DE0B3E28C25EBD5862803D208D7F3ED0D1993DEA613B3E52D2013E402663BCF0A8B8BC3EE552BEBACB4CBE30DFF13DC0937C3D203FBF3C40D9533E76E97FBE4A53383E448AFA3D70F849BEF0A35B3DD4CA993D5A3752BEE41CE83D0C9AACBDE017E3BD30578BBCD4B4C03D1074073E3CFD76BEA0551B3C76546EBE888C743D08B043BD70A300BD7E7754BE0C5A0D3E4CCE1DBE409404BDEADD61BEF4A5363E48854A3DC08FBF3C98253F3E20BEFA3C1033333E46A73FBE3030E2BC4C5709BEF8A4AB3DDA1973BEE40B91BD903F853C78B97E3EBCA4C6BD62531BBE74151BBE7C3AE8BDF0960EBD50243F3EE09F18BC64DF01BE006899BA3ADF64BE801D39BB4A6029BE7EDC5C3E3A5C573E268A14BE004A7D3DE4C68ABD18D9ABBD5EFA613E84C0613E54EC423E58DF74BEF04A5D3D06AA063E982FEF3D62AF2EBE4CA1E03DCC86ACBD107AB13C602480BDC0C1E93C0C91FCBD587AE23DF0989CBDA8A09CBD04AACA3DC0E6C43DB8D3F53D88F6A53DFCE4F0BD70C547BDC4C7003EA2BB7DBEEA3B0C3ECAE82A3E48E8883D445D253EEAEA6F3E686654BDB64F0CBE764D24BEC4FCC73D765C1CBE408CAD3C80D211BDAA0B36BE04CC843DECB907BE98582F3D2009FB3D980396BD3C238BBDA8741DBDE08986BC1806673D144F293E12ED70BE04E7613E24A87F3EC2290CBE46AC093EE06E7C3DA07330BEA0E5393CD0947ABD0A48513EECAED8BD287648BDBC7B503E1EC60CBEB4D56ABEDA87553EF0BDF93C20D5BF3D80BD3A3DE824D7BD384B893D0816D63D4045E73B0443FD3DDACE3EBE68D9853D2E11583E30099ABCEEA66E3EC8B51CBD9C47E4BD2093323C10AF233E20670C3C685630BEB2F21A3E7CE3A23DF4FD32BEA027153D2006C23C38BD553D5033D5BC36FB453EA83649BE006985BCB8213A3D3476E1BD70B694BCBAD976BE00F0BA38401E2D3C389F31BD22027ABEA80EE13D2429D1BD6A7F723E7691723E50125D3E62484F3E9A18483E002D133B7066E73DF8A896BD006F89BB682D36BE00D3FDBCC0928D3C886D23BD3E4A6CBE18E33F3D1050D8BCC8B6D1BDB805D1BDACCBD3BD42B9193EE00C733D707FEDBCBC0BBCBD00840D3B248B28BEA8727F3ECEFB36BE9CF4E33D52615EBEF6E936BE0C237BBE90FF05BE74695CBEBE4110BEB0EA5BBD88EBA43D1030DFBDE2AF173E341736BEC84557BEECD64BBEAE2E53BEB44DBC3DC85F393E70A9BF3D60F0B43C661A563E98FF01BD1C53103EEC8EF3BD807D2B3DE0CAEBBC44D4543E502BD4BDF4681D3E606EA0BC9E1B2FBEF44DDABDBE5469BEBC082A3E846EC63D4CF040BE9C3C10BE4CE5113E74E9383ED2EF213E9ADA203E0C569ABD2ED46A3E6E2770BE74C8AABDF09CE03DB494E83D98EA7ABDDE1800BE28ABB83DB230093EC035E33DC0486C3CC89B7C3D0E0E4DBE24B572BE00C353BED6AF313E88D601BD844B8D3DB0CB0E3E36B81FBEE0EB4B3CDE76553EA024BF3DCA604E3EC0B8F23D7AF438BE20525EBEC8361EBD780755BE9C30C73D0C5E383E64E8263EC858763E44C1CFBDB2AE473EEA9B5CBEE46DECBDA0835B3C6E2F2B3EA4902ABEE6C772BE7A4E66BE3843473D26300C3E22256A3E503F3B3E1289793E900D503E606A74BE68B97FBE60BF813D6E8735BEA0AD8F3D0ACF583EE867233D38645BBD043BBEBD1A4C07BE486C4E3E48FF9FBDB053483EDC89903D405BDFBB7E123A3EB4DE89BDDC23A43DC84D4B3D",
      torch_tensor_16_torch.float32_3: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32_2: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_16_torch.float32_1: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_16_torch.float32: "0x0400000020B5B73D028E4BBE26ED4ABE44514D3E9481203E084984BD8C1812BE189E33BE9C8144BE68B6A3BD8071AB3C408FEE3B648EBC3DE04DF93C24F9833D68E53F3EF014653D506D85BC8837FC3D6C52B13DFCF3DB3DE4338ABDCE3C7FBEC020B4BD68554F3E3053AFBD286D00BEF8E0DABD6C131D3E3C5B6C3EF8A973BEE036B1BDE0F64A3EA058643D5EE3223E3E664ABE7AE5183EE892FFBD12741FBE8C03CCBD74143BBEE453983D48E52B3E4CEC26BE8448B73D581C3EBE9EA70C3E808CB0BCB0A08A3CE2534ABEE479BB3DA8ABC23DACD9B4BD94EEDCBD5668483EA42E363EEC5A02BE3024B63D40E5D9BD144A71BE405133BC1CBB59BEF8DFF1BD506399BCF4BC23BEC2DE143EA47C97BD160148BE48A72C3DF0267C3D0CDD88BD827A41BE68DAE33D20BCACBD584FD2BDB01D4F3EFA3010BEA8C8113E80AB2C3B08B45DBD6AD91FBE08B4773E507BC83C5815123D1C024CBE8C7A353E809125BB2841E43DB0A02D3EF83F743D74C9153EAC1CEEBD246BD63D984ED13D940A013EDC4CAABD4A4A0F3E96845F3EB447FABDC061D7BC104DC4BC6AC6003E40DCF4BC90E7683D4849C3BDE807A13D3A61173EE0004C3D4E8F783E8C95633EFCF435BEEE9331BE3A6E4CBEC01F53BD1084063EF44BD4BD80B97ABDE058EDBD24D3903DD8A0533D142250BED2BD00BE18281BBDE8016C3ECA3572BE8CAF6DBE687CD83D6C62A43D00FCB4BC7E814BBEA881FCBD3E1E313E24856E3EA01B3F3D32AC7F3E88FC4A3E006590BC682B1FBE08B20BBE381196BD00E350BE580B7E3E409EF63B5A4075BE16C300BE14D2A5BD0C684FBE50BE5BBDC29425BEF03383BD32073FBEC0E5F3BB4E9A2FBEB4A8CC3DE08A733DB08E93BC4C351A3E5CCEF73D20C965BC80479E3B90CBCA3D40CA5BBE58AD463D40BEA53C40DCC7BB904789BD24ACFDBD241AA33DB4B02FBEB437C63D66B352BE68BC883DD047BC3CF488F5BD541AEDBD64A38CBD74D6EDBDA04F8CBDE8106BBD322A4E3E802C133C920E613E407749BD50DC47BE783769BD44660A3E82792DBE748E4C3EB05EB9BCAA7C473E20CC82BDD27D61BE26B718BEA054BD3CE22A38BECA35603E4A03563E10BD74BD0C9D3D3E7827993DA0D1B0BC06E07CBEBE2859BE70E942BE202178BC9623433E7C3A843DB07426BDEA511D3E74B0E33D042F30BED0EE633D50EA893C2444D03DF0FDD33C046E98BD2CD5E8BDA2DC463E645FA23D24C8243EC46B473E201DD13D6C484CBE0068F43C42A1193E8CEE90BD96E7433E7852F1BD04F86EBEA2077F3E9622253E9EE7513ECA631D3E12B459BE44559D3D8A266C3EEA3511BE10B82C3DE4FD8D3DCC3063BE80FACE3C64A0BC3D406DC8BB326554BEF270023EE84C54BE587BA03D802A373C00B43E3C8EDF36BE28A7C5BDFC4F96BD2CD7EDBDB4A3C2BDE064EF3CFADD753E",
      torch_tensor_48_torch.float32: "0x04000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_48_16_torch.float32: "0x04000000FD5E4D3E6F42893EBBD91D3D8984373ED4DAF43D7FBCDD3D18FB1CBEFA1863BEDD3C983E6F2B823D9AEF8CBE94DFE7BDA1FBF83C5665523D69736ABE1AF4883E1E9290BE5F9F193E12910ABEF3F25DBE3AAC0A3EA94996BD0650F9BD298C03BD1EFADFBD7DF3913EE4A693BE72F7D6BD7E3C18BD7B54AEBD355C40BEA631263D586ACA3B8334473E89F1CD3DB8AB563E39735DBE1FC8823E112E03BE5CDB7FBB0DDFE63D6B9681BD4958A6BDFA7D0E3E21E6613E68E84BBE789D343E0AA54F3EDC51023E9992C93D8452283E2F7F943E54FB543E5EF11F3C6C0956BE305DF5BB642C34BE6F3E8A3E2F34BABD9FD0B43CDDA1043E7E1ADA3DF28F80BE72634ABE5F56563D164B66BE4A1FF43DFD36A63DB11FF4BD2F0078BE8E33403D500D2FBEC072963E1D7C4A3E76A8483EC2AA123E6B7EF43D0E5A6BBE5443953EBC2480BDBAA7353E22F18F3E3A2D713DE83263BEDF196EBC749336BE834C7FBE4504603EC3CFECBDD2E27B3EFF4536BED3E5013E74DAA8BC629E0BBD0018353E51F28DBEDA03833E6D9280BD66990D3E18133ABE608A23BEE5A4E8BB361496BD5DE4FEBD52A9293EE5EB08BDCDAD00BE7E490FBD1C6D8C3E748780BEDFB750BD952D44BDFEA7183E393B813EDADF44BE645768BDBFE691BEFADE67BE431AEB3D389208BD3523683EFD9DEEBCA9270FBE7DDACEBDFBD1043D9BD9483E5C75CD3C9E058F3D5335DCBDF33CEE3D509C53BEE8C6423E9D1158BC64B1833E189A1FBE86AE993E8632473E2F397DBEEC1ABABD24E9883E34F9D43DC362823E648483BDEEE505BEE3F04F3EAB27BCBDA02B8E3EBB16373E5A119C3E0B766C3E0734BABD1538843E293F73BE0666993E564D52BA6AE40EBEED1BB73DC246283E066A6B3C26D85E3EAD44B2BC3F0E9ABEB2324A3E0D35353BD7F32F3E15DC1ABEB1D34C3E6C82EB3D2A2C36BE58BB91BE0B1A27BCE7C4693D6A1E3DBE6485A6BDF32687BD49BF88BEAC5E03BE04D324BE18B46C3CE7899B3E5C4B3E3E35D31E3ECBF7873E1AADC73CC315813D5A202EBE63A42E3E56F7223EA33E9A3DF06F40BEA17D9F3DC47E1A3DA31A3B3EE2DEECBC799A8C3E71BB59BD1A9A383EB389793DB67573BE50EFED3DA7808CBEB77785BE548E6F3ECC8A41BE490D4DBE92B0A3BD3728813E96BB9A3EB421FABD421C2EBEF6533DBEC5DC13BE9A9695BE7DF80EBEBAFE8E3DF1C8BBBDCF1197BE47301FBDDB438F3EEDBB893D04A6D23D3DE370BEA3D271BEF42D4FBEEE1AB7BDF51D11BD566806BEC076D63DC021483E2AA59DBD495090BEF2D6FEBDC97E873E8A527FBE31F1E0BD49BD053EA2F690BD96B9933ED5B9BEBD4E2E603E9726293E91958EBE26F3963EF6AB44BE47543F3EF6C345BE6FAEE7BD198FFF3D8D0961BD48E552BE75C4583E785BB83DB0C7B63BA97F813EA9CFF33DDDF08E3E3FF2B6384BAA85BECB94363E53C679BE9DAEE23D1DED93BB24D990BC8C7A0BBEACC638BE2CC487BEDEFD903D62E94BBDF5573BBE6BF1893ED311573EDB45873D2B16A83D247B23BD9555673E964E97BE11903EBEBDF05D3E15635E3E9A9854BCE959B9BDCAED103E66455B3EFAB3E8BDB6E11C3E002F173E38250C3D2BF33CBE50225D3D7C8C46BD210DAD3D500364BE2604EE3D14D2893EDB9818BE5F03653E7E31093E898434BD8D183CBE131F213E4C926ABE1F40333E6DC97DBEE71C26BE8113FC3C2A821F3E08EA90BE5CDCAB3D5F65B7BBA97A36BEAE84A4BD836D763EF61B60BE6AD20FBEA83C663D16DC7FBE8EE00B3DC38FA63D45FEC83D1F1EF03D4BB1893EFC5DE93CBEC78E3EF4D00FBE0F900E3D240747BE891E99BEEACA243DF83AA4BCA63F26BE724310BE6F386EBE8C79793DB6255F3E8E130EBE554D883E1AA177BE1FA07EBE10AB9A3E76B0CC3DA7272ABE60911EBEF89709BCA7D57ABED7B9363EC7F6C3BD52768E3EEFF6643EF0F0703EDF958EBE5871233EE76540BE829515BE8F8C413E76B889BE110DCDBD1CD7083EED921CBE97308B3E8C55533E77C25BBEE418683DE6F997BE91B4363EA0169CBD40EF9E3D7E20ECBD9F776E3E84E5283DE9FD66BE028698BE6A1205BE3683E0BC7C18A8BD332E50BD01C221BEA77DDFBBAA9B0D3ED4A710BE6CF783BDAFD00CBDFA93653EA00888BC0FF8C5BD907F413E402D733D6F9A003E752614BEE37502BEEDCC193E8C08353EFF56C63D85CCB73D49BA133BCFA27EBE74323D3DC21B933D28EC2F3E0098273D6D709B3EADCE0EBD668F413E6CB28ABE9D653CBD80524ABE8120C139CBA78BBE5ABE13BE2BD0773E1338003EADF16D3E03EB013E25233F3EB19229BEF436E43D823594BE584B65BE8EA592BE46003A3EC91DC33DEE7F43BE562ABD3C01EF883E3DFB30BE2A8A57BEB69871BE7B3C2ABD19C98B3E40B07A3D1FB4EBBCB53746BD2848AABD1F5C07BEDD13933EB644F3BDD797DEBD9605D7BDFA24893E10123FBECAFB993E8BE64E3BFA2C03BEB6AD423E6A8D823EEF97C3BDA0A4323ED45639BE298C04BE0C304E3E995F903E3D4D84BE2E3C4BBEE05C65BE80B5D8BC8D5608BDEC65473ED5209B3D69506EBEB4FAB2BCF6E538BEF5CAFD3C07CAC63D0C508FBE839C9C3EA1B4263E9A7F9BBE29560BBE4C358A3E2063A53C429976BE420417BEEBBC8DBE1E4DBE3D34C21DBEA220943E2AC0B03D887424BEF290623E789C73BDD8CC50BEACAE7EBECDAE0FBECEDF023EA47B8E3DAAF1BFBD93ACD9BDFA3F9EBD76E053BEF202913E70328BBE1A4F11BD03F42B3D3A8AB33ADB3C5BBC54C378BE410C08BEE5462EBEA0D58E3E2740BFBD421C61BEB9B15ABEE5E663BE41CF63BDFE2E04BE298C63BE099BD8BD539D7A3E40618BBE889BC3BC23A2923E40D1473EB198963DAA06043E6B62DBBDF0F272BE0ABB40BE75CD36BEF90F653EFBE6293B6FE57EBE80516ABEDC1CADBC657D303EDC1C163D5501623D8FF58EBD0C4F80BBE012393E7110CC3D8AF3D0BDA0A69C3E30845C3E6044D73DBD85153E3004523ECB173BBD97E95C3D19D3C2BDD8D3C4BDC3E9433C0C5D52BE49518B3E0E4E51BEC01949BE530E2EBD21AE4C3ECA151BBE7467A9BC61782F3ECC2789BE44AF913E5508293E0BCAD33D5B288439BD32383EDCDEB0BD4DABD63CA06A693EAEDB2EBEF525A83CBD8B5F3EB1AADE3C29293BBE78C8663D2A7085BD795B86BE179CC53BD2E73C3C945E4B3EFBBA6CBCB51662BE436F883EDC09853D37DEAFBDE1E63C3E7A86653E7D6C603E5FA5753E01F2FABDDD98903E093D403E0F9253BEA888163E0EB130BEB74A0A3E1F1134BEF6AE193EA0F800BE05558A3D1D9F7BBDD216263EBE898EBBA6E7113E826BF0BDC60A133E31A22B3E54E7B53C60EDB9BDFF65403D591091BECFC6C2BCDF31813E5B0E1D3E774017BCA4E420BEE2D7833D0CC0893E7C211D3E6A6DBF3B3692BF3DF833CB3C31BA97BD5A3066BEB6E414BEF46905BEA13837BEC936973E60A285BEB318803CB89A8C3C3E621DBE35A21ABD9AD4E43DC7F45BBEEC37D03D7B5588BC094D18BE3E2A71BE0DF2F3BCB0B412BE9C45D83D9C389BBEC1B46D3EC9AF973E0018CC3C5C8B55BEF27997BE210B173ED351D53D3036823E7ABA26BE0253313E1F69FEBD28806CBE3D92CF3C37B8B5BD12220E3E937525BEF0244A3E285A63BE45E99F3D4CB7503EC2E0BABD7B0594BEEE3CEC3D3EB689BE993525BEAB710DBEBB3225BE9803903ED9586ABE32996F3EE32C4CBEF5167C3E8913CFBD9DA34FBDB5F35CBE82A6103D9B33F9BD572A92BEC2ED193E5BC2D03D70364FBEB287933E1DD4F6BCC34E4C3E9194DEBD06579BBEFD1716BEB59572BE72198E3EFB15803E0D036DBD62699ABE4F73423EBAAFCD3D98D5483E73EB793D8883043EE4189FBCDAA09A3E22E867BD9A41123E935098BE4E3634BDA8CD043DE219803E1162293E5D4B983E07881E3DDCD6CDBD85B2843C87FEE0BB2F4DBB3D2EC96C3D5BE60CBEF8C0073EE327073D1A825EBE3113103C3BFC5DBECAD7D0BB4DA9AB3DCAAD9CBE2F545B3EEB2B0EBE70B963BD8C888FBD4577733E410142BE9EEB9ABE112F90BEF7AA0E3EE775DDBDDF633A3DDAED173E8F55BE3BCE159C3E00B6FB3D630C96BE389377BE85E58CBEA65C55BEBDB099BD5C21EBBD0E3094BE3655033E5C4B6E3DE1AE26BDDC27F23D5998A9BD4492CE3CE84A05BEE512273EA7AC773E913F6A3DC36B7D3E686ED03DBF8BB0BD3C66683EE8CC793D6E8E7F3DEAD7043D979E7E3E76CF47BEC0FEE7BD6B1E40BE584F4EBEED71213E39410BBEA3BC3F3DC47F833ED9F8223E7ED2D63C55467F3E3E94DCBDAFD17D3EC347903E",
      torch_tensor_1_1_16_torch.float32: "0x040000003F101F3FAA948DBE0B1E673E6CE4E33F011911BF665FB3BF5B07DC3EE85437BF6887C83C862407BFE46406BFB62EB93F87FFDD3E5886413F71DD54BF73A461BF",
      torch_tensor_16_3_4_4_torch.float32: "0x04000000E7AC823DB309BE3C53849ABDEF2F5CBC9C22F63D12F1593D15BBC3BDB778EB3DD9DB9E3DA23EA3BD94EC263C4A2F4A3D9EA1743D3738ABBC9C7F91BB53C9B03DE757013B0A098CBD1571DB3D67FFD43DE2AB73BDE4BB05BEB57B8EBDC77BD5BD39FEBDBCEF8101BE4759DCBD3BD9373D971285BC363C9DBC19B9B43CE2CB373D14F7D43D743199BC05DD03BCD5B509BEAC640EBE3691C8BD878F9C3D3CFB933DBB124E3D1E4E9F3D5A2EB2BC4F4CC7BD81D2D33DFC1709BDE363D0BC1EDBB8BD8231C93D8660E13DD2338EBD1580FE3D6879BD3D6527263DA7BE8CBD505FC6BD228BA73C599C823D779CC1BD20B1DE3D491CB73D0987223BFAB113BEC8FCE6BD94D4D03D618F623C8E02C2BCC7D1BDBD81BB89BDB301F73D44B98C3D40AF3A3C368AE13D7A90ACBD559547BD94AC513DC600E1BDAED3023E5475BF3D5E1BC53CF7CCE9BD124CDD3D637A56BD6993BBBC436FF63D2F7A01BD083E0C3EB0A174BC40FDB0BDCC3605BDE8B409BE0F37B43D15448C3D25C9D63C416A01BE0D833E3D48DFA73D5FD7FD3D581079BDB3EA6D3D67568A3D3D8C95BC6EDE543C1DD5BA3DD357443CA68F2EBD6D95633DCB761E3C5E2246BD4DA46FBC76F6AB3D9720123EE1141CBDBB6BE53D1EA70E3EE0B0AD3D404B913D9E7EF9BD7C9B88BD22E073BDD1E30F3E1E96BB3C9452FBBD264103BEDD26FEBDD972D6BD4E85B2BDF0709DBDDDC0DB3D489B72BD63F0073E2A3207BDF4CEEEBDC0D858BD0A0E83BD7F36CBBD0EDC09BE60D5A43BD17DE5BDDE202ABDB5651BBD4CB1AABDDC29B3BBFB0CE5BDE63140BD16D3023E58B2083E728A3E3CAB7B093DF54B033E53ED0D3ECC5B8BBDB8F8BA3C03FFE9BCF0C3CABD9130033EDF73EA3DF5E6CB3BACBDF33D3DE41D3D2F27C33D15687A3D0BE48B3D9D0A533DAF59943D11E1013E4430673D5F8FBCBD7B86593DE895133E2314F53D336DBA3D852160BDFC00123ED1CDD73CEB019FBD13ABB1BB53C2D63D27BA07BE007407BD655ADC3DC7F522BDFEBD6EBD26631FBD0CBC413DCF18E4BD1A97953C4AF4173D6B151C3D83A73FBBA276913D2B970BBCBA47E53DCEB3C33D6142CCBD5010E7BCB1E7E53D41186DBC1CD634BDCF1314BC4AE007BD654C4EBDA9D0023DFB15F93DCD66AB3CFF37A63D4C3DE43D0E5DC0BD4D41D2BD8241AEBC011E303D5E768FBC03898ABD8973CBBD65208A3BE1EDDB3DD905CC3B24CA0C3EB9E58BBDBF7A083EDC83BDBD2EDBEA3D9D18813CBD02133EA8A60C3E694C4ABD91EE2CBCF98920BD4385033D79B491BDED6309BDA82BB3BD8B07B43D858DE93D7B29823CA9F08FBB8AB6DDBDE9A806BEFA15E4BDFCDEDABD2D38F3BD9A998A3D827DE1BD3FA88D3D14B1C43D1CDF18BA0A0F0C3D797FB83DCD0706BE7155FF3D0D8C113ED3090D3EABCA66BDEC77B53D877459BDFBEDB73C2435F73D23BAF73C1E34583DA5641DBD41518CBD772BF13D656405BE39C7CE3CEAAA64BC5F8626BDA66210BEFAC6AFBD04B9A8BD8F34B23C7A98663D9F5806BE465963BDD0EE0CBE1227CA3DD9CB07BEA42C9EBC98C0A8BC3015A2BD015CD43D42EF7C3D5B3F9A3DA662D03D4DA593BDA6048F3DDDF1EE3DF6BC07BD288F41BC72BA5F3CF52311BE42AD7BBC46748DBCC6E9D6BDDE3ED83D040C02BEA4C56CBD4F11AE3D3567B73CE1AD6F3DF2ADCB3B038909BE6049D4BD472948BD6B0AC7BDB121B8BD695B3FBD06BE033E5A19E53D75A2ED3C40A1BDBD3C27B2BD6CBB103E0F80923C15E3853C5886A7BD49EB96BD1452913D9DDF4ABCEAE476BCCCA091BD680CDBBDA1C0BEBD708211BE705C073E1C8FAD3C298AA53C39F2DD3DA785943D23BAACBCCE06B73D13C5173BD81310BE019EEF3D682AAEBD1F62DFBDA09108BD1C4F103D9587E83DF44F12BEB8510ABE21FDC4BD6CAFACBD5851113E83A812BBC68CD63DBEB1263DAAB7AC3D734299BDE6B1803D1D99563D96804B3D0AF0DDBD3CB54BBDB416FB3D7F5D01BD8EBFD6BDE74BFABD19F9EFBCDECD883DBB662EBD35D3D23D8AF97B3DE07CECBDF51EC43ABDBF063ECEE2B73DC34E54BDE667DBBD208B193D95E68D3D9561F3BC5034FCBD82CA0E3E04DB8E3DEB2713BE373ED03BF0E904BDF21E093EDD119C3DC8AB1C3DDB512EBD84F3D9BD5BE5383D9D226F3DDD574A3B66ED013EE6A9A93D0911F7BDAE5F02BCBECF83BD0C15DABB1B9A573CEC3C913CB53DB53D33C9CB3D81F4FA3B20095EBDAF2493BD3926993D100E563D616DFA3D1A33F9BD84ABE1BD30E5B0BD8278823D7DDEE53D219C3EBC1067F7BD502DBC3C133EFEBD9DD7BC3D66E2DDBD61C5AB3CF589D23A37D0943DADC8CCBD3AAC843D083E833B7877903CED84C8BD3FA40B3ED265D5BCC83DACBDCBA625BDC8A12FBDAAF5123E9472D83DA2FF263ACC630E3EF3055BBAFDF68A3CFCE1D53C349758BC30B6DFBDF7D72F3D20A537BC9183693DBA8AA33D6C13D63DFFCF1D3D016FED3B438C7EBD70660A3E85D202BEE3949ABD1FFE933C50E28D3DE372AB3D93AF02BEF2624D3D06F4F5BDD872D13DBD2EFBBD6DF1D13C47A3C23CD523FCBC83EE853DA1C8CB3DC7DD4D3D7EFFF73CC0CA103EED9E0B3EA493CBBDBB07053EFF42013E0745F839B548453D95CD6EBD695366BD19DBC23CFFAF83BDE6F5193D56F7793DE207AD3DADC5D2BD2CCB95BD3857CEBCC8946C3D50426EBD0BBC8BBD43730BBD8BA4493D483BC23B9D6E14BD6026163D5EBFDDBD21CC0DBE8414A73D4F31043E8C32A9BB055D9A3DB81DD03D9384FD3DBFED363C90FF5CBCE9CA0DBE23E120BC3A7827BD12C78CBBA4680D3EFF0F40BDA6BDEFBD027A063E8824E03B4FB0BFBDE9CCCF3B97A317BBD2BF433D8493083EE8F7A1BDDD1CACBDB1CC19BCD6EAA33DF336133E96B5BDBD65F18CBD98451DBC9EEEF3BD74D958BC592DE03DAFE6053E594FD63D633BC0BC5DCF91BD3AB4E83DC2672CBD0D04A63BAB78083E7A813BBCB14CDC3DF6E7A9BDC2060B3B3DC0123ED7C53A39A758C0BDE0E0FA3CEF2290BD16A1A13DEE93D73D03FDD1BCE823B23DB794F23D65EECD3D2522AF3D4BEC09BE396EF2BDB1C2EC3D6FEF5D3DF7C2E7BD09A2FD3DAE4F1E3C045905BEB56A6DBDC033F9BD094E4FBD7D415FBC21094ABCE766A5BC31486CBC6AA9F03DC743CE3DDC9B07BEE2060A3D3B8597BDA86DDFBC63D567BD096C95BDB09F9FBDB03112BE2EC561BD0E1AE5BC56E507BEB8063B3D91759CBDE8AA29BD619C6D3DCA490E3EA9888D3DCF45DBBDA3EAD53D97CE6FBC5DE7573DB8DAB5BD83480A3EF1B8BCBD7DA4B93D59C4F73D2269663C6A14E53DD045B03D9258B2BC1877953CBCB3463B764BBFBC98F102BE6518A73D5A430DBE0FBA573D131657BDC8FF153C54DEF3BC12CDA8BDCAEB5DBDE13A05BE1B3BB0BD936A993DEF08F43D26680CBEA0E306BD8802543CE47DA4BD813FDB3CB10982BCB454C33CE353A4BD29B3FEBD6BC976BCBC67C93D648F003E1C98EA3D063AFA3B8BDBDE3D896771BD4CFFD63D2A55B73C12F4DFBD2BE741BD3F93033EF7A059BDDA1712BEF0B30E3EB92D383D5517033D87BC82BDA3C0053E8922F33DD34EEFBD0BAB813D537C073EAB68E0BD46E52A3D43727BBD1812D23D6AE3CA3D7032983DB69F1CBDF17CEF3DDB470DBD5D12C43DCEBE8B3D993DF3BDB488BABD9EEE3EBC3DABF2BDAB7818BD8F0EA03D8FA2053E0A0A3BBC83900DBDCEE9DEBD8E74333DCA31A93C7C4E7C3DF906FABDDDF5E63B86A682BD9DD0A6BDFAE8923D3C13F2BD33A9B0BD22ABD93DD94FC1BDA624C73D1BC757BD3419CABD16BA18BC81DBB5BD9B121B3D2F5BD23D35FBDFBD1B0CC8BDDC5FCDBC82A29B3B39EEFF3D7530E83D75F49FBD28E0C03D3C11AB3DEC6FE2BD0BFBB63D037A0E3E1E650ABDAB2DFF3DFE3B0C3E1080143D83704C3B3155F53DE05CCC3D40A50C3E418FBDBDECA2493DEB70B43DE56BC0BD2324C93C478EA0BD6E0BD5BD3D33113EE2A0EFBD8D4707BE392BF63D51E0AE3D4DE3043D0FC6D53DBB268F3BBFD63CBD42D7AEBC5655DD3CED470DBEE51906BEA28254BD2C38863C9AB0C33DAD498BBDC122F9BDACB604BE4BD11EBB9300B9BD59E801BD64BFBEBD6737853DB34945BDCB92CEBD87BC3A3DB18FB7BB817AB83DF387FF3B15A7743DDA7E453D6E5AA5BDE33AEC3DA119D63C3D17AFBC2350A73CB97D053EA104DA3DC628FA3DD92DA8BD609D10BD32A3033DAFDEA0BCB998DEBCD66DDE3D4F919EBD7DBA87BD31DDA93CFE7387BD79EEA7BD1657ECBDA629C73DAE4793BD984B94BCA72FC03DD2BB0DBE1FF2F6BA037E88BDB28ED4BD8ABE933C2BE6353D",
      torch_tensor_16_torch.float32: "0x04000000CCC4BF3DE684133EFA9A413DB3EB2BBB06519CBDA52326BDCC9306BECA5907BEE14EE2BD3CE8CE3D402D7B3D4E8B073E40CECB3DB0E4CD3D13B6F43C768E953D"
    }
  }
#-}
