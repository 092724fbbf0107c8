//===- HopperOps.td - Operations of the hopper dialect ------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_HOPPER_OPS
#define QUANTOPT_HOPPER_OPS

include "Hopper/HopperBase.td"
include "mlir/Dialect/LLVMIR/LLVMOpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Hopper_Op<string mnemonic, list<Trait> traits = []>
    : Op<Hopper_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// wgmma
//===----------------------------------------------------------------------===//

def Hopper_MatrixElement : I32EnumAttr<"MatrixElement", "element type of a wgmma operand", [
    I32EnumAttrCase<"E4M3", 0, "e4m3">,
    I32EnumAttrCase<"E5M2", 1, "e5m2">,
    I32EnumAttrCase<"S8", 2, "s8">,
    I32EnumAttrCase<"U8", 3, "u8">,
    I32EnumAttrCase<"F16", 4, "f16">,
    I32EnumAttrCase<"BF16", 5, "bf16">]> {
  let cppNamespace = "::quantopt::hopper";
}

/// The registers of a thread that hold its part of a sum.
def Hopper_Sums : Type<CPred<"::llvm::isa<::mlir::LLVM::LLVMStructType>($_self)">, "struct of f32 or of i32">;

def Hopper_WgmmaOp : Hopper_Op<"wgmma", [AllTypesMatch<["sums", "result"]>]> {
  let summary = "Starts one warpgroup matrix product";
  let description = [{
    sums = a b^T + (accumulate ? sums : 0) over 64 rows, n columns and 32 bytes
    of k; n follows from the number of sums, n / 2 a thread. Both operands are
    contiguous along k. `a` is a descriptor of shared memory (i64) or, what
    nvvm has no operation for, the four registers of a fragment (i32).
    `accumulate` is a run-time value: the first step of a tile needs no zeroed
    registers. Nothing may read or write the sums, or write the registers of
    `a`, before a `hopper.wgmma_wait` that they pass through.

    PTX ISA, wgmma.mma_async: n is a multiple of 8 up to 256, for integers one
    of 8, 16, 24, 32, 48, 64, ... (multiples of 16 from there on).

    ```mlir
    %d = hopper.wgmma e4m3, e4m3, (%a), %b, %c accumulate %p : (i64), !llvm.struct<(f32, f32, f32, f32)>
    ```
    becomes
    ```
    { .reg .pred p; setp.ne.b32 p, $10, 0;
      wgmma.mma_async.sync.aligned.m64n8k32.f32.e4m3.e4m3 {$0, $1, $2, $3}, $8, $9, p, 1, 1; }
    ```
  }];
  let arguments = (ins Hopper_MatrixElement:$a_element, Hopper_MatrixElement:$b_element,
                       Hopper_Sums:$sums, I64:$b, I1:$accumulate, Variadic<AnyTypeOf<[I32, I64]>>:$a);
  let results = (outs Hopper_Sums:$result);
  let assemblyFormat = [{
    $a_element `,` $b_element `,` `(` $a `)` `,` $b `,` $sums `accumulate` $accumulate attr-dict
    `:` `(` type($a) `)` `,` type($sums)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Columns of the product.
    int64_t getN() { return 2 * ::llvm::cast<::mlir::LLVM::LLVMStructType>(getSums().getType()).getBody().size(); }
    bool isInteger() { return getAElement() == MatrixElement::S8 || getAElement() == MatrixElement::U8; }
    /// Elements of k: 32 bytes of them.
    int64_t getK();
  }];
}

def Hopper_WgmmaWaitOp : Hopper_Op<"wgmma_wait", [DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let summary = "Waits for wgmma groups; the registers in flight pass through";
  let description = [{
    Until at most `pending` committed groups are in flight. nvvm's wait has no
    operands, so LLVM is free to move a read of a sum above it, where the
    register is still in flight; here the values that are ready after the wait
    are results of it. Give it the sums of every group it ends, and A registers
    that are to be written again.

    ```mlir
    %r:2 = hopper.wgmma_wait 0, %d, %x : !llvm.struct<(f32, f32)>, i32
    ```
    becomes
    ```
    wgmma.wait_group.sync.aligned 0;   // "=f,=f,=r,0,1,2,~{memory}"
    ```
  }];
  let arguments = (ins I32Attr:$pending, Variadic<AnyTypeOf<[Hopper_Sums, I32, F32]>>:$inputs);
  let results = (outs Variadic<AnyTypeOf<[Hopper_Sums, I32, F32]>>:$results);
  let assemblyFormat = "$pending `,` $inputs attr-dict `:` type($inputs)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Bits and memory
//===----------------------------------------------------------------------===//

def Hopper_Lop3Op : Hopper_Op<"lop3", [Pure, AllTypesMatch<["a", "b", "c", "result"]>]> {
  let summary = "Any bitwise function of three words";
  let description = [{
    Bit i of the result is bit (4 a_i + 2 b_i + c_i) of `table`; 0xea is
    (a & b) | c. ptxas does not fuse the two instructions that LLVM emits for
    such a pair. Constants stay immediates.

    ```mlir
    %r = hopper.lop3 0xea, %word, %mask, %bits : i32
    ```
    becomes
    ```
    lop3.b32 $0, $1, $2, $3, 234;
    ```
  }];
  let arguments = (ins I32Attr:$table, I32:$a, I32:$b, I32:$c);
  let results = (outs I32:$result);
  let assemblyFormat = "$table `,` $a `,` $b `,` $c attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def Hopper_LoadStreamOp : Hopper_Op<"load_stream", [MemoryEffects<[MemRead]>]> {
  let summary = "16 bytes that are read once";
  let description = [{
    From global memory that nothing writes while the kernel runs, past the L1
    cache: weights of a decode step, which pass through a processor once.

    ```mlir
    %v = hopper.load_stream %p : !llvm.ptr<1> -> vector<4xi32>
    ```
    becomes
    ```
    ld.global.nc.L1::no_allocate.L2::128B.v4.b32 {$0, $1, $2, $3}, [$4];
    ```
  }];
  let arguments = (ins LLVM_PointerInAddressSpace<1>:$address);
  let results = (outs VectorOfLengthAndType<[4], [I32]>:$result);
  let assemblyFormat = "$address attr-dict `:` type($address) `->` type($result)";
}

//===----------------------------------------------------------------------===//
// Tensor maps
//===----------------------------------------------------------------------===//

def Hopper_TensorMapType : TypeDef<Hopper_Dialect, "TensorMap"> {
  let mnemonic = "tensor_map";
  let summary = "The 128 bytes that tell the TMA unit about a tensor";
  let description = [{
    A value of the host side. A kernel takes it as a parameter of its own,
    `!llvm.ptr {llvm.byval = !llvm.array<128 x i8>, nvvm.grid_constant, llvm.align = 64}`.
  }];
}

def Hopper_TensorMapOp : Hopper_Op<"tensor_map", [Pure]> {
  let summary = "Describes boxes of a buffer to the TMA unit";
  let description = [{
    `box` is in elements, one length a dimension, the contiguous one last.
    `swizzle` bytes (0, 32, 64 or 128) is the span within which 16-byte pieces
    of a row of shared memory change places; the last length of the box must
    then be as many bytes. Elements out of bounds are read as zeros and not
    written. Rules: cuTensorMapEncodeTiled of the CUDA driver API.

    ```mlir
    %map = hopper.tensor_map %x box [128, 128] swizzle 128 : memref<?x576xi8>
    ```
    In launch.json:
    ```json
    {"tensormap": {"of": "in0", "dtype": "i8", "shape": ["dim(in0, 0)", 576], "strides": [576, 1], "box": [128, 128],
                   "swizzle": 128, "fill": "zero"}}
    ```
  }];
  let arguments = (ins AnyMemRef:$buffer, DenseI64ArrayAttr:$box, I32Attr:$swizzle);
  let results = (outs Hopper_TensorMapType:$result);
  let assemblyFormat = "$buffer `box` $box `swizzle` $swizzle attr-dict `:` type($buffer)";
  let hasVerifier = 1;
}

#endif // QUANTOPT_HOPPER_OPS
