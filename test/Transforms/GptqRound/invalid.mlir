// RUN: not quant-opt %s --gptq-round 2>&1 | FileCheck %s --check-prefix=NODATA
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/bad.npz" 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz order=random" 2>&1 | FileCheck %s --check-prefix=ORDER
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz damping=2" 2>&1 | FileCheck %s --check-prefix=DAMPING
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/missing.npz" 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not quant-opt %s --gptq-round="calib-text=%s" 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz function=other" 2>&1 | FileCheck %s --check-prefix=FUNCTION
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz groups=some" 2>&1 | FileCheck %s --check-prefix=GROUPS
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz groups=dynamic" 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz on-failure=stop" 2>&1 | FileCheck %s --check-prefix=STOP
// RUN: not quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz samples=1 damping=0 max-damping=0 on-failure=error" 2>&1 | FileCheck %s --check-prefix=SINGULAR
// RUN: quant-opt %s --gptq-round="calib-data=%S/Inputs/correlated.npz samples=1 damping=0 max-damping=0" | FileCheck %s --check-prefix=ROUNDED

// NODATA: error: give calibration data: calib-text=FILE.txt or calib-data=FILE.npz, and not both
// NAN: error: 'linalg.matmul' op input of fc is nan in sample 2, token 3, channel 5; calibrate on data that the float model can run
// ORDER: error: gptq-round: order must be stored, activation or group-aware, got 'random'
// DAMPING: error: gptq-round: damping must lie between 0 and max-damping, and that below 1, got 2
// GROUPS: error: gptq-round: groups must be static or dynamic, got 'some'
// DYNAMIC: error: gptq-round: dynamic groups need an order that keeps groups together: order=group-aware or order=stored
// STOP: error: gptq-round: on-failure must be round or error, got 'stop'
// SINGULAR: error: 'linalg.matmul' op fc: no damping up to max-damping makes its Hessian positive definite; calibrate on more data
// ROUNDED: outcome = "rounded to nearest: no damping made the Hessian positive definite"
// MISSING: error: {{.*}}missing.npz
// TEXT: error: calib-text needs a function of token ids (tensor<?xi64>), this one takes 'tensor<16x64xf32>'; give its inputs with calib-data=
// FUNCTION: error: no public function with a body is named other
func.func @main(%x: tensor<16x64xf32>) -> tensor<16x4xf32> {
  %w = arith.constant dense<0.5> : tensor<4x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<16x4xf32>) -> tensor<16x4xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.plan = #lowp.plan<site = "fc", weight = #lowp.scheme<i4, group = 32>, method = "gptq">}
      ins(%x, %w : tensor<16x64xf32>, tensor<4x64xf32>) outs(%init : tensor<16x4xf32>) -> tensor<16x4xf32>
  return %y : tensor<16x4xf32>
}
