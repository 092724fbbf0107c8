// Depthwise and grouped convolutions and a strided, dilated one as a generic.
// RUN: quant-opt %s --quant-plan='input="i8, tensor, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#in = affine_map<(n, f, o, c, k) -> (n, c, o * 2 + k * 2)>
#filter = affine_map<(n, f, o, c, k) -> (f, c, k)>
#out = affine_map<(n, f, o, c, k) -> (n, f, o)>
module {
  func.func @main(%x: tensor<1x6x6x2xf32>, %s: tensor<1x2x9xf32>) -> (tensor<1x5x5x2xf32>, tensor<1x3x4xf32>) {
    %zero = arith.constant 0.000000e+00 : f32
    %w0 = arith.constant dense<[[[0.5, -1.0], [0.25, 2.0]], [[1.5, 0.75], [-0.5, 0.125]]]> : tensor<2x2x2xf32>
    %w1 = arith.constant dense<[[[0.1, 0.2], [0.3, -0.4]], [[0.5, 0.6], [-0.7, 0.8]], [[0.9, -1.0], [1.1, 1.2]]]> : tensor<3x2x2xf32>
    %e0 = tensor.empty() : tensor<1x5x5x2xf32>
    %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<1x5x5x2xf32>) -> tensor<1x5x5x2xf32>
    %0 = linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
        ins(%x, %w0 : tensor<1x6x6x2xf32>, tensor<2x2x2xf32>) outs(%i0 : tensor<1x5x5x2xf32>) -> tensor<1x5x5x2xf32>
    %e1 = tensor.empty() : tensor<1x3x4xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x3x4xf32>) -> tensor<1x3x4xf32>
    %1 = linalg.generic {indexing_maps = [#in, #filter, #out], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
        ins(%s, %w1 : tensor<1x2x9xf32>, tensor<3x2x2xf32>) outs(%i1 : tensor<1x3x4xf32>) {
    ^bb0(%in: f32, %in_0: f32, %acc: f32):
      %p = arith.mulf %in, %in_0 : f32
      %a = arith.addf %acc, %p : f32
      linalg.yield %a : f32
    } -> tensor<1x3x4xf32>
    return %0, %1 : tensor<1x5x5x2xf32>, tensor<1x3x4xf32>
  }
}
