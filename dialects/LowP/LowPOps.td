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
    `path` is relative to the IR file; `id` is the content id of the headers
    there, so a store that was exchanged behind the IR is noticed.

    ```mlir
    lowp.store @weights "model.weights" id = "6f1d9a0c55e0b7d2"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$path, StrAttr:$id);
  let assemblyFormat = "$sym_name $path `id` `=` $id attr-dict";
}

def LowP_WeightOp : LowP_Op<"weight", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A tensor of a weight store";
  let description = [{
    Not ConstantLike: the bytes are never folded, hashed or printed.

    ```mlir
    %w = lowp.weight @weights::@"model.layers.3.mlp.up_proj.weight" : tensor<1536x576xf32>
    ```
  }];
  let arguments = (ins SymbolRefAttr:$key);
  let results = (outs AnyStaticShapeTensor:$result);
  let assemblyFormat = "$key attr-dict `:` type($result)";
}

def LowP_QuantizeOp : LowP_Op<"quantize", [Pure]> {
  let summary = "Codes of a tensor";
  let description = [{
    q = saturate(round_half_even(x / scale) + z) (numerics rules N1, N2, N4).
    `scale` and `zero_point` have the rank of the input; entry
    i floordiv (dim / scale_dim) along each dimension is the one that applies
    to element i (rule N7), so tensor, channel, token, group and block scales
    are one operation.

    ```mlir
    %q = lowp.quantize %x, %s : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xi8>
    %q = lowp.quantize %x, %s, %z : tensor<4x64xf32>, tensor<4x2xf32>, tensor<4x2xi4> -> tensor<4x64xi4>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero_point);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? attr-dict
    `:` type($input) `,` type($scale) (`,` type($zero_point)^)? `->` type($result)
  }];
  let hasVerifier = 1;
}

def LowP_DequantizeOp : LowP_Op<"dequantize", [Pure]> {
  let summary = "Values of codes";
  let description = [{
    x = (q - z) * scale, in f32 (rule N4), the parameters indexed as in
    `lowp.quantize`.

    ```mlir
    %w = lowp.dequantize %q, %s : tensor<576x576xi4>, tensor<576x9xf32> -> tensor<576x576xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero_point);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? attr-dict
    `:` type($input) `,` type($scale) (`,` type($zero_point)^)? `->` type($result)
  }];
  let hasVerifier = 1;
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

    ```mlir
    %s = lowp.choose_params %x : tensor<?x576xf32>
       as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, LowP_SchemeInterface:$scheme);
  let results = (outs AnyRankedTensor:$scale, Optional<AnyRankedTensor>:$zero_point);
  let assemblyFormat = [{
    $input attr-dict `:` type($input) `as` $scheme `->` type($scale) (`,` type($zero_point)^)?
  }];
  let hasVerifier = 1;
}

def LowP_FakeQuantOp : LowP_Op<"fake_quant", [Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "Quantize and dequantize in one step, in float";
  let description = [{
    dequantize(quantize(x)) with codes of `element`; what QAT trains through.

    ```mlir
    %y = lowp.fake_quant %x, %s as i8 : tensor<4x64xf32>, tensor<4x1xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$scale,
                       Optional<AnyRankedTensor>:$zero_point, TypeAttr:$element);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? `as` $element attr-dict
    `:` type($input) `,` type($scale) (`,` type($zero_point)^)?
  }];
  let hasVerifier = 1;
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
}

#endif // QUANTOPT_LOWP_OPS
