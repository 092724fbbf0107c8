// Statistics of f64 inputs are those of their values in f32.

// RUN: %python %inputs/make-npz.py %t.npz in0 "<f8" "[2, 2]" "[1.0, -2.0, 0.5, 0.25]"
// RUN: quant-opt %s --calibrate="calib-data=%t.npz" | FileCheck %s

// CHECK: lowp.stats = {channel_absmax = dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
func.func @main(%x: tensor<2x2xf64>) -> tensor<2x2xf64> {
  %w = arith.constant dense<[[1.0, 0.5], [-0.5, 1.0]]> : tensor<2x2xf64>
  %init = arith.constant dense<0.0> : tensor<2x2xf64>
  %y = linalg.matmul
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">}
      ins(%x, %w : tensor<2x2xf64>, tensor<2x2xf64>) outs(%init : tensor<2x2xf64>) -> tensor<2x2xf64>
  return %y : tensor<2x2xf64>
}
