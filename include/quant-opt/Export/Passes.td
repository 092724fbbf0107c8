//===- Passes.td - Passes that write models ----------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_EXPORT_PASSES
#define QUANTOPT_EXPORT_PASSES

include "mlir/Pass/PassBase.td"

def ExportCheckpointPass : Pass<"export-checkpoint", "::mlir::ModuleOp"> {
  let summary = "Write the quantized model as a folder that other tools load";
  let description = [{
    Writes codes, scales and zero points of each contraction that was planned
    and rounded, every other weight, config.json with the schemes, the tokenizer
    and the other files beside the model that the weights came from. The folder
    `output` appears whole or not at all, and only after it was read back and
    compared bit by bit. `quant-opt MODEL ... --export=FORMAT -o DIR` is this
    pass with `output` set. docs/checkpoints.md lists the formats.

    ```mlir
    %q = lowp.weight @weights::@"layers.0.up_proj.weight_codes" : tensor<64x64xi4>
    %s = lowp.weight @weights::@"layers.0.up_proj.weight_scale" : tensor<64x1xf32>
    %w = lowp.dequantize %q, %s : tensor<64x64xi4>, tensor<64x1xf32> -> tensor<64x64xf32>
    %y = linalg.matmul_transpose_b {lowp.plan = #lowp.plan<site = "layers.0.up_proj",
           weight = #lowp.scheme<i4, group = 64>, method = "rtn">} ins(%x, %w ...)
    ```
    gives, with `format=compressed-tensors`, the tensors
    `layers.0.up_proj.weight_packed`, `.weight_scale` and `.weight_shape`. The IR
    is not changed.

    Errors: a scheme that the format cannot say (the message names the rule of
    docs/lint.md), a model without a configuration beside its weights, an
    output folder that holds files of others.
  }];
  let options = [
    Option<"format", "format", "std::string", "\"\"", "Name of the format">,
    Option<"output", "output", "std::string", "\"\"", "The folder to write">,
    Option<"maxShardBytes", "max-shard-bytes", "uint64_t", "5368709120",
           "Tensors in one file at most; a larger tensor has a file of its own">,
    Option<"dtype", "dtype", "std::string", "\"\"",
           "f32, f16 or bf16: type of scales and of all floats (default: that of the model)">,
    Option<"reread", "reread", "bool", "true", "Read the folder back and compare before it takes its place">,
  ];
}

#endif // QUANTOPT_EXPORT_PASSES
