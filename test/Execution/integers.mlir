// INT8 into i32, exact; contractions that are no matmul: vectors, batches, transposed generics.

// RUN: quant-run %s --inputs=%S/Inputs/integers.npz --outputs=%t.npz
// RUN: %python %inputs/compare-npz.py %t.npz %S/Inputs/integers.expected.npz 1e-6

func.func @main(%a: tensor<4x8xi8>, %w: tensor<8x3xi8>, %v: tensor<8xf32>, %m: tensor<8x3xf32>, %b: tensor<2x4x8xf32>) -> (tensor<4x3xi32>, tensor<3xf32>, tensor<2x4x3xf32>, tensor<f32>, tensor<4x2xf32>) {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<4x3xi32>
  %i = linalg.fill ins(%c0 : i32) outs(%e : tensor<4x3xi32>) -> tensor<4x3xi32>
  %r = linalg.matmul ins(%a, %w : tensor<4x8xi8>, tensor<8x3xi8>) outs(%i : tensor<4x3xi32>) -> tensor<4x3xi32>
  %z = arith.constant 0.0 : f32
  %e3 = tensor.empty() : tensor<3xf32>
  %i3 = linalg.fill ins(%z : f32) outs(%e3 : tensor<3xf32>) -> tensor<3xf32>
  %vm = linalg.vecmat ins(%v, %m : tensor<8xf32>, tensor<8x3xf32>) outs(%i3 : tensor<3xf32>) -> tensor<3xf32>
  %eb = tensor.empty() : tensor<2x8x3xf32>
  %bw = linalg.broadcast ins(%m : tensor<8x3xf32>) outs(%eb : tensor<2x8x3xf32>) dimensions = [0]
  %e4 = tensor.empty() : tensor<2x4x3xf32>
  %i4 = linalg.fill ins(%z : f32) outs(%e4 : tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
  %bm = linalg.batch_matmul ins(%b, %bw : tensor<2x4x8xf32>, tensor<2x8x3xf32>) outs(%i4 : tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
  %e5 = tensor.empty() : tensor<f32>
  %i5 = linalg.fill ins(%z : f32) outs(%e5 : tensor<f32>) -> tensor<f32>
  %dot = linalg.dot ins(%v, %v : tensor<8xf32>, tensor<8xf32>) outs(%i5 : tensor<f32>) -> tensor<f32>
  %e6 = tensor.empty() : tensor<4x2xf32>
  %i6 = linalg.fill ins(%z : f32) outs(%e6 : tensor<4x2xf32>) -> tensor<4x2xf32>
  %g = linalg.generic {indexing_maps = [affine_map<(i,j,k)->(j,i,k)>, affine_map<(i,j,k)->(k)>, affine_map<(i,j,k)->(i,j)>], iterator_types = ["parallel","parallel","reduction"]} ins(%b, %v : tensor<2x4x8xf32>, tensor<8xf32>) outs(%i6 : tensor<4x2xf32>) {
  ^bb0(%p: f32, %q: f32, %o: f32):
    %s = arith.mulf %p, %q : f32
    %t = arith.addf %o, %s : f32
    linalg.yield %t : f32
  } -> tensor<4x2xf32>
  return %r, %vm, %bm, %dot, %g : tensor<4x3xi32>, tensor<3xf32>, tensor<2x4x3xf32>, tensor<f32>, tensor<4x2xf32>
}
