// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
module {
  func.func @main(%arg0: tensor<1x4x5x5xf32>) -> tensor<1x6x11x11xf32> {
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense<0.000000e+00> : tensor<24xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_6_torch.float32> : tensor<6xf32>
    %cst_2 = arith.constant dense<"0xF182083D2B446D3D781612BCDA2496BC994EB03DC4DF443D34CE6FBC3177AE3D9254E33D9A2B9D3D7297AD3DA73FD83D9C3A55BCB7ADB1BDB86A38BD2ED4983D01B6E7BCC84BD23DFCC79D3DE882323D6DD75BBDDEA4EFBC35EAB9BD0F79C13C0A741ABDEA63D73D3AEFE4BDEAB3233CA6E66CBDAD4515BCFA13BA3D824FF33D48A309BD6426813D6C1DBE3D952A9F3B60E3A23DC9CCCD3D1AA7D8BD129F583D0B4E273D66CDD33CAC92F6BC9EB722BC7F7C83BD4B25D8BCA3C76C3DA2B9DC3D2DA19D3D4259633D79E0943DD6190ABEC4F1473CAFDB0ABE8B0FA63D714531BD9D7BB03BF5C964BCFA52C33D6F8B05BE0F3A573D1AF6E2BCC41A7FBD18E6023D3B1D9CBDB56FD5BD288CED3C7E10FFBCB0EA6BBCFA11D3BB7166EF3D2A0BE5BD7C94D43DF6A1013D73B7E4BD8F77D5BD1190B43DB67307BEF6C6B43D2AFD1E3D1D1A9D3D3044E43DB2030D3DD344D13D196E9CBCCCD79D3D75EFC23BAD69ED3D8FEF603C837B093E8A0B0A3EBF43BF3D36E9B43DA5956FBD0C8567BD0400E1BDAC19C23CF288C5BD4E7919BDB4ADE73D1479993D7C1CAA3DC01BCFBDA6D4043E43368D3D41FB023EECA6EA3DA401D83B1277743D9770A2BDCAB7CBBD38C805BEF51B833DC680A3BDE23DF93D3780C9BD4AB6BABDC07B24BCD314CDBDCFC6F6BDD4F2F4BDC5FAEC3D66C19F3DD490B33C73140ABEED62ACBCDE2A8BBD4532E53DB367DA3DDE7705BE4DEBF43DABC6B23D31069BBD1F9B66BD4399BABD858A87BD2721DBBD2E7E9FBD0278B4BD8AA272BD3D868E3C301FD23DB8D220BD0ED0033D00AFD6BC01D9CBBD9410E0BD499195BDC2F7303DB90AD03D2A74043E893D55BCDB9011BDFF3C503D8E154E3D2347213D43EFD73DAF1047BC4B5F97BD6A1C4CBD9F1E04BE77EA0BBD32B5D2BD5CB5473DF15209BEC1F3993D783C38BDEFB79EBCD30BF03DF1CE9DBDF370A73C8A3B003E18E071BD185257BD2CFB7ABD97FBE4BD7E98083DAFE9F53D69F3A13DC73DEB3D09214B3D1E8757BDF8D388BD04F3BB3D4EF7AE3C305F623CDA15263D5693F9BD0E0AB0BD275CE23DC1A8C83D0BFE023DFBC5713CF593DABDF297C5BD1AB98EBCF377B6BD5B5AB83C3899D9BD91EC823D5018EB3D1F5B773BC54605BED674C93D0B1BAC3CA6F68FBD43C7D13C36C195BDC64EC93DD401E13D59CEDA3DAA829EBD5BE0C43D12F1BF3DBFCDB1BD5A9BCABD"> : tensor<6x3x3x4xf32>
    %0 = tensor.empty() : tensor<1x5x5x4xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<1x4x5x5xf32>) outs(%0 : tensor<1x5x5x4xf32>) permutation = [0, 2, 3, 1] 
    %padded = tensor.pad %cst_2 low[%c0, %c0, %c0, %c0] high[%c0, %c1, %c1, %c0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst : f32
    } : tensor<6x3x3x4xf32> to tensor<6x4x4x4xf32>
    %expanded = tensor.expand_shape %padded [[0], [1, 2], [3, 4], [5]] output_shape [6, 2, 2, 2, 2, 4] : tensor<6x4x4x4xf32> into tensor<6x2x2x2x2x4xf32>
    %1 = tensor.empty() : tensor<2x2x6x2x2x4xf32>
    %transposed_3 = linalg.transpose ins(%expanded : tensor<6x2x2x2x2x4xf32>) outs(%1 : tensor<2x2x6x2x2x4xf32>) permutation = [2, 4, 0, 1, 3, 5] 
    %collapsed = tensor.collapse_shape %transposed_3 [[0, 1, 2], [3], [4], [5]] : tensor<2x2x6x2x2x4xf32> into tensor<24x2x2x4xf32>
    %2 = tensor.empty() : tensor<24x2x2x4xf32>
    %3 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%2 : tensor<24x2x2x4xf32>) {
    ^bb0(%out: f32):
      %12 = linalg.index 0 : index
      %13 = linalg.index 1 : index
      %14 = arith.subi %c1, %13 : index
      %15 = linalg.index 2 : index
      %16 = linalg.index 3 : index
      %extracted = tensor.extract %collapsed[%12, %14, %15, %16] : tensor<24x2x2x4xf32>
      linalg.yield %extracted : f32
    } -> tensor<24x2x2x4xf32>
    %4 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%2 : tensor<24x2x2x4xf32>) {
    ^bb0(%out: f32):
      %12 = linalg.index 0 : index
      %13 = linalg.index 1 : index
      %14 = linalg.index 2 : index
      %15 = arith.subi %c1, %14 : index
      %16 = linalg.index 3 : index
      %extracted = tensor.extract %3[%12, %13, %15, %16] : tensor<24x2x2x4xf32>
      linalg.yield %extracted : f32
    } -> tensor<24x2x2x4xf32>
    %padded_4 = tensor.pad %transposed low[0, 1, 1, 0] high[0, 1, 1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst : f32
    } : tensor<1x5x5x4xf32> to tensor<1x7x7x4xf32>
    %5 = tensor.empty() : tensor<1x6x6x24xf32>
    %6 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<24xf32>) outs(%5 : tensor<1x6x6x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x6x6x24xf32>
    %7 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%padded_4, %4 : tensor<1x7x7x4xf32>, tensor<24x2x2x4xf32>) outs(%6 : tensor<1x6x6x24xf32>) -> tensor<1x6x6x24xf32>
    %expanded_5 = tensor.expand_shape %7 [[0], [1], [2], [3, 4, 5]] output_shape [1, 6, 6, 2, 2, 6] : tensor<1x6x6x24xf32> into tensor<1x6x6x2x2x6xf32>
    %8 = tensor.empty() : tensor<1x6x2x6x2x6xf32>
    %transposed_6 = linalg.transpose ins(%expanded_5 : tensor<1x6x6x2x2x6xf32>) outs(%8 : tensor<1x6x2x6x2x6xf32>) permutation = [0, 1, 3, 2, 4, 5] 
    %collapsed_7 = tensor.collapse_shape %transposed_6 [[0], [1, 2], [3, 4], [5]] : tensor<1x6x2x6x2x6xf32> into tensor<1x12x12x6xf32>
    %extracted_slice = tensor.extract_slice %collapsed_7[0, 0, 0, 0] [1, 11, 11, 6] [1, 1, 1, 1] : tensor<1x12x12x6xf32> to tensor<1x11x11x6xf32>
    %expanded_8 = tensor.expand_shape %cst_1 [[0, 1, 2, 3]] output_shape [1, 1, 1, 6] : tensor<6xf32> into tensor<1x1x1x6xf32>
    %9 = tensor.empty() : tensor<1x11x11x6xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice, %expanded_8 : tensor<1x11x11x6xf32>, tensor<1x1x1x6xf32>) outs(%9 : tensor<1x11x11x6xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %12 = arith.addf %in, %in_10 : f32
      linalg.yield %12 : f32
    } -> tensor<1x11x11x6xf32>
    %11 = tensor.empty() : tensor<1x6x11x11xf32>
    %transposed_9 = linalg.transpose ins(%10 : tensor<1x11x11x6xf32>) outs(%11 : tensor<1x6x11x11xf32>) permutation = [0, 3, 1, 2] 
    return %transposed_9 : tensor<1x6x11x11xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_6_torch.float32: "0x04000000984CCA3DF26EE9BDCB82ADBDAA12FB3D179F8F3D914CBF3D"
    }
  }
#-}

