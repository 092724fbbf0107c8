//===- Passes.td - Passes from one dialect to another -------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CONVERSION_PASSES
#define QUANTOPT_CONVERSION_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// LowPToLinalg
//===----------------------------------------------------------------------===//

def ConvertLowPToLinalg : Pass<"convert-lowp-to-linalg", "::mlir::ModuleOp"> {
  let summary = "Lower lowp operations to loops over bytes (the reference meaning)";
  let description = [{
    Every `lowp` operation becomes `linalg.generic` with the arithmetic of
    docs/numerics.md spelled out; this is what runs on the CPU and what kernels
    are compared with. Blocks that share a parameter become a dimension of
    their own, so all indexing maps are projected permutations:

    ```mlir
    %q = lowp.quantize %x, %s : tensor<4x64xf32>, tensor<4x2xf32> -> tensor<4x64xi4>
    ```
    becomes
    ```mlir
    %b = tensor.expand_shape %x [[0], [1, 2]] : tensor<4x64xf32> into tensor<4x2x32xf32>
    %e = tensor.empty() : tensor<4x2x32xi8>
    %c = linalg.generic {... (d0, d1, d2) -> (d0, d1) ...} ins(%b, %s) outs(%e) {
      %r = arith.divf ..., math.roundeven, clamp to [-8, 7], arith.fptosi to i8
    }
    %q = tensor.collapse_shape %c [[0], [1, 2]] : tensor<4x2x32xi8> into tensor<4x64xi8>
    ```

    Tensors of 2 to 7 bit integers and of 8-bit floats are carried as
    `tensor<..xi8>`, one element a byte, integers sign-extended, floats as
    their bits; so are function arguments and results. (A memref of i4 is one
    element a byte too but reads undefined bits, and 8-bit floats have no
    lowering on CPUs.) Casts between 8-bit floats and wider ones in bodies of
    linalg operations become bit arithmetic.

    `lowp.observe` is dropped, as is a `lowp.store` that no `lowp.weight`
    reads. `lowp.weight` stays: who runs the code decides where bytes come from.

    Fails on an operation that uses a narrow tensor and is neither from lowp,
    linalg, tensor, arith, scf, cf nor func.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::tensor::TensorDialect"];
}

//===----------------------------------------------------------------------===//
// LinalgToBlas
//===----------------------------------------------------------------------===//

def ConvertLinalgToBlas : Pass<"convert-linalg-to-blas", "::mlir::ModuleOp"> {
  let summary = "f32 contractions and softmax on buffers to runtime calls";
  let description = [{
    Every `linalg` contraction of f32 buffers (by its indexing maps: matmul
    and all its transposed forms, batched, with vectors, generics spelled as
    contractions, broadcast operands) becomes a call that hands the loop nest,
    trip counts and strides, to OpenBLAS. A zero fill before it is absorbed.
    `linalg.softmax` along the last dimension becomes a call as well. What
    does not match is left for `convert-linalg-to-loops`.

    ```mlir
    linalg.fill ins(%zero : f32) outs(%c : memref<4x8xf32>)
    linalg.matmul ins(%a, %b : memref<4x16xf32>, memref<16x8xf32>) outs(%c : memref<4x8xf32>)
    ```
    becomes
    ```mlir
    %layout = memref.alloca() : memref<12xindex>     // trip counts, strides in a, in b, in c
    func.call @quantopt_contract_f32(%c3, %layout_address, %a_address, %b_address, %c_address, %c0)
      : (index, index, index, index, index, index) -> ()
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::memref::MemRefDialect"];
}

//===----------------------------------------------------------------------===//
// LowPToQuant
//===----------------------------------------------------------------------===//

def ConvertLowPToQuant : Pass<"convert-lowp-to-quant", "::mlir::ModuleOp"> {
  let summary = "Express casts with constant parameters by upstream's quant types";
  let description = [{
    For tools that read `!quant.uniform`. Parameters of one entry become a
    per-tensor type, of one dimension a per-axis type, of blocks a sub-channel
    type.

    ```mlir
    %s = arith.constant dense<0.5> : tensor<1x1xf32>
    %q = lowp.quantize %x, %s : tensor<4x8xf32>, tensor<1x1xf32> -> tensor<4x8xi8>
    ```
    becomes
    ```mlir
    %u = quant.qcast %x : tensor<4x8xf32> to tensor<4x8x!quant.uniform<i8:f32, 5.0e-01>>
    %q = quant.scast %u : tensor<4x8x!quant.uniform<i8:f32, 5.0e-01>> to tensor<4x8xi8>
    ```

    A cast that upstream's types cannot say stays as it is, with a remark that
    gives the reason: parameters computed at run time, 8-bit float codes.
    `lowp.fake_quant` and `lowp.choose_params` have no counterpart and stay.
    Upstream leaves the rounding of `quant.qcast` open, and its own lowering
    (`lower-quant-ops`) truncates; rules N1 and N6 end at this border.
  }];
  let dependentDialects = ["::mlir::quant::QuantDialect"];
}

//===----------------------------------------------------------------------===//
// QuantToLowP
//===----------------------------------------------------------------------===//

def ConvertQuantToLowP : Pass<"convert-quant-to-lowp", "::mlir::ModuleOp"> {
  let summary = "Take parameters out of upstream's quant types";
  let description = [{
    Tensors of `!quant.uniform` become tensors of their storage type, in
    signatures too; `quant.qcast` and `quant.dcast` become `lowp.quantize` and
    `lowp.dequantize` with constant parameters; `quant.scast` disappears.

    ```mlir
    %u = quant.qcast %x : tensor<4x8xf32> to tensor<4x8x!quant.uniform<i8:f32:0, {0.5, 0.25:3, 1.0, 2.0}>>
    ```
    becomes
    ```mlir
    %s = arith.constant dense<[[0.5], [0.25], [1.0], [2.0]]> : tensor<4x1xf32>
    %z = arith.constant dense<[[0], [3], [0], [0]]> : tensor<4x1xi8>
    %u = lowp.quantize %x, %s, %z : tensor<4x8xf32>, tensor<4x1xf32>, tensor<4x1xi8> -> tensor<4x8xi8>
    ```

    Fails, with the reason, on a type that `lowp` has no form for: unsigned
    storage, a storage range narrower than its type, more than 8 bits,
    `!quant.any`, calibrated types, scalars, tensors without a rank.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::quantopt::lowp::LowPDialect"];
}

//===----------------------------------------------------------------------===//
// LinalgToLowP
//===----------------------------------------------------------------------===//

def FuseMixedMatmul : InterfacePass<"fuse-mixed-matmul", "::mlir::FunctionOpInterface"> {
  let summary = "Turns contractions with dequantized 4-bit weights into lowp.mixed_matmul";
  let description = [{
    A contraction of f16 or bf16 rows with a `lowp.dequantize` of i4 codes
    becomes a `lowp.mixed_matmul`, with the bias that is added to an f32 result.
    The weight may be seen through transposes and unit dimensions; leading
    dimensions of the activation are collapsed. Sums are f32 (rule N23).

    With `activations`, f32 rows are rounded to that type first, for kernels
    multiply 16-bit floats: f16 is closer, bf16 has no value that overflows.

    A contraction with a 4-bit weight that stays as it is leaves a remark with
    the reason.

    Before:
    ```mlir
    %wd = lowp.dequantize %w, %s : tensor<1536x576xi4>, tensor<1536x9xf16> -> tensor<1536x576xf16>
    %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%x, %wd : ...) outs(%zero : ...) -> tensor<?x1536xf16>
    ```
    After:
    ```mlir
    %y = lowp.mixed_matmul %x, %w scale(%s)
       : (tensor<?x576xf16>, tensor<1536x576xi4>, tensor<1536x9xf16>) -> tensor<?x1536xf16>
    ```
  }];
  let options = [
    Option<"activations", "activations", "std::string", "\"\"",
           "Round f32 activations of 4-bit weights to this type, f16 or bf16; empty: they are not fused">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
                           "::quantopt::lowp::LowPDialect", "::mlir::tensor::TensorDialect"];
}

def FuseQuantizedMatmul : InterfacePass<"fuse-quantized-matmul", "::mlir::FunctionOpInterface"> {
  let summary = "Turns contractions of dequantized 8-bit operands into lowp.quantized_matmul";
  let description = [{
    A contraction whose two operands are `lowp.dequantize` of symmetric int8
    codes, or both of 8-bit floats, with one scale a row (or one for all), becomes a
    `lowp.quantized_matmul`. The operands may be seen through transposes and
    unit dimensions; leading dimensions of the activation are collapsed. A bias
    that is added to every row of an f32 result joins the operation.

    This moves the scales behind the sum, which changes float rounding: sums of
    codes are exact, where the contraction rounded every partial sum.

    A contraction with a dequantized operand that stays as it is leaves a
    remark with the reason.

    Before:
    ```mlir
    %xs = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
    %xq = lowp.quantize %x, %xs : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
    %xd = lowp.dequantize %xq, %xs : tensor<?x576xi8>, tensor<?x1xf32> -> tensor<?x576xf32>
    %wd = lowp.dequantize %w, %ws : tensor<1536x576xi8>, tensor<1536x1xf32> -> tensor<1536x576xf32>
    %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%xd, %wd : ...) outs(%zero : ...) -> tensor<?x1536xf32>
    ```
    After:
    ```mlir
    %xs = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
    %xq = lowp.quantize %x, %xs : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
    %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws)
       : (tensor<?x576xi8>, tensor<1536x576xi8>, tensor<?x1xf32>, tensor<1536x1xf32>) -> tensor<?x1536xf32>
    ```
  }];
  let dependentDialects = ["::quantopt::lowp::LowPDialect", "::mlir::tensor::TensorDialect"];
}

//===----------------------------------------------------------------------===//
// HopperToLLVM
//===----------------------------------------------------------------------===//

def ConvertHopperToLLVM : Pass<"convert-hopper-to-llvm"> {
  let summary = "Writes hopper operations of kernels as inline assembly";
  let description = [{
    One PTX template an operation; the description of each operation shows its
    own. Registers that an instruction writes in place are tied to its inputs.
    `hopper.tensor_map` is of the host side and stays.

    ```mlir
    %r = hopper.lop3 234, %a, %mask, %bits : i32
    ```
    becomes
    ```mlir
    %r = llvm.inline_asm asm_dialect = att "lop3.b32 $0, $1, $2, $3, 234;", "=r,r,n,n" %a, %mask, %bits
      : (i32, i32, i32) -> i32
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

//===----------------------------------------------------------------------===//
// LowPToNVVM
//===----------------------------------------------------------------------===//

def ConvertLowPToNVVM : Pass<"convert-lowp-to-nvvm", "::mlir::ModuleOp"> {
  let summary = "Turns quantized matmuls and 8-bit quantization into launches of NVVM kernels";
  let description = [{
    Each `lowp.quantized_matmul`, and each `lowp.quantize` to 8 bits with the
    `lowp.choose_params` of its rows, becomes a `gpu.launch_func`; the kernel is
    an `llvm.func` in a gpu.module of its own, in nvvm, llvm, scf and arith, and
    serves every shape: lengths are kernel arguments. Equal kernels are shared.
    docs/kernels.md describes them. A contraction's `lowp.schedule` says which
    kernel it is; without one it is the plain one, of mma.sync.

    Before:
    ```mlir
    %y = lowp.quantized_matmul %xq, %w scales(%xs, %ws)
       : (tensor<?x576xi8>, tensor<1536x576xi8>, tensor<?x1xf32>, tensor<1536x1xf32>) -> tensor<?x1536xf32>
    ```
    After:
    ```mlir
    gpu.module @quantized_matmul_f32 { llvm.func @quantized_matmul_f32(...) attributes {gpu.kernel, nvvm.kernel, ...} {...} }
    ...
    %out = memref.alloc(%m) : memref<?x1536xf32>
    gpu.launch_func @quantized_matmul_f32::@quantized_matmul_f32 blocks in (%gx, %gy, %c1) threads in (%c256, %c1, %c1)
      dynamic_shared_memory_size %bytes args(%xq_m : memref<?x576xi8>, ...)
    %y = bufferization.to_tensor %out restrict : memref<?x1536xf32> to tensor<?x1536xf32>
    ```
  }];
  let options = [
    Option<"rowThreads", "row-threads", "int64_t", "256", "Threads that quantize one row">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::bufferization::BufferizationDialect",
                           "::mlir::gpu::GPUDialect", "::mlir::LLVM::LLVMDialect",
                           "::quantopt::hopper::HopperDialect", "::mlir::memref::MemRefDialect", "::mlir::NVVM::NVVMDialect",
                           "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"];
}

//===----------------------------------------------------------------------===//
// TosaToLinalg
//===----------------------------------------------------------------------===//

def LowerTosa : Pass<"lower-tosa", "::mlir::ModuleOp"> {
  let summary = "Turns TOSA into linalg on tensors, where there is any";
  let description = [{
    Upstream's lowering to linalg, arith, tensor and scf. A module without TOSA
    is left alone. Recipes begin with it, for contractions are looked for among
    linalg ops.

    Before:
    ```mlir
    %y = tosa.matmul %x, %w, %zp, %zp
       : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
    ```
    After:
    ```mlir
    %y = linalg.batch_matmul ins(%x, %w : tensor<1x4x8xf32>, tensor<1x8x3xf32>)
                             outs(%init : tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
    ```
  }];
}

#endif // QUANTOPT_CONVERSION_PASSES
