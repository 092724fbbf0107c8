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

    `rules` names a file in the place of `weight`, `input` and `method`: a module
    whose attribute lists what happens to which sites. The first rule whose regular
    expression matches a site holds for it; what none matches stays float.

    ```mlir
    module attributes {lowp.rules = [
      {sites = "down_proj", skip},
      {sites = "self_attn", weight = #lowp.scheme<i8, channel>,
       input = #lowp.scheme<i8, token, dynamic>, method = "rtn"},
      {sites = ".*", weight = #lowp.scheme<i4, group = 64>, method = "gptq"}
    ]} {}
    ```

    Errors: a group size that does not divide the reduction length (the message
    lists the sizes that would), an `ignore` pattern or a rule that matches no site
    that is left to it (the message lists near names), a scheme that does not parse.
  }];
  let options = [
    Option<"weight", "weight", "std::string", /*default=*/"\"i8, channel\"",
           "Scheme of the weights, as inside #lowp.scheme<...>">,
    Option<"input", "input", "std::string", /*default=*/"\"\"",
           "Scheme of the inputs; empty: inputs stay float">,
    Option<"method", "method", "std::string", /*default=*/"\"rtn\"",
           "How the weights are rounded: the name that a rounding pass answers to">,
    Option<"rules", "rules", "std::string", /*default=*/"\"\"",
           "File of rules, in the place of weight, input and method">,
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
// Options that every pass over calibration data has
//===----------------------------------------------------------------------===//

class CalibrationDataPass<string flag> : Pass<flag, "::mlir::ModuleOp"> {
  list<Option> calibrationOptions = [
    Option<"calibText", "calib-text", "std::string", "",
           "Text file, cut from its beginning into windows without special tokens">,
    Option<"calibData", "calib-data", "std::string", "",
           "Or an .npz of arrays in0, in1, ... whose first dimension counts samples">,
    Option<"tokenizer", "tokenizer", "std::string", "",
           "Folder or file of the tokenizer (default: the one beside the weights)">,
    Option<"samples", "samples", "int64_t", "128", "Windows of the text">,
    Option<"seqLen", "seq-len", "int64_t", "512", "Tokens in a window">,
    Option<"function", "function", "std::string", "",
           "Function to run (default: main, or the only public one)">,
    Option<"threadCount", "thread-count", "unsigned", "0",
           "Threads (default: all cores); the result does not depend on it">,
  ];
}

def CalibratePass : CalibrationDataPass<"calibrate"> {
  let summary = "Collect statistics of the inputs of planned contractions";
  let description = [{
    Runs the function over the calibration samples, all samples through one
    segment before the next, and leaves `lowp.stats` on each contraction that
    has a `lowp.plan`: the absolute maximum of each input channel, and the
    range of the whole input as the observer sees it.

    Observers: `absmax` and `minmax` keep the extremes; `moving-average`
    averages the extremes of the samples in their order, each new one with
    weight `averaging-constant`; `percentile` keeps the exact quantile of the
    magnitudes, for each channel and for the tensor; `entropy` and `mse` clip the
    tensor's range where a histogram of its magnitudes loses least, in
    information (Migacz 2017) or in squared error, with the codes of the planned
    input scheme (int8 where there is none). They need no order of the samples.

    ```mlir
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>,
                        input = #lowp.scheme<i8, token, dynamic>, method = "rtn">} ...
    ```
    becomes
    ```mlir
    %y = linalg.matmul {lowp.plan = ..., lowp.stats = {channel_absmax = dense<[2.0, 0.5]> : tensor<2xf32>,
                        max = 2.0 : f32, min = -1.0 : f32, observer = "absmax", tokens = 6 : i64}} ...
    ```

    NaN or infinity in an input is an error that names the site and sample.
    Too few samples, or more channels than `max-dead-channels` that were 0 in
    every token, are errors too: such data says little about the model.
  }];
  let options = calibrationOptions # [
    Option<"observer", "observer", "std::string", "\"absmax\"",
           "absmax, minmax, moving-average, percentile, entropy or mse">,
    Option<"percentile", "percentile", "double", "99.99",
           "Share of magnitudes below the kept one, in percent">,
    Option<"averagingConstant", "averaging-constant", "double", "0.01",
           "Weight of a new sample in a moving average">,
    Option<"staticOnly", "static-only", "bool", "false",
           "Observe only what has a static input scheme; without one there is nothing to do, and no data needed">,
    Option<"minSamples", "min-samples", "int64_t", "1", "Fail with fewer samples">,
    Option<"maxDeadChannels", "max-dead-channels", "int64_t", "-1",
           "Fail where more channels of an input are always 0 (-1: never)">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect"];
}

def MergeStatsPass : Pass<"merge-stats", "::mlir::ModuleOp"> {
  let summary = "Merge the statistics of runs on parts of the data";
  let description = [{
    Merges the `lowp.stats` of other modules into those of this one, site by site:
    maxima of the channels, the range, and the number of tokens, as one run on all
    the data would have left them, byte for byte, in whatever order. So parts of the
    data can be calibrated on by processes or machines of their own:

    ```
    quant-opt model.mlir --calibrate="calib-data=a.npz" -o a.mlir        # and b.mlir from b.npz
    quant-opt a.mlir --merge-stats=from=b.mlir --smooth --rtn-round -o out.mlir
    ```

    ```mlir
    %y = linalg.matmul {lowp.plan = ..., lowp.stats = {channel_absmax = dense<[7.0, 0.0]> : tensor<2xf32>, max = 3.0 : f32,
                        min = -7.0 : f32, observer = "minmax", tokens = 6 : i64}} ...
    ```
    becomes, with another file that saw maxima of 6.0 and 0.25 in 3 tokens,
    ```mlir
    %y = linalg.matmul {lowp.plan = ..., lowp.stats = {channel_absmax = dense<[7.0, 0.25]> : tensor<2xf32>, max = 6.0 : f32,
                        min = -7.0 : f32, observer = "minmax", tokens = 9 : i64}} ...
    ```

    Errors: sites that only one of the modules has, observers that differ, and those
    of which a range is not enough to go on (all but absmax and minmax).
  }];
  let options = [
    ListOption<"from", "from", "std::string", "Modules with statistics of the same sites">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect"];
}

def ChooseSchemesPass : CalibrationDataPass<"choose-schemes"> {
  let summary = "Mixed precision: choose each site's scheme for a budget of bits";
  let description = [{
    Runs the function over the calibration samples once and measures, at each
    activation that planned contractions read, what every candidate scheme would
    cost them: the sum of the relative errors of their outputs,
    |X W^T - Q(X) Q(W)^T|^2 / |X W^T|^2, weights rounded to nearest, on
    `search-tokens` tokens that lie evenly over the data. Then it chooses schemes
    so that weights with their scales and zero points take at most `bits` bits
    a weight on average and the errors sum to as little as that allows (a knapsack
    problem, solved by dynamic programming), and writes them into the plans.
    Contractions that read one activation get one scheme, as kernels and loaders
    that fuse them need.

    A candidate is a weight scheme, or a weight and an input scheme with `|`
    between, or `float`; candidates are separated by `;`. One whose groups do not
    divide a weight is none for it. `rules-out` writes the choice as a file of rules
    that `quant-plan{rules=FILE}` obeys.

    ```mlir
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>, method = "rtn">} ...
    ```
    becomes with `choose-schemes{bits=5 candidates="i4, group = 32; i8, channel"}`
    ```mlir
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, group = 32>, method = "rtn">,
                        lowp.details = {scheme_errors = [0.006, 0.00002], scheme_bits = [5.0, 8.5]}} ...
    ```

    Errors: bits that the smallest candidates exceed, candidates that do not parse,
    a static input scheme (it has no range yet).
  }];
  let options = calibrationOptions # [
    Option<"bits", "bits", "double", "0", "Bits a weight, scales and zero points included">,
    Option<"candidates", "candidates", "std::string", "\"i4, group = 64; i8, channel\"",
           "Schemes to choose from">,
    Option<"method", "method", "std::string", "\"rtn\"",
           "Method of the plans; 8-bit floats that are rounded to nearest get fp8">,
    Option<"searchTokens", "search-tokens", "int64_t", "1024", "Tokens to judge by">,
    Option<"rulesOut", "rules-out", "std::string", "\"\"", "File to write the choice to">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect"];
}

def SmoothPass : CalibrationDataPass<"smooth"> {
  let summary = "Move outliers of activations into the weights that read them";
  let description = [{
    SmoothQuant (Xiao et al. 2022, section 4, equation 4): for all contractions
    with a planned input scheme that read one activation X, channel j of X is
    divided by

        s_j = max|X_j|^alpha / max|W_j|^(1-alpha)

    and column j of every such weight is multiplied by it. The division is
    folded into what computes X, found in the IR: the gain (and bias) of a
    norm, also one that multiplies by 1 + w, or the rows of the linear layer
    that produces a factor of X, also through attention: the output projection's
    input is divided in the value projection. Where several heads read one head
    of values, the channels that come from one row have one s, from their
    largest maxima. The function is unchanged up to rounding.

    ```mlir
    %x = linalg.generic ... { ... arith.mulf %normed, %gain ... }   // %gain from @w::@"norm.weight"
    %y = linalg.matmul {lowp.plan = ..., lowp.stats = ...} ins(%x, %w) // %w from @w::@"fc.weight"
    ```
    becomes the same with the weights `@w::@"norm.weight@2"` (divided by s) and
    `@w::@"fc.weight@2"` (columns multiplied by s).

    With `pairs=norms` only norms absorb scales, as in the paper. Where each token
    has its own scale, the outliers of a few tokens, which linear layers and values
    produce, cost these tokens alone, but once moved into the weights they cost all;
    `auto` therefore means norms for dynamic inputs, and all for static ones and
    where a search may refuse.

    With `search`, which needs the calibration data again, each group has the
    alpha of its own, `alpha` or one of 0.3, 0.4, ..., 1.0, for which its quantized
    weights on its quantized inputs give the least error of the outputs, on
    `search-tokens` tokens that lie evenly over the data; a group that no alpha
    improves stays as it is. `lowp.details` says alpha and error.

    Left alone, with a remark that says why: an activation that something else
    reads, a producer without a foldable factor, contractions without
    statistics (run `calibrate` first).
  }];
  let options = calibrationOptions # [
    Option<"alpha", "alpha", "double", "0.5",
           "Share of the difficulty that moves to the weights, 0 to 1">,
    Option<"pairs", "pairs", "std::string", "\"auto\"",
           "What may absorb scales: all, norms (gains and biases), or auto">,
    Option<"search", "search", "bool", "false", "Search each group's alpha">,
    Option<"searchTokens", "search-tokens", "int64_t", "1024", "Tokens to judge it by">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect", "::mlir::arith::ArithDialect"];
}

def AwqScalePass : CalibrationDataPass<"awq-scale"> {
  let summary = "Scale channels so that rounding the weights that read them hurts least";
  let description = [{
    AWQ (Lin et al. 2023): for all planned contractions that read one activation
    X, channel j of X is divided by s_j and column j of their weights multiplied
    by it, as in `smooth` and by the same folding (a norm's gain, the rows of a
    linear layer, values through attention). s comes from a grid, x being the mean
    magnitude of a channel's activation and w that of its weights:

        s_j = x_j^r  (family activation),   s_j = x_j^r / w_j^(1 - r)  (duo)

    Every candidate is judged by the rounded weights' error on the output,
    from the second moments of X, so that X is read once for all of them. With
    the objective `block` the `shortlist` best are judged again by the output of the
    block that the contractions begin (queries, keys and values: the attention's
    output projection; gate and up: the MLP's output), executed on `search-samples`
    samples, where the IR has one. The candidate that changes nothing is always
    among them, so the error never rises.

    Then each group of a row is clipped: values beyond a share of the group's range
    are clamped where that lowers the error, which gives the others a finer
    grid. A row for which all its clips together do not lower it keeps its values.

    The weights stay float, and the function is unchanged up to rounding but for the
    clips: a rounding pass (`rtn-round`, `gptq-round`) obeys the plan afterwards.
    With `propagate-error` later contractions are judged on inputs that the
    rounded ones before them give. `lowp.details` says error, exponent, family, clips.

    ```mlir
    %x = linalg.generic ... { ... arith.mulf %normed, %gain ... }   // %gain from @w::@"norm.weight"
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, group = 64>,
                        method = "rtn">} ins(%x, %w)                // %w from @w::@"fc.weight"
    ```
    becomes the same with the weights `@w::@"norm.weight@2"` (divided by s) and
    `@w::@"fc.weight@2"` (columns multiplied by s, clipped).

    Not scaled, with a remark that says why, but clipped: a group whose
    activation something else reads, or whose producer has no foldable factor. A
    weight that something else reads stays as it is.
  }];
  let options = calibrationOptions # [
    Option<"family", "family", "std::string", "\"both\"",
           "Scales to try: activation, duo or both">,
    Option<"gridSteps", "grid-steps", "unsigned", "20", "Exponents of a family, beside 0">,
    Option<"exhaustive", "exhaustive", "bool", "false",
           "Rank every exponent instead of a coarse grid and then the neighbours of the best">,
    Option<"objective", "objective", "std::string", "\"block\"",
           "What judges: block (its output, where there is one) or output (that of the contractions)">,
    Option<"shortlist", "shortlist", "unsigned", "4", "Candidates that the block judges">,
    Option<"searchSamples", "search-samples", "unsigned", "2", "Samples on which the block is executed">,
    Option<"clipSteps", "clip-steps", "unsigned", "10",
           "Clips to try, down to half of the range; 0: no clipping">,
    Option<"propagateError", "propagate-error", "bool", "true",
           "Judge on the inputs that the rounded weights before give">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect", "::mlir::arith::ArithDialect"];
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
    read it; a static one, the last two, with the range that `calibrate` left in
    `lowp.stats` as constant parameters. `lowp.weight_error` on the contraction is the relative Frobenius
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
    Option<"inputMargin", "input-margin", "double", /*default=*/"0.0",
           "Powers of two that the range of a static input is widened by">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect", "::mlir::arith::ArithDialect"];
}

def Fp8CastPass : Pass<"fp8-cast", "::mlir::ModuleOp"> {
  let summary = "Cast weights and activations to 8-bit floats, as plans with the method fp8 say";
  let description = [{
    Obeys each `lowp.plan` whose method is "fp8", whose schemes must be f8E4M3FN
    or f8E5M2. A block's scale is its largest magnitude divided by the largest
    finite value of the format, and the cast saturates (Micikevicius et al.
    2022, FP8 Formats for Deep Learning). Weights: one scale for the tensor, a
    channel, or a 128x128 block; no input scheme: weights alone. Inputs, put into
    `lowp.quantize` and `lowp.dequantize`: by token or by 1x128 group, with the
    scale of each at run time, or for the whole tensor, static, with the range
    that `calibrate` left in `lowp.stats`, widened by 2^`input-margin` for values
    beyond it. Contractions that read one value share its cast.

    Before:

    ```mlir
    %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<f8E4M3FN, channel>,
                          input = #lowp.scheme<f8E4M3FN, tensor>, method = "fp8">,
                        lowp.stats = {max = 8.96 : f32, min = -3.0 : f32}} ins(%x, %w ...)
    ```

    After:

    ```mlir
    %wq = arith.constant dense<...> : tensor<2x2xf8E4M3FN>
    %ws = arith.constant dense<[[0.00446428591], [0.0078125]]> : tensor<2x1xf32>
    %w = lowp.dequantize %wq, %ws : tensor<2x2xf8E4M3FN>, tensor<2x1xf32> -> tensor<2x2xf32>
    %xs = arith.constant dense<2.000000e-02> : tensor<1x1xf32>
    %xq = lowp.quantize %x, %xs : tensor<4x2xf32>, tensor<1x1xf32> -> tensor<4x2xf8E4M3FN>
    %xr = lowp.dequantize %xq, %xs : tensor<4x2xf8E4M3FN>, tensor<1x1xf32> -> tensor<4x2xf32>
    %y = linalg.matmul {lowp.weight_error = ..., lowp.plan = ...} ins(%xr, %w ...)
    ```

    Errors: a scheme of the plan that is no 8-bit float, a static input without
    statistics. A weight with a NaN or infinity is skipped: `lowp.skip` says so.
  }];
  let options = [
    Option<"inputMargin", "input-margin", "double", /*default=*/"0.0",
           "Powers of two that the range of a static input is widened by">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect", "::mlir::arith::ArithDialect"];
}

def GptqRoundPass : CalibrationDataPass<"gptq-round"> {
  let summary = "Round planned weights by GPTQ, each layer on quantized inputs";
  let description = [{
    GPTQ (Frantar et al. 2022): rounds the weight of each contraction whose
    plan has method "gptq" column by column, correcting the columns not yet
    rounded by the inverse Hessian of the layer's inputs. The function runs
    over the calibration samples a segment at a time, and a segment computes
    with the weights that were rounded before it, so every Hessian is that of
    the inputs which the quantized model will see: where the plan has an input
    scheme, of the inputs quantized and dequantized by it.

    One failure policy: when the damped Hessian is not positive definite the
    damping doubles, up to `max-damping`; then the layer is rounded to
    nearest, and `lowp.details` of the contraction says so, or with
    `on-failure=error` the pass fails.

    What GPTQ cannot do, a convolution or a weight that is an argument, is
    rounded to nearest, the latter at run time; `lowp.details` says so, too.

    After the solve each column gets its best code with all others fixed, and
    each scale its least-squares value for the codes, `refine-sweeps` times.

    With a `drift-share` the float model runs beside the quantized one, and each
    weight is first replaced by the one that on the inputs as they have become
    gives most nearly what it gave on those of the float model (GPTAQ, Li et al.
    2025), so that errors of the layers before are made up for; of that
    correction the share is made. `lowp.error` is then that of the corrected weight.

    ```mlir
    %w = lowp.weight @w::@"fc.weight" : tensor<64x64xf32>
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, group = 64>,
                        method = "gptq">} ... ins(%x, %w ...)
    ```
    becomes
    ```mlir
    %q = lowp.weight @w::@"fc.weight_codes" : tensor<64x64xi4>
    %s = lowp.weight @w::@"fc.weight_scale" : tensor<64x1xf32>
    %w = lowp.dequantize %q, %s : tensor<64x64xi4>, tensor<64x1xf32> -> tensor<64x64xf32>
    %y = linalg.matmul {lowp.error = 0.03 : f64, lowp.plan = ...} ... ins(%x, %w ...)
    ```
  }];
  let options = calibrationOptions # [
    Option<"damping", "damping", "double", "0.05",
           "Added to the diagonal of the Hessian, as a fraction of its mean">,
    Option<"maxDamping", "max-damping", "double", "1.0",
           "Largest fraction that the damping is doubled to">,
    Option<"order", "order", "std::string", "\"activation\"",
           "Order of the columns: activation (largest Hessian diagonal first), group-aware or stored">,
    Option<"groups", "groups", "std::string", "\"static\"",
           "Parameters of a group: static (from the weight) or dynamic (from the weight as corrected when its turn comes)">,
    Option<"onFailure", "on-failure", "std::string", "\"round\"",
           "When no damping up to max-damping helps: round (to nearest, reported) or error">,
    Option<"searchScale", "search-scale", "bool", "true",
           "Choose each scale for the least error instead of the largest magnitude">,
    Option<"refineSweeps", "refine-sweeps", "unsigned", "1",
           "Passes over the columns after the solve, each followed by a least-squares fit of the scales; 0: none">,
    Option<"driftShare", "drift-share", "double", "0.0",
           "Share of their inputs' drift from the float model that weights make up for (GPTAQ), 0 to 1; 0: none">,
    Option<"inputMargin", "input-margin", "double", /*default=*/"0.0",
           "Powers of two that the range of a static input is widened by">,
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
    input likewise where the plan has an input scheme. `lowp.stats` are gone:
    they live from `calibrate` to the rounding pass that carries the plan out.
    An error is on the op that breaks it. The IR is not changed.

    ```mlir
    // error: ... is planned for a weight of 'i8', but no operand is dequantized from it
    %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc",
           weight = #lowp.scheme<i8, channel>, method = "rtn">} ins(%x, %float_w ...)
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

def PackInt4Weights : Pass<"pack-int4-weights", "::mlir::ModuleOp"> {
  let summary = "Gives 4-bit weights the layout that kernels read";
  let description = [{
    The codes of a `lowp.mixed_matmul` become words in the order in which a
    tensor core's operand registers are filled, scales and zero points rows by
    group, of the type of the activations. All three must be constants: weights
    of a store get new keys (`<weight>_packed`, ...), inline ones stay inline.
    A contraction that stays as it is, for it has no kernel or for one of these
    reasons, leaves a remark. Scales that the activations' type cannot hold
    exactly are one, unless `round-scales` rounds them (rule N8).

    Before:
    ```mlir
    %y = lowp.mixed_matmul %x, %w scale(%s)
       : (tensor<?x576xf16>, tensor<1536x576xi4>, tensor<1536x9xf32>) -> tensor<?x1536xf16>
    ```
    After:
    ```mlir
    %y = lowp.mixed_matmul %x, %p scale(%q)
       : (tensor<?x576xf16>, tensor<24x9x128x4xi32>, tensor<9x1536xf16>) -> tensor<?x1536xf16>
    ```
  }];
  let options = [
    Option<"roundScales", "round-scales", "bool", "false", "Round scales to the type of the activations">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::quantopt::lowp::LowPDialect"];
}

def ScheduleKernels : InterfacePass<"schedule-kernels", "::mlir::FunctionOpInterface"> {
  let summary = "Chooses how the kernel of each fused contraction works";
  let description = [{
    Writes `lowp.schedule` on every `lowp.quantized_matmul` that has none, for
    `convert-lowp-to-nvvm` to obey; one set by hand stays. On sm_90a wgmma is
    used where it is legal, with the tiles that an analytic model of an H100
    predicts to be fastest (docs/kernels.md); elsewhere mma.sync, which
    computes any shape, with a remark that gives the reason. A packed
    `lowp.mixed_matmul` gets `stream` for up to 16 tokens and wgmma for more,
    both where the number of tokens is known at run time only; one without a
    kernel a remark. The choice and its predicted time are a remark as well, and
    the choice is in launch.json.

    Before:
    ```mlir
    %y = lowp.quantized_matmul %x, %w scales(%xs, %ws)
       : (tensor<?x576xi8>, tensor<1536x576xi8>, tensor<?x1xf32>, tensor<1536x1xf32>) -> tensor<?x1536xbf16>
    ```
    After:
    ```mlir
    %y = lowp.quantized_matmul %x, %w scales(%xs, %ws)
       {lowp.schedule = #lowp.schedule<wgmma, tile = 128x256x128, stages = 4, raster = 16>}
       : (tensor<?x576xi8>, tensor<1536x576xi8>, tensor<?x1xf32>, tensor<1536x1xf32>) -> tensor<?x1536xbf16>
    ```
  }];
  let options = [
    Option<"chip", "chip", "std::string", "\"sm_90a\"", "What the kernels run on, as ptxas names it">,
    Option<"rows", "rows", "int64_t", "4096", "Tokens to choose for where their number is known only at run time">,
  ];
  let dependentDialects = ["::quantopt::lowp::LowPDialect"];
}

#endif // QUANTOPT_TRANSFORMS_PASSES
