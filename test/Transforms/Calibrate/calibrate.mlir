// Statistics of 4 samples of 3 tokens and 2 channels (Inputs/small.npz; make.py lists them).

// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz" | FileCheck %s --check-prefix=ABSMAX
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz observer=minmax" | FileCheck %s --check-prefix=MINMAX
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz observer=moving-average averaging-constant=0.5" | FileCheck %s --check-prefix=MOVING
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz observer=percentile percentile=75" | FileCheck %s --check-prefix=PERCENTILE
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz observer=entropy" | FileCheck %s --check-prefix=ENTROPY
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz observer=mse" | FileCheck %s --check-prefix=MSE
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz samples=1" | FileCheck %s --check-prefix=ONE
// RUN: not quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz observer=mean" 2>&1 | FileCheck %s --check-prefix=OBSERVER
// RUN: not quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz percentile=0" 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not quant-opt %s --calibrate="calib-data=%S/Inputs/small.npz min-samples=5" 2>&1 | FileCheck %s --check-prefix=FEW
// RUN: not quant-opt %s --calibrate="calib-data=%S/Inputs/dead.npz max-dead-channels=0" 2>&1 | FileCheck %s --check-prefix=DEAD
// RUN: quant-opt %s --calibrate="calib-data=%S/Inputs/dead.npz max-dead-channels=1" | FileCheck %s --check-prefix=ONEDEAD

// ABSMAX: lowp.stats = {channel_absmax = dense<[8.000000e+00, 4.000000e+00]> : tensor<2xf32>, dead_channels = 0 : i64,
// ABSMAX-SAME: max = 8.000000e+00 : f32, min = -8.000000e+00 : f32, observer = "absmax", tokens = 12 : i64}
// MINMAX: max = 8.000000e+00 : f32, min = -4.000000e+00 : f32, observer = "minmax"

// Sample maxima 1, 2, 4, 8 and minima -1, -1, -2, -4: each average is half the last one and half the new.
// MOVING: max = 5.375000e+00 : f32, min = -2.750000e+00 : f32, observer = "moving-average"

// The 18th of 24 values in order, from either end.
// PERCENTILE: max = 2.000000e+00 : f32, min = -1.000000e+00 : f32, observer = "percentile"
// Few values, all of which their own bin holds: nothing is clipped.
// ENTROPY: max = 8.000000e+00 : f32, min = -4.000000e+00 : f32, observer = "entropy"
// MSE: max = 8.000000e+00 : f32, min = -4.000000e+00 : f32, observer = "mse"
// FEW: error: calibrate: the data has 4 samples, fewer than min-samples=5; give a longer text or more arrays
// DEAD: error: 'linalg.matmul' op calibration of {{.*}}: 1 of 2 channels are 0 in every token, more than max-dead-channels=0; calibrate on more varied data
// ONEDEAD: dead_channels = 1 : i64
// ONE: channel_absmax = dense<1.000000e+00> : tensor<2xf32>
// ONE-SAME: tokens = 3 : i64
// OBSERVER: error: calibrate: observer must be absmax, minmax, moving-average, percentile, entropy or mse, got 'mean'
// RANGE: error: calibrate: percentile must lie in (0, 100] and averaging-constant in (0, 1]
func.func @main(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = arith.constant dense<[[1.0, 0.5], [-0.5, 1.0]]> : tensor<2x2xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<3x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<3x2xf32>) -> tensor<3x2xf32>
  %y = linalg.matmul
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i8, channel>,
                              input = #lowp.scheme<i8, token, dynamic>, method = "rtn">}
      ins(%x, %w : tensor<3x2xf32>, tensor<2x2xf32>) outs(%init : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
