// RUN: quant-opt %s --verify-planned --split-input-file --verify-diagnostics

func.func @none(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @below {{has neither lowp.plan nor lowp.skip; run quant-plan}}
  %y = linalg.matmul ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @both(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-error @below {{has both lowp.plan and lowp.skip; drop one}}
  %y = linalg.matmul {lowp.skip = "no", lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// -----

func.func @activations(%x: tensor<2x2xf32>, %zero: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // expected-error @below {{has a lowp.plan but cannot be quantized: both operands are activations}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %x : tensor<2x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// -----

func.func @same_site(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %zero: tensor<3x2xf32>) -> tensor<3x2xf32> {
  // expected-note @below {{the other one}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  // expected-error @below {{has the site 'a' of another contraction}}
  %z = linalg.matmul {lowp.plan = #lowp.plan<site = "a", weight = #lowp.scheme<i8, tensor>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%y : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %z : tensor<3x2xf32>
}
