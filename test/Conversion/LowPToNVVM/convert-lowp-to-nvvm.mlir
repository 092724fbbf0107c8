// RUN: quant-opt %s --convert-lowp-to-nvvm -canonicalize -cse | FileCheck %s
// RUN: quant-opt %s --convert-lowp-to-nvvm -canonicalize -cse | FileCheck %s --check-prefix=KERNEL
// RUN: not quant-opt %s --convert-lowp-to-nvvm=row-threads=40 2>&1 | FileCheck %s --check-prefix=ROW

// ROW: error: convert-lowp-to-nvvm: row-threads must be a multiple of 32 up to 1024

// CHECK: module attributes {gpu.container_module}

// A whole linear layer: the scale and the codes of each token, then the product.
// CHECK-LABEL: func.func @linear(
// CHECK-SAME:    %[[X:.*]]: tensor<?x576xf32>, %[[W:.*]]: tensor<1536x576xi8>, %[[WS:.*]]: tensor<1536x1xf32>)
// CHECK-DAG:     %[[M:.*]] = tensor.dim %[[X]], %c0
// CHECK-DAG:     %[[XS:.*]] = memref.alloc(%[[M]]) : memref<?x1xf32>
// CHECK-DAG:     %[[XQ:.*]] = memref.alloc(%[[M]]) : memref<?x576xi8>
// CHECK-DAG:     %[[XM:.*]] = bufferization.to_buffer %[[X]] read_only
// CHECK:         gpu.launch_func @quantize_rows_f32_dynamic_v4_t256::@quantize_rows_f32_dynamic_v4_t256
// CHECK-SAME:      blocks in (%[[M]], %c1, %c1) threads in (%c256, %c1, %c1)
// CHECK-SAME:      args(%[[XM]] : memref<?x576xf32>, %[[XS]] : memref<?x1xf32>, %[[XQ]] : memref<?x576xi8>, %c576_i32 : i32)
// CHECK-DAG:     %[[OUT:.*]] = memref.alloc(%[[M]]) : memref<?x1536xf32>
// CHECK-DAG:     %[[GRID:.*]] = arith.ceildivui %[[M]], %c128
// CHECK:         gpu.launch_func @quantized_matmul_f32_128x128x64s4_aa_rr::@quantized_matmul_f32_128x128x64s4_aa_rr
// CHECK-SAME:      blocks in (%[[GRID]], %c12, %c1) threads in (%c256, %c1, %c1) dynamic_shared_memory_size %c65536_i32
// CHECK-SAME:      args(%[[XQ]] : memref<?x576xi8>, %{{.*}} : memref<1536x576xi8>, %[[XS]] : memref<?x1xf32>, %{{.*}} : memref<1536x1xf32>, %[[OUT]] : memref<?x1536xf32>,
// CHECK-NOT:     lowp.quant
// CHECK:         bufferization.to_tensor %[[OUT]] restrict
func.func @linear(%x: tensor<?x576xf32>, %w: tensor<1536x576xi8>, %ws: tensor<1536x1xf32>) -> tensor<?x1536xf32> {
  %xs = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %xq = lowp.quantize %x, %xs : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) : (tensor<?x576xi8>, tensor<1536x576xi8>, tensor<?x1xf32>, tensor<1536x1xf32>) -> tensor<?x1536xf32>
  return %y : tensor<?x1536xf32>
}

// Rows of 30 codes are not aligned, and the weight is [k, n]: both go byte by byte. One scale for the activation.
// CHECK-LABEL: func.func @ragged(
// CHECK:         gpu.launch_func @quantize_rows_bf16_t_v1_t256::
// CHECK:         gpu.launch_func @quantized_matmul_f16_128x128x64s4_bx_tr_bias::
func.func @ragged(%x: tensor<4x30xbf16>, %xs: tensor<1x1xf32>, %w: tensor<30x6xi8>, %ws: tensor<1x6xf32>, %b: tensor<6xf32>) -> tensor<4x6xf16> {
  %xq = lowp.quantize %x, %xs : tensor<4x30xbf16>, tensor<1x1xf32> -> tensor<4x30xi8>
  %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws) bias(%b) transposed_rhs : (tensor<4x30xi8>, tensor<30x6xi8>, tensor<1x1xf32>, tensor<1x6xf32>, tensor<6xf32>) -> tensor<4x6xf16>
  return %y : tensor<4x6xf16>
}

// What has no kernel stays.
// CHECK-LABEL: func.func @other(
// CHECK:         lowp.quantize {{.*}} -> tensor<4x8xi4>
func.func @other(%x: tensor<4x8xf32>, %xs: tensor<4x1xf32>) -> tensor<4x8xi4> {
  %xq = lowp.quantize %x, %xs : tensor<4x8xf32>, tensor<4x1xf32> -> tensor<4x8xi4>
  return %xq : tensor<4x8xi4>
}

// KERNEL-LABEL: gpu.module @quantized_matmul_f32_128x128x64s4_aa_rr
// KERNEL:         llvm.mlir.global external @dynamic_shared() {addr_space = 3 : i32
// KERNEL:         llvm.func @quantized_matmul_f32_128x128x64s4_aa_rr(%{{.*}}: !llvm.ptr<1> {llvm.noalias, llvm.readonly}
// KERNEL-SAME:      gpu.kernel, nvvm.kernel, nvvm.reqntid = array<i32: 256>
// KERNEL:         scf.for
// KERNEL:           nvvm.cp.async.shared.global
// KERNEL:           nvvm.cp.async.commit.group
// KERNEL:         scf.for
// KERNEL:           nvvm.cp.async.wait.group 2
// KERNEL:           nvvm.barrier0
// KERNEL:           nvvm.ldmatrix
// KERNEL:           nvvm.mma.sync
// KERNEL:         nvvm.cp.async.wait.group 0
// KERNEL:         llvm.sitofp
// KERNEL:         llvm.fmul
// KERNEL:         llvm.store
