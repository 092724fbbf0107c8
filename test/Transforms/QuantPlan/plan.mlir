// The example of the pass description, and the choices around it.
// RUN: quant-opt %s --quant-plan='weight="i4, group = 32" input="i8, token, dynamic"' | FileCheck %s
// RUN: quant-opt %s --quant-plan='method=gptq ignore=head' | FileCheck %s --check-prefix=IGNORE

// CHECK-LABEL: func.func @example
func.func @example(%x: tensor<4x64xf32>, %w: tensor<64x32xf32>) -> tensor<4x32xf32> {
  %c = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x32xf32>
  %zero = linalg.fill ins(%c : f32) outs(%e : tensor<4x32xf32>) -> tensor<4x32xf32>
  // CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "matmul.0", weight = #lowp.scheme<i4, group = 32>, input = #lowp.scheme<i8, token, dynamic>, method = "rtn">}
  // IGNORE: linalg.matmul {lowp.plan = #lowp.plan<site = "matmul.0", weight = #lowp.scheme<i8, channel>, method = "gptq">}
  %y = linalg.matmul ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%zero : tensor<4x32xf32>) -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// CHECK-LABEL: func.func @kept
// A plan or a skip that is there is kept; names come from lowp.site or the location.
func.func @kept(%x: tensor<4x64xf32>, %w: tensor<64x32xf32>) -> tensor<4x32xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x32xf32>
  // CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "mine", weight = #lowp.scheme<i8, tensor>, method = "gptq">}
  %a = linalg.matmul {lowp.plan = #lowp.plan<site = "mine", weight = #lowp.scheme<i8, tensor>, method = "gptq">}
    ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%zero : tensor<4x32xf32>) -> tensor<4x32xf32>
  // CHECK: linalg.matmul {lowp.skip = "by hand"}
  %b = linalg.matmul {lowp.skip = "by hand"}
    ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%a : tensor<4x32xf32>) -> tensor<4x32xf32>
  // CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "layer.head", {{.*}}lowp.site = "layer.head"}
  // IGNORE: linalg.matmul {lowp.site = "layer.head", lowp.skip = "ignored by a pattern"}
  %c = linalg.matmul {lowp.site = "layer.head"}
    ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%b : tensor<4x32xf32>) -> tensor<4x32xf32>
  // CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "fc1",
  %d = linalg.matmul ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%c : tensor<4x32xf32>) -> tensor<4x32xf32> loc("fc1")
  // CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "fc1#1",
  %f = linalg.matmul ins(%x, %w : tensor<4x64xf32>, tensor<64x32xf32>) outs(%d : tensor<4x32xf32>) -> tensor<4x32xf32> loc("fc1")
  return %f : tensor<4x32xf32>
}
