// RUN: quant-opt %s --verify-quantized --split-input-file --verify-diagnostics

func.func @float_weight(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @below {{at site 'a' is planned for a weight of 'i8', but no operand is dequantized from it; run a pass of the method "rtn"}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @float_input(%x: tensor<3x2xf32>, %q: tensor<2x2xi4>, %s: tensor<1x1xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = lowp.dequantize %q, %s : tensor<2x2xi4>, tensor<1x1xf32> -> tensor<2x2xf32>
  // expected-error @below {{at site 'a' is planned for an input of 'i8', but no operand is dequantized from it}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i4, tensor>,
      input = #lowp.scheme<i8, token, dynamic>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @unplanned(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @below {{has neither lowp.plan nor lowp.skip; run quant-plan}}
  %y = linalg.matmul ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @statistics(%x: tensor<3x2xf32>, %q: tensor<2x2xi4>, %s: tensor<1x1xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = lowp.dequantize %q, %s : tensor<2x2xi4>, tensor<1x1xf32> -> tensor<2x2xf32>
  // expected-error @below {{at site 'a' still has lowp.stats; the pass that carries out a plan drops them}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i4, tensor>, method = "rtn">,
      lowp.stats = {observer = "absmax"}}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
