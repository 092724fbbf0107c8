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
    Element type of the codes, what shares a scale, whether there is a zero
    point, and whether parameters are fixed before the run.

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
    `lowp.plan` of a contraction and obeyed by every later pass.

    ```mlir
    linalg.matmul {lowp.plan = #lowp.plan<site = "layers.0.q_proj",
      weight = #lowp.scheme<i4, group = 64>, method = "gptq">} ...
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$site,
                        "::quantopt::lowp::SchemeInterface":$weight,
                        OptionalParameter<"::quantopt::lowp::SchemeInterface">:$input,
                        "::mlir::StringAttr":$method);
  let assemblyFormat = "`<` struct(params) `>`";
}

def LowP_ExternalAttr : LowP_Attr<"External", "external", [TypedAttrInterface]> {
  let summary = "A tensor in a weight store";
  let description = [{
    A key and a type: equality compares the key, never the bytes, and no
    pattern folds it.

    ```mlir
    #lowp.external<@weights::@"model.norm.weight"> : tensor<576xf32>
    ```
  }];
  let parameters = (ins AttributeSelfTypeParameter<"", "::mlir::RankedTensorType">:$type,
                        "::mlir::SymbolRefAttr":$key);
  let builders = [AttrBuilderWithInferredContext<(ins "::mlir::RankedTensorType":$type,
                                                      "::mlir::SymbolRefAttr":$key), [{
    return $_get(key.getContext(), type, key);
  }]>];
  let assemblyFormat = "`<` $key `>`";
}

#endif // QUANTOPT_LOWP_ATTRS
