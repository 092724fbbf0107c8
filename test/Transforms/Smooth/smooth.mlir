// RUN: quant-opt %s --smooth=pairs=all --remarks-filter=quant --remark-format=emitRemark --split-input-file 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: quant-opt %s --smooth --remarks-filter=quant --remark-format=emitRemark --split-input-file 2>&1 >/dev/null | FileCheck %s --check-prefix=NORMS

// The gain of a norm absorbs the division: s = sqrt(absmax / weight absmax) = [2, 1].

// REMARK: remark: {{.*}}fc smoothed into a constant
// CHECK-LABEL: func @norm_gain
// CHECK-DAG:     %[[GAIN:.*]] = arith.constant dense<[5.000000e-01, 3.000000e+00]> : tensor<2xf32>
// CHECK-DAG:     %[[W:.*]] = arith.constant dense<{{\[}}[2.000000e+00, 5.000000e-01], [-1.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>
// CHECK:         linalg.generic {{.*}}%[[GAIN]]
// CHECK:         linalg.matmul {{.*}}channel_absmax = dense<[2.000000e+00, 1.000000e+00]>{{.*}}ins({{.*}}, %[[W]]
func.func @norm_gain(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %gain = arith.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %w = arith.constant dense<[[1.0, 0.5], [-0.5, 1.0]]> : tensor<2x2xf32>
  %empty = tensor.empty() : tensor<4x2xf32>
  %normed = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>,
                                             affine_map<(d0, d1) -> (d0, d1)>],
                            iterator_types = ["parallel", "parallel"]}
      ins(%x, %gain : tensor<4x2xf32>, tensor<2xf32>) outs(%empty : tensor<4x2xf32>) {
  ^bb0(%a: f32, %g: f32, %o: f32):
    %p = arith.mulf %a, %g : f32
    linalg.yield %p : f32
  } -> tensor<4x2xf32>
  %zero = arith.constant 0.0 : f32
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.site = "fc",
       lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">,
       lowp.stats = {channel_absmax = dense<[4.0, 1.0]> : tensor<2xf32>, max = 4.0 : f32, min = -4.0 : f32}}
      ins(%normed, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// -----

// A gain of 1 + w keeps its offset: (0 + 1) / 2 - 1 = -0.5.

// CHECK-LABEL: func @offset_gain
// CHECK:         arith.constant dense<[-5.000000e-01, 2.000000e+00]> : tensor<2xf32>
func.func @offset_gain(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %gain = arith.constant dense<[0.0, 2.0]> : tensor<2xf32>
  %one = arith.constant 1.0 : f32
  %w = arith.constant dense<[[1.0, 0.5], [-0.5, 1.0]]> : tensor<2x2xf32>
  %empty = tensor.empty() : tensor<4x2xf32>
  %normed = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>,
                                             affine_map<(d0, d1) -> (d0, d1)>],
                            iterator_types = ["parallel", "parallel"]}
      ins(%x, %gain : tensor<4x2xf32>, tensor<2xf32>) outs(%empty : tensor<4x2xf32>) {
  ^bb0(%a: f32, %g: f32, %o: f32):
    %g1 = arith.addf %g, %one : f32
    %p = arith.mulf %a, %g1 : f32
    linalg.yield %p : f32
  } -> tensor<4x2xf32>
  %zero = arith.constant 0.0 : f32
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">,
       lowp.stats = {channel_absmax = dense<[4.0, 1.0]> : tensor<2xf32>}}
      ins(%normed, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// -----

// A residual reads the activation too: nothing is folded.

// REMARK: remark: {{.*}}something other than quantized contractions reads the activation
// CHECK-LABEL: func @residual
// CHECK:         arith.constant dense<[1.000000e+00, 3.000000e+00]> : tensor<2xf32>
func.func @residual(%x: tensor<4x2xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %gain = arith.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %w = arith.constant dense<[[1.0, 0.5], [-0.5, 1.0]]> : tensor<2x2xf32>
  %empty = tensor.empty() : tensor<4x2xf32>
  %normed = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>,
                                             affine_map<(d0, d1) -> (d0, d1)>],
                            iterator_types = ["parallel", "parallel"]}
      ins(%x, %gain : tensor<4x2xf32>, tensor<2xf32>) outs(%empty : tensor<4x2xf32>) {
  ^bb0(%a: f32, %g: f32, %o: f32):
    %p = arith.mulf %a, %g : f32
    linalg.yield %p : f32
  } -> tensor<4x2xf32>
  %zero = arith.constant 0.0 : f32
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %y = linalg.matmul
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">,
       lowp.stats = {channel_absmax = dense<[4.0, 1.0]> : tensor<2xf32>}}
      ins(%normed, %w : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y, %normed : tensor<4x2xf32>, tensor<4x2xf32>
}

// -----

// silu(gate) * up: the rows of the up projection absorb the division, the gate cannot.

// REMARK: remark: {{.*}}down smoothed into a constant
// NORMS: remark: {{.*}}fc smoothed into a constant
// NORMS: remark: {{.*}}down keeps its activation: a linear layer would absorb its scales, not a norm
// NORMS: remark: {{.*}}o keeps its activation: a linear layer would absorb its scales, not a norm
// CHECK-LABEL: func @linear_producer
// CHECK-DAG:     arith.constant dense<{{\[}}[1.000000e+00, 0.000000e+00], [0.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>
// CHECK-DAG:     arith.constant dense<{{\[}}[5.000000e-01, 1.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
func.func @linear_producer(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %wgate = arith.constant dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %wup = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %wdown = arith.constant dense<[[1.0, 0.5], [-0.5, 1.0]]> : tensor<2x2xf32>
  %one = arith.constant 1.0 : f32
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<4x2xf32>) -> tensor<4x2xf32>
  %gate = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                         affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %wgate : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  %up = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                       affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %wup : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  %h = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>,
                                        affine_map<(d0, d1) -> (d0, d1)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%gate, %up : tensor<4x2xf32>, tensor<4x2xf32>) outs(%empty : tensor<4x2xf32>) {
  ^bb0(%g: f32, %u: f32, %o: f32):
    %neg = arith.negf %g : f32
    %exp = math.exp %neg : f32
    %den = arith.addf %exp, %one : f32
    %silu = arith.divf %g, %den : f32
    %p = arith.mulf %silu, %u : f32
    linalg.yield %p : f32
  } -> tensor<4x2xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "down", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">,
       lowp.site = "down", lowp.stats = {channel_absmax = dense<[4.0, 1.0]> : tensor<2xf32>}}
      ins(%h, %wdown : tensor<4x2xf32>, tensor<2x2xf32>) outs(%init : tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// -----

// Through attention, where two heads read one head of values: channels 0 and 2 come from the first row of the value
// projection, 1 and 3 from the second. s = sqrt([4, 9]) for each pair, from the larger maximum.

// REMARK: remark: {{.*}}o smoothed into a constant
// CHECK-LABEL: func @attention
// CHECK-DAG:     arith.constant dense<{{\[}}[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
// CHECK-DAG:     arith.constant dense<{{\[}}[2.000000e+00, 3.000000e+00, -5.000000e-01, 3.000000e+00]]> : tensor<1x4xf32>
// CHECK:         channel_absmax = dense<[2.000000e+00, 0.333333343, 1.000000e+00, 3.000000e+00]>
// CHECK-SAME:    max = 3.000000e+00 : f32, min = -3.000000e+00 : f32, observer = "absmax"
func.func @attention(%x: tensor<?x2xf32>, %p: tensor<1x?x?xf32>) -> tensor<?x1xf32> {
  %wv = arith.constant dense<[[2.0, 4.0], [9.0, 12.0]]> : tensor<2x2xf32>
  %wo = arith.constant dense<[[1.0, 1.0, -0.25, 1.0]]> : tensor<1x4xf32>
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %length = tensor.dim %x, %c0 : tensor<?x2xf32>
  %rows = tensor.dim %p, %c1 : tensor<1x?x?xf32>
  %ev = tensor.empty(%length) : tensor<?x2xf32>
  %iv = linalg.fill ins(%zero : f32) outs(%ev : tensor<?x2xf32>) -> tensor<?x2xf32>
  %v = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %wv : tensor<?x2xf32>, tensor<2x2xf32>) outs(%iv : tensor<?x2xf32>) -> tensor<?x2xf32>
  %heads = tensor.expand_shape %v [[0], [1, 2]] output_shape [%length, 1, 2] : tensor<?x2xf32> into tensor<?x1x2xf32>
  %et = tensor.empty(%length) : tensor<1x?x2xf32>
  %values = linalg.transpose ins(%heads : tensor<?x1x2xf32>) outs(%et : tensor<1x?x2xf32>) permutation = [1, 0, 2]
  %em = tensor.empty(%rows) : tensor<1x?x2xf32>
  %im = linalg.fill ins(%zero : f32) outs(%em : tensor<1x?x2xf32>) -> tensor<1x?x2xf32>
  %mixed = linalg.batch_matmul ins(%p, %values : tensor<1x?x?xf32>, tensor<1x?x2xf32>)
                               outs(%im : tensor<1x?x2xf32>) -> tensor<1x?x2xf32>
  %split = tensor.expand_shape %mixed [[0], [1, 2], [3]] output_shape [1, 2, %length, 2]
      : tensor<1x?x2xf32> into tensor<1x2x?x2xf32>
  %eb = tensor.empty(%length) : tensor<?x1x2x2xf32>
  %back = linalg.transpose ins(%split : tensor<1x2x?x2xf32>) outs(%eb : tensor<?x1x2x2xf32>) permutation = [2, 0, 1, 3]
  %flat = tensor.collapse_shape %back [[0], [1, 2, 3]] : tensor<?x1x2x2xf32> into tensor<?x4xf32>
  %eo = tensor.empty(%length) : tensor<?x1xf32>
  %io = linalg.fill ins(%zero : f32) outs(%eo : tensor<?x1xf32>) -> tensor<?x1xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.site = "o", lowp.plan = #lowp.plan<site = "o", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">,
       lowp.stats = {channel_absmax = dense<[4.0, 1.0, 2.0, 9.0]> : tensor<4xf32>, max = 9.0 : f32, min = -9.0 : f32,
                     observer = "absmax"}}
      ins(%flat, %wo : tensor<?x4xf32>, tensor<1x4xf32>) outs(%io : tensor<?x1xf32>) -> tensor<?x1xf32>
  return %y : tensor<?x1xf32>
}
