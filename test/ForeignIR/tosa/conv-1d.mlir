// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2, d3) -> (d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
module {
  func.func @main(%arg0: tensor<2x4x10xf32>) -> tensor<2x8x10xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_torch.float32> : tensor<8xf32>
    %cst_1 = arith.constant dense<[[[[0.197679609, 0.201859489, -0.0904049277, 0.119064391], [0.142888337, -0.147051871, -0.0265742186, 0.104052097], [-0.117575072, -0.235084251, 0.182120666, -0.0875034853]]], [[[0.224087209, 0.259739667, 0.112814106, -0.0743342042], [0.275546074, 0.0566016547, 0.168216094, -0.0995063111], [-0.248724639, 0.100644067, 0.00443250081, -0.185282797]]], [[[-0.0111112939, -0.206677198, 0.240388945, 0.0865592658], [-0.162049979, 0.250939786, 0.0326991752, -0.185852945], [0.172270879, -0.254920483, -0.272117615, -0.228675693]]], [[[0.0151955038, 0.228298396, -0.160073251, -0.12057972], [-0.082132928, -0.264746398, -0.0570450649, -0.14549394], [0.0712411553, 0.287124187, 0.187122703, -0.0675381348]]], [[[0.112833478, 0.124636225, 0.0227464885, 0.0949360206], [-0.0125011913, -0.263416678, -0.011059572, 0.121149249], [0.262981534, -2.078070e-01, -0.0877258927, -0.167559266]]], [[[-0.0575888194, -0.0259008296, -0.270937026, 0.0988184362], [0.103356138, 0.145133495, -0.275812775, -0.205785498], [0.104609311, 0.103159674, 0.00966200139, -0.148660675]]], [[[-0.27585116, 0.255762279, -0.115621425, 0.242570639], [0.0546757802, -0.235044256, -0.254240423, -0.0148174446], [0.20923087, 0.222904682, 0.185260177, -0.0829203576]]], [[[0.03606591, -0.14538832, 0.0418191738, 0.0765250251], [0.135448098, 0.00961953587, 0.0600226633, 0.156258732], [0.133498266, 0.0794600918, 0.0656871423, -0.146471262]]]]> : tensor<8x1x3x4xf32>
    %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3]] output_shape [2, 4, 1, 10] : tensor<2x4x10xf32> into tensor<2x4x1x10xf32>
    %0 = tensor.empty() : tensor<2x1x10x4xf32>
    %transposed = linalg.transpose ins(%expanded : tensor<2x4x1x10xf32>) outs(%0 : tensor<2x1x10x4xf32>) permutation = [0, 2, 3, 1] 
    %padded = tensor.pad %transposed low[0, 0, 1, 0] high[0, 0, 1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst : f32
    } : tensor<2x1x10x4xf32> to tensor<2x1x12x4xf32>
    %1 = tensor.empty() : tensor<2x1x10x8xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<8xf32>) outs(%1 : tensor<2x1x10x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x1x10x8xf32>
    %3 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%padded, %cst_1 : tensor<2x1x12x4xf32>, tensor<8x1x3x4xf32>) outs(%2 : tensor<2x1x10x8xf32>) -> tensor<2x1x10x8xf32>
    %4 = tensor.empty() : tensor<2x8x1x10xf32>
    %transposed_2 = linalg.transpose ins(%3 : tensor<2x1x10x8xf32>) outs(%4 : tensor<2x8x1x10xf32>) permutation = [0, 3, 1, 2] 
    %collapsed = tensor.collapse_shape %transposed_2 [[0], [1, 2], [3]] : tensor<2x8x1x10xf32> into tensor<2x8x10xf32>
    return %collapsed : tensor<2x8x10xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_torch.float32: "0x04000000B896743ED9DD97BD41E670BE8138443EF3013CBE841392BEFAABC8BC0A558E3E"
    }
  }
#-}

