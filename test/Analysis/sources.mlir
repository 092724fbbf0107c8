// Where a weight may come from, and the dimensions that end up as channels: the scale's shape shows them.
// RUN: quant-opt %s --quant-plan='weight="i8, channel"' --rtn-round --verify-quantized | FileCheck %s

ml_program.global private @weights(dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>) : tensor<2x3xf32>

// CHECK-LABEL: func.func @global
func.func @global(%x: tensor<4x2xf32>, %e: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %w = ml_program.global_load @weights : tensor<2x3xf32>
  // CHECK: lowp.dequantize {{.*}} : tensor<2x3xi8>, tensor<1x3xf32> -> tensor<2x3xf32>
  // CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "weights",
  %a = linalg.matmul ins(%x, %w : tensor<4x2xf32>, tensor<2x3xf32>) outs(%e : tensor<4x3xf32>) -> tensor<4x3xf32>
  return %a : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @left
func.func @left(%x: tensor<3x4xf32>, %e: tensor<2x4xf32>) -> tensor<2x4xf32> {
  // CHECK: lowp.dequantize {{.*}} : tensor<2x3xi8>, tensor<2x1xf32>
  %w = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %a = linalg.matmul ins(%w, %x : tensor<2x3xf32>, tensor<3x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %a : tensor<2x4xf32>
}

// A loop carries the weight and never changes it: quantized once, outside.
// CHECK-LABEL: func.func @loop
func.func @loop(%x: tensor<2x3xf32>, %e: tensor<2x3xf32>, %n: index) -> tensor<2x3xf32> {
  // CHECK: %[[W:.*]] = lowp.dequantize {{.*}} : tensor<3x3xi8>, tensor<1x3xf32>
  %w = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]> : tensor<3x3xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: scf.for
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x, %v = %w) -> (tensor<2x3xf32>, tensor<3x3xf32>) {
    // CHECK: linalg.matmul {{.*}} ins(%{{.*}}, %[[W]] :
    %a = linalg.matmul ins(%h, %v : tensor<2x3xf32>, tensor<3x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
    scf.yield %a, %v : tensor<2x3xf32>, tensor<3x3xf32>
  }
  return %r#0 : tensor<2x3xf32>
}

// A private function's argument is a weight when every caller passes one.
// CHECK-LABEL: func.func private @dense
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[V:.*]]: tensor<3x3xf32>
func.func private @dense(%x: tensor<2x3xf32>, %w: tensor<3x3xf32>, %e: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: lowp.choose_params %[[V]] {{.*}} -> tensor<1x3xf32>
  // CHECK: linalg.matmul {lowp.plan
  %a = linalg.matmul ins(%x, %w : tensor<2x3xf32>, tensor<3x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %a : tensor<2x3xf32>
}
// CHECK-LABEL: func.func private @product
func.func private @product(%x: tensor<2x3xf32>, %w: tensor<3x3xf32>, %e: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: linalg.matmul {lowp.skip = "both operands are activations"}
  %a = linalg.matmul ins(%x, %w : tensor<2x3xf32>, tensor<3x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %a : tensor<2x3xf32>
}
func.func @caller(%x: tensor<2x3xf32>, %e: tensor<2x3xf32>, %k: tensor<3x3xf32>) -> tensor<2x3xf32> {
  %w = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]> : tensor<3x3xf32>
  %a = func.call @dense(%x, %w, %e) : (tensor<2x3xf32>, tensor<3x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %exp = math.exp %k : tensor<3x3xf32>
  %b = func.call @product(%a, %exp, %e) : (tensor<2x3xf32>, tensor<3x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %b : tensor<2x3xf32>
}

// Packed tiles: channels and reduction are pairs of dimensions.
// CHECK-LABEL: func.func @packed
func.func @packed(%x: tensor<2x2x4x3xf32>, %e: tensor<2x1x4x2xf32>) -> tensor<2x1x4x2xf32> {
  // CHECK: lowp.dequantize {{.*}} : tensor<1x2x2x3xi8>, tensor<1x1x2x1xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[7.0, 8.0, 9.0], [1.0, 2.0, 3.0]]]]> : tensor<1x2x2x3xf32>
  %a = linalg.mmt4d ins(%x, %w : tensor<2x2x4x3xf32>, tensor<1x2x2x3xf32>) outs(%e : tensor<2x1x4x2xf32>) -> tensor<2x1x4x2xf32>
  return %a : tensor<2x1x4x2xf32>
}

// The reduction merged into one dimension of the source, or split out of it.
// CHECK-LABEL: func.func @reshaped
func.func @reshaped(%x: tensor<2x6xf32>, %e: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // CHECK: lowp.dequantize {{.*}} : tensor<2x2x3xi8>, tensor<2x1x1xf32>
  %w = arith.constant dense<[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[7.0, 8.0, 9.0], [1.0, 2.0, 3.0]]]> : tensor<2x2x3xf32>
  %c = tensor.collapse_shape %w [[0], [1, 2]] : tensor<2x2x3xf32> into tensor<2x6xf32>
  %te = tensor.empty() : tensor<6x2xf32>
  %t = linalg.transpose ins(%c : tensor<2x6xf32>) outs(%te : tensor<6x2xf32>) permutation = [1, 0]
  %a = linalg.matmul ins(%x, %t : tensor<2x6xf32>, tensor<6x2xf32>) outs(%e : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %a : tensor<2x2xf32>
}

// One dimension of the source is part channel, part reduction: the codes take the place of the reshaped value.
// CHECK-LABEL: func.func @flat
func.func @flat(%x: tensor<2x3xf32>, %e: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // CHECK-NOT: tensor<6xf32>
  %w = arith.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %r = tensor.expand_shape %w [[0, 1]] output_shape [3, 2] : tensor<6xf32> into tensor<3x2xf32>
  // CHECK: lowp.dequantize {{.*}} : tensor<3x2xi8>, tensor<1x2xf32>
  // CHECK-NOT: tensor.expand_shape
  %a = linalg.matmul ins(%x, %r : tensor<2x3xf32>, tensor<3x2xf32>) outs(%e : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %a : tensor<2x2xf32>
}
