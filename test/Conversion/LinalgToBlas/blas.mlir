// RUN: quant-opt %s --convert-linalg-to-blas --canonicalize | FileCheck %s

// CHECK-DAG: func.func private @quantopt_contract_f32(index, index, index, index, index, index)
// CHECK-DAG: func.func private @quantopt_softmax_f32(index, index, index, index)

// The example of the pass. Trip counts of m, n, k; then the stride of each in a, b and c. The fill is absorbed: the call
// does not accumulate.
// CHECK-LABEL: func.func @matmul(
// CHECK-SAME:      %[[A:.*]]: memref<4x16xf32>, %[[B:.*]]: memref<16x8xf32>, %[[C:.*]]: memref<4x8xf32>)
// CHECK-NOT:     linalg
// CHECK:         %[[LAYOUT:.*]] = memref.alloca() : memref<12xindex>
// CHECK:         %[[PA:.*]] = memref.extract_aligned_pointer_as_index %[[A]]
// CHECK:         %[[PB:.*]] = memref.extract_aligned_pointer_as_index %[[B]]
// CHECK:         %[[PC:.*]] = memref.extract_aligned_pointer_as_index %[[C]]
// CHECK:         memref.store %c4, %[[LAYOUT]][%c0]
// CHECK-NEXT:    memref.store %c8, %[[LAYOUT]][%c1]
// CHECK-NEXT:    memref.store %c16, %[[LAYOUT]][%c2]
// CHECK-NEXT:    memref.store %c16, %[[LAYOUT]][%c3]
// CHECK-NEXT:    memref.store %c0, %[[LAYOUT]][%c4]
// CHECK-NEXT:    memref.store %c1, %[[LAYOUT]][%c5]
// CHECK-NEXT:    memref.store %c0, %[[LAYOUT]][%c6]
// CHECK-NEXT:    memref.store %c1, %[[LAYOUT]][%c7]
// CHECK-NEXT:    memref.store %c8, %[[LAYOUT]][%c8]
// CHECK-NEXT:    memref.store %c8, %[[LAYOUT]][%c9]
// CHECK-NEXT:    memref.store %c1, %[[LAYOUT]][%c10]
// CHECK-NEXT:    memref.store %c0, %[[LAYOUT]][%c11]
// CHECK:         %[[PL:.*]] = memref.extract_aligned_pointer_as_index %[[LAYOUT]]
// CHECK:         call @quantopt_contract_f32(%c3, %[[PL]], %[[PA]], %[[PB]], %[[PC]], %c0)
// CHECK-NEXT:    return
func.func @matmul(%a: memref<4x16xf32>, %b: memref<16x8xf32>, %c: memref<4x8xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<4x8xf32>)
  linalg.matmul ins(%a, %b : memref<4x16xf32>, memref<16x8xf32>) outs(%c : memref<4x8xf32>)
  return
}

// Sizes, strides and offsets of run time; a transposed right side; nothing fills the output, so the call accumulates.
// CHECK-LABEL: func.func @accumulate(
// CHECK-SAME:      %[[A:[a-z0-9]+]]: memref<?x16xf32, strided<[?, 1], offset: ?>>
// CHECK-DAG:     %{{.*}}, %[[OFFSET:.*]], %{{.*}}:2, %[[STRIDES:.*]]:2 = memref.extract_strided_metadata %[[A]]
// CHECK-DAG:     %[[BYTES:.*]] = arith.muli %[[OFFSET]], %c4
// CHECK-DAG:     %[[PA:.*]] = arith.addi %{{.*}}, %[[BYTES]]
// CHECK:         memref.store %{{.*}}, %[[LAYOUT:[a-z_0-9]+]][%c0]
// CHECK:         memref.store %[[STRIDES]]#0, %[[LAYOUT]][%c3]
// CHECK:         memref.store %c16, %[[LAYOUT]][%c7]
// CHECK-NEXT:    memref.store %c1, %[[LAYOUT]][%c8]
// CHECK:         call @quantopt_contract_f32(%c3, %{{.*}}, %[[PA]], %{{.*}}, %{{.*}}, %c1)
func.func @accumulate(%a: memref<?x16xf32, strided<[?, 1], offset: ?>>, %b: memref<8x16xf32>, %c: memref<?x8xf32>) {
  linalg.matmul
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    ins(%a, %b : memref<?x16xf32, strided<[?, 1], offset: ?>>, memref<8x16xf32>) outs(%c : memref<?x8xf32>)
  return
}

// A fill with another value stays, and is accumulated upon.
// CHECK-LABEL: func.func @filled(
// CHECK:         linalg.fill
// CHECK:         call @quantopt_contract_f32({{.*}}, %c1)
func.func @filled(%a: memref<4x16xf32>, %b: memref<16xf32>, %c: memref<4xf32>) {
  %one = arith.constant 1.0 : f32
  linalg.fill ins(%one : f32) outs(%c : memref<4xf32>)
  linalg.matvec ins(%a, %b : memref<4x16xf32>, memref<16xf32>) outs(%c : memref<4xf32>)
  return
}

// A zero fill that is read in between stays.
// CHECK-LABEL: func.func @read_between(
// CHECK:         linalg.fill
// CHECK:         memref.copy
// CHECK:         call @quantopt_contract_f32({{.*}}, %c1)
func.func @read_between(%a: memref<4x16xf32>, %b: memref<16xf32>, %c: memref<4xf32>, %d: memref<4xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<4xf32>)
  memref.copy %c, %d : memref<4xf32> to memref<4xf32>
  linalg.matvec ins(%a, %b : memref<4x16xf32>, memref<16xf32>) outs(%c : memref<4xf32>)
  return
}

// CHECK-LABEL: func.func @softmax(
// CHECK-NOT:     linalg
// CHECK:         memref.alloca() : memref<6xindex>
// CHECK:         call @quantopt_softmax_f32(%c2,
func.func @softmax(%x: memref<2x5xf32>, %y: memref<2x5xf32>) {
  linalg.softmax dimension(1) ins(%x : memref<2x5xf32>) outs(%y : memref<2x5xf32>)
  return
}

// Other element types, softmax along another dimension, and what is no contraction are left.
// CHECK-LABEL: func.func @kept(
// CHECK:         linalg.matmul
// CHECK:         linalg.softmax
// CHECK:         linalg.add
// CHECK-NOT:     call
func.func @kept(%a: memref<4x16xf16>, %b: memref<16x8xf16>, %c: memref<4x8xf32>, %x: memref<2x5xf32>) {
  linalg.matmul ins(%a, %b : memref<4x16xf16>, memref<16x8xf16>) outs(%c : memref<4x8xf32>)
  linalg.softmax dimension(0) ins(%x : memref<2x5xf32>) outs(%x : memref<2x5xf32>)
  linalg.add ins(%x, %x : memref<2x5xf32>, memref<2x5xf32>) outs(%x : memref<2x5xf32>)
  return
}
