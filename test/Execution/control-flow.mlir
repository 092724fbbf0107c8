// Calls, globals, asserts, loops, views of run-time shape, scalars and masks as arguments, f64.

// RUN: quant-run %s --inputs=%S/Inputs/control-flow.npz --outputs=%t.npz
// RUN: %python %inputs/compare-npz.py %t.npz %S/Inputs/control-flow.expected.npz 1e-6

ml_program.global private mutable @seed(dense<0> : tensor<i64>) : tensor<i64>
ml_program.global private @w(dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>) : tensor<4xf32>
func.func private @helper(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %g = ml_program.global_load_const @w : tensor<4xf32>
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?x4xf32>
  %e = tensor.empty(%d) : tensor<?x4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i,j)->(i,j)>, affine_map<(i,j)->(j)>, affine_map<(i,j)->(i,j)>], iterator_types = ["parallel","parallel"]} ins(%x, %g : tensor<?x4xf32>, tensor<4xf32>) outs(%e : tensor<?x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.mulf %a, %b : f32
    %t = math.erf %s : f32
    linalg.yield %t : f32
  } -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}
func.func @main(%x: tensor<?x4xf32>, %n: i64, %mask: tensor<?x4xi1>) -> (tensor<?xf32>, tensor<?x2x2xf32>, f32, tensor<?x4xf64>, tensor<?x4xi1>) {
  %h = func.call @helper(%x) : (tensor<?x4xf32>) -> tensor<?x4xf32>
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %d = tensor.dim %h, %c0 : tensor<?x4xf32>
  %pos = arith.cmpi sgt, %d, %c0 : index
  cf.assert %pos, "empty"
  %shape = tensor.from_elements %d, %c2, %c2 : tensor<3xindex>
  %v = tensor.reshape %h(%shape) : (tensor<?x4xf32>, tensor<3xindex>) -> tensor<?x2x2xf32>
  %z = arith.constant 0.0 : f32
  %e = tensor.empty(%d) : tensor<?xf32>
  %i = linalg.fill ins(%z : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  %s = linalg.reduce { arith.addf } ins(%h : tensor<?x4xf32>) outs(%i : tensor<?xf32>) dimensions = [1]
  %es = tensor.empty(%d) : tensor<?x4xf32>
  %sm = linalg.softmax dimension(1) ins(%h : tensor<?x4xf32>) outs(%es : tensor<?x4xf32>) -> tensor<?x4xf32>
  %f64 = arith.extf %sm : tensor<?x4xf32> to tensor<?x4xf64>
  %f = arith.sitofp %n : i64 to f32
  %c1 = arith.constant 1 : index
  %lp = scf.for %k = %c0 to %d step %c1 iter_args(%acc = %f) -> f32 {
    %el = tensor.extract %s[%k] : tensor<?xf32>
    %q = arith.addf %acc, %el : f32
    scf.yield %q : f32
  }
  %t = arith.constant true
  %nm = arith.xori %mask, %mask : tensor<?x4xi1>
  return %s, %v, %lp, %f64, %mask : tensor<?xf32>, tensor<?x2x2xf32>, f32, tensor<?x4xf64>, tensor<?x4xi1>
}
