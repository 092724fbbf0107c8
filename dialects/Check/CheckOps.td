//===- CheckOps.td - Assertions about values ----------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_CHECK_OPS
#define QUANTOPT_CHECK_OPS

include "Check/CheckBase.td"

class Check_Op<string mnemonic> : Op<Check_Dialect, mnemonic> {
  let hasVerifier = 1;
}

def Check_Values : AnyTypeOf<[AnyRankedTensor, AnyMemRef], "ranked tensor or memref">;

def Check_ExpectBitsOp : Check_Op<"expect_bits"> {
  let summary = "Every element has the same bits as the expected one";
  let description = [{
    Compares the bits of elements: -0.0 is not 0.0, and a NaN equals a NaN of
    the same bits. The expected values are a value of the same shape and element
    type, or a constant. A tensor of another run-time shape than the expected
    one fails too.

    ```mlir
    check.expect_bits %q, %reference : tensor<?x576xi8>, tensor<?x576xi8>
    check.expect_bits %q is dense<[1, -2, 127]> : tensor<3xi8> : tensor<3xi8>
    ```
    When it does not hold:
    ```
    t.mlir:12:3: error: 'check.expect_bits' op element [1]: got -3 (0xfd), expected -2 (0xfe); 1 of 3 elements differ
    ```
  }];
  let arguments = (ins Check_Values:$actual, Optional<Check_Values>:$expected, OptionalAttr<ElementsAttr>:$constant);
  let assemblyFormat = [{
    $actual (`,` $expected^)? (`is` $constant^)? attr-dict `:` type($actual) (`,` type($expected)^)?
  }];
}

def Check_ExpectCloseOp : Check_Op<"expect_close"> {
  let summary = "Every element is near the expected one";
  let description = [{
    Holds where `|actual - expected| <= atol + rtol * |expected|`, computed in
    f64. Infinities are near only themselves; a NaN is near a NaN and nothing
    else. Elements are floats; integers are compared by `check.expect_bits`.

    ```mlir
    check.expect_close %y, %reference within 1.0e-5 relative 1.0e-3 : tensor<?x8xf32>, tensor<?x8xf32>
    check.expect_close %y is dense<[0.5, 2.0]> : tensor<2xf16> within 1.0e-6 : tensor<2xf16>
    ```
    When it does not hold:
    ```
    t.mlir:12:3: error: 'check.expect_close' op element [0]: got 0.75, expected 0.5, off by 0.25 where 1e-06 is allowed; 1 of 2 elements differ
    ```
  }];
  let arguments = (ins Check_Values:$actual, Optional<Check_Values>:$expected, OptionalAttr<ElementsAttr>:$constant,
                       F64Attr:$atol, DefaultValuedAttr<F64Attr, "0.0">:$rtol);
  let assemblyFormat = [{
    $actual (`,` $expected^)? (`is` $constant^)? `within` $atol (`relative` $rtol^)? attr-dict `:` type($actual)
    (`,` type($expected)^)?
  }];
}

#endif // QUANTOPT_CHECK_OPS
