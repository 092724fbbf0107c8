// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<1x8x8x4xf32>) -> (tensor<1x8x8x4xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense<[[[-1.0210278, -0.977446615, 0.445699215, -5.382500e-01], [0.630474925, -0.327949286, -0.666297555, 0.923910796], [-1.02026033, 1.24189985, -1.98017311, 0.0561182871]], [[0.88259989, -0.239873871, 1.44079196, 0.245328814], [-0.321990252, -0.423684537, 0.92074579, 1.09716296], [-1.39438891, -0.362648368, -1.47976935, -0.133168727]], [[-0.327216089, 0.964510619, 0.629943907, -1.45772731], [-0.949439167, -0.910161793, -0.810176968, -1.49052763], [-0.887799441, -0.00751414429, 0.704792857, -0.871742546]]]> : tensor<3x3x4xf32>
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x8x8x4xf32> into tensor<8x8x4xf32>
    %padded = tensor.pad %collapsed low[1, 1, 0] high[1, 1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index):
      tensor.yield %cst : f32
    } : tensor<8x8x4xf32> to tensor<10x10x4xf32>
    %2 = tensor.empty() : tensor<8x8x4xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<8x8x4xf32>) -> tensor<8x8x4xf32>
    %4 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4) -> (d0 + d3, d1 + d4, d2)>, affine_map<(d0, d1, d2, d3, d4) -> (d3, d4, d2)>, affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%padded, %cst_0 : tensor<10x10x4xf32>, tensor<3x3x4xf32>) outs(%3 : tensor<8x8x4xf32>) {
    ^bb0(%in: f32, %in_1: f32, %out: f32):
      %7 = arith.mulf %in, %in_1 : f32
      %8 = arith.addf %out, %7 : f32
      linalg.yield %8 : f32
    } -> tensor<8x8x4xf32>
    %expanded = tensor.expand_shape %4 [[0, 1], [2], [3]] output_shape [1, 8, 8, 4] : tensor<8x8x4xf32> into tensor<1x8x8x4xf32>
    return %expanded : tensor<1x8x8x4xf32>
  }
}