// RUN: not quant-opt %s --awq-scale="family=both3" 2>&1 | FileCheck %s --check-prefix=FAMILY
// RUN: not quant-opt %s --awq-scale="grid-steps=0" 2>&1 | FileCheck %s --check-prefix=GRID
// RUN: not quant-opt %s --awq-scale="clip-steps=256" 2>&1 | FileCheck %s --check-prefix=GRID
// RUN: not quant-opt %s --awq-scale="objective=loss" 2>&1 | FileCheck %s --check-prefix=OBJECTIVE
// RUN: not quant-opt %s --awq-scale 2>&1 | FileCheck %s --check-prefix=DATA
// RUN: not quant-opt %s --awq-scale="calib-data=%S/../GptqRound/Inputs/bad.npz" 2>&1 | FileCheck %s --check-prefix=BAD

// FAMILY: error: awq-scale: family must be activation, duo or both, got 'both3'
// GRID: error: awq-scale: grid-steps must lie in 1 to 1000 and clip-steps in 0 to 255
// OBJECTIVE: error: awq-scale: objective must be block or output, got 'loss'
// DATA: error: {{.*}}calib
// BAD: error: 'linalg.matmul' op input of fc is nan in sample 2, token 3, channel 5; calibrate on data that the float model can run
func.func @main(%x: tensor<16x64xf32>) -> tensor<16x1xf32> {
  %w = arith.constant dense<1.0> : tensor<1x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16x1xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<16x1xf32>) -> tensor<16x1xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.site = "fc", lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, group = 32>, method = "rtn">}
      ins(%x, %w : tensor<16x64xf32>, tensor<1x64xf32>) outs(%init : tensor<16x1xf32>) -> tensor<16x1xf32>
  return %y : tensor<16x1xf32>
}
