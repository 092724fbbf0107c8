// RUN: quant-opt %s -split-input-file -verify-diagnostics

func.func @codes(%x: tensor<4x8xi4>, %xs: tensor<4x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{operands must be tensors of i8, f8E4M3FN or f8E5M2 of rank 2, got 'tensor<4x8xi4>'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi4>, tensor<6x8xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @reduction(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x9xi8>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{reduction lengths differ: 8 and 9}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi8>, tensor<6x9xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @result_type(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{result must be f32, f16 or bf16, got 'f64'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi8>, tensor<6x8xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf64>
  return
}

// -----

func.func @result_shape(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<8x6xi8>, %ws: tensor<1x6xf32>) {
  // expected-error @+1 {{result must be [4, 6], got 'tensor<4x8xf32>'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) transposed_rhs : (tensor<4x8xi8>, tensor<8x6xi8>, tensor<4x1xf32>, tensor<1x6xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @scale_type(%x: tensor<4x8xi8>, %xs: tensor<4x1xf16>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{lhs scale must be an f32 tensor of rank 2, got 'tensor<4x1xf16>'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi8>, tensor<6x8xi8>, tensor<4x1xf16>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @scale_groups(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x2xf32>) {
  // expected-error @+1 {{rhs scale must have length 1 along the reduction (dimension 1), got 'tensor<6x2xf32>'; groups along k are for 8-bit floats [n, k]}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi8>, tensor<6x8xi8>, tensor<4x1xf32>, tensor<6x2xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @scale_group_lengths(%x: tensor<4x8xf8E4M3FN>, %xs: tensor<4x3xf32>, %w: tensor<6x8xf8E4M3FN>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{lhs scale must divide the reduction of 8 into groups of one length, got 'tensor<4x3xf32>'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xf8E4M3FN>, tensor<6x8xf8E4M3FN>, tensor<4x3xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @scale_length(%x: tensor<4x8xi8>, %xs: tensor<2x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{lhs scale must have length 1 or 4 along dimension 0, got 'tensor<2x1xf32>'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi8>, tensor<6x8xi8>, tensor<2x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @bias(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>, %b: tensor<4xf32>) {
  // expected-error @+1 {{bias must be an f32 tensor of length 6, or of the shape of the result, got 'tensor<4xf32>'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) bias(%b) : (tensor<4x8xi8>, tensor<6x8xi8>, tensor<4x1xf32>, tensor<6x1xf32>, tensor<4xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @mixed(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x8xf8E4M3FN>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{operands must both be i8 or both 8-bit floats, got 'i8' and 'f8E4M3FN'}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) : (tensor<4x8xi8>, tensor<6x8xf8E4M3FN>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @schedule(%x: tensor<4x8xi8>, %xs: tensor<4x1xf32>, %w: tensor<6x8xi8>, %ws: tensor<6x1xf32>) {
  // expected-error @+1 {{'lowp.schedule' must be a #lowp.schedule, or a list of them}}
  %0 = lowp.quantized_matmul %x, %w scales(%xs, %ws) {lowp.schedule = "fast"} : (tensor<4x8xi8>, tensor<6x8xi8>, tensor<4x1xf32>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}
