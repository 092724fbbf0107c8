// Contractions of mixed narrow types, and elementwise operations in f16 and bf16 (to one rounding of bf16).

// RUN: quant-run %s --inputs=%S/Inputs/half.npz --outputs=%t.npz
// RUN: %python %inputs/compare-npz.py %t.npz %S/Inputs/half.expected.npz 4e-3

func.func @main(%a: tensor<4x8xf16>, %w: tensor<8x4xbf16>) -> (tensor<4x4xf32>, tensor<4x8xf16>, tensor<8x4xbf16>) {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x4xf32>
  %i = linalg.fill ins(%z : f32) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %r = linalg.matmul ins(%a, %w : tensor<4x8xf16>, tensor<8x4xbf16>) outs(%i : tensor<4x4xf32>) -> tensor<4x4xf32>
  %x = math.tanh %a : tensor<4x8xf16>
  %y = arith.addf %w, %w : tensor<8x4xbf16>
  %y2 = math.exp %y : tensor<8x4xbf16>
  return %r, %x, %y2 : tensor<4x4xf32>, tensor<4x8xf16>, tensor<8x4xbf16>
}
