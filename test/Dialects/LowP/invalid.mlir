// RUN: quant-opt %s --split-input-file --verify-diagnostics

func.func @f(%x: tensor<4x8xf32>, %s: tensor<8xf32>) {
  // expected-error @below {{scale must have the rank of the input (2), got 1; reshape it to one entry a block}}
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<8xf32> -> tensor<4x8xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x3xf32>) {
  // expected-error @below {{scale dimension 1 (3) does not divide the input's (8)}}
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<4x3xf32> -> tensor<4x8xi8>
  return
}

// -----

func.func @f(%x: tensor<?x8xf32>, %s: tensor<4x1xf32>) {
  // expected-error @below {{scale dimension 0 is 4 but the input's is dynamic; use 1 or a dynamic dimension}}
  %q = lowp.quantize %x, %s : tensor<?x8xf32>, tensor<4x1xf32> -> tensor<?x8xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>) {
  // expected-error @below {{input and result must have one shape}}
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<4x1xf32> -> tensor<8x4xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xi32>, %s: tensor<4x1xf32>) {
  // expected-error @below {{values must be f16, bf16, f32 or f64, got 'i32'}}
  %q = lowp.quantize %x, %s : tensor<4x8xi32>, tensor<4x1xf32> -> tensor<4x8xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>) {
  // expected-error @below {{codes must be i2 to i8, f8E4M3FN or f8E5M2, got 'i16'}}
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<4x1xf32> -> tensor<4x8xi16>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xi32>) {
  // expected-error @below {{scale must be a float of at least 16 bits, got 'i32'}}
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<4x1xi32> -> tensor<4x8xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>, %z: tensor<4x1xi8>) {
  // expected-error @below {{zero point must have the type of the codes ('i4'), got 'i8'}}
  %q = lowp.quantize %x, %s, %z : tensor<4x8xf32>, tensor<4x1xf32>, tensor<4x1xi8> -> tensor<4x8xi4>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>, %z: tensor<4x2xi8>) {
  // expected-error @below {{zero point and scale must have one shape}}
  %q = lowp.quantize %x, %s, %z : tensor<4x8xf32>, tensor<4x1xf32>, tensor<4x2xi8> -> tensor<4x8xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>, %z: tensor<4x1xi8>) {
  // expected-error @below {{float codes have no zero point}}
  %q = lowp.quantize %x, %s, %z : tensor<4x8xf32>, tensor<4x1xf32>, tensor<4x1xi8> -> tensor<4x8xf8E4M3FN>
  return
}

// -----

func.func @f(%q: tensor<4x8xi8>, %s: tensor<4x1xf32>) {
  // expected-error @below {{'lowp.dequantize' op input and result must have one shape}}
  %x = lowp.dequantize %q, %s : tensor<4x8xi8>, tensor<4x1xf32> -> tensor<8x4xf32>
  return
}

// -----

func.func @f(%q: tensor<4x8xi8>, %s: tensor<4x1xf32>) {
  // expected-error @below {{'lowp.dequantize' op values must be f16, bf16, f32 or f64, got 'f8E5M2'}}
  %x = lowp.dequantize %q, %s : tensor<4x8xi8>, tensor<4x1xf32> -> tensor<4x8xf8E5M2>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>) {
  // expected-error @below {{'lowp.fake_quant' op codes must be i2 to i8, f8E4M3FN or f8E5M2, got 'f32'}}
  %y = lowp.fake_quant %x, %s as f32 : tensor<4x8xf32>, tensor<4x1xf32>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>) {
  // expected-error @below {{a symmetric scheme gives no zero point}}
  %s, %z = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<i8, channel> -> tensor<4x1xf32>, tensor<4x1xi8>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>) {
  // expected-error @below {{an asymmetric scheme gives a zero point too}}
  %s = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<i8, channel, asymmetric> -> tensor<4x1xf32>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>) {
  // expected-error @below {{scale 'tensor<4x1xf32>' of an input 'tensor<4x8xf32>' does not have the granularity of #lowp.scheme<i8, tensor>}}
  %s = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<i8, tensor> -> tensor<4x1xf32>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>) {
  // expected-error @below {{does not have the granularity of #lowp.scheme<i8, group = 2>}}
  %s = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<i8, group = 2> -> tensor<4x2xf32>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>) {
  // expected-error @below {{does not have the granularity of #lowp.scheme<f8E4M3FN, block = 4x4>}}
  %s = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<f8E4M3FN, block = 4x4> -> tensor<2x2xf32>
  return
}

// -----

func.func @f(%x: tensor<4x8xf32>) {
  // expected-error @below {{site must not be empty: statistics are filed under it}}
  lowp.observe %x at "" : tensor<4x8xf32>
  return
}

// -----

func.func @f(%x: tensor<4x8xi8>) {
  // expected-error @below {{observes float tensors, got 'tensor<4x8xi8>'}}
  lowp.observe %x at "a" : tensor<4x8xi8>
  return
}

// -----

// expected-error @below {{path must name a file or folder}}
lowp.store @s "" id = "0123456789abcdef"

// -----

// expected-error @below {{id must be 16 hex digits, got '12'}}
lowp.store @s "w.safetensors" id = "12"

// -----

func.func @f() -> tensor<4xf32> {
  // expected-error @below {{no lowp.store named @s in the module}}
  %w = lowp.weight @s::@w : tensor<4xf32>
  return %w : tensor<4xf32>
}

// -----

lowp.store @s "w.safetensors" id = "0123456789abcdef"
func.func @f() -> tensor<4xf32> {
  // expected-error @below {{key must be @store::@"name", got @s}}
  %w = lowp.weight @s : tensor<4xf32>
  return %w : tensor<4xf32>
}

// -----

// expected-error @below {{'lowp.plan' must be a #lowp.plan}}
func.func private @f() attributes {lowp.plan = "int4"}

// -----

// expected-error @below {{'lowp.site' must be a string}}
func.func private @f() attributes {lowp.site = 4}

// -----

// expected-error @below {{'lowp.skip' must be a string}}
func.func private @f() attributes {lowp.skip = unit}
