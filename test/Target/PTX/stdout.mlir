// PTX on stdout: one module of all kernels, which ptxas takes as it is and ptx-emu runs one kernel of.
// RUN: quant-opt %s --lower-to-ptx | FileCheck %s
// RUN: quant-opt %s --lower-to-ptx -o - | FileCheck %s
// RUN: %python %inputs/make-npz.py %t.npz x "<f4" "[3, 4]" "[0, 0, 0, 0, 127.5, -255, 1, 3, -1, 0.5, 0.25, 0.125]"
// RUN: echo '{"kernel": "quantize_rows_f32_dynamic_v4_t256", "grid": [3], "block": [256], "args": [{"in": "x"}, {"out": "scale", "dtype": "f32", "shape": [3, 1]}, {"out": "codes", "dtype": "i8", "shape": [3, 4]}, {"i32": 4}]}' > %t.json
// RUN: quant-opt %s --lower-to-ptx | ptx-emu - --launch=%t.json --inputs=%t.npz | FileCheck %s --check-prefix=VALUES --match-full-lines
// RUN: echo 'module {}' | not quant-opt --lower-to-ptx 2>&1 | FileCheck %s --check-prefix=EMPTY

// CHECK-COUNT-1: .version
// CHECK-DAG: .visible .entry quantize_rows_f32_dynamic_v4_t256(
// CHECK-DAG: .visible .entry quantized_matmul_f32_128x128x64s4_bb_rr(
// CHECK-DAG: .visible .entry quantized_matmul_bf16_128x128x64s4_bb_rr(
// CHECK-NOT: .version
// CHECK-NOT: module

// VALUES: scale = f32 [3, 1] {{\[\[}}1], [2], [0.007843138]]
// VALUES: codes = i8 [3, 4] {{\[\[}}0, 0, 0, 0], [64, -128, 0, 2], [-127, 64, 32, 16]]
// EMPTY: error: write-ptx: no kernel to write: no quantized contraction that has a kernel was found

func.func @f(%x: tensor<?x4xf32>, %w: tensor<6x4xi8>, %ws: tensor<6x1xf32>) -> (tensor<?x6xf32>, tensor<?x6xbf16>) {
  %xs = lowp.choose_params %x : tensor<?x4xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x4xf32>, tensor<?x1xf32> -> tensor<?x4xi8>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) : (tensor<?x4xi8>, tensor<6x4xi8>, tensor<?x1xf32>, tensor<6x1xf32>) -> tensor<?x6xf32>
  %z = lowp.quantized_matmul %xq, %w scales(%xs, %ws) : (tensor<?x4xi8>, tensor<6x4xi8>, tensor<?x1xf32>, tensor<6x1xf32>) -> tensor<?x6xbf16>
  return %y, %z : tensor<?x6xf32>, tensor<?x6xbf16>
}
