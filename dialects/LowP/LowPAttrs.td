//===- LowPAttrs.td - Schemes, plans, external tensors ------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP_ATTRS
#define QUANTOPT_LOWP_ATTRS

include "LowP/LowPBase.td"
include "LowP/LowPInterfaces.td"

class LowP_Attr<string name, string mnem, list<Trait> traits = []>
    : AttrDef<LowP_Dialect, name, traits> {
  let mnemonic = mnem;
}

def LowP_Granularity : I32EnumAttr<"Granularity", "what shares one scale", [
    I32EnumAttrCase<"Tensor", 0, "tensor">,
    I32EnumAttrCase<"Channel", 1, "channel">,
    I32EnumAttrCase<"Token", 2, "token">,
    I32EnumAttrCase<"Group", 3, "group">,
    I32EnumAttrCase<"Block", 4, "block">]> {
  let cppNamespace = "::quantopt::lowp";
  let genSpecializedAttr = 0;
}

def LowP_SchemeAttr : LowP_Attr<"Scheme", "scheme",
    [DeclareAttrInterfaceMethods<LowP_SchemeInterface>]> {
  let summary = "How a tensor is quantized";
  let description = [{
    Element type of the codes (i2 to i8, f8E4M3FN, f8E5M2), what shares a
    scale, whether there is a zero point, and whether parameters are fixed
    before the run (static) or computed from each input (dynamic).

    | granularity | one scale for | scale of a [576, 1536] tensor that is summed over dimension 1 |
    |---|---|---|
    | `tensor` (default) | everything | [1, 1] |
    | `channel` | each index outside the summed dimensions, known before the run | [576, 1] |
    | `token` | the same, at run time: always `dynamic` | [576, 1] |
    | `group = 64` | each run of 64 along the one summed dimension | [576, 24] |
    | `block = 64x128` | each 64 x 128 block of a matrix | [9, 12] |

    ```mlir
    #lowp.scheme<i4, group = 64>                     // symmetric, static
    #lowp.scheme<i4, group = 128, asymmetric>
    #lowp.scheme<i8, channel>
    #lowp.scheme<i8, token, dynamic>
    #lowp.scheme<f8E4M3FN, tensor>
    #lowp.scheme<f8E4M3FN, block = 128x128>
    ```
  }];
  let parameters = (ins "::mlir::Type":$element, "Granularity":$granularity,
                        "int64_t":$groupSize, "int64_t":$blockRows,
                        "bool":$asymmetric, "bool":$dynamic);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def LowP_PlanAttr : LowP_Attr<"Plan", "plan"> {
  let summary = "What will happen to one contraction";
  let description = [{
    Written by `quant-plan` (or by hand) as the discardable attribute
    `lowp.plan` of a contraction and obeyed by every later pass: `weight` and
    `input` say how each operand is quantized (no `input`: it stays float),
    `method` which pass rounds the weight, `site` what reports and errors call
    the contraction. The weight's scheme is static: its values are known.

    Before `quant-plan`:
    ```mlir
    %y = linalg.matmul ins(%x, %w : tensor<?x576xf32>, tensor<576x1536xf32>) outs(%o : tensor<?x1536xf32>)
    ```
    After:
    ```mlir
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "layers.0.up_proj",
        weight = #lowp.scheme<i8, channel>, input = #lowp.scheme<i8, token, dynamic>, method = "rtn">}
      ins(%x, %w : tensor<?x576xf32>, tensor<576x1536xf32>) outs(%o : tensor<?x1536xf32>)
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$site,
                        "::quantopt::lowp::SchemeInterface":$weight,
                        OptionalParameter<"::quantopt::lowp::SchemeInterface">:$input,
                        "::mlir::StringAttr":$method);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // QUANTOPT_LOWP_ATTRS
