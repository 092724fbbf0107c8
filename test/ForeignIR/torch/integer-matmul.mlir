// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.skip = "an integer contraction: already quantized, or no weights at all"
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<3x4xi64>, %arg1: tensor<4x5xi64>) -> tensor<3x5xi64> {
    %c0_i64 = arith.constant 0 : i64
    %0 = tensor.empty() : tensor<3x5xi64>
    %1 = linalg.fill ins(%c0_i64 : i64) outs(%0 : tensor<3x5xi64>) -> tensor<3x5xi64>
    %2 = linalg.matmul ins(%arg0, %arg1 : tensor<3x4xi64>, tensor<4x5xi64>) outs(%1 : tensor<3x5xi64>) -> tensor<3x5xi64>
    return %2 : tensor<3x5xi64>
  }
}
