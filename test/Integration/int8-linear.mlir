// An int8 layer with code around its kernels: on the CPU as integers, through a folder of PTX in the emulator, and lowered
// on the spot in the emulator. Sums are exact and every rounding is stated, so all three give the same bits.
// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/Inputs/make_inputs.py %t/x.npz
// RUN: quant-opt %s --pass-pipeline='builtin.module(func.func(fuse-quantized-matmul))' -o %t/fused.mlir
// RUN: quant-run %t/fused.mlir --function=layer --inputs=%t/x.npz --outputs=%t/cpu.npz
// RUN: quant-opt %s --lower-to-ptx -o %t/out
// RUN: quant-run %t/out --backend=emulator --function=layer --inputs=%t/x.npz --outputs=%t/folder.npz
// RUN: %python %inputs/compare-npz.py %t/folder.npz %t/cpu.npz
// RUN: quant-run %s --backend=emulator --function=layer --inputs=%t/x.npz --outputs=%t/spot.npz
// RUN: %python %inputs/compare-npz.py %t/spot.npz %t/cpu.npz

// The PTX of the folder is what runs: without it, or with another, the run says so.
// RUN: FileCheck %s --check-prefix=HOST --input-file=%t/out/host.mlir
// RUN: rm %t/out/quantize_rows_f32_dynamic_v4_t256.ptx
// RUN: not quant-run %t/out --backend=emulator --function=layer --inputs=%t/x.npz --outputs=%t/folder.npz 2>&1 | FileCheck %s --check-prefix=GONE
// RUN: not quant-run %t/out --function=layer --inputs=%t/x.npz --outputs=%t/folder.npz 2>&1 | FileCheck %s --check-prefix=CPU
// RUN: not quant-run %t/fused.mlir --backend=emulator --function=layer --prompt=x 2>&1 | FileCheck %s --check-prefix=PROMPT
// RUN: %python %inputs/compare-npz.py %t/folder.npz %t/cpu.npz
// RUN: echo 'func.func @main(%%x: tensor<1xf32>) -> tensor<1xf32> { return %%x : tensor<1xf32> }' > %t/float.mlir
// RUN: not quant-run %t/float.mlir --backend=emulator --inputs=%t/x.npz --outputs=%t/y.npz 2>&1 | FileCheck %s --check-prefix=NONE

// HOST: gpu.launch_func
// HOST-NOT: TimeInMs
// HOST: gpu.module @quantize_rows_f32_dynamic_v4_t256
// HOST-NEXT: llvm.func @quantize_rows_f32_dynamic_v4_t256
// HOST-NEXT: {{^[ ]+[}]$}}
// GONE: error: {{.*}}quantize_rows_f32_dynamic_v4_t256.ptx: cannot be read: {{.*}}; write the folder again by --lower-to-ptx
// CPU: error: {{.*}}: holds kernels; give --backend=emulator or cuda, or the module they were made of
// PROMPT: error: --backend=emulator and cuda run --outputs and checks alone
// NONE: error: no kernel to run: no quantized contraction that has a kernel was found; use --backend=cpu

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>
#row = affine_map<(m, n) -> (m, n)>
#bias = affine_map<(m, n) -> (n)>

// relu(x) quantized by row, times the weight, plus a bias, and the residual.
func.func @layer(%x: tensor<?x20xf32>, %w: tensor<20x20xi8>, %ws: tensor<20x1xf32>, %b: tensor<20xf32>) -> tensor<?x20xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %m = tensor.dim %x, %c0 : tensor<?x20xf32>
  %e = tensor.empty(%m) : tensor<?x20xf32>
  %relu = linalg.generic {indexing_maps = [#row, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<?x20xf32>) outs(%e : tensor<?x20xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.maximumf %in, %zero : f32
    linalg.yield %0 : f32
  } -> tensor<?x20xf32>
  %xs = lowp.choose_params %relu : tensor<?x20xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %relu, %xs : tensor<?x20xf32>, tensor<?x1xf32> -> tensor<?x20xi8>
  %xd = lowp.dequantize %xq, %xs : tensor<?x20xi8>, tensor<?x1xf32> -> tensor<?x20xf32>
  %wd = lowp.dequantize %w, %ws : tensor<20x20xi8>, tensor<20x1xf32> -> tensor<20x20xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x20xf32>) -> tensor<?x20xf32>
  %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%xd, %wd : tensor<?x20xf32>, tensor<20x20xf32>)
    outs(%f : tensor<?x20xf32>) -> tensor<?x20xf32>
  %yb = linalg.generic {indexing_maps = [#row, #bias, #row], iterator_types = ["parallel", "parallel"]}
      ins(%y, %b : tensor<?x20xf32>, tensor<20xf32>) outs(%e : tensor<?x20xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %0 = arith.addf %in, %bias : f32
    linalg.yield %0 : f32
  } -> tensor<?x20xf32>
  %r = linalg.generic {indexing_maps = [#row, #row, #row], iterator_types = ["parallel", "parallel"]}
      ins(%yb, %x : tensor<?x20xf32>, tensor<?x20xf32>) outs(%e : tensor<?x20xf32>) {
  ^bb0(%in: f32, %res: f32, %out: f32):
    %0 = arith.addf %in, %res : f32
    linalg.yield %0 : f32
  } -> tensor<?x20xf32>
  return %r : tensor<?x20xf32>
}
