// A bias as the init that the product is added to, by linalg.broadcast, and as linalg.add after it; f16 weights and
// inputs that are multiplied in f32.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-3: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%x: tensor<3x4xf16>) -> tensor<3x2xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %w0 = arith.constant dense<[[0.5, -1.0, 0.25], [2.0, 1.5, 0.75], [-0.5, 0.125, -0.25], [1.0, 1.25, -1.5]]> : tensor<4x3xf16>
    %b0 = arith.constant dense<[0.5, -0.25, 0.125]> : tensor<3xf32>
    %w1 = arith.constant dense<[[0.5, -1.0, 0.25], [1.5, 0.75, -0.5], [0.3, 0.6, -0.9]]> : tensor<3x3xf16>
    %w2 = arith.constant dense<[[0.5, -1.0], [0.25, 1.5], [0.75, -0.5]]> : tensor<3x2xf32>
    %b2 = arith.constant dense<[[0.5, -0.25]]> : tensor<1x2xf32>
    %e = tensor.empty() : tensor<3x3xf32>
    %i0 = linalg.broadcast ins(%b0 : tensor<3xf32>) outs(%e : tensor<3x3xf32>) dimensions = [0]
    %0 = linalg.matmul ins(%x, %w0 : tensor<3x4xf16>, tensor<4x3xf16>) outs(%i0 : tensor<3x3xf32>) -> tensor<3x3xf32>
    %wf = arith.extf %w1 : tensor<3x3xf16> to tensor<3x3xf32>
    %te = tensor.empty() : tensor<3x3xf32>
    %wt = linalg.transpose ins(%wf : tensor<3x3xf32>) outs(%te : tensor<3x3xf32>) permutation = [1, 0]
    %i1 = linalg.fill ins(%zero : f32) outs(%e : tensor<3x3xf32>) -> tensor<3x3xf32>
    %1 = linalg.matmul ins(%0, %wt : tensor<3x3xf32>, tensor<3x3xf32>) outs(%i1 : tensor<3x3xf32>) -> tensor<3x3xf32>
    %e2 = tensor.empty() : tensor<3x2xf32>
    %i2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<3x2xf32>) -> tensor<3x2xf32>
    %2 = linalg.matmul ins(%1, %w2 : tensor<3x3xf32>, tensor<3x2xf32>) outs(%i2 : tensor<3x2xf32>) -> tensor<3x2xf32>
    %bc = tensor.collapse_shape %b2 [[0, 1]] : tensor<1x2xf32> into tensor<2xf32>
    %bb = linalg.broadcast ins(%bc : tensor<2xf32>) outs(%e2 : tensor<3x2xf32>) dimensions = [0]
    %y = linalg.add ins(%2, %bb : tensor<3x2xf32>, tensor<3x2xf32>) outs(%e2 : tensor<3x2xf32>) -> tensor<3x2xf32>
    return %y : tensor<3x2xf32>
  }
}
