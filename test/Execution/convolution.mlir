// Convolution and pooling.

// RUN: quant-run %s --inputs=%S/Inputs/convolution.npz --outputs=%t.npz
// RUN: %python %inputs/compare-npz.py %t.npz %S/Inputs/convolution.expected.npz 1e-6

func.func @main(%x: tensor<1x3x10x10xf32>, %w: tensor<5x3x3x3xf32>) -> (tensor<1x5x8x8xf32>, tensor<1x5x4x4xf32>) {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x5x8x8xf32>
  %i = linalg.fill ins(%z : f32) outs(%e : tensor<1x5x8x8xf32>) -> tensor<1x5x8x8xf32>
  %r = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%x, %w : tensor<1x3x10x10xf32>, tensor<5x3x3x3xf32>) outs(%i : tensor<1x5x8x8xf32>) -> tensor<1x5x8x8xf32>
  %win = tensor.empty() : tensor<2x2xf32>
  %e2 = tensor.empty() : tensor<1x5x4x4xf32>
  %m = arith.constant 0xFF800000 : f32
  %i2 = linalg.fill ins(%m : f32) outs(%e2 : tensor<1x5x4x4xf32>) -> tensor<1x5x4x4xf32>
  %p = linalg.pooling_nchw_max {dilations = dense<1> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%r, %win : tensor<1x5x8x8xf32>, tensor<2x2xf32>) outs(%i2 : tensor<1x5x4x4xf32>) -> tensor<1x5x4x4xf32>
  return %r, %p : tensor<1x5x8x8xf32>, tensor<1x5x4x4xf32>
}
