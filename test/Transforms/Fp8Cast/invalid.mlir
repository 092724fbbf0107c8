// RUN: quant-opt %s --fp8-cast --split-input-file --verify-diagnostics

func.func @integer(%x: tensor<4x2xf32>, %zero: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  // expected-error @+1 {{at site 'fc' has the method fp8 but the scheme #lowp.scheme<i8, tensor>; plan f8E4M3FN or f8E5M2, or the method rtn}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, tensor>, method = "fp8">}
      ins(%x, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// -----

func.func @no_statistics(%x: tensor<4x2xf32>, %zero: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [3.0, 3.5]]> : tensor<2x2xf32>
  // expected-error @+1 {{input scheme #lowp.scheme<f8E4M3FN, tensor> is static, but no statistics give the range of}}
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<f8E4M3FN, tensor>,
                              input = #lowp.scheme<f8E4M3FN, tensor>, method = "fp8">}
      ins(%x, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}
