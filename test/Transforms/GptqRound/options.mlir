// Other orders and group parameters; an asymmetric scheme; three and two bits; activations in the loop: each gives codes of
// its scheme with an error that is lower than that of plain rounding.

// RUN: quant-opt %s --quant-plan='weight="i4, group = 32, asymmetric" method=gptq' --gptq-round="calib-data=%S/Inputs/correlated.npz" | FileCheck %s --check-prefix=ASYMMETRIC
// RUN: quant-opt %s --quant-plan='weight="i3, group = 32" method=gptq' --gptq-round="calib-data=%S/Inputs/correlated.npz order=group-aware groups=dynamic" | FileCheck %s --check-prefix=THREE
// RUN: quant-opt %s --quant-plan='weight="i2, group = 16, asymmetric" method=gptq' --gptq-round="calib-data=%S/Inputs/correlated.npz order=stored refine-sweeps=0" | FileCheck %s --check-prefix=TWO
// RUN: quant-opt %s --quant-plan='weight="i8, channel" input="i8, token, dynamic" method=gptq' --gptq-round="calib-data=%S/Inputs/correlated.npz" | FileCheck %s --check-prefix=TOKEN
// RUN: quant-opt %s --quant-plan='weight="i4, channel" input="i8, tensor, asymmetric" method=gptq' --calibrate="calib-data=%S/Inputs/correlated.npz observer=minmax" --gptq-round="calib-data=%S/Inputs/correlated.npz" | FileCheck %s --check-prefix=STATIC
// RUN: not quant-opt %s --quant-plan='weight="i4, channel" input="i8, tensor" method=gptq' --gptq-round="calib-data=%S/Inputs/correlated.npz" 2>&1 | FileCheck %s --check-prefix=NORANGE

// ASYMMETRIC: lowp.dequantize {{.*}} : tensor<4x64xi4>, tensor<4x2xf32>, tensor<4x2xi4> -> tensor<4x64xf32>
// THREE: lowp.dequantize {{.*}} : tensor<4x64xi3>, tensor<4x2xf32> -> tensor<4x64xf32>
// TWO: lowp.dequantize {{.*}} : tensor<4x64xi2>, tensor<4x4xf32>, tensor<4x4xi2> -> tensor<4x64xf32>
// TOKEN: lowp.choose_params
// TOKEN: outcome = "solved"
// STATIC: lowp.quantize {{.*}} : tensor<16x64xf32>, tensor<1x1xf32>, tensor<1x1xi8> -> tensor<16x64xi8>
// STATIC: outcome = "solved"
// NORANGE: error: 'linalg.matmul' op input scheme #lowp.scheme<i8, tensor> is static, but no statistics give the range of fc; run calibrate first
func.func @main(%x: tensor<16x64xf32>) -> tensor<16x4xf32> {
  %w = arith.constant dense<[
      [0.064, 0.072, 0.003, -0.038, -0.055, 0.002, -0.051, -0.072, 0.010, 0.007, 0.027, -0.046, 0.000, -0.003, -0.075, 0.027, 0.016, 0.119, 0.010, -0.007, 0.062, 0.010, 0.045, -0.018, 0.011, 0.051, 0.035, 0.006, -0.054, 0.022, 0.004, 0.036, 0.011, 0.054, -0.003, 0.010, 0.033, -0.054, -0.020, -0.025, 0.099, -0.005, 0.033, 0.031, -0.014, -0.078, 0.048, -0.020, 0.036, -0.065, -0.022, 0.063, 0.072, -0.065, -0.067, -0.002, 0.036, 0.008, 0.015, -0.049, 0.029, 0.056, -0.022, -0.072],
      [-0.038, 0.038, -0.087, -0.005, -0.050, -0.007, -0.012, 0.001, 0.075, 0.021, 0.067, -0.007, -0.024, 0.019, -0.142, -0.002, 0.008, -0.062, 0.023, -0.028, -0.123, -0.011, -0.049, -0.026, -0.008, 0.063, 0.005, -0.001, 0.019, -0.091, 0.062, -0.054, 0.022, -0.056, -0.049, -0.020, 0.095, 0.035, -0.030, -0.014, -0.058, -0.002, -0.029, 0.036, -0.068, -0.017, -0.042, -0.036, 0.036, 0.006, 0.029, 0.059, 0.057, -0.069, 0.027, -0.088, -0.003, 0.096, -0.010, -0.018, 0.009, 0.001, 0.001, -0.038],
      [0.054, 0.044, -0.011, 0.016, 0.033, 0.052, 0.020, 0.035, -0.013, -0.053, -0.025, 0.051, 0.049, 0.007, -0.028, 0.015, 0.083, 0.068, -0.034, -0.002, -0.073, -0.057, 0.009, 0.001, 0.048, 0.063, 0.042, 0.066, -0.027, -0.056, 0.025, 0.134, 0.018, -0.058, 0.012, 0.071, -0.052, 0.040, -0.031, 0.064, 0.039, 0.015, 0.100, -0.020, -0.034, 0.093, -0.044, 0.110, -0.002, -0.052, -0.000, 0.007, 0.010, -0.010, 0.054, -0.116, -0.028, -0.013, 0.091, -0.100, -0.017, -0.057, -0.033, 0.032],
      [0.021, 0.072, -0.030, 0.013, 0.059, 0.045, -0.017, 0.056, -0.046, 0.090, 0.008, -0.006, 0.014, 0.042, 0.087, -0.007, -0.018, 0.029, -0.044, -0.085, 0.042, -0.019, 0.056, -0.051, -0.145, 0.014, 0.008, 0.080, 0.026, 0.015, 0.029, -0.018, 0.004, -0.068, 0.026, -0.040, -0.022, 0.035, 0.046, -0.050, 0.100, -0.030, 0.042, 0.048, 0.011, 0.009, 0.090, 0.045, 0.022, -0.091, -0.037, 0.058, 0.010, -0.048, -0.032, -0.015, 0.034, 0.019, 0.050, -0.041, 0.049, -0.025, -0.015, 0.087]]> : tensor<4x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<16x4xf32>) -> tensor<16x4xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>]
      {lowp.site = "fc"}
      ins(%x, %w : tensor<16x64xf32>, tensor<4x64xf32>) outs(%init : tensor<16x4xf32>) -> tensor<16x4xf32>
  return %y : tensor<16x4xf32>
}
