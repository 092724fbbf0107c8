// linalg.contract, batch_reduce_matmul over slices of the reduction, and a tiled loop over slices of one weight.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-3: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %w0 = arith.constant dense<[[0.5, -1.0, 0.25, 2.0], [1.5, 0.75, -0.5, 0.125], [-0.25, 1.0, 1.25, -1.5], [0.375, -0.625, 0.875, 1.0]]> : tensor<4x4xf32>
    %w1 = arith.constant dense<[[[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, -0.7, 0.8]], [[-0.9, 1.0, -1.1, 1.2], [1.3, 1.4, -1.5, -1.6]]]> : tensor<2x2x4xf32>
    %w2 = arith.constant dense<[[0.3, -0.6, 0.9, 0.2], [0.4, -0.8, 1.1, 0.7], [-0.3, 0.5, -0.2, 0.6], [-1.0, 0.1, 0.4, 0.9]]> : tensor<4x4xf32>
    %e = tensor.empty() : tensor<3x4xf32>
    %i = linalg.fill ins(%zero : f32) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
    %0 = linalg.contract indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
        ins(%x, %w0 : tensor<3x4xf32>, tensor<4x4xf32>) outs(%i : tensor<3x4xf32>) -> tensor<3x4xf32>
    %split = tensor.expand_shape %0 [[0], [1, 2]] output_shape [3, 2, 2] : tensor<3x4xf32> into tensor<3x2x2xf32>
    %te = tensor.empty() : tensor<2x3x2xf32>
    %t = linalg.transpose ins(%split : tensor<3x2x2xf32>) outs(%te : tensor<2x3x2xf32>) permutation = [1, 0, 2]
    %1 = linalg.batch_reduce_matmul ins(%t, %w1 : tensor<2x3x2xf32>, tensor<2x2x4xf32>) outs(%i : tensor<3x4xf32>) -> tensor<3x4xf32>
    %2 = scf.for %n = %c0 to %c4 step %c2 iter_args(%acc = %e) -> (tensor<3x4xf32>) {
      %ws = tensor.extract_slice %w2[0, %n] [4, 2] [1, 1] : tensor<4x4xf32> to tensor<4x2xf32>
      %es = tensor.empty() : tensor<3x2xf32>
      %is = linalg.fill ins(%zero : f32) outs(%es : tensor<3x2xf32>) -> tensor<3x2xf32>
      %p = linalg.matmul ins(%1, %ws : tensor<3x4xf32>, tensor<4x2xf32>) outs(%is : tensor<3x2xf32>) -> tensor<3x2xf32>
      %next = tensor.insert_slice %p into %acc[0, %n] [3, 2] [1, 1] : tensor<3x2xf32> into tensor<3x4xf32>
      scf.yield %next : tensor<3x4xf32>
    }
    return %2 : tensor<3x4xf32>
  }
}
