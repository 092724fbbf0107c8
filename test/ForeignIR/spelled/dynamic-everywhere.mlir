// Inputs of which no length is known; the weights tell how long the sums are.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%x: tensor<?x?x3xf32>) -> tensor<?x?x2xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %w0 = arith.constant dense<[[0.5, -1.0, 0.25, 2.0], [1.5, 0.75, -0.5, 0.125], [-0.25, 1.0, 1.25, -1.5]]> : tensor<3x4xf32>
    %w1 = arith.constant dense<[[0.5, -1.0], [0.25, 1.5], [0.75, -0.5], [1.0, -0.125]]> : tensor<4x2xf32>
    %b = tensor.dim %x, %c0 : tensor<?x?x3xf32>
    %s = tensor.dim %x, %c1 : tensor<?x?x3xf32>
    %d = tensor.cast %x : tensor<?x?x3xf32> to tensor<?x?x?xf32>
    %flat = tensor.collapse_shape %d [[0, 1], [2]] : tensor<?x?x?xf32> into tensor<?x?xf32>
    %rows = arith.muli %b, %s : index
    %e0 = tensor.empty(%rows) : tensor<?x4xf32>
    %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<?x4xf32>) -> tensor<?x4xf32>
    %0 = linalg.matmul ins(%flat, %w0 : tensor<?x?xf32>, tensor<3x4xf32>) outs(%i0 : tensor<?x4xf32>) -> tensor<?x4xf32>
    %1 = tensor.cast %0 : tensor<?x4xf32> to tensor<?x?xf32>
    %e1 = tensor.empty(%rows) : tensor<?x2xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<?x2xf32>) -> tensor<?x2xf32>
    %2 = linalg.matmul ins(%1, %w1 : tensor<?x?xf32>, tensor<4x2xf32>) outs(%i1 : tensor<?x2xf32>) -> tensor<?x2xf32>
    %y = tensor.expand_shape %2 [[0, 1], [2]] output_shape [%b, %s, 2] : tensor<?x2xf32> into tensor<?x?x2xf32>
    return %y : tensor<?x?x2xf32>
  }
}
