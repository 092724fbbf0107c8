// RUN: not quant-opt %s --rtn-round 2>&1 | FileCheck %s

// CHECK: error: 'linalg.matmul' op input scheme #lowp.scheme<i8, tensor> is static; a dynamic one is needed here
func.func @main(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>,
      input = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
