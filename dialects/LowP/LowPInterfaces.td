//===- LowPInterfaces.td - What passes ask of a scheme ------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LOWP_INTERFACES
#define QUANTOPT_LOWP_INTERFACES

include "mlir/IR/Interfaces.td"

def LowP_SchemeInterface : AttrInterface<"SchemeInterface"> {
  let cppNamespace = "::quantopt::lowp";
  let description = [{
    What passes ask of a scheme. A new scheme implements this interface and
    needs no edit in a pass: the rounding passes take the type and range of
    codes from it, allocate parameters of getScaleShape's shape, and write a
    zero point unless isSymmetric.
  }];
  let methods = [
    InterfaceMethod<"Type of a stored code: an integer or an 8-bit float.",
      "::mlir::Type", "getStorageType", (ins)>,
    InterfaceMethod<"True when the zero point is zero and not stored.",
      "bool", "isSymmetric", (ins)>,
    InterfaceMethod<"True when parameters are computed from each input at run time.",
      "bool", "isDynamic", (ins)>,
    InterfaceMethod<"Smallest and largest code, as real numbers.",
      "std::pair<double, double>", "getCodeRange", (ins)>,
    InterfaceMethod<[{
      Lengths of the blocks that share a scale, of a matrix [kept, summed over]; 0 is the whole dimension: {0, 0} for a
      tensor, {1, 0} for channels and tokens, {1, g} for groups, {r, c} for blocks.}],
      "std::pair<int64_t, int64_t>", "getBlockLengths", (ins)>,
    InterfaceMethod<[{
      Shape of the scale of a tensor of `shape`: the same rank, one entry a
      block (numerics rule N7). `reduction` lists the dimensions that the
      contraction sums over. Fails with `reason` set when a group size does
      not divide.}],
      "::llvm::FailureOr<::llvm::SmallVector<int64_t>>", "getScaleShape",
      (ins "::llvm::ArrayRef<int64_t>":$shape, "::llvm::ArrayRef<int64_t>":$reduction,
           "std::string &":$reason)>,
  ];
}

#endif // QUANTOPT_LOWP_INTERFACES
