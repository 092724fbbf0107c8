// Without --function: @main, or the only public function.

// RUN: split-file %s %t
// RUN: %python %inputs/make-npz.py %t/x.npz in0 "<f4" "[2]" 3.0
// RUN: %python %inputs/make-npz.py %t/expected.npz out0 "<f4" "[2]" 6.0
// RUN: quant-run %t/one.mlir --inputs=%t/x.npz --outputs=%t/y.npz
// RUN: %python %inputs/compare-npz.py %t/y.npz %t/expected.npz
// RUN: quant-run %t/two.mlir --function=double --inputs=%t/x.npz --outputs=%t/y.npz
// RUN: %python %inputs/compare-npz.py %t/y.npz %t/expected.npz
// RUN: not quant-run %t/two.mlir --inputs=%t/x.npz --outputs=%t/y.npz 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not quant-run %t/none.mlir --inputs=%t/x.npz --outputs=%t/y.npz 2>&1 | FileCheck %s --check-prefix=NONE

// TWO:     two.mlir:{{.*}} error: there is no @main among several public functions; say which with function=NAME, one of double, same
// TWO-NOT: {{.}}
// NONE:     none.mlir:{{.*}} error: there is no public function with a body to run; make one public
// NONE-NOT: {{.}}

//--- one.mlir
func.func private @double(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = arith.addf %x, %x : tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @forward(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = func.call @double(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
//--- two.mlir
func.func @double(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = arith.addf %x, %x : tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @same(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}
//--- none.mlir
func.func private @absent(%x: tensor<2xf32>) -> tensor<2xf32>
