// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-8: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%arg0: tensor<3x2x8xf32>) -> tensor<3x1x2x6xf32> {
    %cst = arith.constant dense<0.000000e+00> : tensor<3x2x6xf32>
    %cst_0 = arith.constant dense<0.000000e+00> : tensor<2x6xf32>
    %cst_1 = arith.constant 0.000000e+00 : f32
    %c3_i64 = arith.constant 3 : i64
    %cst_2 = arith.constant 1.000000e+00 : f32
    %cst_3 = arith.constant dense<"0x7ADE83BF659BB5BFA0EC6A3FDDFF0240F052073F20F768BFAB2E91BEC710953E6CDDF13E0B3D023EA74EE03E4FA26ABF0E78753FB866C3BE32FE113F142608BFE5DE55BE9CED293FE0E11CBF9013A93C67CA213FF589B6BD9E101940854FCB3FE97F11C01C7CCA3EA391943FF2EEE03D159EB93F23371E3F247B33BFAE754B3FC411453FBEC4973D971CCEBFB9A6F33D7A2AC6BFD1496FBF42198C3FC50618BDBB80813FF5D162BFB91E9E3B146A333E16E0E9BF61CF9ABFAF13A8BF9434FB3FF7C1B4BE9D0E1240BAB7B3BFAD94E8BE8A632C3F22ADC73F53C4C7BFF802BC3F778F14BF1719AFBF96EA8ABC6F30F93E5C29B73FB05E01C0D781DDBEE0A2063F953BF3BF05D627BD9B37543FFFBC1E3F7E3607C0E7627FBEADC44BBFBE39013DBE69AD3F4CCD6ABF6DA68F3D34C8AFBFE88D24BE0EDAD3BF4833A3BF5F20D4BD3C6973BFB5D6E33EC2F730BFD571A13E4623473EA4A6A13E5289AEBFD3F6913F060628404C2751BF9B6E853F22C5733F917D0D3F372FB53D7C78A8BFB0FB983F2469893FF42EDA3EA9E0A6BFC247BFBF8C7187BE2ADA0A3F0436203F71113C3F3D52B5BF02BB533FAB33ACBE905AFD3E6AC286BF110799BCE64D00BF305893BF0A4E10C08D312A3F8A62C43E6CB497BE2EE38EBF4700DD3FC6914B3FB2508EBF6E12C2BEBF353A3E1C182C40C3865ABFA2F1AFBF9D8232BFA47A8EBE6CF5C7BF99CC31BE773D7BBFAA8AB83DEBC027BF836D46BF809CAD3EEA48E13CE859DBBE45EEB9BF55FC52BFB225C4BF963AC7BF2DA780BFC27F993D829D3CBEB6BD38BE754C9DBF51E1DABF2ADFA7BE2EE130BFF21FBCBF1864EDBFE9693C3E92519B3F3AF9E43D1A87E13D680092BE46E55DBF03309FBD3F19E2BFC004283FB619A2BE4467C43E6F26AF3CD956D83EB46FBE3E8C79DD3FBAED3A3F836C143FE8996E3E6A9B9BBFFB3FECBE103EDD3D875C36BE4ED9FE3E7C708C3DCD0C5EBF8BADFE3F1884F63F4420923F456DDC3D033EBBBA11917E3C66923F3F46A47EBF24396D3F80CA0440EE1A483F2E9716401A4EA43FCC9218BFB7B4274071D04ABF5144353F"> : tensor<24x8xf32>
    %cst_4 = arith.constant dense<"0x9DC39CBF16AE91BFE075BABE5279B6BEDC5E12BF205CE7BE7D84563DE8D1883FED7891BF9F094DBF785F09406713973E9747853ED4C5C23E54EEB8BF4A9AA1BF2C5596BE8B3034BDB72C803D851EC3BF600816BFA254093F35D8B33F8B1D5D3ECF9C7ABFCBC906BF9323E23FD8C3B63EFCCB583F4BCF82BF79AF84BF6F5090BFBD0282BF63DBE53FE4AC01BF1FDD823FDE18863DD079C3BE13E99B3FA7F5B03F276211BF1C5FA9BD14B8853E33B9F43F8D84A73F325CB1BF0E67083F977E343E7339B3BE657AA63E965CA43D023C7FBF52093C3F22AA3B3FF9F0963E4AE494BE8148803FE96DB93EE88FF63FE8664E3E41068EBD5B3CC3BE19223F3FC1A7113DA5F1BA3E17FD46BFCDC1A3BE5F7ECFBFECA533BF2E76B43F2B2E7D3F2EC7DD3F4E30523FF413C1BF6C474ABF6A46393D257DAFBE3946A63E9E4FA6BFD77A7E3ED895F93D39A0763E4ED295BEEB0661BE0862ABBFE0FA53BF0D8E94BBEFA7663F9686BEBD0F9913BD903B8FBF448DA3BFC2005ABE7968C7BF33294DBF3497AB3F69CC553EB375553F7A7CA5BFD1F662BE7E7BBEBE38D8953E66A7E33FF52956BF600E9C3F2C61103FCE761CBFAB1A95BE4C81833FDF17833E08D84E3F80C0A93E80457EBFE181423EDFE1C2BF5C2A953F9CCC923F061A713F457059BF09C7CCBF4CECB4BE6DADD4BFD41359BF3D83A83D15EE82BCE9D730BF9FEFC6BF8BC22B3E9B01AF3F60159EBF9BA9DB3D6E17B4BEE342113E2EA90DBDE1A0F1BECA8F063E38B7BC3FA8159B3F22884A3F829BA0BFAB18FB3EECFB22BE8591003FD6748FBE"> : tensor<24x6xf32>
    %cst_5 = arith.constant dense<[1.69810903, 0.720160246, -0.198396236, -0.362798363, 6.801410e-02, 0.748921752, -0.975924551, 0.580135465, 0.235331461, 0.0109112905, 0.143368706, 1.35089934, -0.962032616, -0.157522023, 0.0397160538, 0.819209814, -0.645133138, -0.829503536, -0.775071501, -0.748288512, 0.419616312, -0.303649873, -1.30267501, -0.428535461, -0.927495777, -0.224194586, 1.17815316, 0.810403287, -0.156610906, -0.184830174, -0.905166804, -0.326962203, -0.879258036, 0.296391129, -0.0582541302, -0.397904485, 0.203594506, -0.798998475, 1.75914478, 0.321646601, 0.0529386401, -0.322856575, 0.0504843928, 0.473473638, -1.96843326, -0.51124239, 0.627191305, 2.708310e-01]> : tensor<48xf32>
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    %extracted_slice = tensor.extract_slice %cst_5[0] [24] [1] : tensor<48xf32> to tensor<24xf32>
    %extracted_slice_6 = tensor.extract_slice %cst_5[24] [24] [1] : tensor<48xf32> to tensor<24xf32>
    %extracted_slice_7 = tensor.extract_slice %extracted_slice[18] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_8 = tensor.extract_slice %extracted_slice[12] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_9 = tensor.extract_slice %extracted_slice[6] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_10 = tensor.extract_slice %extracted_slice[0] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_11 = tensor.extract_slice %extracted_slice_6[18] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_12 = tensor.extract_slice %extracted_slice_6[12] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_13 = tensor.extract_slice %extracted_slice_6[6] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_14 = tensor.extract_slice %extracted_slice_6[0] [6] [1] : tensor<24xf32> to tensor<6xf32>
    %extracted_slice_15 = tensor.extract_slice %cst_3[18, 0] [6, 8] [1, 1] : tensor<24x8xf32> to tensor<6x8xf32>
    %extracted_slice_16 = tensor.extract_slice %cst_3[12, 0] [6, 8] [1, 1] : tensor<24x8xf32> to tensor<6x8xf32>
    %extracted_slice_17 = tensor.extract_slice %cst_3[6, 0] [6, 8] [1, 1] : tensor<24x8xf32> to tensor<6x8xf32>
    %extracted_slice_18 = tensor.extract_slice %cst_3[0, 0] [6, 8] [1, 1] : tensor<24x8xf32> to tensor<6x8xf32>
    %extracted_slice_19 = tensor.extract_slice %cst_4[18, 0] [6, 6] [1, 1] : tensor<24x6xf32> to tensor<6x6xf32>
    %extracted_slice_20 = tensor.extract_slice %cst_4[12, 0] [6, 6] [1, 1] : tensor<24x6xf32> to tensor<6x6xf32>
    %extracted_slice_21 = tensor.extract_slice %cst_4[6, 0] [6, 6] [1, 1] : tensor<24x6xf32> to tensor<6x6xf32>
    %extracted_slice_22 = tensor.extract_slice %cst_4[0, 0] [6, 6] [1, 1] : tensor<24x6xf32> to tensor<6x6xf32>
    %0:3 = scf.for %arg1 = %c0 to %c3 step %c1 iter_args(%arg2 = %cst, %arg3 = %cst_0, %arg4 = %cst_0) -> (tensor<3x2x6xf32>, tensor<2x6xf32>, tensor<2x6xf32>) {
      %1 = arith.index_cast %arg1 : index to i64
      %2 = arith.cmpi slt, %1, %c0_i64 : i64
      %3 = arith.extui %2 : i1 to i64
      %4 = arith.muli %3, %c3_i64 : i64
      %5 = arith.addi %1, %4 : i64
      %6 = arith.addi %5, %c3_i64 : i64
      %7 = arith.cmpi sge, %5, %c0_i64 : i64
      %8 = arith.select %7, %5, %6 : i64
      %9 = arith.maxsi %8, %c0_i64 : i64
      %10 = arith.minsi %9, %c3_i64 : i64
      %11 = arith.index_cast %10 : i64 to index
      %extracted_slice_23 = tensor.extract_slice %arg0[%11, 0, 0] [1, 2, 8] [1, 1, 1] : tensor<3x2x8xf32> to tensor<1x2x8xf32>
      %collapsed = tensor.collapse_shape %extracted_slice_23 [[0, 1], [2]] : tensor<1x2x8xf32> into tensor<2x8xf32>
      %12 = tensor.empty() : tensor<8x6xf32>
      %transposed = linalg.transpose ins(%extracted_slice_18 : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %13 = tensor.empty() : tensor<2x6xf32>
      %14 = linalg.fill ins(%cst_1 : f32) outs(%13 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %15 = linalg.matmul ins(%collapsed, %transposed : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %16 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%15, %extracted_slice_10 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %17 = tensor.empty() : tensor<6x6xf32>
      %transposed_24 = linalg.transpose ins(%extracted_slice_22 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %18 = linalg.matmul ins(%arg3, %transposed_24 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%18, %extracted_slice_14 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%16, %19 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %51 = arith.negf %in : f32
        %52 = math.exp %51 : f32
        %53 = arith.addf %52, %cst_2 : f32
        %54 = arith.divf %cst_2, %53 : f32
        linalg.yield %54 : f32
      } -> tensor<2x6xf32>
      %transposed_25 = linalg.transpose ins(%extracted_slice_17 : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %22 = linalg.matmul ins(%collapsed, %transposed_25 : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %23 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%22, %extracted_slice_9 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %transposed_26 = linalg.transpose ins(%extracted_slice_21 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %24 = linalg.matmul ins(%arg3, %transposed_26 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %25 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%24, %extracted_slice_13 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %26 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%23, %25 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %51 = arith.negf %in : f32
        %52 = math.exp %51 : f32
        %53 = arith.addf %52, %cst_2 : f32
        %54 = arith.divf %cst_2, %53 : f32
        linalg.yield %54 : f32
      } -> tensor<2x6xf32>
      %transposed_27 = linalg.transpose ins(%extracted_slice_16 : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %28 = linalg.matmul ins(%collapsed, %transposed_27 : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %29 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%28, %extracted_slice_8 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %transposed_28 = linalg.transpose ins(%extracted_slice_20 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %30 = linalg.matmul ins(%arg3, %transposed_28 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %31 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%30, %extracted_slice_12 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %32 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%29, %31 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %33 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%32 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %51 = arith.negf %in : f32
        %52 = math.exp %51 : f32
        %53 = arith.addf %52, %cst_2 : f32
        %54 = arith.divf %cst_2, %53 : f32
        linalg.yield %54 : f32
      } -> tensor<2x6xf32>
      %transposed_29 = linalg.transpose ins(%extracted_slice_15 : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %34 = linalg.matmul ins(%collapsed, %transposed_29 : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %35 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%34, %extracted_slice_7 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %transposed_30 = linalg.transpose ins(%extracted_slice_19 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %36 = linalg.matmul ins(%arg3, %transposed_30 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %37 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%36, %extracted_slice_11 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%35, %37 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %39 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%38 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %51 = math.tanh %in : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%33, %arg4 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.mulf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%21, %39 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.mulf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %42 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%40, %41 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.addf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%42 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %51 = math.tanh %in : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %44 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%27, %43 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_32: f32, %out: f32):
        %51 = arith.mulf %in, %in_32 : f32
        linalg.yield %51 : f32
      } -> tensor<2x6xf32>
      %expanded_31 = tensor.expand_shape %44 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
      %45 = arith.addi %1, %c3_i64 : i64
      %46 = arith.cmpi sge, %1, %c0_i64 : i64
      %47 = arith.select %46, %1, %45 : i64
      %48 = arith.maxsi %47, %c0_i64 : i64
      %49 = arith.minsi %48, %c3_i64 : i64
      %50 = arith.index_cast %49 : i64 to index
      %inserted_slice = tensor.insert_slice %expanded_31 into %arg2[%50, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
      scf.yield %inserted_slice, %44, %42 : tensor<3x2x6xf32>, tensor<2x6xf32>, tensor<2x6xf32>
    }
    %expanded = tensor.expand_shape %0#0 [[0], [1, 2], [3]] output_shape [3, 1, 2, 6] : tensor<3x2x6xf32> into tensor<3x1x2x6xf32>
    return %expanded : tensor<3x1x2x6xf32>
  }
}

