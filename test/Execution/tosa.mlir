// TOSA is lowered on the way.

// RUN: quant-run %s --inputs=%S/Inputs/tosa.npz --outputs=%t.npz
// RUN: %python %inputs/compare-npz.py %t.npz %S/Inputs/tosa.expected.npz 1e-6

func.func @main(%x: tensor<1x4x8xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() {values = dense<0.5> : tensor<1x8x3xf32>} : () -> tensor<1x8x3xf32>
  %zp = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %zp, %zp : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.sigmoid %0 : (tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}
