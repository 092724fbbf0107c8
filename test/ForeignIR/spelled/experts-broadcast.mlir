// Mixtures of experts: the tokens repeated for each expert, the weights of all experts in one argument or constant, and
// a collapse around the batch product.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%x: tensor<5x4xf32>, %up: tensor<2x4x3xf32>) -> tensor<2x5x2xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %down = arith.constant dense<[[[0.5, -1.0], [0.25, 1.5], [0.75, -0.5]], [[1.0, -0.125], [0.625, 0.875], [-1.25, 0.3]]]> : tensor<2x3x2xf32>
    %e0 = tensor.empty() : tensor<2x5x4xf32>
    %xb = linalg.broadcast ins(%x : tensor<5x4xf32>) outs(%e0 : tensor<2x5x4xf32>) dimensions = [0]
    %e1 = tensor.empty() : tensor<2x5x3xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<2x5x3xf32>) -> tensor<2x5x3xf32>
    %0 = linalg.batch_matmul ins(%xb, %up : tensor<2x5x4xf32>, tensor<2x4x3xf32>) outs(%i1 : tensor<2x5x3xf32>) -> tensor<2x5x3xf32>
    %grouped = tensor.expand_shape %0 [[0, 1], [2], [3]] output_shape [1, 2, 5, 3] : tensor<2x5x3xf32> into tensor<1x2x5x3xf32>
    %relu = linalg.elementwise kind=#linalg.elementwise_kind<abs> ins(%grouped : tensor<1x2x5x3xf32>) outs(%grouped : tensor<1x2x5x3xf32>) -> tensor<1x2x5x3xf32>
    %again = tensor.collapse_shape %relu [[0, 1], [2], [3]] : tensor<1x2x5x3xf32> into tensor<2x5x3xf32>
    %e2 = tensor.empty() : tensor<2x5x2xf32>
    %i2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<2x5x2xf32>) -> tensor<2x5x2xf32>
    %1 = linalg.batch_matmul ins(%again, %down : tensor<2x5x3xf32>, tensor<2x3x2xf32>) outs(%i2 : tensor<2x5x2xf32>) -> tensor<2x5x2xf32>
    return %1 : tensor<2x5x2xf32>
  }
}
