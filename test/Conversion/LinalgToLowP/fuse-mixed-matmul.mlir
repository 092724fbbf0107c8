// RUN: quant-opt %s -split-input-file --pass-pipeline='builtin.module(func.func(fuse-mixed-matmul))' \
// RUN:   --remark-format=emitRemark --remarks-filter='.*' 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=WHY --input-file=%t.err
// RUN: quant-opt %s -split-input-file --pass-pipeline='builtin.module(func.func(fuse-mixed-matmul{activations=bf16}))' | FileCheck %s --check-prefix=ROUND
// RUN: not quant-opt %s -split-input-file --pass-pipeline='builtin.module(func.func(fuse-mixed-matmul{activations=f8}))' 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: error: fuse-mixed-matmul: activations must be f16 or bf16, got 'f8'

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: func.func @groups(
// CHECK-SAME:    %[[X:.*]]: tensor<4x64xf16>, %[[W:.*]]: tensor<6x64xi4>, %[[S:.*]]: tensor<6x2xf16>, %[[Z:.*]]: tensor<6x2xi4>)
// CHECK-NEXT:    %[[Y:.*]] = lowp.mixed_matmul %[[X]], %[[W]] scale(%[[S]]) zero(%[[Z]]) {lowp.site = "up"}
// CHECK-NEXT:    return %[[Y]]
func.func @groups(%x: tensor<4x64xf16>, %w: tensor<6x64xi4>, %s: tensor<6x2xf16>, %z: tensor<6x2xi4>) -> tensor<4x6xf16> {
  %zero = arith.constant dense<0.0> : tensor<4x6xf16>
  %wd = lowp.dequantize %w, %s, %z : tensor<6x64xi4>, tensor<6x2xf16>, tensor<6x2xi4> -> tensor<6x64xf16>
  %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] {lowp.site = "up"}
    ins(%x, %wd : tensor<4x64xf16>, tensor<6x64xf16>) outs(%zero : tensor<4x6xf16>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// -----

// A batch of one, a transposed weight, and a bias that joins an f32 result.
// CHECK-LABEL: func.func @bias(
// CHECK:         %[[X:.*]] = tensor.collapse_shape
// CHECK:         %[[Y:.*]] = lowp.mixed_matmul %[[X]], %{{.*}} scale(%{{.*}}) bias(%{{.*}}) : (tensor<?x64xbf16>, tensor<6x64xi4>, tensor<6x1xf32>, tensor<6xf32>) -> tensor<?x6xf32>
// CHECK:         tensor.expand_shape %[[Y]]
#id = affine_map<(b, m, n) -> (b, m, n)>
#n = affine_map<(b, m, n) -> (n)>
func.func @bias(%x: tensor<1x?x64xbf16>, %w: tensor<6x64xi4>, %s: tensor<6x1xf32>, %b: tensor<6xf32>) -> tensor<1x?x6xf32> {
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %m = tensor.dim %x, %c1 : tensor<1x?x64xbf16>
  %wd = lowp.dequantize %w, %s : tensor<6x64xi4>, tensor<6x1xf32> -> tensor<6x64xbf16>
  %wi = tensor.empty() : tensor<64x6xbf16>
  %wt = linalg.transpose ins(%wd : tensor<6x64xbf16>) outs(%wi : tensor<64x6xbf16>) permutation = [1, 0]
  %wb = tensor.expand_shape %wt [[0, 1], [2]] output_shape [1, 64, 6] : tensor<64x6xbf16> into tensor<1x64x6xbf16>
  %e = tensor.empty(%m) : tensor<1x?x6xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x?x6xf32>) -> tensor<1x?x6xf32>
  %p = linalg.batch_matmul ins(%x, %wb : tensor<1x?x64xbf16>, tensor<1x64x6xbf16>) outs(%f : tensor<1x?x6xf32>) -> tensor<1x?x6xf32>
  %y = linalg.generic {indexing_maps = [#id, #n, #id], iterator_types = ["parallel", "parallel", "parallel"]}
    ins(%p, %b : tensor<1x?x6xf32>, tensor<6xf32>) outs(%e : tensor<1x?x6xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %s1 = arith.addf %a, %c : f32
    linalg.yield %s1 : f32
  } -> tensor<1x?x6xf32>
  return %y : tensor<1x?x6xf32>
}

// -----

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>
// WHY: NotFusedMixedMatmul{{.*}}"activations are f32; 4-bit weights have kernels for f16 and bf16: give activations=f16 or bf16 to round them"
// ROUND-LABEL: func.func @activations(
// ROUND-SAME:    %[[X:.*]]: tensor<?x64xf32>
// ROUND:         %[[R:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<?x64xf32>) outs(%{{.*}} : tensor<?x64xbf16>)
// ROUND:           arith.truncf %{{.*}} : f32 to bf16
// ROUND:         lowp.mixed_matmul %[[R]], %{{.*}} scale(%{{.*}}) : (tensor<?x64xbf16>, tensor<6x64xi4>, tensor<6x2xf32>) -> tensor<?x6xf32>
func.func @activations(%x: tensor<?x64xf32>, %w: tensor<6x64xi4>, %s: tensor<6x2xf32>, %e: tensor<?x6xf32>) -> tensor<?x6xf32> {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x6xf32>) -> tensor<?x6xf32>
  %wd = lowp.dequantize %w, %s : tensor<6x64xi4>, tensor<6x2xf32> -> tensor<6x64xf32>
  %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%x, %wd : tensor<?x64xf32>, tensor<6x64xf32>) outs(%f : tensor<?x6xf32>) -> tensor<?x6xf32>
  return %y : tensor<?x6xf32>
}

// -----

// WHY: NotFusedMixedMatmul{{.*}}"the codes are [k, n]; kernels read them along k"
func.func @kn(%x: tensor<4x64xf16>, %w: tensor<64x6xi4>, %s: tensor<64x6xf16>) -> tensor<4x6xf16> {
  %zero = arith.constant dense<0.0> : tensor<4x6xf16>
  %wd = lowp.dequantize %w, %s : tensor<64x6xi4>, tensor<64x6xf16> -> tensor<64x6xf16>
  %y = linalg.matmul ins(%x, %wd : tensor<4x64xf16>, tensor<64x6xf16>) outs(%zero : tensor<4x6xf16>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}
