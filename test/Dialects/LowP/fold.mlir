// RUN: quant-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: func @codes_come_back(
// CHECK-SAME:    %[[Q:.*]]: tensor<4x64xi8>, %[[Z:.*]]: tensor<4x1xi8>, %[[B:.*]]: tensor<4x64xi7>
// CHECK:         return %[[Q]], %[[Q]], %[[B]]
func.func @codes_come_back(%q: tensor<4x64xi8>, %z: tensor<4x1xi8>, %b: tensor<4x64xi7>)
    -> (tensor<4x64xi8>, tensor<4x64xi8>, tensor<4x64xi7>) {
  %s = arith.constant dense<0.1> : tensor<4x1xf32>
  %x = lowp.dequantize %q, %s, %z : tensor<4x64xi8>, tensor<4x1xf32>, tensor<4x1xi8> -> tensor<4x64xf32>
  %r = lowp.quantize %x, %s, %z : tensor<4x64xf32>, tensor<4x1xf32>, tensor<4x1xi8> -> tensor<4x64xi8>
  %s4 = arith.constant dense<[[0.1], [0.2], [0.3], [250.0]]> : tensor<4x1xf32>
  %x4 = lowp.dequantize %q, %s4 : tensor<4x64xi8>, tensor<4x1xf32> -> tensor<4x64xf16>
  %r4 = lowp.quantize %x4, %s4 : tensor<4x64xf16>, tensor<4x1xf32> -> tensor<4x64xi8>
  %xb = lowp.dequantize %b, %s : tensor<4x64xi7>, tensor<4x1xf32> -> tensor<4x64xbf16>
  %rb = lowp.quantize %xb, %s : tensor<4x64xbf16>, tensor<4x1xf32> -> tensor<4x64xi7>
  return %r, %r4, %rb : tensor<4x64xi8>, tensor<4x64xi8>, tensor<4x64xi7>
}

// No fold: bf16 is too coarse for i8; f16 overflows; a scale of unknown value; zero; another scale; another zero point; float
// codes, whose NaNs are not kept apart.
// CHECK-LABEL: func @codes_may_differ
// CHECK-COUNT-7: lowp.quantize
func.func @codes_may_differ(%q: tensor<4xi8>, %f: tensor<4xf8E4M3FN>, %u: tensor<1xf32>, %z: tensor<1xi8>)
    -> (tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xf8E4M3FN>) {
  %s = arith.constant dense<0.1> : tensor<1xf32>
  %xb = lowp.dequantize %q, %s : tensor<4xi8>, tensor<1xf32> -> tensor<4xbf16>
  %rb = lowp.quantize %xb, %s : tensor<4xbf16>, tensor<1xf32> -> tensor<4xi8>
  %sh = arith.constant dense<300.0> : tensor<1xf32>
  %xh = lowp.dequantize %q, %sh : tensor<4xi8>, tensor<1xf32> -> tensor<4xf16>
  %rh = lowp.quantize %xh, %sh : tensor<4xf16>, tensor<1xf32> -> tensor<4xi8>
  %xu = lowp.dequantize %q, %u : tensor<4xi8>, tensor<1xf32> -> tensor<4xf32>
  %ru = lowp.quantize %xu, %u : tensor<4xf32>, tensor<1xf32> -> tensor<4xi8>
  %s0 = arith.constant dense<0.0> : tensor<1xf32>
  %x0 = lowp.dequantize %q, %s0 : tensor<4xi8>, tensor<1xf32> -> tensor<4xf32>
  %r0 = lowp.quantize %x0, %s0 : tensor<4xf32>, tensor<1xf32> -> tensor<4xi8>
  %x = lowp.dequantize %q, %s : tensor<4xi8>, tensor<1xf32> -> tensor<4xf32>
  %rs = lowp.quantize %x, %sh : tensor<4xf32>, tensor<1xf32> -> tensor<4xi8>
  %rz = lowp.quantize %x, %s, %z : tensor<4xf32>, tensor<1xf32>, tensor<1xi8> -> tensor<4xi8>
  %xf = lowp.dequantize %f, %s : tensor<4xf8E4M3FN>, tensor<1xf32> -> tensor<4xf32>
  %rf = lowp.quantize %xf, %s : tensor<4xf32>, tensor<1xf32> -> tensor<4xf8E4M3FN>
  return %rb, %rh, %ru, %r0, %rs, %rz, %rf
    : tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xi8>, tensor<4xf8E4M3FN>
}

// CHECK-LABEL: func @values_never_come_back
// CHECK:         lowp.quantize
// CHECK:         lowp.dequantize
func.func @values_never_come_back(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = arith.constant dense<0.1> : tensor<1xf32>
  %q = lowp.quantize %x, %s : tensor<4xf32>, tensor<1xf32> -> tensor<4xi8>
  %d = lowp.dequantize %q, %s : tensor<4xi8>, tensor<1xf32> -> tensor<4xf32>
  return %d : tensor<4xf32>
}

// CHECK-LABEL: func @fake_quant_twice
// CHECK:         %[[Y:.*]] = lowp.fake_quant %{{.*}} as i8
// CHECK-NEXT:    %[[Z:.*]] = lowp.fake_quant %[[Y]], %{{.*}} as i4
// CHECK-NEXT:    return %[[Y]], %[[Z]]
func.func @fake_quant_twice(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %s = arith.constant dense<0.1> : tensor<1xf32>
  %y = lowp.fake_quant %x, %s as i8 : tensor<4xf32>, tensor<1xf32>
  %r = lowp.fake_quant %y, %s as i8 : tensor<4xf32>, tensor<1xf32>
  %z = lowp.fake_quant %r, %s as i4 : tensor<4xf32>, tensor<1xf32>
  return %r, %z : tensor<4xf32>, tensor<4xf32>
}

// Two readers of an input choose its parameters once.
// CHECK-LABEL: func @one_choice
// CHECK-COUNT-1: lowp.choose_params
// CHECK-NOT:     lowp.choose_params
func.func @one_choice(%x: tensor<4x8xf32>) -> (tensor<4x1xf32>, tensor<4x1xf32>) {
  %s = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<4x1xf32>
  %t = lowp.choose_params %x : tensor<4x8xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<4x1xf32>
  return %s, %t : tensor<4x1xf32>, tensor<4x1xf32>
}
