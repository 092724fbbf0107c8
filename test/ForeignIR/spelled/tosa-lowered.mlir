// What mlir-opt makes of tosa.conv2d (with a bias) and of tosa.matmul: padding, a broadcast bias as the init, batch
// products of one.
// RUN: quant-opt %s --quant-plan='input="i8, tensor, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#bias = affine_map<(d0, d1, d2, d3) -> (d3)>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
module {
  func.func @main(%arg0: tensor<1x4x4x2xf32>) -> tensor<1x16x2xf32> {
    %w = arith.constant dense<[[[[0.5, -1.0], [0.25, 2.0], [0.1, 0.2]], [[1.5, 0.75], [-0.5, 0.125], [0.3, 0.4]], [[0.7, -0.2], [0.6, 0.9], [-1.1, 0.8]]], [[[0.2, 1.0], [-0.25, 0.3], [0.4, 0.5]], [[-1.5, 0.15], [0.55, 1.25], [0.35, -0.45]], [[0.65, 0.7], [0.8, -0.9], [1.0, 1.05]]]]> : tensor<2x3x3x2xf32>
    %b = arith.constant dense<[0.5, -0.25]> : tensor<2xf32>
    %m = arith.constant dense<[[[0.5, -1.0], [0.25, 2.0]]]> : tensor<1x2x2xf32>
    %cst = arith.constant 0.000000e+00 : f32
    %padded = tensor.pad %arg0 low[0, 1, 1, 0] high[0, 1, 1, 0] {
    ^bb0(%a0: index, %a1: index, %a2: index, %a3: index):
      tensor.yield %cst : f32
    } : tensor<1x4x4x2xf32> to tensor<1x6x6x2xf32>
    %e = tensor.empty() : tensor<1x4x4x2xf32>
    %i = linalg.generic {indexing_maps = [#bias, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
        ins(%b : tensor<2xf32>) outs(%e : tensor<1x4x4x2xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x4x4x2xf32>
    %0 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
        ins(%padded, %w : tensor<1x6x6x2xf32>, tensor<2x3x3x2xf32>) outs(%i : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
    %rows = tensor.collapse_shape %0 [[0], [1, 2], [3]] : tensor<1x4x4x2xf32> into tensor<1x16x2xf32>
    %e2 = tensor.empty() : tensor<1x16x2xf32>
    %i2 = linalg.fill ins(%cst : f32) outs(%e2 : tensor<1x16x2xf32>) -> tensor<1x16x2xf32>
    %1 = linalg.batch_matmul ins(%rows, %m : tensor<1x16x2xf32>, tensor<1x2x2xf32>) outs(%i2 : tensor<1x16x2xf32>) -> tensor<1x16x2xf32>
    return %1 : tensor<1x16x2xf32>
  }
}
