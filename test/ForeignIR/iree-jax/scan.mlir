// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<5x2x6xf32>) -> (tensor<2x8xf32>) {
    %c1_i32 = arith.constant 1 : i32
    %c5_i32 = arith.constant 5 : i32
    %c0_i32 = arith.constant 0 : i32
    %cst = arith.constant dense<0.000000e+00> : tensor<2x8xf32>
    %cst_0 = arith.constant dense<[[-0.0209933426, -0.316271901, 0.348798126, -0.281417817, -0.236824512, -0.550705731, 0.105783828, 0.0376869291], [-0.197225079, -0.260397464, 0.0505268089, -0.0885716528, -0.307628602, 0.135915935, 0.271753401, 0.109782346], [0.254073679, 0.073329553, 0.463879079, 0.272935092, -0.0992383956, 0.33055231, 0.109787703, -0.150750548], [-0.199025646, -0.0848661214, -0.583381772, -0.224853173, -0.14493677, -0.459924072, -0.258432984, -0.294023454], [-0.458814949, -0.0404283255, 0.0627482459, 0.103395253, 0.341628313, -0.0517608784, -0.142728657, 0.00153434323], [0.374278486, 0.476040691, -0.166263193, 0.12082316, -0.0453532785, 0.172597647, -0.729350805, -0.125937343], [-0.55989182, -0.940964162, 0.113888457, -0.275688082, 0.385808527, 0.236487731, 0.378642917, 0.247198269], [-0.137806386, 0.113184236, -0.452249885, -0.361069083, 0.15000689, 0.536369503, 0.0655847266, -0.337486714]]> : tensor<8x8xf32>
    %cst_1 = arith.constant dense<[[0.276211113, -0.330363452, -0.436194271, -0.483582765, 0.0641165823, -0.160002649, -0.296633422, 0.070917435], [0.257094681, 0.563541532, 0.370494574, -0.193486735, 0.433935165, -0.223599926, 0.125479937, 0.231305405], [-0.440646589, 0.0398772173, 0.0291856825, 0.653624594, -0.181110069, 0.226601124, -0.0519638583, 0.0252284743], [-0.278684705, 0.294009268, 0.373571187, 0.35622412, -0.509847522, -0.555986702, -0.0220459644, 0.338218212], [0.240829125, -0.0771577805, -0.206535324, 0.502682507, 0.42558834, -0.219060138, -0.0193358026, -0.0280962884], [0.62256819, 0.211873695, 0.336981714, -0.262309223, 0.0833042934, -0.0315150917, 0.0450002328, 0.122639969]]> : tensor<6x8xf32>
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