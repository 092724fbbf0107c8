// RUN: quant-opt %s --fp8-cast --split-input-file | FileCheck %s
// RUN: quant-opt %s --fp8-cast=input-margin=1 --split-input-file | FileCheck %s --check-prefix=MARGIN

// The example of the description: weights by channel, a static input. 2 / 448, 3.5 / 448, 8.96 / 448.

// CHECK-LABEL: func @static_input
// CHECK:         %[[XS:.*]] = arith.constant dense<2.000000e-02> : tensor<1x1xf32>
// CHECK:         %[[XQ:.*]] = lowp.quantize %{{.*}}, %[[XS]] : tensor<4x2xf32>, tensor<1x1xf32> -> tensor<4x2xf8E4M3FN>
// CHECK:         %[[X:.*]] = lowp.dequantize %[[XQ]], %[[XS]]
// CHECK:         %[[WQ:.*]] = arith.constant dense<{{.*}}> : tensor<2x2xf8E4M3FN>
// CHECK:         %[[WS:.*]] = arith.constant dense<{{\[}}[0.00446428591], [7.812500e-03]]> : tensor<2x1xf32>
// CHECK:         %[[W:.*]] = lowp.dequantize %[[WQ]], %[[WS]]
// CHECK:         linalg.matmul {{.*}}ins(%[[X]], %[[W]]
// MARGIN-LABEL: func @static_input
// MARGIN:        arith.constant dense<4.000000e-02> : tensor<1x1xf32>
func.func @static_input(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<f8E4M3FN, channel>,
                              input = #lowp.scheme<f8E4M3FN, tensor>, method = "fp8">,
       lowp.stats = {max = 8.96 : f32, min = -3.0 : f32}}
      ins(%x, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// -----

// Two readers of one value share its cast, static or not.

// CHECK-LABEL: func @shared
// CHECK-COUNT-1: lowp.quantize
// CHECK-NOT:     lowp.quantize
func.func @shared(%x: tensor<4x2xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %v = arith.constant dense<[[2.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<f8E4M3FN, tensor>,
                              input = #lowp.scheme<f8E4M3FN, tensor>, method = "fp8">,
       lowp.stats = {max = 8.96 : f32, min = -3.0 : f32}}
      ins(%x, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = linalg.matmul {lowp.plan = #lowp.plan<site = "b", weight = #lowp.scheme<f8E4M3FN, tensor>,
                              input = #lowp.scheme<f8E4M3FN, tensor>, method = "fp8">,
       lowp.stats = {max = 8.96 : f32, min = -3.0 : f32}}
      ins(%x, %v : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y, %z : tensor<4x2xf32>, tensor<4x2xf32>
}

// -----

// 2x2 blocks of the weight, 1x2 groups of the input at run time, in E5M2.

// CHECK-LABEL: func @blocks
// CHECK-DAG:     lowp.dequantize %{{.*}}, %{{.*}} : tensor<4x4xf8E5M2>, tensor<2x2xf32> -> tensor<4x4xf32>
// CHECK-DAG:     lowp.choose_params %{{.*}} : {{.*}}tensor<4x2xf32>
// CHECK-DAG:     lowp.quantize {{.*}} -> tensor<4x4xf8E5M2>
func.func @blocks(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %w = arith.constant dense<[[1.0, -2.0, 1.0, 0.0], [3.0, 3.5, 1.0, 0.0], [8.0, 1.0, 1.0, 1.0], [0.5, 0.5, 2.0, 3.0]]>
      : tensor<4x4xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x4xf32>) -> tensor<4x4xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<f8E5M2, block = 2x2>,
                              input = #lowp.scheme<f8E5M2, group = 2, dynamic>, method = "fp8">}
      ins(%x, %w : tensor<4x4xf32>, tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}

// -----

// Weight only; a plan of another method is not touched.

// CHECK-LABEL: func @weight_only
// CHECK:         linalg.matmul {lowp.plan = #lowp.plan<site = "a"{{.*}}lowp.weight_error
// CHECK-NOT:     lowp.quantize
// CHECK:         linalg.matmul {lowp.plan = #lowp.plan<site = "b"
// CHECK-NOT:     lowp.weight_error
func.func @weight_only(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %v = arith.constant dense<[[2.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<f8E4M3FN, tensor>, method = "fp8">}
      ins(%x, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = linalg.matmul {lowp.plan = #lowp.plan<site = "b", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
      ins(%y, %v : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %z : tensor<4x2xf32>
}
