// RUN: quant-opt %s --convert-lowp-to-linalg --canonicalize --split-input-file --verify-diagnostics | FileCheck %s

// Signatures, calls, branches and returns carry bytes.
// CHECK: func private @callee(tensor<4xi8>) -> tensor<4xi8>
// CHECK-LABEL: func @signatures(
// CHECK-SAME:    %[[C:.*]]: i1, %[[A:.*]]: tensor<4xi8>, %[[B:.*]]: tensor<4xi8>) -> tensor<4xi8>
// CHECK:         %[[S:.*]] = arith.select %[[C]], %[[A]], %[[B]] : tensor<4xi8>
// CHECK:         %[[R:.*]] = call @callee(%[[S]]) : (tensor<4xi8>) -> tensor<4xi8>
// CHECK:         return %[[R]]
func.func private @callee(tensor<4xi4>) -> tensor<4xi4>
func.func @signatures(%c: i1, %a: tensor<4xi4>, %b: tensor<4xi4>) -> tensor<4xi4> {
  %s = scf.if %c -> tensor<4xi4> {
    scf.yield %a : tensor<4xi4>
  } else {
    scf.yield %b : tensor<4xi4>
  }
  %r = call @callee(%s) : (tensor<4xi4>) -> tensor<4xi4>
  return %r : tensor<4xi4>
}

// -----

// Integers are sign-extended, 8-bit floats keep their bits (1.0 is 0x38 in f8E4M3FN, 0x3C in f8E5M2).
// CHECK-LABEL: func @constants
// CHECK-DAG:     arith.constant dense<[-8, 7, -1, 0]> : tensor<4xi8>
// CHECK-DAG:     arith.constant dense<-3> : tensor<2x2xi8>
// CHECK-DAG:     arith.constant dense<[56, -72]> : tensor<2xi8>
// CHECK-DAG:     arith.constant dense<60> : tensor<2xi8>
// CHECK-DAG:     arith.constant dense<[-1, 7]> : tensor<2xi8>
func.func @constants() -> (tensor<4xi4>, tensor<2x2xi3>, tensor<2xf8E4M3FN>, tensor<2xf8E5M2>, tensor<2xi4>) {
  %0 = arith.constant dense<[-8, 7, -1, 0]> : tensor<4xi4>
  %1 = arith.constant dense<-3> : tensor<2x2xi3>
  %2 = arith.constant dense<[1.0, -1.0]> : tensor<2xf8E4M3FN>
  %3 = arith.constant dense<1.0> : tensor<2xf8E5M2>
  %4 = arith.constant dense_resource<nibbles> : tensor<2xi4>
  return %0, %1, %2, %3, %4 : tensor<4xi4>, tensor<2x2xi3>, tensor<2xf8E4M3FN>, tensor<2xf8E5M2>, tensor<2xi4>
}
{-#
  dialect_resources: { builtin: { nibbles: "0x010000000F07" } }
#-}

// -----

// Arithmetic stays in the narrow type; only its tensors change.
// CHECK-LABEL: func @bodies(
// CHECK-SAME:    %[[A:.*]]: tensor<4x8xi8>
// CHECK:         linalg.generic {{.*}} ins(%[[A]] : tensor<4x8xi8>) outs({{.*}} : tensor<8x4xi8>)
// CHECK:         %[[T:.*]] = linalg.generic
// CHECK:           arith.trunci %{{.*}} : i8 to i4
// CHECK:           %[[S:.*]] = arith.addi %{{.*}}, %{{.*}} : i4
// CHECK:           %[[W:.*]] = arith.extsi %[[S]] : i4 to i8
// CHECK:           linalg.yield %[[W]] : i8
// CHECK:         %[[E:.*]] = tensor.extract %[[T]]
// CHECK:         %[[X:.*]] = arith.trunci %[[E]] : i8 to i4
// CHECK:         return %[[X]] : i4
func.func @bodies(%a: tensor<4x8xi4>) -> i4 {
  %e = tensor.empty() : tensor<8x4xi4>
  %t = linalg.transpose ins(%a : tensor<4x8xi4>) outs(%e : tensor<8x4xi4>) permutation = [1, 0]
  %s = arith.addi %t, %t : tensor<8x4xi4>
  %i = arith.constant 2 : index
  %x = tensor.extract %s[%i, %i] : tensor<8x4xi4>
  return %x : i4
}

// -----

// CHECK-LABEL: func @movement(
// CHECK-SAME:    %[[A:.*]]: tensor<4x8xi8>, %[[V:.*]]: i4
// CHECK:         %[[S:.*]] = tensor.extract_slice %[[A]][0, 2] [4, 4] [1, 1] : tensor<4x8xi8> to tensor<4x4xi8>
// CHECK:         %[[P:.*]] = tensor.pad %[[S]] low[0, 1] high[0, 1]
// CHECK:           tensor.yield {{.*}} : i8
// CHECK:         %[[V8:.*]] = arith.extsi %[[V]] : i4 to i8
// CHECK:         tensor.insert %[[V8]] into %[[P]]{{.*}} : tensor<4x6xi8>
func.func @movement(%a: tensor<4x8xi4>, %v: i4) -> tensor<4x6xi4> {
  %s = tensor.extract_slice %a[0, 2] [4, 4] [1, 1] : tensor<4x8xi4> to tensor<4x4xi4>
  %p = tensor.pad %s low[0, 1] high[0, 1] {
  ^bb0(%i: index, %j: index):
    %z = arith.constant -1 : i4
    tensor.yield %z : i4
  } : tensor<4x4xi4> to tensor<4x6xi4>
  %c = arith.constant 0 : index
  %r = tensor.insert %v into %p[%c, %c] : tensor<4x6xi4>
  return %r : tensor<4x6xi4>
}

// -----

// CHECK-LABEL: func @float8_casts(
// CHECK-NOT:     f8E
// CHECK:         return
func.func @float8_casts(%a: tensor<8xf8E4M3FN>) -> (tensor<8xf16>, tensor<8xf8E5M2>) {
  %w = arith.extf %a : tensor<8xf8E4M3FN> to tensor<8xf16>
  %n = arith.truncf %w : tensor<8xf16> to tensor<8xf8E5M2>
  return %w, %n : tensor<8xf16>, tensor<8xf8E5M2>
}

// -----

// A weight keeps the type of its store; what reads it sees bytes.
// CHECK-LABEL: func @weight(
// CHECK:         %[[W:.*]] = lowp.weight @s::@w : tensor<4x64xi4>
// CHECK:         %[[B:.*]] = arith.extsi %[[W]] : tensor<4x64xi4> to tensor<4x64xi8>
// CHECK:         linalg.generic {{.*}} ins(%[[B]],
lowp.store @s "w.safetensors" id = "0000000000000001"
func.func @weight(%s: tensor<4x1xf32>) -> tensor<4x64xf32> {
  %w = lowp.weight @s::@w : tensor<4x64xi4>
  %d = lowp.dequantize %w, %s : tensor<4x64xi4>, tensor<4x1xf32> -> tensor<4x64xf32>
  return %d : tensor<4x64xf32>
}

// -----

// Buffers, which kernels are given, are of bytes too.
// CHECK-LABEL: func @buffer(
// CHECK-SAME:    %[[A:.*]]: tensor<4xi8>) -> memref<4xi8>
// CHECK:         bufferization.to_buffer %[[A]] : tensor<4xi8> to memref<4xi8>
func.func @buffer(%a: tensor<4xf8E4M3FN>) -> memref<4xf8E4M3FN> {
  %b = bufferization.to_buffer %a : tensor<4xf8E4M3FN> to memref<4xf8E4M3FN>
  return %b : memref<4xf8E4M3FN>
}

// -----

func.func @unknown(%a: tensor<4xi4>, %i: index, %p: i4) -> vector<4xi4> {
  // expected-error @below {{failed to legalize operation 'vector.transfer_read'}}
  %b = vector.transfer_read %a[%i], %p : tensor<4xi4>, vector<4xi4>
  return %b : vector<4xi4>
}
