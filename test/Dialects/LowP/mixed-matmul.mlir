// RUN: quant-opt %s -split-input-file -verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @good(
// CHECK: lowp.mixed_matmul %{{.*}}, %{{.*}} scale(%{{.*}}) zero(%{{.*}}) bias(%{{.*}}) : (tensor<?x64xf16>, tensor<6x64xi4>, tensor<6x2xf32>, tensor<6x2xi4>, tensor<6xf32>) -> tensor<?x6xf16>
// CHECK: lowp.mixed_matmul %{{.*}}, %{{.*}} scale(%{{.*}}) : (tensor<?x64xf16>, tensor<1x1x128x4xi32>, tensor<2x64xf16>) -> tensor<?x6xf32>
func.func @good(%x: tensor<?x64xf16>, %w: tensor<6x64xi4>, %s: tensor<6x2xf32>, %z: tensor<6x2xi4>, %b: tensor<6xf32>,
                %p: tensor<1x1x128x4xi32>, %q: tensor<2x64xf16>) -> (tensor<?x6xf16>, tensor<?x6xf32>) {
  %0 = lowp.mixed_matmul %x, %w scale(%s) zero(%z) bias(%b) : (tensor<?x64xf16>, tensor<6x64xi4>, tensor<6x2xf32>, tensor<6x2xi4>, tensor<6xf32>) -> tensor<?x6xf16>
  %1 = lowp.mixed_matmul %x, %p scale(%q) : (tensor<?x64xf16>, tensor<1x1x128x4xi32>, tensor<2x64xf16>) -> tensor<?x6xf32>
  return %0, %1 : tensor<?x6xf16>, tensor<?x6xf32>
}

// -----

func.func @activations(%x: tensor<4x8xf32>, %w: tensor<6x8xi4>, %s: tensor<6x1xf32>) {
  // expected-error @+1 {{lhs must be [m, k] of f16 or bf16, got 'tensor<4x8xf32>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf32>, tensor<6x8xi4>, tensor<6x1xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @scale_type(%x: tensor<4x8xf16>, %w: tensor<6x8xi4>, %s: tensor<6x1xbf16>) {
  // expected-error @+1 {{scale must be of the type of lhs, 'f16', or f32, got 'bf16'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf16>, tensor<6x8xi4>, tensor<6x1xbf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @result(%x: tensor<4x8xf16>, %w: tensor<6x8xi4>, %s: tensor<6x1xf16>) {
  // expected-error @+1 {{result must be [m, n] of f32 or of the type of lhs, got 'tensor<4x6xbf16>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf16>, tensor<6x8xi4>, tensor<6x1xf16>) -> tensor<4x6xbf16>
  return
}

// -----

func.func @columns(%x: tensor<4x8xf16>, %w: tensor<6x8xi4>, %s: tensor<6x1xf16>) {
  // expected-error @+1 {{result must be [m, n] of f32 or of the type of lhs, got 'tensor<4x7xf16>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf16>, tensor<6x8xi4>, tensor<6x1xf16>) -> tensor<4x7xf16>
  return
}

// -----

func.func @codes(%x: tensor<4x8xf16>, %w: tensor<6x8xi8>, %s: tensor<6x1xf16>) {
  // expected-error @+1 {{rhs must be [n, k] of i4, or packed, got 'tensor<6x8xi8>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf16>, tensor<6x8xi8>, tensor<6x1xf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @lengths(%x: tensor<4x8xf16>, %w: tensor<6x9xi4>, %s: tensor<6x1xf16>) {
  // expected-error @+1 {{reduction lengths differ: 8 and 9}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf16>, tensor<6x9xi4>, tensor<6x1xf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @groups(%x: tensor<4x8xf16>, %w: tensor<6x8xi4>, %s: tensor<6x3xf16>) {
  // expected-error @+1 {{scale must be [6, groups], the groups of one length, got 'tensor<6x3xf16>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x8xf16>, tensor<6x8xi4>, tensor<6x3xf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @zero(%x: tensor<4x8xf16>, %w: tensor<6x8xi4>, %s: tensor<6x2xf16>, %z: tensor<6x1xi4>) {
  // expected-error @+1 {{zero must have the shape of scale, of i4, got 'tensor<6x1xi4>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) zero(%z) : (tensor<4x8xf16>, tensor<6x8xi4>, tensor<6x2xf16>, tensor<6x1xi4>) -> tensor<4x6xf16>
  return
}

// -----

func.func @packed_dynamic(%x: tensor<4x?xf16>, %w: tensor<1x1x128x4xi32>, %s: tensor<1x64xf16>) {
  // expected-error @+1 {{a packed rhs needs a known n and k}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x?xf16>, tensor<1x1x128x4xi32>, tensor<1x64xf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @packed_shape(%x: tensor<4x72xf16>, %w: tensor<1x1x128x4xi32>, %s: tensor<1x64xf16>) {
  // expected-error @+1 {{a packed rhs must be 'tensor<1x2x128x4xi32>', got 'tensor<1x1x128x4xi32>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x72xf16>, tensor<1x1x128x4xi32>, tensor<1x64xf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @packed_scale(%x: tensor<4x64xf16>, %w: tensor<1x1x128x4xi32>, %s: tensor<1x6xf16>) {
  // expected-error @+1 {{the scale of a packed rhs must be [groups, 64], got 'tensor<1x6xf16>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x64xf16>, tensor<1x1x128x4xi32>, tensor<1x6xf16>) -> tensor<4x6xf16>
  return
}

// -----

func.func @packed_scale_type(%x: tensor<4x64xf16>, %w: tensor<1x1x128x4xi32>, %s: tensor<1x64xf32>) {
  // expected-error @+1 {{scale must be of the type of lhs, 'f16', got 'f32'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) : (tensor<4x64xf16>, tensor<1x1x128x4xi32>, tensor<1x64xf32>) -> tensor<4x6xf16>
  return
}

// -----

func.func @packed_zero(%x: tensor<4x64xf16>, %w: tensor<1x1x128x4xi32>, %s: tensor<1x64xf16>, %z: tensor<1x64xi4>) {
  // expected-error @+1 {{the zero of a packed rhs must have the type of scale, got 'tensor<1x64xi4>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) zero(%z) : (tensor<4x64xf16>, tensor<1x1x128x4xi32>, tensor<1x64xf16>, tensor<1x64xi4>) -> tensor<4x6xf16>
  return
}

// -----

func.func @bias(%x: tensor<4x8xf16>, %w: tensor<6x8xi4>, %s: tensor<6x2xf16>, %b: tensor<6xf16>) {
  // expected-error @+1 {{bias must be an f32 tensor of length 6, or of the shape of the result, got 'tensor<6xf16>'}}
  %0 = lowp.mixed_matmul %x, %w scale(%s) bias(%b) : (tensor<4x8xf16>, tensor<6x8xi4>, tensor<6x2xf16>, tensor<6xf16>) -> tensor<4x6xf16>
  return
}
