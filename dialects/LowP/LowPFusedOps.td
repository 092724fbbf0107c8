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
  let summary = "Product of two matrices of symmetric 8-bit codes, scaled";
  let description = [{
    Multiplies codes exactly and scales the sums:

        acc[m, n] = sum over k of lhs[m, k] * rhs[n, k]
        result[m, n] = f32(acc) * lhs_scale[m] * rhs_scale[n] + bias[n]

    in f32, from left to right, each step rounded to nearest even, no step
    fused with another; then one rounding to the result's element type (rule
    N3). Codes are i8 on both sides, sums then exact in i32 (they wrap), or
    f8E4M3FN or f8E5M2 on either side, sums then f32 in no stated order (rule
    N23). `lhs` is [m, k]. `rhs` is [n, k], as linear layers store their weight,
    or [k, n] with `transposed_rhs`. Scales have the rank of their data, length
    1 along k, and along the other dimension its length or 1 (rule N7). `bias`
    is [n], or [m, n]: a residual.

    Scales of 8-bit floats [n, k] may be of blocks: one for each of equally long
    parts of k, and of n. The sum is then over the dequantized operands, in f32,
    in no stated order (rule N23).

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

def LowP_MixedMatmulOp : LowP_Op<"mixed_matmul", [Pure, AttrSizedOperandSegments]> {
  let summary = "Product of rows of 16-bit floats with a matrix of 4-bit codes";
  let description = [{
    Multiplies with the dequantized weight:

        w[n, k] = (rhs[n, k] - zero[n, k / group]) * scale[n, k / group]     rounded to the type of lhs
        result[m, n] = sum over k of lhs[m, k] * w[n, k] + bias[n]           in f32 (rule N23), rounded once

    `bias` may also be [m, n], a residual.

    `lhs` is [m, k] of f16 or bf16; `rhs` [n, k] of i4. `scale`, of f32 or of
    the type of lhs, and `zero`, of i4, are [n, groups], and group = k / groups.

    `pack-int4-weights` gives the weight the layout that kernels read: `rhs` is
    then [ceil(n / 64), ceil(k / 64), 128, 4] of i32, `scale` and `zero` are
    [groups, 64 ceil(n / 64)], both of the type of lhs.

    Before `fuse-quantized-matmul`:
    ```mlir
    %wd = lowp.dequantize %w, %s : tensor<1536x576xi4>, tensor<1536x9xf16> -> tensor<1536x576xf16>
    %y = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%x, %wd : ...) outs(%fill : ...) -> tensor<?x1536xf16>
    ```
    After:
    ```mlir
    %y = lowp.mixed_matmul %x, %w scale(%s)
       : (tensor<?x576xf16>, tensor<1536x576xi4>, tensor<1536x9xf16>) -> tensor<?x1536xf16>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$lhs, AnyRankedTensor:$rhs, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero, Optional<AnyRankedTensor>:$bias);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `scale` `(` $scale `)` (`zero` `(` $zero^ `)`)? (`bias` `(` $bias^ `)`)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// True when the weight has the layout of kernels.
    bool isPacked() { return ::llvm::cast<::mlir::RankedTensorType>(getRhs().getType()).getRank() == 4; }
    /// Groups of a row.
    int64_t getGroups() {
      return ::llvm::cast<::mlir::RankedTensorType>(getScale().getType()).getDimSize(isPacked() ? 0 : 1);
    }
    /// Rows and columns of a block of a packed weight.
    static constexpr int64_t kBlock = 64;
  }];
}

#endif // QUANTOPT_LOWP_FUSED_OPS
