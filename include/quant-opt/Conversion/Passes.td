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

#endif // QUANTOPT_CONVERSION_PASSES
