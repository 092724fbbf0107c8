// The example of the pass description: codes from the scale as stored, round half to even.
// RUN: quant-opt %s --rtn-round | FileCheck %s

// CHECK-LABEL: func.func @example
func.func @example(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // CHECK-DAG: %[[CODES:.*]] = arith.constant dense<{{\[}}[32, -64], [96, 127]]> : tensor<2x2xi8>
  // CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<0.0313725509> : tensor<1x1xf32>
  // CHECK: %[[W:.*]] = lowp.dequantize %[[CODES]], %[[SCALE]] : tensor<2x2xi8>, tensor<1x1xf32> -> tensor<2x2xf32>
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %zero = arith.constant dense<0.0> : tensor<3x2xf32>
  // CHECK: linalg.matmul {lowp.plan = {{.*}}, lowp.weight_error = {{.*}} : f64} ins(%{{.*}}, %[[W]] :
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// Channels are the dimension that the contraction keeps, wherever the views put it; i4 codes, a zero point.
// CHECK-LABEL: func.func @transposed
func.func @transposed(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // CHECK-DAG: %[[CODES:.*]] = arith.constant dense<{{\[}}[-8, 7], [-8, 7]]> : tensor<2x2xi4>
  // CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<2.000000e-01> : tensor<2x1xf32>
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<{{\[}}[-8], [-3]]> : tensor<2x1xi4>
  // CHECK: %[[W:.*]] = lowp.dequantize %[[CODES]], %[[SCALE]], %[[ZERO]] :
  %w = arith.constant dense<[[0.0, 3.0], [-1.0, 2.0]]> : tensor<2x2xf32>
  %e = tensor.empty() : tensor<2x2xf32>
  // CHECK: %[[T:.*]] = linalg.transpose ins(%[[W]] :
  %t = linalg.transpose ins(%w : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) permutation = [1, 0]
  %zero = arith.constant dense<0.0> : tensor<3x2xf32>
  // CHECK: linalg.matmul {{.*}} ins(%{{.*}}, %[[T]] :
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, channel, asymmetric>, method = "rtn">}
    ins(%x, %t : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
