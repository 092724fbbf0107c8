// Statistics of two halves of the data, merged in either order, are those of the whole, byte for byte.

// RUN: split-file %s %t
// RUN: %python %inputs/make-npz.py %t/a.npz in0 "<f4" "[2, 3, 2]" "[1, 0, 0.5, 0, -7, 0, 2, 0, -1, 0, 3, 0]"
// RUN: %python %inputs/make-npz.py %t/b.npz in0 "<f4" "[1, 3, 2]" "[6, -0.25, 0.5, 0, 1, 0]"
// RUN: %python %inputs/make-npz.py %t/whole.npz in0 "<f4" "[3, 3, 2]" "[1, 0, 0.5, 0, -7, 0, 2, 0, -1, 0, 3, 0, 6, -0.25, 0.5, 0, 1, 0]"
// RUN: quant-opt %t/in.mlir --calibrate="calib-data=%t/a.npz observer=minmax" > %t/a.mlir
// RUN: quant-opt %t/in.mlir --calibrate="calib-data=%t/b.npz observer=minmax" > %t/b.mlir
// RUN: quant-opt %t/in.mlir --calibrate="calib-data=%t/whole.npz observer=minmax" > %t/whole.mlir
// RUN: quant-opt %t/a.mlir --merge-stats=from=%t/b.mlir | cmp - %t/whole.mlir
// RUN: quant-opt %t/b.mlir --merge-stats=from=%t/a.mlir | cmp - %t/whole.mlir
// RUN: FileCheck %s < %t/whole.mlir

// CHECK: lowp.stats = {channel_absmax = dense<[7.000000e+00, 2.500000e-01]> : tensor<2xf32>, dead_channels = 0 : i64, max = 6.000000e+00 : f32, min = -7.000000e+00 : f32, observer = "minmax", tokens = 9 : i64}

// RUN: quant-opt %t/in.mlir --calibrate="calib-data=%t/b.npz observer=percentile" > %t/percentile.mlir
// RUN: not quant-opt %t/a.mlir --merge-stats=from=%t/percentile.mlir 2>&1 | FileCheck %s --check-prefix=OTHER
// RUN: not quant-opt %t/percentile.mlir --merge-stats=from=%t/percentile.mlir 2>&1 | FileCheck %s --check-prefix=QUANTILE
// RUN: not quant-opt %t/a.mlir --merge-stats=from=%t/in.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not quant-opt %t/in.mlir --merge-stats=from=%t/a.mlir 2>&1 | FileCheck %s --check-prefix=SELF
// RUN: not quant-opt %t/a.mlir --merge-stats=from=%t/missing.mlir 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not quant-opt %t/a.mlir --merge-stats 2>&1 | FileCheck %s --check-prefix=FROM
// RUN: sed 's/"fc"/"gc"/' %t/b.mlir > %t/renamed.mlir
// RUN: not quant-opt %t/a.mlir --merge-stats=from=%t/renamed.mlir 2>&1 | FileCheck %s --check-prefix=SITE
// OTHER: error: 'linalg.matmul' op merge-stats: fc of {{.*}}percentile.mlir: its observer is another one
// QUANTILE: what the observer percentile keeps says too little of the data to be merged; calibrate with absmax or minmax
// NONE: error: merge-stats: {{.*}}in.mlir has no statistics; run calibrate first
// SELF: error: merge-stats: this module has no statistics; run calibrate first
// MISSING: error: merge-stats: {{.*}}missing.mlir: no such file
// FROM: error: merge-stats: give from=FILE.mlir
// SITE: error: merge-stats: {{.*}}renamed.mlir has statistics of gc, this module none; both must be calibrated from one plan

//--- in.mlir
func.func @main(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %zero = arith.constant dense<0.0> : tensor<3x2xf32>
  %y = linalg.matmul {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>, method = "rtn">}
    ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%zero : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
