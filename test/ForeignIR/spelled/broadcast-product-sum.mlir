// sum(x[:, None, :] * w[None, :, :], -1): both operands repeated to one shape, a product, a sum of its last dimension;
// once as linalg.map and linalg.reduce, once as named ops over an input of one token.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%x: tensor<3x4xf32>) -> tensor<3x2xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %w0 = arith.constant dense<[[0.5, -1.0, 0.25, 2.0], [1.5, 0.75, -0.5, 0.125], [-0.25, 1.0, 1.25, -1.5]]> : tensor<3x4xf32>
    %w1 = arith.constant dense<[[0.5, -1.0, 0.25], [1.5, 0.75, -0.5]]> : tensor<2x3xf32>
    %e0 = tensor.empty() : tensor<3x3x4xf32>
    %xb = linalg.broadcast ins(%x : tensor<3x4xf32>) outs(%e0 : tensor<3x3x4xf32>) dimensions = [1]
    %wb = linalg.broadcast ins(%w0 : tensor<3x4xf32>) outs(%e0 : tensor<3x3x4xf32>) dimensions = [0]
    %p0 = linalg.map { arith.mulf } ins(%xb, %wb : tensor<3x3x4xf32>, tensor<3x3x4xf32>) outs(%e0 : tensor<3x3x4xf32>)
    %e1 = tensor.empty() : tensor<3x3xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<3x3xf32>) -> tensor<3x3xf32>
    %0 = linalg.reduce { arith.addf } ins(%p0 : tensor<3x3x4xf32>) outs(%i1 : tensor<3x3xf32>) dimensions = [2]
    %e2 = tensor.empty() : tensor<3x2x3xf32>
    %hb = linalg.broadcast ins(%0 : tensor<3x3xf32>) outs(%e2 : tensor<3x2x3xf32>) dimensions = [1]
    %vb = linalg.broadcast ins(%w1 : tensor<2x3xf32>) outs(%e2 : tensor<3x2x3xf32>) dimensions = [0]
    %p1 = linalg.mul ins(%vb, %hb : tensor<3x2x3xf32>, tensor<3x2x3xf32>) outs(%e2 : tensor<3x2x3xf32>) -> tensor<3x2x3xf32>
    %e3 = tensor.empty() : tensor<3x2xf32>
    %i3 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<3x2xf32>) -> tensor<3x2xf32>
    %1 = linalg.reduce { arith.addf } ins(%p1 : tensor<3x2x3xf32>) outs(%i3 : tensor<3x2xf32>) dimensions = [2]
    return %1 : tensor<3x2xf32>
  }
}
