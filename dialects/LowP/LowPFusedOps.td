//===- LowPFusedOps.td - Quantized contractions -------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `fuse-quantized-matmul` makes of QDQ form, and what kernels are written for.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP_FUSED_OPS
#define QUANTOPT_LOWP_FUSED_OPS

include "LowP/LowPOps.td"

def LowP_QuantizedMatmulOp : LowP_Op<"quantized_matmul", [Pure]> {
  let summary = "Product of two matrices of symmetric int8 codes, scaled";
  let description = [{
    Multiplies codes exactly and scales the sums:

        acc[m, n] = sum over k of lhs[m, k] * rhs[n, k]          (i32, wraps)
        result[m, n] = f32(acc) * lhs_scale[m] * rhs_scale[n] + bias[n]

    in f32, from left to right, each step rounded to nearest even, no step
    fused with another; then one rounding to the result's element type (rule
    N3). `lhs` is [m, k]. `rhs` is [n, k], as linear layers store their weight,
    or [k, n] with `transposed_rhs`. Scales have the rank of their data, length
    1 along k, and along the other dimension its length or 1 (rule N7).

    Before `fuse-quantized-matmul`:
    ```mlir
    %xd = lowp.dequantize %x, %xs : tensor<?x576xi8>, tensor<?x1xf32> -> tensor<?x576xf32>
    %wd = lowp.dequantize %w, %ws : tensor<1536x576xi8>, tensor<1536x1xf32> -> tensor<1536x576xf32>
    %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%xd, %wd : ...) outs(%zero : ...) -> tensor<?x1536xf32>
    ```
    After:
    ```mlir
    %y = lowp.quantized_matmul %x, %w scales(%xs, %ws)
       : (tensor<?x576xi8>, tensor<1536x576xi8>, tensor<?x1xf32>, tensor<1536x1xf32>) -> tensor<?x1536xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$lhs, AnyRankedTensor:$rhs,
                       AnyRankedTensor:$lhs_scale, AnyRankedTensor:$rhs_scale,
                       Optional<AnyRankedTensor>:$bias, UnitAttr:$transposed_rhs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `scales` `(` $lhs_scale `,` $rhs_scale `)` (`bias` `(` $bias^ `)`)?
    (`transposed_rhs` $transposed_rhs^)? attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The dimension of `rhs` that the sum runs over; the other is n.
    int64_t getRhsReductionDim() { return getTransposedRhs() ? 0 : 1; }
  }];
}

#endif // QUANTOPT_LOWP_FUSED_OPS
