// RUN: quant-opt %s -split-input-file --pass-pipeline='builtin.module(func.func(fuse-quantized-matmul))' \
// RUN:   --remark-format=emitRemark --remarks-filter='.*' 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=WHY --input-file=%t.err

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: func.func @dynamic_token(
// CHECK-SAME:    %[[X:.*]]: tensor<?x576xf32>, %[[W:.*]]: tensor<1536x576xi8>, %[[WS:.*]]: tensor<1536x1xf32>)
// CHECK:         %[[XS:.*]] = lowp.choose_params %[[X]]
// CHECK:         %[[XQ:.*]] = lowp.quantize %[[X]], %[[XS]]
// CHECK-NEXT:    %[[Y:.*]] = lowp.quantized_matmul %[[XQ]], %[[W]] scales(%[[XS]], %[[WS]]) {lowp.site = "up"}
// CHECK-NEXT:    return %[[Y]]
func.func @dynamic_token(%x: tensor<?x576xf32>, %w: tensor<1536x576xi8>, %ws: tensor<1536x1xf32>) -> tensor<?x1536xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %xs = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
  %xd = lowp.dequantize %xq, %xs : tensor<?x576xi8>, tensor<?x1xf32> -> tensor<?x576xf32>
  %wd = lowp.dequantize %w, %ws : tensor<1536x576xi8>, tensor<1536x1xf32> -> tensor<1536x576xf32>
  %m = tensor.dim %x, %c0 : tensor<?x576xf32>
  %e = tensor.empty(%m) : tensor<?x1536xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x1536xf32>) -> tensor<?x1536xf32>
  %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] {lowp.site = "up"}
    ins(%xd, %wd : tensor<?x576xf32>, tensor<1536x576xf32>) outs(%f : tensor<?x1536xf32>) -> tensor<?x1536xf32>
  return %y : tensor<?x1536xf32>
}

// -----

// A weight stored as [k, n], one scale for all of the activation.
// CHECK-LABEL: func.func @weight_kn(
// CHECK:         lowp.quantized_matmul %{{.*}}, %{{.*}} scales(%{{.*}}, %{{.*}}) transposed_rhs
// CHECK-SAME:      (tensor<4x8xi8>, tensor<8x6xi8>, tensor<1x1xf32>, tensor<1x6xf32>) -> tensor<4x6xf32>
// CHECK-NOT:     linalg
func.func @weight_kn(%x: tensor<4x8xi8>, %xs: tensor<1x1xf32>, %w: tensor<8x6xi8>, %ws: tensor<1x6xf32>) -> tensor<4x6xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x6xf32>
  %xd = lowp.dequantize %x, %xs : tensor<4x8xi8>, tensor<1x1xf32> -> tensor<4x8xf32>
  %wd = lowp.dequantize %w, %ws : tensor<8x6xi8>, tensor<1x6xf32> -> tensor<8x6xf32>
  %y = linalg.matmul ins(%xd, %wd : tensor<4x8xf32>, tensor<8x6xf32>) outs(%zero : tensor<4x6xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}

// -----

// Through a transpose: codes stay [n, k].
// CHECK-LABEL: func.func @transposed_weight(
// CHECK:         lowp.quantized_matmul
// CHECK-NOT:     transposed_rhs
// CHECK-SAME:      (tensor<4x8xi8>, tensor<6x8xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf16>
// CHECK-NOT:     linalg
func.func @transposed_weight(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>) -> tensor<4x6xf16> {
  %zero = arith.constant dense<0.0> : tensor<4x6xf16>
  %xd = lowp.dequantize %x, %xs : tensor<4x8xi8>, tensor<4x1xf32> -> tensor<4x8xf16>
  %wd = lowp.dequantize %w, %ws : tensor<6x8xi8>, tensor<6x1xf32> -> tensor<6x8xf16>
  %e = tensor.empty() : tensor<8x6xf16>
  %wt = linalg.transpose ins(%wd : tensor<6x8xf16>) outs(%e : tensor<8x6xf16>) permutation = [1, 0]
  %y = linalg.matmul ins(%xd, %wt : tensor<4x8xf16>, tensor<8x6xf16>) outs(%zero : tensor<4x6xf16>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// -----

// A batch of one, and a bias that joins.
// CHECK-LABEL: func.func @batch_of_one(
// CHECK-DAG:     %[[X:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<1x?x8xi8> into tensor<?x8xi8>
// CHECK-DAG:     %[[XS:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<1x?x1xf32> into tensor<?x1xf32>
// CHECK:         %[[Y:.*]] = lowp.quantized_matmul %[[X]], %{{.*}} scales(%[[XS]], %{{.*}}) bias(%{{.*}})
// CHECK:         tensor.expand_shape %[[Y]] {{\[\[}}0, 1], [2]] output_shape [1, %{{.*}}, 6] : tensor<?x6xf32> into tensor<1x?x6xf32>
#id = affine_map<(b, m, n) -> (b, m, n)>
#n = affine_map<(b, m, n) -> (n)>
func.func @batch_of_one(%x: tensor<1x?x8xi8>, %xs: tensor<1x?x1xf32>, %w: tensor<8x6xi8>, %ws: tensor<1x6xf32>, %b: tensor<6xf32>) -> tensor<1x?x6xf32> {
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %m = tensor.dim %x, %c1 : tensor<1x?x8xi8>
  %xd = lowp.dequantize %x, %xs : tensor<1x?x8xi8>, tensor<1x?x1xf32> -> tensor<1x?x8xf32>
  %wd = lowp.dequantize %w, %ws : tensor<8x6xi8>, tensor<1x6xf32> -> tensor<8x6xf32>
  %wb = tensor.expand_shape %wd [[0, 1], [2]] output_shape [1, 8, 6] : tensor<8x6xf32> into tensor<1x8x6xf32>
  %e = tensor.empty(%m) : tensor<1x?x6xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x?x6xf32>) -> tensor<1x?x6xf32>
  %y = linalg.batch_matmul ins(%xd, %wb : tensor<1x?x8xf32>, tensor<1x8x6xf32>) outs(%f : tensor<1x?x6xf32>) -> tensor<1x?x6xf32>
  %z = linalg.generic {indexing_maps = [#id, #n, #id], iterator_types = ["parallel", "parallel", "parallel"]}
    ins(%y, %b : tensor<1x?x6xf32>, tensor<6xf32>) outs(%e : tensor<1x?x6xf32>) {
  ^bb0(%p: f32, %q: f32, %o: f32):
    %s = arith.addf %p, %q : f32
    linalg.yield %s : f32
  } -> tensor<1x?x6xf32>
  return %z : tensor<1x?x6xf32>
}

// -----

// CHECK-LABEL: func.func @refused(
// CHECK-NOT:     lowp.quantized_matmul
// WHY: NotFusedQuantizedMatmul{{.*}}"the lhs is not quantized
// WHY: NotFusedQuantizedMatmul{{.*}}"the rhs codes are i4, neither i8 nor an 8-bit float
// WHY: NotFusedQuantizedMatmul{{.*}}"the rhs scale changes along the sum; only one scale a row has a kernel
// WHY: NotFusedQuantizedMatmul{{.*}}"the lhs codes have a zero point; only symmetric codes have a kernel
// WHY: NotFusedQuantizedMatmul{{.*}}"it adds to an initial value that is not zero
func.func @refused(%f: tensor<4x8xf32>, %x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %xz: tensor<4x1xi8>, %w4: tensor<8x6xi4>,
                   %w: tensor<8x6xi8>, %ws: tensor<1x6xf32>, %wg: tensor<2x6xf32>, %init: tensor<4x6xf32>)
    -> (tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>) {
  %zero = arith.constant dense<0.0> : tensor<4x6xf32>
  %xd = lowp.dequantize %x, %xs : tensor<4x8xi8>, tensor<4x1xf32> -> tensor<4x8xf32>
  %xa = lowp.dequantize %x, %xs, %xz : tensor<4x8xi8>, tensor<4x1xf32>, tensor<4x1xi8> -> tensor<4x8xf32>
  %wd = lowp.dequantize %w, %ws : tensor<8x6xi8>, tensor<1x6xf32> -> tensor<8x6xf32>
  %wd4 = lowp.dequantize %w4, %ws : tensor<8x6xi4>, tensor<1x6xf32> -> tensor<8x6xf32>
  %wdg = lowp.dequantize %w, %wg : tensor<8x6xi8>, tensor<2x6xf32> -> tensor<8x6xf32>
  %0 = linalg.matmul ins(%f, %wd : tensor<4x8xf32>, tensor<8x6xf32>) outs(%zero : tensor<4x6xf32>) -> tensor<4x6xf32>
  %1 = linalg.matmul ins(%xd, %wd4 : tensor<4x8xf32>, tensor<8x6xf32>) outs(%zero : tensor<4x6xf32>) -> tensor<4x6xf32>
  %2 = linalg.matmul ins(%xd, %wdg : tensor<4x8xf32>, tensor<8x6xf32>) outs(%zero : tensor<4x6xf32>) -> tensor<4x6xf32>
  %3 = linalg.matmul ins(%xa, %wd : tensor<4x8xf32>, tensor<8x6xf32>) outs(%zero : tensor<4x6xf32>) -> tensor<4x6xf32>
  %4 = linalg.matmul ins(%xd, %wd : tensor<4x8xf32>, tensor<8x6xf32>) outs(%init : tensor<4x6xf32>) -> tensor<4x6xf32>
  return %0, %1, %2, %3, %4 : tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>, tensor<4x6xf32>
}

// -----

// Block scales of 8-bit floats, and a residual that joins.
#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>
#id = affine_map<(m, n) -> (m, n)>
// CHECK-LABEL: func.func @blocks(
// CHECK-SAME:    %[[R:[a-z0-9]*]]: tensor<4x128xf32>)
// CHECK:         lowp.quantized_matmul %{{.*}}, %{{.*}} scales(%{{.*}}, %{{.*}}) bias(%[[R]])
// CHECK-SAME:      (tensor<4x256xf8E4M3FN>, tensor<128x256xf8E4M3FN>, tensor<4x2xf32>, tensor<1x2xf32>, tensor<4x128xf32>) -> tensor<4x128xf32>
// CHECK-NOT:     linalg
func.func @blocks(%x: tensor<4x256xf8E4M3FN>, %xs: tensor<4x2xf32>, %w: tensor<128x256xf8E4M3FN>, %ws: tensor<1x2xf32>, %r: tensor<4x128xf32>) -> tensor<4x128xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x128xf32>
  %xd = lowp.dequantize %x, %xs : tensor<4x256xf8E4M3FN>, tensor<4x2xf32> -> tensor<4x256xf32>
  %wd = lowp.dequantize %w, %ws : tensor<128x256xf8E4M3FN>, tensor<1x2xf32> -> tensor<128x256xf32>
  %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%xd, %wd : tensor<4x256xf32>, tensor<128x256xf32>) outs(%zero : tensor<4x128xf32>) -> tensor<4x128xf32>
  %e = tensor.empty() : tensor<4x128xf32>
  %z = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%r, %y : tensor<4x128xf32>, tensor<4x128xf32>) outs(%e : tensor<4x128xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<4x128xf32>
  return %z : tensor<4x128xf32>
}
