func.func @quantize(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>) -> tensor<4x8xi4> {
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<4x1xf32> -> tensor<4x8xi4>
  return %q : tensor<4x8xi4>
}
