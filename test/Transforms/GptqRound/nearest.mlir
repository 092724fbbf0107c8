// What GPTQ cannot do is rounded to nearest, and says so: a convolution, and, at run time, a weight that is an argument.

// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/arguments.npz" --verify-quantized | FileCheck %s

// CHECK-LABEL: func.func @main
// CHECK-SAME:    %{{.*}}: tensor<1x4x4x2xf32>, %[[ARGUMENT:.*]]: tensor<2x4xf32>
// CHECK-DAG:     lowp.choose_params %[[ARGUMENT]]
// CHECK-DAG:     lowp.dequantize {{.*}} : tensor<3x3x2x2xi4>
// CHECK:         linalg.conv_2d_nhwc_hwcf {{.*}}lowp.details = {outcome = "rounded to nearest: it sums over more than one dimension of its input"}
// CHECK:         linalg.matmul {lowp.details = {outcome = "rounded to nearest at run time: its weight is no constant"}
func.func @main(%x: tensor<1x4x4x2xf32>, %v: tensor<2x4xf32>) -> tensor<4x4xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<0.5> : tensor<3x3x2x2xf32>
  %e = tensor.empty() : tensor<1x2x2x2xf32>
  %i = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %0 = linalg.conv_2d_nhwc_hwcf {lowp.plan = #lowp.plan<site = "conv", weight = #lowp.scheme<i4, channel>, method = "gptq">}
      ins(%x, %w : tensor<1x4x4x2xf32>, tensor<3x3x2x2xf32>) outs(%i : tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %1 = tensor.collapse_shape %0 [[0, 1, 2], [3]] : tensor<1x2x2x2xf32> into tensor<4x2xf32>
  %e2 = tensor.empty() : tensor<4x4xf32>
  %i2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<4x4xf32>) -> tensor<4x4xf32>
  %2 = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, channel>, method = "gptq">}
      ins(%1, %v : tensor<4x2xf32>, tensor<2x4xf32>) outs(%i2 : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %2 : tensor<4x4xf32>
}
