//===- Passes.td - Passes that leave MLIR -------------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_TARGET_PASSES
#define QUANTOPT_TARGET_PASSES

include "mlir/Pass/PassBase.td"

def WritePtx : Pass<"write-ptx", "::mlir::ModuleOp"> {
  let summary = "Writes gpu modules as PTX, with launch metadata";
  let description = [{
    Every gpu.module with an nvvm target and a body in the llvm and nvvm
    dialects becomes `<name>.ptx` in the folder `output`. `launch.json` lists
    each `gpu.launch_func` in program order: kernel, grid, block, shared bytes,
    arguments. Lengths known only at run time are expressions over the shapes
    of `in0`, `in1`, ... (the arguments of the function), such as
    `"ceildiv(dim(in0, 0), 128)"`. `resources.json` holds what ptxas says about
    each kernel, or why it was not asked; a register spill, and a warning C75xx
    (wgmma serialized), is an error.

    Before:
    ```mlir
    gpu.launch_func @k::@k blocks in (%c2, %c1, %c1) threads in (%c128, %c1, %c1) args(%x : memref<4xf32>, %c4_i32 : i32)
    ```
    In launch.json:
    ```json
    {"kernel": "k", "file": "k.ptx", "grid": [2, 1, 1], "block": [128, 1, 1], "cluster": [1, 1, 1], "shared_bytes": 0,
     "args": [{"in": "in0", "dtype": "f32", "shape": [4]}, {"i32": 4} ] }
    ```
    With `output` `-` nothing but PTX is written, to stdout, all kernels as one
    module; ptxas is not asked.

    In the IR kernels become declarations: the host program, which says what
    each kernel does with its arguments.
    ```mlir
    gpu.module @k [#nvvm.target<chip = "sm_90a">] {
      llvm.func @k(!llvm.ptr<1> {llvm.readonly}, i32) attributes {gpu.kernel, nvvm.kernel}
    }
    ```
  }];
  let options = [
    Option<"output", "output", "std::string", "", "Folder to write to, made when it is not there; or -">,
    Option<"ptxas", "ptxas", "std::string", "", "The assembler (default: from PATH or the CUDA toolkit)">,
  ];
}

#endif // QUANTOPT_TARGET_PASSES
