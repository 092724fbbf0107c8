// What check operations compare, on the CPU.
// RUN: quant-run %s --function=holds
// RUN: not quant-run %s --function=fails 2>&1 | FileCheck %s --check-prefix=FAILS --implicit-check-not=error:
// RUN: %python %inputs/make-npz.py %t.in.npz in0 "<f4" "[2]" 1.0
// RUN: not quant-run %s --function=shapes --inputs=%t.in.npz 2>&1 | FileCheck %s --check-prefix=SHAPES
// RUN: not quant-run %s --function=odd 2>&1 | FileCheck %s --check-prefix=ODD
// What was written before a failed run stays.
// RUN: echo old > %t.npz && not quant-run %s --function=result --outputs=%t.npz && grep old %t.npz
// ODD: error: cannot be compiled for the CPU: elements of type 'i5' cannot be passed in memory

func.func @holds() {
  %x = arith.constant dense<[[1.0, -0.0, 0x7F800000], [0x7FC00000, 1.0e-3, -2.5]]> : tensor<2x3xf32>
  check.expect_bits %x is dense<[[1.0, -0.0, 0x7F800000], [0x7FC00000, 1.0e-3, -2.5]]> : tensor<2x3xf32> : tensor<2x3xf32>
  check.expect_close %x is dense<[[1.0, 0.0, 0x7F800000], [0x7FC00001, 1.1e-3, -2.6]]> : tensor<2x3xf32>
    within 1.0e-4 relative 0.05 : tensor<2x3xf32>
  // A computed value, a slice of it, a buffer.
  %y = arith.addf %x, %x : tensor<2x3xf32>
  %s = tensor.extract_slice %y[0, 0] [2, 2] [1, 2] : tensor<2x3xf32> to tensor<2x2xf32>
  check.expect_close %s is dense<[[2.0, 0x7F800000], [0x7FC00000, -5.0]]> : tensor<2x2xf32> within 0.0 : tensor<2x2xf32>
  %b = memref.alloc() : memref<3xi16>
  %c1 = arith.constant 1 : i16
  linalg.fill ins(%c1 : i16) outs(%b : memref<3xi16>)
  check.expect_bits %b is dense<1> : tensor<3xi16> : memref<3xi16>
  // Narrow types and codes.
  %scale = arith.constant dense<0.5> : tensor<1xf32>
  %f = arith.constant dense<[0.5, -4.0, 9.0]> : tensor<3xf32>
  %q = lowp.quantize %f, %scale : tensor<3xf32>, tensor<1xf32> -> tensor<3xi4>
  check.expect_bits %q is dense<[1, -8, 7]> : tensor<3xi4> : tensor<3xi4>
  %e = lowp.quantize %f, %scale : tensor<3xf32>, tensor<1xf32> -> tensor<3xf8E4M3FN>
  check.expect_close %e is dense<[1.0, -8.0, 18.0]> : tensor<3xf8E4M3FN> within 0.0 : tensor<3xf8E4M3FN>
  %t = arith.constant dense<[true, false]> : tensor<2xi1>
  check.expect_bits %t, %t : tensor<2xi1>, tensor<2xi1>
  %none = tensor.empty() : tensor<0x4xf32>
  check.expect_close %none, %none within 0.0 : tensor<0x4xf32>, tensor<0x4xf32>
  return
}

// All that fail are named, in the order in which they run; those that hold are not.
// FAILS:      checks.mlir:[[@LINE+4]]:3: error: 'check.expect_bits' op element [1]: got 0 (0x00000000), expected -0 (0x80000000); 2 of 3 elements differ
func.func @fails() {
  %zero = arith.constant 0.0 : f32
  %x = arith.constant dense<[1.0, 0.0, 0x7FC00000]> : tensor<3xf32>
  check.expect_bits %x is dense<[1.0, -0.0, 0x7FC00001]> : tensor<3xf32> : tensor<3xf32>
  // FAILS-NEXT: checks.mlir:[[@LINE+1]]:3: error: 'check.expect_close' op element [2]: got nan, expected 1; 1 of 3 elements differ
  check.expect_close %x is dense<[1.0, 0.0, 1.0]> : tensor<3xf32> within 1.0 : tensor<3xf32>
  check.expect_close %x is dense<[1.5, 0.25, 0x7FC00001]> : tensor<3xf32> within 0.25 relative 0.25 : tensor<3xf32>
  // FAILS-NEXT: checks.mlir:[[@LINE+1]]:3: error: 'check.expect_close' op element [0]: got 1, expected 1.5, off by 0.5 where 0.25 is allowed; 1 of 3 elements differ
  check.expect_close %x is dense<[1.5, 0.25, 0x7FC00001]> : tensor<3xf32> within 0.25 : tensor<3xf32>
  // FAILS-NEXT: checks.mlir:[[@LINE+2]]:3: error: 'check.expect_bits' op element [1, 0]: got -3 (0xfd), expected -2 (0xfe); 1 of 4 elements differ
  %i = arith.constant dense<[[1, 2], [-3, 4]]> : tensor<2x2xi8>
  check.expect_bits %i is dense<[[1, 2], [-2, 4]]> : tensor<2x2xi8> : tensor<2x2xi8>
  return
}

// SHAPES: checks.mlir:[[@LINE+2]]:3: error: 'check.expect_bits' op got shape [2], expected [3]
func.func @shapes(%a: tensor<?xf32>) {
  check.expect_bits %a is dense<1.0> : tensor<3xf32> : tensor<?xf32>
  return
}

func.func @odd() {
  %x = arith.constant dense<1> : tensor<2xi5>
  check.expect_bits %x, %x : tensor<2xi5>, tensor<2xi5>
  return
}

func.func @result() -> tensor<2xi8> {
  %x = arith.constant dense<1> : tensor<2xi8>
  check.expect_bits %x is dense<2> : tensor<2xi8> : tensor<2xi8>
  return %x : tensor<2xi8>
}
