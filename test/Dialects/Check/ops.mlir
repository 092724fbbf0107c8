// RUN: quant-opt %s | quant-opt | FileCheck %s
// Checks are effects: nothing drops or merges them.
// RUN: quant-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: func @bits
// CHECK-COUNT-2: check.expect_bits %{{.*}}, %{{.*}} : tensor<?x4xi8>, tensor<3x4xi8>
func.func @bits(%a: tensor<?x4xi8>, %b: tensor<3x4xi8>) {
  check.expect_bits %a, %b : tensor<?x4xi8>, tensor<3x4xi8>
  check.expect_bits %a, %b : tensor<?x4xi8>, tensor<3x4xi8>
  return
}

// CHECK-LABEL: func @bits_of_constant
// CHECK: check.expect_bits %{{.*}} is dense<[1, -2]> : tensor<2xi4> : memref<2xi4>
func.func @bits_of_constant(%a: memref<2xi4>) {
  check.expect_bits %a is dense<[1, -2]> : tensor<2xi4> : memref<2xi4>
  return
}

// CHECK-LABEL: func @close
// CHECK: check.expect_close %{{.*}}, %{{.*}} within 1.000000e-05 relative 1.000000e-03 : tensor<4xbf16>, memref<?xbf16>
// CHECK: check.expect_close %{{.*}} is dense<5.000000e-01> : tensor<4xbf16> within 0.000000e+00 : tensor<4xbf16>
func.func @close(%a: tensor<4xbf16>, %b: memref<?xbf16>) {
  check.expect_close %a, %b within 1.0e-5 relative 1.0e-3 : tensor<4xbf16>, memref<?xbf16>
  check.expect_close %a is dense<0.5> : tensor<4xbf16> within 0.0 : tensor<4xbf16>
  return
}
