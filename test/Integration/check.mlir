// Tests that carry what they expect: the kernels run in the emulator, the comparison is in the IR.
// RUN: quant-run %s --backend=emulator --function=right
// RUN: quant-run %s --function=right
// RUN: not quant-run %s --backend=emulator --function=wrong 2>&1 | FileCheck %s --implicit-check-not=error:

func.func @right() {
  %x = arith.constant dense<[[1, -2, 3], [4, 5, -6]]> : tensor<2x3xi8>
  %w = arith.constant dense<[[1, 1, 1], [-1, 0, 2]]> : tensor<2x3xi8>
  %xs = arith.constant dense<[[0.5], [0.25]]> : tensor<2x1xf32>
  %ws = arith.constant dense<[[2.0], [1.0]]> : tensor<2x1xf32>
  %y = lowp.quantized_matmul %x, %w scales(%xs, %ws)
    : (tensor<2x3xi8>, tensor<2x3xi8>, tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
  check.expect_bits %y is dense<[[2.0, 2.5], [1.5, -4.0]]> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}

func.func @wrong() {
  %x = arith.constant dense<[[1, -2, 3], [4, 5, -6]]> : tensor<2x3xi8>
  %w = arith.constant dense<[[1, 1, 1], [-1, 0, 2]]> : tensor<2x3xi8>
  %s = arith.constant dense<1.0> : tensor<1x1xf32>
  %y = lowp.quantized_matmul %x, %w scales(%s, %s)
    : (tensor<2x3xi8>, tensor<2x3xi8>, tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<2x2xf32>
  // CHECK: check.mlir:[[@LINE+1]]:3: error: 'check.expect_close' op element [1, 1]: got -16, expected -15, off by 1 where 0.5 is allowed; 1 of 4 elements differ
  check.expect_close %y is dense<[[2.0, 5.0], [3.0, -15.0]]> : tensor<2x2xf32> within 0.5 : tensor<2x2xf32>
  return
}
