// RUN: rm -rf %t && quant-opt %s --lower-to-ptx="chip=sm_90" -o %t
// RUN: FileCheck %s --check-prefix=LAUNCH --input-file=%t/launch.json
// RUN: FileCheck %s --check-prefix=MATMUL --input-file=%t/quantized_matmul_f32_128x128x64s4_aa_rr.ptx
// RUN: FileCheck %s --check-prefix=ROWS --input-file=%t/quantize_rows_f32_dynamic_v4_t256.ptx
// RUN: ls %t | FileCheck %s --check-prefix=FILES
// RUN: not quant-opt %s --lower-to-ptx="chip=sm_123 output=%t" 2>&1 | FileCheck %s --check-prefix=CHIP
// RUN: not quant-opt %s --lower-to-ptx="chip=sm_70 output=%t" 2>&1 | FileCheck %s --check-prefix=OLD
// RUN: not quant-opt %s --pass-pipeline='builtin.module(lower-to-ptx)' 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: not quant-opt %s --lower-to-ptx="output=%s/no" 2>&1 | FileCheck %s --check-prefix=WRITE
// RUN: echo 'module {}' | not quant-opt --lower-to-ptx="output=%t" 2>&1 | FileCheck %s --check-prefix=EMPTY
// An error leaves what was there.
// RUN: ls %t | FileCheck %s --check-prefix=FILES

// CHIP: error: kernel @quantize_rows_f32_dynamic_v4_t256: no target is called 'sm_123'; name one from sm_80 on, such as sm_90a
// OLD: error: 'nvvm.redux.sync' op is not supported on sm_70
// FOLDER: error: write-ptx: no folder to write to; give -o FOLDER or output=FOLDER
// WRITE: error: write-ptx: cannot make the folder '{{.*}}/no': Not a directory
// EMPTY: error: write-ptx: no kernel to write: no quantized contraction that has a kernel was found

// FILES:      host.mlir
// FILES-NEXT: launch.json
// FILES-NEXT: quantize_rows_f32_dynamic_v4_t256.ptx
// FILES-NEXT: quantized_matmul_f32_128x128x64s4_aa_rr.ptx
// FILES-NEXT: resources.json
// FILES-NOT:  {{.}}

// LAUNCH:      "chip": "sm_90"
// LAUNCH:      "args": [
// LAUNCH:          "dtype": "f32",
// LAUNCH-NEXT:     "in": "in0",
// LAUNCH-NEXT:     "shape": [
// LAUNCH-NEXT:       "dim(in0, 0)",
// LAUNCH-NEXT:       576
// LAUNCH:          "dtype": "f32",
// LAUNCH-NEXT:     "out": "t0",
// LAUNCH:          "dtype": "i8",
// LAUNCH-NEXT:     "out": "t1",
// LAUNCH:          "i32": 576
// LAUNCH:      "block": [
// LAUNCH-NEXT:   256,
// LAUNCH:      "cluster": [
// LAUNCH:      "file": "quantize_rows_f32_dynamic_v4_t256.ptx",
// LAUNCH:      "function": "linear",
// LAUNCH:      "grid": [
// LAUNCH-NEXT:   "dim(in0, 0)",
// LAUNCH:      "shared_bytes": 0
// LAUNCH:          "in": "t1",
// LAUNCH:          "in": "in1",
// LAUNCH:          "in": "t0",
// LAUNCH:          "in": "in2",
// LAUNCH:          "out": "out0",
// LAUNCH:          "i32": "dim(in0, 0)"
// LAUNCH:          "i32": 1536
// LAUNCH:          "i32": 576
// LAUNCH:      "grid": [
// LAUNCH-NEXT:   "ceildiv(dim(in0, 0), 128)",
// LAUNCH-NEXT:   12,
// LAUNCH-NEXT:   1
// LAUNCH:      "kernel": "quantized_matmul_f32_128x128x64s4_aa_rr",
// LAUNCH-NEXT: "schedule": "#lowp.schedule<mma_sync, tile = 128x128x64, stages = 4, warps = 2x4>",
// LAUNCH-NEXT: "shared_bytes": 65536

// MATMUL: .target sm_90{{$}}
// MATMUL: .visible .entry quantized_matmul_f32_128x128x64s4_aa_rr(
// MATMUL: .reqntid 256
// MATMUL: cp.async.cg.shared.global
// MATMUL: cp.async.wait_group 2;
// MATMUL: bar.sync 0;
// MATMUL: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// MATMUL: mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32
// MATMUL: cvt.rn.f32.s32
// MATMUL: mul.rn.f32
// MATMUL-NOT: fma
// MATMUL: st.global.v2.b32

// ROWS: redux.sync.max.u32
// ROWS: div.rn.f32
// ROWS: cvt.rni.f32.f32

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @linear(%x: tensor<?x576xf32>, %w: tensor<1536x576xi8>, %ws: tensor<1536x1xf32>) -> tensor<?x1536xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %xs = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
  %xd = lowp.dequantize %xq, %xs : tensor<?x576xi8>, tensor<?x1xf32> -> tensor<?x576xf32>
  %wd = lowp.dequantize %w, %ws : tensor<1536x576xi8>, tensor<1536x1xf32> -> tensor<1536x576xf32>
  %m = tensor.dim %x, %c0 : tensor<?x576xf32>
  %e = tensor.empty(%m) : tensor<?x1536xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x1536xf32>) -> tensor<?x1536xf32>
  %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%xd, %wd : tensor<?x576xf32>, tensor<1536x576xf32>)
    outs(%f : tensor<?x1536xf32>) -> tensor<?x1536xf32>
  return %y : tensor<?x1536xf32>
}
