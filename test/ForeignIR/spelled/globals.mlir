// Weights in globals of ml_program and in constant memory, one of them used by two functions; a vector times a matrix.
// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-4: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  ml_program.global private @shared(dense<[[0.5, -1.0, 0.25], [1.5, 0.75, -0.5], [-0.25, 1.0, 1.25]]> : tensor<3x3xf32>) : tensor<3x3xf32>
  memref.global "private" constant @buffer : memref<3x4xf32> = dense<[[0.1, 0.2, 0.3, -0.4], [0.5, -0.6, 0.7, 0.8], [0.9, 1.0, -1.1, 1.2]]>
  func.func private @block(%x: tensor<3xf32>) -> tensor<3xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %w = ml_program.global_load @shared : tensor<3x3xf32>
    %e = tensor.empty() : tensor<3xf32>
    %i = linalg.fill ins(%zero : f32) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    %0 = linalg.matvec ins(%w, %x : tensor<3x3xf32>, tensor<3xf32>) outs(%i : tensor<3xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
  func.func @main(%x: tensor<3xf32>) -> tensor<4xf32> {
    %zero = arith.constant 0.000000e+00 : f32
    %w = ml_program.global_load_const @shared : tensor<3x3xf32>
    %e = tensor.empty() : tensor<3xf32>
    %i = linalg.fill ins(%zero : f32) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    %0 = linalg.vecmat ins(%x, %w : tensor<3xf32>, tensor<3x3xf32>) outs(%i : tensor<3xf32>) -> tensor<3xf32>
    %1 = func.call @block(%0) : (tensor<3xf32>) -> tensor<3xf32>
    %2 = func.call @block(%1) : (tensor<3xf32>) -> tensor<3xf32>
    %memory = memref.get_global @buffer : memref<3x4xf32>
    %v = bufferization.to_tensor %memory : memref<3x4xf32> to tensor<3x4xf32>
    %e4 = tensor.empty() : tensor<4xf32>
    %i4 = linalg.fill ins(%zero : f32) outs(%e4 : tensor<4xf32>) -> tensor<4xf32>
    %3 = linalg.vecmat ins(%2, %v : tensor<3xf32>, tensor<3x4xf32>) outs(%i4 : tensor<4xf32>) -> tensor<4xf32>
    %e1 = tensor.empty() : tensor<1x4xf32>
    %i1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x4xf32>) -> tensor<1x4xf32>
    %row = tensor.expand_shape %2 [[0, 1]] output_shape [1, 3] : tensor<3xf32> into tensor<1x3xf32>
    %4 = linalg.matmul ins(%row, %v : tensor<1x3xf32>, tensor<3x4xf32>) outs(%i1 : tensor<1x4xf32>) -> tensor<1x4xf32>
    %5 = tensor.collapse_shape %4 [[0, 1]] : tensor<1x4xf32> into tensor<4xf32>
    %y = linalg.add ins(%3, %5 : tensor<4xf32>, tensor<4xf32>) outs(%e4 : tensor<4xf32>) -> tensor<4xf32>
    return %y : tensor<4xf32>
  }
}
