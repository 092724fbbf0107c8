// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module @jit__lambda attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x8x8x4xf32>) -> (tensor<1x8x8x4xf32> {jax.result_info = "result"}) {
    %cst = arith.constant dense<[[[-1.0210278, -0.977446615, 0.445699215, -5.382500e-01], [0.630474925, -0.327949286, -0.666297555, 0.923910796], [-1.02026033, 1.24189985, -1.98017311, 0.0561182871]], [[0.88259989, -0.239873871, 1.44079196, 0.245328814], [-0.321990252, -0.423684537, 0.92074579, 1.09716296], [-1.39438891, -0.362648368, -1.47976935, -0.133168727]], [[-0.327216089, 0.964510619, 0.629943907, -1.45772731], [-0.949439167, -0.910161793, -0.810176968, -1.49052763], [-0.887799441, -0.00751414429, 0.704792857, -0.871742546]]]> : tensor<3x3x4xf32>
    %cst_0 = arith.constant 0.000000e+00 : f32
    %padded = tensor.pad %arg0 low[0, 1, 1, 0] high[0, 1, 1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst_0 : f32
    } : tensor<1x8x8x4xf32> to tensor<1x10x10x4xf32>
    %0 = tensor.empty() : tensor<1x8x8x4xf32>
    %1 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
    %2 = linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%padded, %cst : tensor<1x10x10x4xf32>, tensor<3x3x4xf32>) outs(%1 : tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
    return %2 : tensor<1x8x8x4xf32>
  }
}

