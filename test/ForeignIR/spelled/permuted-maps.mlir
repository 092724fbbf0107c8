// Layers as generics whose operands come in any order and with any map: weight first, channels in the middle, a
// batch of heads in the weight.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-3: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#w_first = affine_map<(k, m, n) -> (n, k)>
#x_second = affine_map<(k, m, n) -> (m, k)>
#out_t = affine_map<(k, m, n) -> (n, m)>
#heads_x = affine_map<(b, h, e, d) -> (b, d)>
#heads_w = affine_map<(b, h, e, d) -> (d, h, e)>
#heads_y = affine_map<(b, h, e, d) -> (b, h, e)>
#merge_x = affine_map<(b, o, h, e) -> (b, h, e)>
#merge_w = affine_map<(b, o, h, e) -> (o, h, e)>
#merge_y = affine_map<(b, o, h, e) -> (b, o)>
module {
  func.func @main(%x: tensor<5x4xf32>) -> tensor<5x3xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %w0 = arith.constant dense<[[0.5, -1.0, 0.25, 2.0], [1.5, 0.75, -0.5, 0.125], [-0.25, 1.0, 1.25, -1.5], [0.375, -0.625, 0.875, 1.0]]> : tensor<4x4xf32>
    %w1 = arith.constant dense<[[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [[-0.7, 0.8, -0.9], [1.0, -1.1, 1.2]], [[1.3, 1.4, -1.5], [-1.6, 1.7, 1.8]], [[0.15, -0.25, 0.35], [0.45, 0.55, -0.65]]]> : tensor<4x2x3xf32>
    %w2 = arith.constant dense<[[[0.3, -0.6, 0.9], [0.2, 0.4, -0.8]], [[1.1, 0.7, -0.3], [0.5, -0.2, 0.6]], [[-1.0, 0.1, 0.4], [0.9, 0.8, 0.7]]]> : tensor<3x2x3xf32>
    %e0 = tensor.empty() : tensor<4x5xf32>
    %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<4x5xf32>) -> tensor<4x5xf32>
    %0 = linalg.generic {indexing_maps = [#w_first, #x_second, #out_t], iterator_types = ["reduction", "parallel", "parallel"]}
        ins(%w0, %x : tensor<4x4xf32>, tensor<5x4xf32>) outs(%i0 : tensor<4x5xf32>) {
    ^bb0(%in: f32, %in_0: f32, %out: f32):
      %p = arith.mulf %in_0, %in : f32
      %s = arith.addf %p, %out : f32
      linalg.yield %s : f32
    } -> tensor<4x5xf32>
    %e1 = tensor.empty() : tensor<5x4xf32>
    %t = linalg.transpose ins(%0 : tensor<4x5xf32>) outs(%e1 : tensor<5x4xf32>) permutation = [1, 0]
    %e2 = tensor.empty() : tensor<5x2x3xf32>
    %i2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<5x2x3xf32>) -> tensor<5x2x3xf32>
    %1 = linalg.generic {indexing_maps = [#heads_x, #heads_w, #heads_y], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
        ins(%t, %w1 : tensor<5x4xf32>, tensor<4x2x3xf32>) outs(%i2 : tensor<5x2x3xf32>) {
    ^bb0(%in: f32, %in_0: f32, %out: f32):
      %p = arith.mulf %in, %in_0 : f32
      %s = arith.addf %out, %p : f32
      linalg.yield %s : f32
    } -> tensor<5x2x3xf32>
    %e3 = tensor.empty() : tensor<5x3xf32>
    %i3 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<5x3xf32>) -> tensor<5x3xf32>
    %2 = linalg.generic {indexing_maps = [#merge_x, #merge_w, #merge_y], iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
        ins(%1, %w2 : tensor<5x2x3xf32>, tensor<3x2x3xf32>) outs(%i3 : tensor<5x3xf32>) {
    ^bb0(%in: f32, %in_0: f32, %out: f32):
      %p = arith.mulf %in, %in_0 : f32
      %s = arith.addf %out, %p : f32
      linalg.yield %s : f32
    } -> tensor<5x3xf32>
    return %2 : tensor<5x3xf32>
  }
}
