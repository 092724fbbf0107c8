// The scale of the largest magnitude, 10 / 7.5, against one that nearly hits every value.
// RUN: quant-opt %s --rtn-round=search-steps=50 | FileCheck %s
// RUN: quant-opt %s --rtn-round | FileCheck %s --check-prefix=PLAIN

// CHECK: arith.constant dense<1.25{{.*}}> : tensor<1x1xf32>
// CHECK: lowp.weight_error = 0.0{{.*}}
// PLAIN: arith.constant dense<1.33333337> : tensor<1x1xf32>
func.func @main(%x: tensor<3x4xf32>, %e: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = arith.constant dense<[[-10.0], [2.5], [2.5], [-2.5]]> : tensor<4x1xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, channel>, method = "rtn">}
    ins(%x, %w : tensor<3x4xf32>, tensor<4x1xf32>) outs(%e : tensor<3x1xf32>) -> tensor<3x1xf32>
  return %y : tensor<3x1xf32>
}
