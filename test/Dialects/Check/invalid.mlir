// RUN: quant-opt %s -split-input-file -verify-diagnostics

func.func @nothing(%a: tensor<2xi8>) {
  // expected-error @+1 {{needs one expected value: a second operand, or a constant after 'is'}}
  check.expect_bits %a : tensor<2xi8>
  return
}

// -----

func.func @both(%a: tensor<2xi8>) {
  // expected-error @+1 {{needs one expected value: a second operand, or a constant after 'is'}}
  check.expect_bits %a, %a is dense<1> : tensor<2xi8> : tensor<2xi8>, tensor<2xi8>
  return
}

// -----

func.func @element(%a: tensor<2xi8>, %b: tensor<2xi16>) {
  // expected-error @+1 {{elements are 'i8' but the expected ones are 'i16'; cast one of them first}}
  check.expect_bits %a, %b : tensor<2xi8>, tensor<2xi16>
  return
}

// -----

func.func @complex(%a: tensor<2xcomplex<f32>>) {
  // expected-error @+1 {{elements must be integers or floats of at most 64 bits, got 'complex<f32>'}}
  check.expect_bits %a, %a : tensor<2xcomplex<f32>>, tensor<2xcomplex<f32>>
  return
}

// -----

func.func @wide(%a: tensor<2xi128>) {
  // expected-error @+1 {{elements must be integers or floats of at most 64 bits, got 'i128'}}
  check.expect_bits %a, %a : tensor<2xi128>, tensor<2xi128>
  return
}

// -----

func.func @shape(%a: tensor<?x2xi8>) {
  // expected-error @+1 {{shape of 'tensor<?x2xi8>' does not fit the expected 'tensor<2x3xi8>'}}
  check.expect_bits %a is dense<1> : tensor<2x3xi8> : tensor<?x2xi8>
  return
}

// -----

func.func @rank(%a: tensor<2xi8>, %b: tensor<2x1xi8>) {
  // expected-error @+1 {{shape of 'tensor<2xi8>' does not fit the expected 'tensor<2x1xi8>'}}
  check.expect_bits %a, %b : tensor<2xi8>, tensor<2x1xi8>
  return
}

// -----

func.func @scalar(%a: f32) {
  // expected-error @+1 {{'check.expect_bits' op operand #0 must be ranked tensor or memref, but got 'f32'}}
  check.expect_bits %a, %a : f32, f32
  return
}

// -----

func.func @close_of_integers(%a: tensor<2xi8>) {
  // expected-error @+1 {{elements must be floats, got 'i8'; compare integers by check.expect_bits}}
  check.expect_close %a, %a within 1.0 : tensor<2xi8>, tensor<2xi8>
  return
}

// -----

func.func @atol(%a: tensor<2xf32>) {
  // expected-error @+1 {{atol must be finite and not negative, got -1.0}}
  check.expect_close %a, %a within -1.0 : tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @rtol(%a: tensor<2xf32>) {
  // expected-error @+1 {{rtol must be finite and not negative, got INF}}
  check.expect_close %a, %a within 1.0 relative 0x7FF0000000000000 : tensor<2xf32>, tensor<2xf32>
  return
}
