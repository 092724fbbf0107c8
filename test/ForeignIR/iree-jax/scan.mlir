// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<5x2x6xf32>) -> (tensor<2x8xf32>) {
    %c1_i32 = arith.constant 1 : i32
    %c5_i32 = arith.constant 5 : i32
    %c0_i32 = arith.constant 0 : i32
    %cst = arith.constant dense<0.000000e+00> : tensor<2x8xf32>
    %cst_0 = arith.constant dense<[[-0.069977805, -1.05423963, 1.16266036, -0.938059329, -7.894150e-01, -1.83568573, 0.352612734, 0.125623092], [-0.65741688, -0.867991507, 0.168422684, -0.295238823, -1.02542865, 0.453053087, 0.905844628, 0.365941137], [0.846912205, 0.244431838, 1.54626358, 0.909783602, -0.330794632, 1.10184097, 3.659590e-01, -0.502501786], [-0.66341877, -0.282887071, -1.94460583, -0.749510527, -0.483122557, -1.53308022, -0.861443281, -0.98007816], [-1.52938306, -0.13476108, 0.20916082, 0.344650835, 1.13876104, -0.172536254, -0.475762188, 0.00511447713], [1.24759495, 1.58680224, -0.554210603, 0.402743846, -0.151177585, 0.575325489, -2.43116927, -0.419791102], [-1.86630607, -3.13654709, 0.379628181, -0.918960273, 1.28602839, 0.788292407, 1.26214302, 0.823994219], [-0.459354579, 0.377280772, -1.50749958, -1.20356357, 0.500022948, 1.7878983, 0.218615755, -1.12495565]]> : tensor<8x8xf32>
    %cst_1 = arith.constant dense<[[0.920703709, -1.10121143, -1.4539808, -1.61194253, 0.213721931, -0.533342123, -0.988778054, 0.23639144], [0.856982231, 1.87847173, 1.23498189, -0.644955754, 1.44645047, -0.745333076, 0.418266416, 0.771017968], [-1.46882188, 0.13292405, 0.0972856059, 2.17874861, -0.603700221, 0.755337059, -0.173212856, 0.0840949118], [-0.928948938, 0.980030834, 1.24523723, 1.18741369, -1.69949174, -1.85328889, -0.0734865442, 1.12739396], [0.8027637, -0.257192582, -0.688451052, 1.67560828, 1.41862774, -0.73020041, -0.0644526705, -0.0936542898], [2.07522726, 0.706245601, 1.1232723, -0.874364078, 0.277680963, -0.105050303, 0.150000766, 0.408799887]]> : tensor<6x8xf32>
    %c4 = arith.constant 4 : index
    %cst_2 = arith.constant 0.000000e+00 : f32
    %2 = scf.for %arg1 = %c0_i32 to %c5_i32 step %c1_i32 iter_args(%arg2 = %cst) -> (tensor<2x8xf32>)  : i32 {
      %4 = arith.index_castui %arg1 : i32 to index
      %5 = arith.minui %4, %c4 : index
      %extracted_slice = tensor.extract_slice %arg0[%5, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<5x2x6xf32> to tensor<2x6xf32>
      %6 = tensor.empty() : tensor<2x8xf32>
      %7 = linalg.fill ins(%cst_2 : f32) outs(%6 : tensor<2x8xf32>) -> tensor<2x8xf32>
      %8 = linalg.matmul ins(%extracted_slice, %cst_1 : tensor<2x6xf32>, tensor<6x8xf32>) outs(%7 : tensor<2x8xf32>) -> tensor<2x8xf32>
      %9 = linalg.matmul ins(%arg2, %cst_0 : tensor<2x8xf32>, tensor<8x8xf32>) outs(%7 : tensor<2x8xf32>) -> tensor<2x8xf32>
      %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8, %9 : tensor<2x8xf32>, tensor<2x8xf32>) outs(%6 : tensor<2x8xf32>) {
      ^bb0(%in: f32, %in_3: f32, %out: f32):
        %13 = arith.addf %in, %in_3 : f32
        linalg.yield %13 : f32
      } -> tensor<2x8xf32>
      %11 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<2x8xf32>) outs(%6 : tensor<2x8xf32>) {
      ^bb0(%in: f32, %out: f32):
        %13 = math.tanh %in : f32
        linalg.yield %13 : f32
      } -> tensor<2x8xf32>
      scf.yield %11 : tensor<2x8xf32>
    }
    return %2 : tensor<2x8xf32>
  }
}