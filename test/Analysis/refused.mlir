// Look-alikes and weights that cannot be read: a reason each, never a crash, and the IR stays.
// RUN: quant-opt %s --quant-plan --rtn-round --verify-quantized | FileCheck %s

ml_program.global private mutable @mutable(dense<1.0> : tensor<4x4xf32>) : tensor<4x4xf32>
ml_program.global private @external(#ml_program.extern<tensor<4x4xf32>>) : tensor<4x4xf32>

// CHECK-LABEL: func.func @globals
func.func @globals(%x: tensor<3x4xf32>, %e: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %m = ml_program.global_load @mutable : tensor<4x4xf32>
  // CHECK: linalg.matmul {lowp.skip = "global @mutable is mutable: its elements are known only at run time"}
  %a = linalg.matmul ins(%x, %m : tensor<3x4xf32>, tensor<4x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  %g = ml_program.global_load_const @external : tensor<4x4xf32>
  // CHECK: linalg.matmul {lowp.skip = "global @external has no elements in the IR"}
  %b = linalg.matmul ins(%a, %g : tensor<3x4xf32>, tensor<4x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %b : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @elided
func.func @elided(%x: tensor<3x4xf32>, %e: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %w = arith.constant dense_resource<__elided__> : tensor<4x4xf32>
  // CHECK: linalg.matmul {lowp.skip = "the constant's bytes are not in the IR (dense_resource '__elided__' is elided)"}
  %a = linalg.matmul ins(%x, %w : tensor<3x4xf32>, tensor<4x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %a : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @infinity
func.func @infinity(%x: tensor<3x2xf32>, %e: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = arith.constant dense<[[1.0, 2.0], [0x7F800000, 3.0]]> : tensor<2x2xf32>
  // CHECK: linalg.matmul {lowp.skip = "{{.*}}inf
  %a = linalg.matmul ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %a : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @empty
func.func @empty(%x: tensor<3x0xf32>, %e: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %w = arith.constant dense<> : tensor<0x4xf32>
  // CHECK: linalg.matmul {lowp.skip = "nothing is computed: a dimension of the weight has length 0"}
  %a = linalg.matmul ins(%x, %w : tensor<3x0xf32>, tensor<0x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %a : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @rope
func.func @rope(%positions: tensor<1x1x?xf32>, %e: tensor<1x2x?xf32>) -> tensor<1x2x?xf32> {
  %f = arith.constant dense<[[[1.0], [0.1]]]> : tensor<1x2x1xf32>
  // CHECK: linalg.batch_matmul {lowp.skip = "nothing is summed (the reduction has length 1): an outer product such as RoPE's, no layer"}
  %a = linalg.batch_matmul ins(%f, %positions : tensor<1x2x1xf32>, tensor<1x1x?xf32>) outs(%e : tensor<1x2x?xf32>) -> tensor<1x2x?xf32>
  return %a : tensor<1x2x?xf32>
}

// CHECK-LABEL: func.func @constants
func.func @constants(%e: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %a = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %b = arith.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : tensor<2x2xf32>
  // CHECK: linalg.matmul {lowp.skip = "both operands are constants: the product is a constant"}
  %c = linalg.matmul ins(%a, %b : tensor<2x2xf32>, tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %c : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @integers
func.func @integers(%x: tensor<3x4xi8>, %e: tensor<3x4xi32>) -> tensor<3x4xi32> {
  %w = arith.constant dense<3> : tensor<4x4xi8>
  // CHECK: linalg.matmul {lowp.skip = "an integer contraction: already quantized, or no weights at all"}
  %a = linalg.matmul ins(%x, %w : tensor<3x4xi8>, tensor<4x4xi8>) outs(%e : tensor<3x4xi32>) -> tensor<3x4xi32>
  return %a : tensor<3x4xi32>
}

#id = affine_map<(d0, d1) -> (d0, d1)>
#mk = affine_map<(d0, d1, d2) -> (d0, d2)>
#kn = affine_map<(d0, d1, d2) -> (d2, d1)>
#mn = affine_map<(d0, d1, d2) -> (d0, d1)>

// CHECK-LABEL: func.func @already
func.func @already(%x: tensor<3x2xf32>, %e: tensor<3x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  %q = arith.constant dense<[[1, 2], [3, -4]]> : tensor<2x2xi8>
  %s = arith.constant 0.5 : f32
  %we = tensor.empty() : tensor<2x2xf32>
  %w = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%q : tensor<2x2xi8>) outs(%we : tensor<2x2xf32>) {
  ^bb0(%code: i8, %out: f32):
    %f = arith.sitofp %code : i8 to f32
    %v = arith.mulf %f, %s : f32
    linalg.yield %v : f32
  } -> tensor<2x2xf32>
  // CHECK: linalg.matmul {lowp.skip = "the weight is already quantized (computed from stored integers)"}
  %a = linalg.matmul ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
  // The conversion inside the contraction.
  // CHECK: linalg.generic {{.*}} attrs = {lowp.skip = "an operand has elements of a low-precision type: already quantized"}
  %b = linalg.generic {indexing_maps = [#mk, #kn, #mn], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %q : tensor<3x2xf32>, tensor<2x2xi8>) outs(%e : tensor<3x2xf32>) {
  ^bb0(%in: f32, %code: i8, %acc: f32):
    %f = arith.sitofp %code : i8 to f32
    %p = arith.mulf %in, %f : f32
    %r = arith.addf %acc, %p : f32
    linalg.yield %r : f32
  } -> tensor<3x2xf32>
  return %a, %b : tensor<3x2xf32>, tensor<3x2xf32>
}

// An argument that is an activation somewhere is one everywhere; a dynamic one is no parameter.
// CHECK-LABEL: func.func @arguments
func.func @arguments(%x: tensor<4x4xf32>, %y: tensor<?x4xf32>, %e: tensor<4x4xf32>, %f: tensor<4x?xf32>)
    -> (tensor<4x4xf32>, tensor<4x?xf32>) {
  // CHECK: linalg.matmul {lowp.skip = "both operands are activations"}
  %a = linalg.matmul ins(%x, %x : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %c1 = arith.constant 0 : index
  %d = tensor.dim %y, %c1 : tensor<?x4xf32>
  %te = tensor.empty(%d) : tensor<4x?xf32>
  %t = linalg.transpose ins(%y : tensor<?x4xf32>) outs(%te : tensor<4x?xf32>) permutation = [1, 0]
  // CHECK: linalg.matmul {lowp.skip = "both operands are activations"}
  %b = linalg.matmul ins(%a, %t : tensor<4x4xf32>, tensor<4x?xf32>) outs(%f : tensor<4x?xf32>) -> tensor<4x?xf32>
  return %a, %b : tensor<4x4xf32>, tensor<4x?xf32>
}
