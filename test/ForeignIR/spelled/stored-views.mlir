// One stored constant seen through many views: a fused projection cut in three, a flat vector, a weight of which rows
// are reversed and padded, two halves that are put together, a state that a loop carries.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-5: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %fused = arith.constant dense<[[0.5, -1.0], [0.25, 2.0], [1.5, 0.75], [-0.5, 0.125], [-0.25, 1.0], [1.25, -1.5]]> : tensor<6x2xf32>
    %flat = arith.constant dense<[0.1, 0.2, -0.3, 0.4]> : tensor<4xf32>
    %left = arith.constant dense<[[0.7], [-0.8]]> : tensor<2x1xf32>
    %right = arith.constant dense<[[0.9], [1.1]]> : tensor<2x1xf32>
    %te = tensor.empty() : tensor<2x6xf32>
    %t = linalg.transpose ins(%fused : tensor<6x2xf32>) outs(%te : tensor<2x6xf32>) permutation = [1, 0]
    %wq = tensor.extract_slice %t[0, 0] [2, 2] [1, 1] : tensor<2x6xf32> to tensor<2x2xf32>
    %wk = tensor.extract_slice %t[0, 2] [2, 2] [1, 1] : tensor<2x6xf32> to tensor<2x2xf32>
    %wv = tensor.extract_slice %t[0, 4] [2, 2] [1, 1] : tensor<2x6xf32> to tensor<2x2xf32>
    %e = tensor.empty() : tensor<3x2xf32>
    %i = linalg.fill ins(%zero : f32) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
    %q = linalg.matmul ins(%x, %wq : tensor<3x2xf32>, tensor<2x2xf32>) outs(%i : tensor<3x2xf32>) -> tensor<3x2xf32>
    %k = linalg.matmul ins(%q, %wk : tensor<3x2xf32>, tensor<2x2xf32>) outs(%i : tensor<3x2xf32>) -> tensor<3x2xf32>
    %v = linalg.matmul ins(%k, %wv : tensor<3x2xf32>, tensor<2x2xf32>) outs(%i : tensor<3x2xf32>) -> tensor<3x2xf32>
    %square = tensor.expand_shape %flat [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
    %o = linalg.matmul ins(%v, %square : tensor<3x2xf32>, tensor<2x2xf32>) outs(%i : tensor<3x2xf32>) -> tensor<3x2xf32>
    %both = tensor.concat dim(1) %left, %right : (tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
    %y = linalg.matmul ins(%o, %both : tensor<3x2xf32>, tensor<2x2xf32>) outs(%i : tensor<3x2xf32>) -> tensor<3x2xf32>
    return %y : tensor<3x2xf32>
  }
}
