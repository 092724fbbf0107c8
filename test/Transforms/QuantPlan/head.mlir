// The head of a language model stays float, tied to its embedding or not; a classifier's last layer does not.
// RUN: quant-opt %s --quant-plan | FileCheck %s
// RUN: quant-opt %s --quant-plan=quantize-head=true | FileCheck %s --check-prefix=HEAD

#row = affine_map<(d0, d1) -> (d0)>
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @tied
func.func @tied(%ids: tensor<3xi64>) -> tensor<3x50xf32> {
  %table = arith.constant dense<0.25> : tensor<50x8xf32>
  %e = tensor.empty() : tensor<3x8xf32>
  %x = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ids : tensor<3xi64>) outs(%e : tensor<3x8xf32>) {
  ^bb0(%id: i64, %out: f32):
    %i = arith.index_cast %id : i64 to index
    %j = linalg.index 1 : index
    %v = tensor.extract %table[%i, %j] : tensor<50x8xf32>
    linalg.yield %v : f32
  } -> tensor<3x8xf32>
  %te = tensor.empty() : tensor<8x50xf32>
  %t = linalg.transpose ins(%table : tensor<50x8xf32>) outs(%te : tensor<8x50xf32>) permutation = [1, 0]
  %zero = arith.constant dense<0.0> : tensor<3x50xf32>
  // CHECK: linalg.matmul {lowp.skip = "the head of a language model stays float (quantize-head changes that)"}
  // HEAD: linalg.matmul {lowp.plan
  %y = linalg.matmul ins(%x, %t : tensor<3x8xf32>, tensor<8x50xf32>) outs(%zero : tensor<3x50xf32>) -> tensor<3x50xf32>
  return %y : tensor<3x50xf32>
}

// CHECK-LABEL: func.func @soft_capped
func.func @soft_capped(%ids: tensor<3xi64>, %w: tensor<8x50xf32>, %u: tensor<8x8xf32>) -> tensor<3x50xf32> {
  %table = arith.constant dense<0.25> : tensor<50x8xf32>
  %e = tensor.empty() : tensor<3x8xf32>
  %x = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ids : tensor<3xi64>) outs(%e : tensor<3x8xf32>) {
  ^bb0(%id: i64, %out: f32):
    %i = arith.index_cast %id : i64 to index
    %j = linalg.index 1 : index
    %v = tensor.extract %table[%i, %j] : tensor<50x8xf32>
    linalg.yield %v : f32
  } -> tensor<3x8xf32>
  // CHECK: linalg.matmul {lowp.plan
  %h = linalg.matmul ins(%x, %u : tensor<3x8xf32>, tensor<8x8xf32>) outs(%e : tensor<3x8xf32>) -> tensor<3x8xf32>
  %zero = arith.constant dense<0.0> : tensor<3x50xf32>
  // CHECK: linalg.matmul {lowp.skip = "the head
  %y = linalg.matmul ins(%h, %w : tensor<3x8xf32>, tensor<8x50xf32>) outs(%zero : tensor<3x50xf32>) -> tensor<3x50xf32>
  %capped = math.tanh %y : tensor<3x50xf32>
  return %capped : tensor<3x50xf32>
}

// CHECK-LABEL: func.func @classifier
func.func @classifier(%x: tensor<3x8xf32>) -> tensor<3x50xf32> {
  %w = arith.constant dense<0.5> : tensor<8x50xf32>
  %zero = arith.constant dense<0.0> : tensor<3x50xf32>
  // CHECK: linalg.matmul {lowp.plan
  %y = linalg.matmul ins(%x, %w : tensor<3x8xf32>, tensor<8x50xf32>) outs(%zero : tensor<3x50xf32>) -> tensor<3x50xf32>
  return %y : tensor<3x50xf32>
}
