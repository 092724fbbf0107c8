// One scale for each weight however often it is used; a lookup in the same table still reads floats; inputs that
// several contractions read are quantized once.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --rtn-round | FileCheck %s

#row = affine_map<(d0, d1) -> (d0)>
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @twice
func.func @twice(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  // CHECK: %[[W:.*]] = lowp.dequantize {{.*}} -> tensor<4x4xf32>
  // CHECK-NOT: lowp.dequantize {{.*}} -> tensor<4x4xf32>
  %w = arith.constant dense<[[1.0, 2.0, 3.0, 4.0], [-1.0, 2.0, -3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [5.0, -6.0, 7.0, -8.0]]> : tensor<4x4xf32>
  %zero = arith.constant dense<0.0> : tensor<3x4xf32>
  // CHECK: linalg.matmul {{.*}} ins(%{{.*}}, %[[W]] :
  %y = linalg.matmul ins(%x, %w : tensor<3x4xf32>, tensor<4x4xf32>) outs(%zero : tensor<3x4xf32>) -> tensor<3x4xf32>
  // CHECK: linalg.matmul {{.*}} ins(%{{.*}}, %[[W]] :
  %z = linalg.matmul ins(%y, %w : tensor<3x4xf32>, tensor<4x4xf32>) outs(%zero : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %z : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @table
// CHECK-SAME: (%[[IDS:.*]]: tensor<3xi64>)
func.func @table(%ids: tensor<3xi64>) -> tensor<3x2xf32> {
  // CHECK: %[[TABLE:.*]] = arith.constant dense<{{.*}}> : tensor<4x2xf32>
  %table = arith.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf32>
  %e = tensor.empty() : tensor<3x2xf32>
  %x = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%ids : tensor<3xi64>) outs(%e : tensor<3x2xf32>) {
  ^bb0(%id: i64, %out: f32):
    %i = arith.index_cast %id : i64 to index
    %j = linalg.index 1 : index
    // CHECK: tensor.extract %[[TABLE]]
    %v = tensor.extract %table[%i, %j] : tensor<4x2xf32>
    linalg.yield %v : f32
  } -> tensor<3x2xf32>
  %zero = arith.constant dense<0.0> : tensor<3x2xf32>
  %slice = tensor.extract_slice %table[0, 0] [2, 2] [1, 1] : tensor<4x2xf32> to tensor<2x2xf32>
  // CHECK: %[[SLICE:.*]] = tensor.extract_slice %{{.*}}[0, 0] [2, 2]
  // CHECK: linalg.matmul {lowp.plan = {{.*}}} ins(%{{.*}}, %[[SLICE]] :
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>, method = "rtn">}
    ins(%x, %slice : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @shared_input
func.func @shared_input(%x: tensor<?x4xf32>, %q: tensor<4x4xf32>, %k: tensor<4x4xf32>, %init: tensor<?x4xf32>)
    -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  // CHECK-DAG: %[[S:.*]] = lowp.choose_params %arg0 : tensor<?x4xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  // CHECK-DAG: %[[Q:.*]] = lowp.quantize %arg0, %[[S]]
  // CHECK-DAG: %[[X:.*]] = lowp.dequantize %[[Q]], %[[S]]
  // CHECK-NOT: lowp.choose_params %arg0
  // CHECK: linalg.matmul {{.*}} ins(%[[X]],
  %a = linalg.matmul ins(%x, %q : tensor<?x4xf32>, tensor<4x4xf32>) outs(%init : tensor<?x4xf32>) -> tensor<?x4xf32>
  // CHECK: linalg.matmul {{.*}} ins(%[[X]],
  %b = linalg.matmul ins(%x, %k : tensor<?x4xf32>, tensor<4x4xf32>) outs(%init : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %a, %b : tensor<?x4xf32>, tensor<?x4xf32>
}
