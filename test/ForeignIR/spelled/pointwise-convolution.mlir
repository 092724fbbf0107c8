// 1x1 convolutions: as a product over [h*w, c] between reshapes, as a generic over pixels, as a convolution of windows
// of one, and a patch embedding whose windows are gathered by a reshape.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-4: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#pixels = affine_map<(n, h, w, f, c) -> (n, h, w, c)>
#filter = affine_map<(n, h, w, f, c) -> (c, f)>
#out = affine_map<(n, h, w, f, c) -> (n, h, w, f)>
module {
  func.func @main(%x: tensor<1x4x4x3xf32>) -> tensor<1x2x2x2xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %w0 = arith.constant dense<[[0.5, -1.0, 0.25], [1.5, 0.75, -0.5], [-0.25, 1.0, 1.25]]> : tensor<3x3xf32>
    %w1 = arith.constant dense<[[0.1, 0.2, 0.3], [0.4, 0.5, -0.6], [0.7, -0.8, 0.9]]> : tensor<3x3xf32>
    %w2 = arith.constant dense<[[[[0.5, -1.0, 0.25], [1.5, 0.75, -0.5], [-0.25, 1.0, 1.25]]]]> : tensor<1x1x3x3xf32>
    %w3 = arith.constant dense<[[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6], [0.7, 0.8], [0.9, -1.0], [1.1, 1.2], [1.3, -1.4], [1.5, 1.6], [-1.7, 1.8], [0.15, 0.25], [0.35, -0.45], [0.55, 0.65]]> : tensor<12x2xf32>
    %flat = tensor.collapse_shape %x [[0, 1, 2], [3]] : tensor<1x4x4x3xf32> into tensor<16x3xf32>
    %e0 = tensor.empty() : tensor<16x3xf32>
    %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<16x3xf32>) -> tensor<16x3xf32>
    %0 = linalg.matmul ins(%flat, %w0 : tensor<16x3xf32>, tensor<3x3xf32>) outs(%i0 : tensor<16x3xf32>) -> tensor<16x3xf32>
    %image = tensor.expand_shape %0 [[0, 1, 2], [3]] output_shape [1, 4, 4, 3] : tensor<16x3xf32> into tensor<1x4x4x3xf32>
    %e1 = tensor.empty() : tensor<1x4x4x3xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
    %1 = linalg.generic {indexing_maps = [#pixels, #filter, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
        ins(%image, %w1 : tensor<1x4x4x3xf32>, tensor<3x3xf32>) outs(%i1 : tensor<1x4x4x3xf32>) {
    ^bb0(%in: f32, %in_0: f32, %acc: f32):
      %p = arith.mulf %in, %in_0 : f32
      %s = arith.addf %acc, %p : f32
      linalg.yield %s : f32
    } -> tensor<1x4x4x3xf32>
    %2 = linalg.conv_2d_nhwc_hwcf {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
        ins(%1, %w2 : tensor<1x4x4x3xf32>, tensor<1x1x3x3xf32>) outs(%i1 : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
    %patches = tensor.expand_shape %2 [[0], [1, 2], [3, 4], [5]] output_shape [1, 2, 2, 2, 2, 3] : tensor<1x4x4x3xf32> into tensor<1x2x2x2x2x3xf32>
    %te = tensor.empty() : tensor<1x2x2x2x2x3xf32>
    %t = linalg.transpose ins(%patches : tensor<1x2x2x2x2x3xf32>) outs(%te : tensor<1x2x2x2x2x3xf32>) permutation = [0, 1, 3, 2, 4, 5]
    %rows = tensor.collapse_shape %t [[0, 1, 2], [3, 4, 5]] : tensor<1x2x2x2x2x3xf32> into tensor<4x12xf32>
    %e3 = tensor.empty() : tensor<4x2xf32>
    %i3 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<4x2xf32>) -> tensor<4x2xf32>
    %3 = linalg.matmul ins(%rows, %w3 : tensor<4x12xf32>, tensor<12x2xf32>) outs(%i3 : tensor<4x2xf32>) -> tensor<4x2xf32>
    %y = tensor.expand_shape %3 [[0, 1, 2], [3]] output_shape [1, 2, 2, 2] : tensor<4x2xf32> into tensor<1x2x2x2xf32>
    return %y : tensor<1x2x2x2xf32>
  }
}
