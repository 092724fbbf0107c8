// Stock mlir-opt, and our own tool, which has the same passes already.
// UNSUPPORTED: sanitizers
// RUN: mlir-opt %s --load-dialect-plugin=%build_dir/lib/QuantOptPlugin.so --load-pass-plugin=%build_dir/lib/QuantOptPlugin.so \
// RUN:   --pass-pipeline='builtin.module(convert-lowp-to-linalg,canonicalize)' | FileCheck %s
// RUN: quant-opt %s --load-dialect-plugin=%build_dir/lib/QuantOptPlugin.so --load-pass-plugin=%build_dir/lib/QuantOptPlugin.so \
// RUN:   --pass-pipeline='builtin.module(convert-lowp-to-linalg,canonicalize)' | FileCheck %s

// CHECK-LABEL: func @quantize
// CHECK:         math.roundeven
func.func @quantize(%x: tensor<4x8xf32>, %s: tensor<4x1xf32>) -> tensor<4x8xi4> {
  %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<4x1xf32> -> tensor<4x8xi4>
  return %q : tensor<4x8xi4>
}
