//===- LowPOps.td - Operations of the lowp dialect ----------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP_OPS
#define QUANTOPT_LOWP_OPS

include "LowP/LowPAttrs.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class LowP_Op<string mnemonic, list<Trait> traits = []>
    : Op<LowP_Dialect, mnemonic, traits>;

def LowP_StoreOp : LowP_Op<"store", [Symbol]> {
  let summary = "Names a weight store";
  let description = [{
    A checkpoint beside the IR: `path` (a .safetensors or .gguf file, or a
    folder) is relative to the IR file; `id`, 16 hex digits, is the content id
    of the headers there, so a store that was exchanged behind the IR is
    noticed when it is opened.

    ```mlir
    lowp.store @weights "model.weights" id = "6f1d9a0c55e0b7d2"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$path, StrAttr:$id);
  let assemblyFormat = "$sym_name $path `id` `=` $id attr-dict";
  let hasVerifier = 1;
}

def LowP_WeightOp : LowP_Op<"weight", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A tensor of a weight store";
  let description = [{
    Stands where a constant would. Not ConstantLike: the bytes are never
    folded, hashed or printed, so cloning, CSE and printing a model of any
    size cost nothing. A pass that changes a weight writes the new tensor to
    the store and a `lowp.weight` with the new key.

    Before rounding to 4 bits:
    ```mlir
    %w = lowp.weight @weights::@"layers.3.up_proj.weight" : tensor<1536x576xf32>
    ```
    After:
    ```mlir
    %q = lowp.weight @weights::@"layers.3.up_proj.weight.codes" : tensor<1536x576xi4>
    %s = lowp.weight @weights::@"layers.3.up_proj.weight.scale" : tensor<1536x9xf32>
    %w = lowp.dequantize %q, %s : tensor<1536x576xi4>, tensor<1536x9xf32> -> tensor<1536x576xf32>
    ```
  }];
  let arguments = (ins SymbolRefAttr:$key);
  let results = (outs AnyStaticShapeTensor:$result);
  let assemblyFormat = "$key attr-dict `:` type($result)";
}

/// Operands and results that casts share.
class LowP_CastOp<string mnemonic, list<Trait> traits = []> : LowP_Op<mnemonic, traits # [Pure]> {
  let results = (outs AnyRankedTensor:$result);
  let hasVerifier = 1;
  let hasFolder = 1;
}

def LowP_QuantizeOp : LowP_CastOp<"quantize"> {
  let summary = "Codes of a tensor";
  let description = [{
    q = saturate(round_half_even(x / scale) + z) for integer codes, the nearest
    8-bit float to x / scale, saturated, for float codes (numerics rules N1,
    N2, N4, N6). NaN gives 0, or the NaN of the float.

    `scale` and `zero_point` have the rank of the input; entry
    i floordiv (dim / scale_dim) along each dimension is the one that applies
    to element i (rule N7), so tensor, channel, token, group and block scales
    are one operation. A dynamic scale dimension has an entry for each index.

    ```mlir
    %q = lowp.quantize %x, %s : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xi8>
    %q = lowp.quantize %x, %s, %z : tensor<4x64xf32>, tensor<4x2xf32>, tensor<4x2xi4> -> tensor<4x64xi4>
    ```

    Folds: quantize(dequantize(q, s, z), s, z) is q, for integer codes of one
    type and a constant scale whose products with all codes are finite, normal
    numbers. (q - z) * s / s is then off from q - z by a relative 2^-p (p the
    precision of the values: 24 for f32, 11 for f16, 8 for bf16) + 2^-22; where
    that, times the at most 255 of q - z, is below one half, rounding gives
    q - z again. So i8 folds through f32 and f16, but not through bf16.
    dequantize(quantize(x)) is not x and never folds.

    ```mlir
    %s = arith.constant dense<0.1> : tensor<4x1xf32>
    %x = lowp.dequantize %q, %s : tensor<4x64xi8>, tensor<4x1xf32> -> tensor<4x64xf32>
    %r = lowp.quantize %x, %s : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xi8>  // %q
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero_point);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? attr-dict
    `:` type($input) `,` type($scale) (`,` type($zero_point)^)? `->` type($result)
  }];
}

def LowP_DequantizeOp : LowP_CastOp<"dequantize"> {
  let summary = "Values of codes";
  let description = [{
    x = (q - z) * scale, in f32 or f64, rounded once to the result (rules N3,
    N4), the parameters indexed as in `lowp.quantize`. A contraction with a
    quantized operand reads it through this operation (QDQ form) until a
    kernel takes the codes:

    Before:
    ```mlir
    %y = linalg.matmul ins(%x, %w : tensor<8x576xf32>, tensor<576x64xf32>) outs(%o : tensor<8x64xf32>)
    ```
    After:
    ```mlir
    %d = lowp.dequantize %q, %s : tensor<576x64xi4>, tensor<9x64xf32> -> tensor<576x64xf32>
    %y = linalg.matmul ins(%x, %d : tensor<8x576xf32>, tensor<576x64xf32>) outs(%o : tensor<8x64xf32>)
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero_point);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? attr-dict
    `:` type($input) `,` type($scale) (`,` type($zero_point)^)? `->` type($result)
  }];
  let hasFolder = 0;
}

def LowP_ChooseParamsOp : LowP_Op<"choose_params", [Pure]> {
  let summary = "Scale and zero point from the data";
  let description = [{
    Symmetric: scale = absmax / ((qmax - qmin) / 2) of each block; fp8:
    absmax / max. Asymmetric: the range widened to hold zero,
    scale = (max - min) / (qmax - qmin), z = round(qmin - min / scale), the
    scale as stored (rule N2). A zero range gives scale 1 and zero point 0
    (rule N5); other scales stay between the smallest normal and the largest
    number of their type (rule N8). A NaN in a block makes its scale NaN. The
    block shape is read off the scale type (rule N7).

    An input quantized at run time, before:
    ```mlir
    %y = linalg.matmul ins(%x, %w : tensor<?x576xf32>, tensor<576x64xf32>) outs(%o : tensor<?x64xf32>)
    ```
    After:
    ```mlir
    %s = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
    %q = lowp.quantize %x, %s : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
    %d = lowp.dequantize %q, %s : tensor<?x576xi8>, tensor<?x1xf32> -> tensor<?x576xf32>
    %y = linalg.matmul ins(%d, %w : tensor<?x576xf32>, tensor<576x64xf32>) outs(%o : tensor<?x64xf32>)
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, LowP_SchemeInterface:$scheme);
  let results = (outs AnyRankedTensor:$scale, Optional<AnyRankedTensor>:$zero_point);
  let assemblyFormat = [{
    $input attr-dict `:` type($input) `as` $scheme `->` type($scale) (`,` type($zero_point)^)?
  }];
  let hasVerifier = 1;
}

def LowP_FakeQuantOp : LowP_CastOp<"fake_quant", [AllTypesMatch<["input", "result"]>]> {
  let summary = "Quantize and dequantize in one step, in float";
  let description = [{
    dequantize(quantize(x)) with codes of `element`; what QAT trains through
    and what a sensitivity search evaluates.

    ```mlir
    %y = lowp.fake_quant %x, %s as i8 : tensor<4x64xf32>, tensor<4x1xf32>
    ```
    means
    ```mlir
    %q = lowp.quantize %x, %s : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xi8>
    %y = lowp.dequantize %q, %s : tensor<4x64xi8>, tensor<4x1xf32> -> tensor<4x64xf32>
    ```

    Folds: the second of two equal ones, under the conditions and for the
    reason of `lowp.quantize`'s fold.

    ```mlir
    %s = arith.constant dense<0.1> : tensor<4x1xf32>
    %y = lowp.fake_quant %x, %s as i8 : tensor<4x64xf32>, tensor<4x1xf32>
    %r = lowp.fake_quant %y, %s as i8 : tensor<4x64xf32>, tensor<4x1xf32>  // %y
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero_point, TypeAttr:$element);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? `as` $element attr-dict
    `:` type($input) `,` type($scale) (`,` type($zero_point)^)?
  }];
}

def LowP_ObserveOp : LowP_Op<"observe"> {
  let summary = "Marks a tensor whose statistics are wanted";
  let description = [{
    `calibrate` collects over all samples what reaches it; it computes
    nothing and is dropped when lowered.

    ```mlir
    lowp.observe %x at "layers.0.q_proj" : tensor<?x576xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, StrAttr:$site);
  let assemblyFormat = "$input `at` $site attr-dict `:` type($input)";
  let hasVerifier = 1;
}

#endif // QUANTOPT_LOWP_OPS
