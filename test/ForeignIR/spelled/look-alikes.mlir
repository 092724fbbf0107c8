// What only looks like a layer stays as it is: a weighted mean, a gain before a sum, a depthwise gate, a score of
// exponentials, a triangular mask, a Gram matrix of an input with itself, a product of two activations behind reshapes.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-NOT: lowp.plan = 
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-NOT: lowp.{{plan|skip}} = 

#id = affine_map<(d0, d1) -> (d0, d1)>
#last = affine_map<(d0, d1) -> (d1)>
#first = affine_map<(d0, d1) -> (d0)>
#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>
module {
  func.func @main(%x: tensor<3x4xf32>) -> (tensor<3xf32>, tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>) {
    %zero = arith.constant 0.000000e+00 : f32
    %gain = arith.constant dense<[0.5, -1.0, 0.25, 2.0]> : tensor<4xf32>
    %w = arith.constant dense<[[0.5, -1.0, 0.25, 2.0], [1.5, 0.75, -0.5, 0.125], [-0.25, 1.0, 1.25, -1.5]]> : tensor<3x4xf32>
    %e = tensor.empty() : tensor<3x4xf32>
    %g = linalg.generic {indexing_maps = [#id, #last, #id], iterator_types = ["parallel", "parallel"]}
        ins(%x, %gain : tensor<3x4xf32>, tensor<4xf32>) outs(%e : tensor<3x4xf32>) {
    ^bb0(%in: f32, %in_0: f32, %out: f32):
      %p = arith.mulf %in, %in_0 : f32
      linalg.yield %p : f32
    } -> tensor<3x4xf32>
    %e1 = tensor.empty() : tensor<3xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<3xf32>) -> tensor<3xf32>
    %sum = linalg.reduce { arith.addf } ins(%g : tensor<3x4xf32>) outs(%i1 : tensor<3xf32>) dimensions = [1]
    %gate = linalg.mul ins(%x, %w : tensor<3x4xf32>, tensor<3x4xf32>) outs(%e : tensor<3x4xf32>) -> tensor<3x4xf32>
    %gated = linalg.reduce { arith.addf } ins(%gate : tensor<3x4xf32>) outs(%sum : tensor<3xf32>) dimensions = [1]
    %e3 = tensor.empty() : tensor<3x3xf32>
    %i3 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<3x3xf32>) -> tensor<3x3xf32>
    %scores = linalg.generic {indexing_maps = [#mk, #nk, #mn], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : tensor<3x4xf32>, tensor<3x4xf32>) outs(%i3 : tensor<3x3xf32>) {
    ^bb0(%in: f32, %in_0: f32, %acc: f32):
      %exp = math.exp %in_0 : f32
      %p = arith.mulf %in, %exp : f32
      %s = arith.addf %acc, %p : f32
      linalg.yield %s : f32
    } -> tensor<3x3xf32>
    %gram = linalg.matmul indexing_maps = [#mk, #nk, #mn] ins(%x, %x : tensor<3x4xf32>, tensor<3x4xf32>) outs(%i3 : tensor<3x3xf32>) -> tensor<3x3xf32>
    %rows = tensor.expand_shape %gram [[0, 1], [2]] output_shape [1, 3, 3] : tensor<3x3xf32> into tensor<1x3x3xf32>
    %e4 = tensor.empty() : tensor<1x3x3xf32>
    %i4 = linalg.fill ins(%zero : f32) outs(%e4 : tensor<1x3x3xf32>) -> tensor<1x3x3xf32>
    %q = tensor.expand_shape %scores [[0, 1], [2]] output_shape [1, 3, 3] : tensor<3x3xf32> into tensor<1x3x3xf32>
    %product = linalg.batch_matmul ins(%rows, %q : tensor<1x3x3xf32>, tensor<1x3x3xf32>) outs(%i4 : tensor<1x3x3xf32>) -> tensor<1x3x3xf32>
    %y = tensor.collapse_shape %product [[0, 1], [2]] : tensor<1x3x3xf32> into tensor<3x3xf32>
    return %gated, %scores, %gram, %y : tensor<3xf32>, tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>
  }
}
