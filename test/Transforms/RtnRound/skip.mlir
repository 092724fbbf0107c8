// A weight without a scale is left alone, with the reason; other methods are left to their passes.
// RUN: quant-opt %s --rtn-round | FileCheck %s

func.func @nan(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // CHECK: %[[W:.*]] = arith.constant dense<{{.*}}0x7FC00000
  %w = arith.constant dense<[[1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<2x2xf32>
  %zero = arith.constant dense<0.0> : tensor<3x2xf32>
  // CHECK: linalg.matmul {lowp.skip = "{{.*}}NaN{{.*}}"} ins(%{{.*}}, %[[W]] :
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  // CHECK: linalg.matmul {lowp.plan = {{.*}}method = "gptq">} ins(%{{.*}}, %[[W]] :
  %z = linalg.matmul {lowp.plan = #lowp.plan<site = "fc2", weight = #lowp.scheme<i8, tensor>, method = "gptq">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%y : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %z : tensor<3x2xf32>
}
