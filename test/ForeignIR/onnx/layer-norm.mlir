// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1, d2) -> (d1, d2)>
module {
  func.func @main(%arg0: tensor<2x5x16xf32>) -> tensor<2x5x8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense<[-0.0982197597, 1.26625121, -1.00495911, -0.154619023, 1.12424994, 2.21045661, -0.309099466, -0.803046762, 0.173569903, 0.901645422, -0.455215335, 1.30954266, 0.782277047, 1.71458781, -0.351923287, 2.00093865]> : tensor<16xf32>
    %cst_1 = arith.constant dense<[1.15688527, 0.861880123, 1.81054688, -0.876823604, -1.08471477, -0.959402322, 1.93587935, 0.184945956, -1.45141935, -0.317739218, 0.302641779, -0.0056314636, -0.00496806297, 1.05552578, 0.914357602, 0.0653041601]> : tensor<16xf32>
    %cst_2 = arith.constant dense<"0xA52E81BF2643A4BF56CBC03FA8C5CCBFF408483F296F8FBFD7B861BEAD3E1A3FBD9636BF0AC13B3F5F76D5BE3000A1BC484C87BF39DD61BF04150F3FCF9B633F2DF48A3FAA1782BE443728BF0B7FAABD38E8C53FC30B3CBFD970623FEABB44BE35D5CF3EFEB8C93FB4370BBFA4CBFC3E7E2DD33E288A0C3E529F6EBFD85283BEB5D1BEBE9A0A263E9E7E67BFEE0D02C0BEFCE13F6FF0483E878FCC3FC4BCA73DC40B343F8B77C73F923D54BF395088BFD7261D3E3D38123F62DA9EBF7239C03EB05DD6BD67110040B1B1F63F952AF13EF63B03BE5513CDBFFA6D803E42767BBEE9BDD5BF09DC03C0F8C7B4BF84C91A3FD125863F0807F23DCAEE34408A6DCF3E023B1A3FD3A1993F5CABFFBE5210503EA2A492BEC3984F3F2570E7BE9CADC53F45F96B3E0EA695BE90F7023E692AD03FAEFB673F3BF3F43E26EB20C0E0564BBD88BB84BF2CC4A63EC1F53FBF51E95EBD5122A3BFDED130BFC4FED23D1D86AFBD259B87BFAB0839BFA81EB2BF153B863EBDB6BDBE46358BBFED15393BB3F3E53E2823813E5CD12540EA5A5F3FFD4BA3BF3FDE16402B5B9F3E36DDFA3E62DAB6BF3C635CBF5ADBB7BEC61D873F364C58BF99058EBFCF8A24BF0AFBF4BEBE499F3FB6EF163FD1F6AA3FDFA057BF977286BCBDEC83BF7F234A3F42B97A3F26AD5CBFDC1C3F3F61C2AEBFD399E7BBC24A84BF96895EBE3702BE3E5586883F44F7933F"> : tensor<16x8xf32>
    %cst_3 = arith.constant 1.600000e+01 : f32
    %cst_4 = arith.constant 9.99999974E-6 : f32
    %0 = tensor.empty() : tensor<2x5x1xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x5x1xf32>) -> tensor<2x5x1xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x5x16xf32>) outs(%1 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x1xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x5x1xf32>) outs(%0 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.divf %in, %cst_3 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x1xf32>
    %4 = tensor.empty() : tensor<2x5x16xf32>
    %collapsed = tensor.collapse_shape %3 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %5 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed : tensor<2x5xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %5 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.subf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x16xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.mulf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x16xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x5x16xf32>) outs(%1 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x5x1xf32>) outs(%0 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.divf %in, %cst_3 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x1xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x5x1xf32>) outs(%0 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %cst_4 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x1xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x5x1xf32>) outs(%0 : tensor<2x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = math.rsqrt %in : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x1xf32>
    %collapsed_5 = tensor.collapse_shape %11 [[0], [1, 2]] : tensor<2x5x1xf32> into tensor<2x5xf32>
    %12 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<2x5xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x5x16xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %12 : tensor<2x5x16xf32>, tensor<2x5x16xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.mulf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x16xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13, %cst_0 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.mulf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x16xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %cst_1 : tensor<2x5x16xf32>, tensor<16xf32>) outs(%4 : tensor<2x5x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.addf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x5x16xf32>
    %16 = tensor.empty() : tensor<2x16x8xf32>
    %17 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_2 : tensor<16x8xf32>) outs(%16 : tensor<2x16x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x16x8xf32>
    %18 = tensor.empty() : tensor<2x5x8xf32>
    %19 = linalg.fill ins(%cst : f32) outs(%18 : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    %20 = linalg.batch_matmul ins(%15, %17 : tensor<2x5x16xf32>, tensor<2x16x8xf32>) outs(%19 : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
    return %20 : tensor<2x5x8xf32>
  }
}

