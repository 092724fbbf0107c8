// The example of the pass; a recipe on TOSA; IR without TOSA stays as it is, dead ops and all.

// RUN: split-file %s %t
// RUN: quant-opt %t/tosa.mlir --lower-tosa | FileCheck %s
// RUN: quant-opt %t/tosa.mlir --int8-rtn | FileCheck %s --check-prefix=RECIPE
// RUN: quant-opt %t/linalg.mlir --lower-tosa | FileCheck %s --check-prefix=OTHER

// CHECK-LABEL: func.func @main
// CHECK-NOT:     tosa
// CHECK:         linalg.batch_matmul
// CHECK-NOT:     tosa

// RECIPE-LABEL: func.func @main
// RECIPE:         lowp.dequantize {{.*}} : tensor<1x8x3xi8>, tensor<1x1x3xf32> -> tensor<1x8x3xf32>
// RECIPE:         linalg.batch_matmul {lowp.plan

// OTHER-LABEL: func.func @main
// OTHER-NEXT:    arith.constant 1.0

//--- tosa.mlir
func.func @main(%x: tensor<1x4x8xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() {values = dense<0.5> : tensor<1x8x3xf32>} : () -> tensor<1x8x3xf32>
  %zp = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %zp, %zp : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  return %y : tensor<1x4x3xf32>
}
//--- linalg.mlir
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %dead = arith.constant 1.0 : f32
  return %x : tensor<4xf32>
}
