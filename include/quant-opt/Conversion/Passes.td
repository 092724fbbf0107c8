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

#endif // QUANTOPT_CONVERSION_PASSES
