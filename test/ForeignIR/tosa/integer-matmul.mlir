// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.skip = "an integer contraction: already quantized, or no weights at all"
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<3x4xi64>, %arg1: tensor<4x5xi64>) -> tensor<3x5xi64> {
    %c0_i64 = arith.constant 0 : i64
    %expanded = tensor.expand_shape %arg0 [[0, 1], [2]] output_shape [1, 3, 4] : tensor<3x4xi64> into tensor<1x3x4xi64>
    %expanded_0 = tensor.expand_shape %arg1 [[0, 1], [2]] output_shape [1, 4, 5] : tensor<4x5xi64> into tensor<1x4x5xi64>
    %0 = tensor.empty() : tensor<1x3x5xi64>
    %1 = linalg.fill ins(%c0_i64 : i64) outs(%0 : tensor<1x3x5xi64>) -> tensor<1x3x5xi64>
    %2 = linalg.batch_matmul ins(%expanded, %expanded_0 : tensor<1x3x4xi64>, tensor<1x4x5xi64>) outs(%1 : tensor<1x3x5xi64>) -> tensor<1x3x5xi64>
    %collapsed = tensor.collapse_shape %2 [[0, 1], [2]] : tensor<1x3x5xi64> into tensor<3x5xi64>
    return %collapsed : tensor<3x5xi64>
  }
}

