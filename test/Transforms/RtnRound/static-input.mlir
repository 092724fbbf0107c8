// RUN: quant-opt %s --rtn-round --split-input-file --verify-diagnostics | FileCheck %s

// Static parameters from the statistics: 255 steps from -1 to 4 with a zero point of -128 + 51, and 4 / 127.5.

// CHECK-LABEL: func @asymmetric
// CHECK-DAG:     %[[S:.*]] = arith.constant dense<0.0196078438> : tensor<1x1xf32>
// CHECK-DAG:     %[[Z:.*]] = arith.constant dense<-77> : tensor<1x1xi8>
// CHECK:         lowp.quantize %arg0, %[[S]], %[[Z]] : tensor<3x2xf32>, tensor<1x1xf32>, tensor<1x1xi8> -> tensor<3x2xi8>
func.func @asymmetric(%x: tensor<3x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>,
      input = #lowp.scheme<i8, tensor, asymmetric>, method = "rtn">, lowp.stats = {max = 4.0 : f32, min = -1.0 : f32}}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

// CHECK-LABEL: func @symmetric
// CHECK:         arith.constant dense<0.0313725509> : tensor<1x1xf32>
func.func @symmetric(%x: tensor<3x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>,
      input = #lowp.scheme<i8, tensor>, method = "rtn">, lowp.stats = {max = 4.0 : f32, min = -1.0 : f32}}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @no_range(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @+1 {{input scheme #lowp.scheme<i8, tensor> is static, but no statistics give the range of fc; run calibrate first, or plan a dynamic scheme}}
  %y = linalg.matmul {lowp.site = "fc", lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>,
      input = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @scaled_since(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @+1 {{no statistics give the range of fc: it was scaled since; run calibrate again, or plan a dynamic scheme}}
  %y = linalg.matmul {lowp.site = "fc", lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>,
      input = #lowp.scheme<i8, tensor>, method = "rtn">, lowp.stats = {tokens = 3 : i64}}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @by_channel(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @+1 {{input scheme #lowp.scheme<i8, channel> of fc is static, which is one scale for the tensor: use tensor, or dynamic}}
  %y = linalg.matmul {lowp.site = "fc", lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>,
      input = #lowp.scheme<i8, channel>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
