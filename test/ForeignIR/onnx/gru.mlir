// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-6: lowp.plan = 
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
    %cst_3 = arith.constant dense<1.000000e+00> : tensor<2x6xf32>
    %cst_4 = arith.constant dense<[0.126231909, -0.0585531965, 2.28920603, -0.988029301, -1.4156251, 1.33845901]> : tensor<6xf32>
    %cst_5 = arith.constant dense<[0.128223687, -1.20523584, -1.42735469, 0.321343303, 0.312736452, -1.35034823]> : tensor<6xf32>
    %cst_6 = arith.constant dense<[2.17212272, 1.01794577, 1.01727962, -0.180746555, 0.922805071, -0.323383421]> : tensor<6xf32>
    %cst_7 = arith.constant dense<[1.23865664, 0.357935339, -0.742548763, 0.603421867, 0.0410077348, -2.22150326]> : tensor<6xf32>
    %cst_8 = arith.constant dense<[-1.33953059, -1.00128627, 1.71711636, 0.314210147, -0.28394255, -0.00230343174]> : tensor<6xf32>
    %cst_9 = arith.constant dense<[0.656915545, 2.06984878, 3.346690e-01, 0.654061437, -0.174335748, 1.50579882]> : tensor<6xf32>
    %cst_10 = arith.constant dense<"0x191980BF93AA4ABF397DA6BFCD87CCBE17DE9FBED0EE8B3FE54CD43E2138833D7C5D133FE36A51BF687DFCBEB28CDA3F0A5DE1BE40110FBFEE53193E955364BDEFDE353F9E04DF3FBEB8273FAF8D0AC09907DC3DDABCAE3ECF27993FEA32CABF89ABBA3FD7D8A43FC94F1EBF4BA6E0BE2AA2DA3E33DC683F3ED95FBE24FF13BFC8E1CCBE08FA733FA82D0FBFD88DA1BF867DAA3DDCBACBBF27E89C3F5AF9443EF1FD05BFE362D6BF2F58A93B93D5F33E1943FA3D6F2B1EBEFC718ABEF2D9B53F640660BF66960EBE22AD96BEA407213F4D262ABF44C271BFB6BA8F3F3965463F04BFA4BF04C6FABEAD03F7BFF8507FBF07704BBE1450FD3ED9DE333FE0C1A3BF85B78DBFFE9567BF5027953FFC586E3F4A790CBE2FDEE2BFAE38ECBC4A6812BF1BDB103FA63EC83F17C0513FA06D003FEBDEE0BDA2741ABFADE1B5BDAB4792BFD1BF813FE08408BF1AA0AD3E03D1A73F761FF73EDF67983E5AABC93D870DA03F3AC5E93FB032223E43178A3FEF2624C0E2CE903FAADA0CBEF6548DBE57DE933F9DD1523D81E22D3F4D3BF23E08AFC0BDB32B763FC68088BF13F5523F378C8E3EC18BD13D2C443FBF36A3A9BE60890E3E4DEF89BF083FF2BFE18614BFB28221BFB6F61740D40CB23FD5D4AD3F794612408E248BBFC450C53F59B20FBF1FEA833FFF54EDBE51B4A4BCE12AC93FAC8FFFBE0A4600BF0C8B83BF9A0BE73E4DC26F3F63111C408982CE3E96E69E3FDFDF883FDDD82E3E6FC60BBF967ECB3E35419ABF990974BE7451853E4C6FFCBE7DD57A3F4374823F46869C3EB3B0273F4C2210BF"> : tensor<18x8xf32>
    %cst_11 = arith.constant dense<"0xC2295CBF1900B83F09523D3EFDBEA83E18CFABBE33E405BE5AAB993F813CA73D3EFC283E293A6F3FF375A23F21F2A43F4FFDBE3E1652193F20CD76BF16DD753F395EA7BF74A5CEBE93990DBF5962033FE8CFF23EE4E493BF6C6094BF9F75F73F4343F63EECE38EBFE7B0393F507ED7BEF99D54BF1A8F1240C84CA83FA771A03E19776D3F614F73BEF506633F0BFF97BF483375BF8F3FA3BE36A8613EDDC6E9BE2665A03FC119063C493CBBBE1CB4FA3D059B8D3FEDA2EB3F0F718ABD7D3D383F055EC43F82690E3F21320FBF6C2E23C0CAAD09BF5736A13E2A1B9ABEC8C8DB3F0AD6B53E89DF453F03FE933FE1B5F63F77B5F0BB54A4C7BBCF31D4BE9E96303F0EBEC4BD6949E5BE491B89BFDF3BDFBDDF94283EA9B4713E7FCDC63FA13F0CBF2B15963DF30418C0821EAFBD492C51BEEAA72B3D8CD54FBE2F7A583FE5D75FBF2108E3BE7998C3BFA4CB9A3FB54314BEC1D07F3E4BCF3D3FB2111B3E7F478FBF8C0000BEA012BE3D6C1924C000EAD13FD05909BFC146223F8F284BBF6344373E02A64F3E8443DC3EB6FB973F9160A0BE2B70093F33DF613CD2AA71BFADDDAC3E4848113F0B6D0DBE054F0ABF2C318FBE"> : tensor<18x6xf32>
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    %extracted_slice = tensor.extract_slice %cst_10[0, 0] [6, 8] [1, 1] : tensor<18x8xf32> to tensor<6x8xf32>
    %extracted_slice_12 = tensor.extract_slice %cst_10[6, 0] [6, 8] [1, 1] : tensor<18x8xf32> to tensor<6x8xf32>
    %extracted_slice_13 = tensor.extract_slice %cst_10[12, 0] [6, 8] [1, 1] : tensor<18x8xf32> to tensor<6x8xf32>
    %extracted_slice_14 = tensor.extract_slice %cst_11[0, 0] [6, 6] [1, 1] : tensor<18x6xf32> to tensor<6x6xf32>
    %extracted_slice_15 = tensor.extract_slice %cst_11[6, 0] [6, 6] [1, 1] : tensor<18x6xf32> to tensor<6x6xf32>
    %extracted_slice_16 = tensor.extract_slice %cst_11[12, 0] [6, 6] [1, 1] : tensor<18x6xf32> to tensor<6x6xf32>
    %0:2 = scf.for %arg1 = %c0 to %c3 step %c1 iter_args(%arg2 = %cst, %arg3 = %cst_0) -> (tensor<3x2x6xf32>, tensor<2x6xf32>) {
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
      %extracted_slice_17 = tensor.extract_slice %arg0[%11, 0, 0] [1, 2, 8] [1, 1, 1] : tensor<3x2x8xf32> to tensor<1x2x8xf32>
      %collapsed = tensor.collapse_shape %extracted_slice_17 [[0, 1], [2]] : tensor<1x2x8xf32> into tensor<2x8xf32>
      %12 = tensor.empty() : tensor<8x6xf32>
      %transposed = linalg.transpose ins(%extracted_slice : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %13 = tensor.empty() : tensor<2x6xf32>
      %14 = linalg.fill ins(%cst_1 : f32) outs(%13 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %15 = linalg.matmul ins(%collapsed, %transposed : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %16 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%15, %cst_9 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %17 = tensor.empty() : tensor<6x6xf32>
      %transposed_18 = linalg.transpose ins(%extracted_slice_14 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %18 = linalg.matmul ins(%arg3, %transposed_18 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%18, %cst_6 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%16, %19 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %45 = arith.negf %in : f32
        %46 = math.exp %45 : f32
        %47 = arith.addf %46, %cst_2 : f32
        %48 = arith.divf %cst_2, %47 : f32
        linalg.yield %48 : f32
      } -> tensor<2x6xf32>
      %transposed_19 = linalg.transpose ins(%extracted_slice_12 : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %22 = linalg.matmul ins(%collapsed, %transposed_19 : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %23 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%22, %cst_8 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %transposed_20 = linalg.transpose ins(%extracted_slice_15 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %24 = linalg.matmul ins(%arg3, %transposed_20 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %25 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%24, %cst_5 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %26 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%23, %25 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %45 = arith.negf %in : f32
        %46 = math.exp %45 : f32
        %47 = arith.addf %46, %cst_2 : f32
        %48 = arith.divf %cst_2, %47 : f32
        linalg.yield %48 : f32
      } -> tensor<2x6xf32>
      %transposed_21 = linalg.transpose ins(%extracted_slice_13 : tensor<6x8xf32>) outs(%12 : tensor<8x6xf32>) permutation = [1, 0] 
      %28 = linalg.matmul ins(%collapsed, %transposed_21 : tensor<2x8xf32>, tensor<8x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %29 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%28, %cst_7 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %transposed_22 = linalg.transpose ins(%extracted_slice_16 : tensor<6x6xf32>) outs(%17 : tensor<6x6xf32>) permutation = [1, 0] 
      %30 = linalg.matmul ins(%arg3, %transposed_22 : tensor<2x6xf32>, tensor<6x6xf32>) outs(%14 : tensor<2x6xf32>) -> tensor<2x6xf32>
      %31 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%30, %cst_4 : tensor<2x6xf32>, tensor<6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %32 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%31, %27 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.mulf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%29, %32 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %34 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%33 : tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %out: f32):
        %45 = math.tanh %in : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%cst_3, %21 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.subf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %36 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%35, %34 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.mulf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg3, %21 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.mulf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%36, %37 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%13 : tensor<2x6xf32>) {
      ^bb0(%in: f32, %in_24: f32, %out: f32):
        %45 = arith.addf %in, %in_24 : f32
        linalg.yield %45 : f32
      } -> tensor<2x6xf32>
      %expanded_23 = tensor.expand_shape %38 [[0, 1], [2]] output_shape [1, 2, 6] : tensor<2x6xf32> into tensor<1x2x6xf32>
      %39 = arith.addi %1, %c3_i64 : i64
      %40 = arith.cmpi sge, %1, %c0_i64 : i64
      %41 = arith.select %40, %1, %39 : i64
      %42 = arith.maxsi %41, %c0_i64 : i64
      %43 = arith.minsi %42, %c3_i64 : i64
      %44 = arith.index_cast %43 : i64 to index
      %inserted_slice = tensor.insert_slice %expanded_23 into %arg2[%44, 0, 0] [1, 2, 6] [1, 1, 1] : tensor<1x2x6xf32> into tensor<3x2x6xf32>
      scf.yield %inserted_slice, %38 : tensor<3x2x6xf32>, tensor<2x6xf32>
    }
    %expanded = tensor.expand_shape %0#0 [[0], [1, 2], [3]] output_shape [3, 1, 2, 6] : tensor<3x2x6xf32> into tensor<3x1x2x6xf32>
    return %expanded : tensor<3x1x2x6xf32>
  }
}

