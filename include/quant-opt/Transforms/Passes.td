//===- Passes.td - Passes over linear-algebra IR ------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TRANSFORMS_PASSES
#define QUANTOPT_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

def QuantPlanPass : Pass<"quant-plan", "::mlir::ModuleOp"> {
  let summary = "Decide what happens to each contraction";
  let description = [{
    Finds every contraction and convolution of an activation with a weight
    (docs/foreign-ir.md lists what is seen through) and writes a `lowp.plan` on
    it, or `lowp.skip` with the reason why it stays as it is. A plan or skip that
    is there already is kept. Embeddings are no contractions and stay float; so
    does the head of a language model (a contraction with as many outputs as a
    looked-up table has rows, whose result the function returns) unless
    `quantize-head` is set.

    Before:

    ```mlir
    %y = linalg.matmul ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>)
                       outs(%zero : tensor<4x32xf32>) -> tensor<4x32xf32>
    ```

    After `quant-plan{weight="i4, group = 32" input="i8, token, dynamic"}`:

    ```mlir
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "matmul.0",
           weight = #lowp.scheme<i4, group = 32>,
           input = #lowp.scheme<i8, token, dynamic>, method = "rtn">} ...
    ```

    Errors: a group size that does not divide the reduction length (the message
    lists the sizes that would), an `ignore` pattern that matches no site (the
    message lists near names), a scheme that does not parse.
  }];
  let options = [
    Option<"weight", "weight", "std::string", /*default=*/"\"i8, channel\"",
           "Scheme of the weights, as inside #lowp.scheme<...>">,
    Option<"input", "input", "std::string", /*default=*/"\"\"",
           "Scheme of the inputs; empty: inputs stay float">,
    Option<"method", "method", "std::string", /*default=*/"\"rtn\"",
           "How the weights are rounded: the name that a rounding pass answers to">,
    ListOption<"ignore", "ignore", "std::string",
               "Regular expressions of sites that stay float; each must match one">,
    Option<"quantizeHead", "quantize-head", "bool", /*default=*/"false",
           "Quantize the head of a language model too">,
    Option<"skipIndivisible", "skip-indivisible", "bool", /*default=*/"false",
           "Skip a contraction whose length a group does not divide instead of failing">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect"];
}

//===----------------------------------------------------------------------===//
// Rounding
//===----------------------------------------------------------------------===//

def RtnRoundPass : Pass<"rtn-round", "::mlir::ModuleOp"> {
  let summary = "Round weights to nearest, as plans with the method rtn say";
  let description = [{
    Obeys each `lowp.plan` whose method is "rtn". The weight's codes and
    parameters replace it at its source, in the source's layout, followed by a
    `lowp.dequantize`; the views between stay. Weights of a store become keys of
    the same store (`<key>_codes`, `<key>_scale`, `<key>_zero_point`), constants
    and globals become constants; computation on constants (a flipped filter,
    concatenated weights) is run once and becomes constants too; a weight that is
    an argument is quantized at run time. A weight that several contractions share has one
    scale; what else reads it (an embedding lookup) still reads the float
    weight. A dynamic input scheme puts `lowp.choose_params`, `lowp.quantize`
    and `lowp.dequantize` in front of the input, once for all contractions that
    read it. `lowp.weight_error` on the contraction is the relative Frobenius
    error of the weight. A weight with a NaN or infinity is skipped: `lowp.skip` says so.

    Before:

    ```mlir
    %w = arith.constant dense<[[1.0, -2.0], [3.0, 4.0]]> : tensor<2x2xf32>
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc",
           weight = #lowp.scheme<i8, tensor>, method = "rtn">} ins(%x, %w ...)
    ```

    After:

    ```mlir
    %codes = arith.constant dense<[[32, -64], [96, 127]]> : tensor<2x2xi8>
    %scale = arith.constant dense<0.0313725509> : tensor<1x1xf32>
    %w = lowp.dequantize %codes, %scale : tensor<2x2xi8>, tensor<1x1xf32> -> tensor<2x2xf32>
    %y = linalg.matmul {lowp.weight_error = ..., lowp.plan = ...} ins(%x, %w ...)
    ```
  }];
  let options = [
    Option<"searchSteps", "search-steps", "unsigned", /*default=*/"0",
           "Scales to try for each block, from that of the largest magnitude down to half of it (0: only that one)">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect", "::mlir::arith::ArithDialect"];
}

//===----------------------------------------------------------------------===//
// Stage contracts
//===----------------------------------------------------------------------===//

def VerifyPlannedPass : Pass<"verify-planned", "::mlir::ModuleOp"> {
  let summary = "Check that every contraction has a plan or a reason";
  let description = [{
    The contract of the stage *planned*: every linalg contraction or convolution
    has either a `lowp.plan` or a `lowp.skip`, a plan sits on nothing that cannot
    be quantized, and no two plans of a function name one site. An error is on
    the op that breaks it. The IR is not changed.

    ```mlir
    // error: 'linalg.matmul' op has neither lowp.plan nor lowp.skip; run quant-plan
    %y = linalg.matmul ins(%x, %w ...)
    ```
  }];
}

def VerifyQuantizedPass : Pass<"verify-quantized", "::mlir::ModuleOp"> {
  let summary = "Check that every plan was carried out";
  let description = [{
    The contract of the stage *quantized*: each planned contraction reads its
    weight, behind views, from a `lowp.dequantize` of the planned type, and its
    input likewise where the plan has an input scheme. An error is on the op
    that breaks it. The IR is not changed.

    ```mlir
    // error: ... is planned for a weight of 'i8', but no operand is dequantized from it
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc",
           weight = #lowp.scheme<i8, channel>, method = "rtn">} ins(%x, %float_w ...)
    ```
  }];
}

#endif // QUANTOPT_TRANSFORMS_PASSES
