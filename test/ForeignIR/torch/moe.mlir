// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-COUNT-1: lowp.skip = "both operands are activations"
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1) -> (d1)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
module {
  func.func @main(%arg0: tensor<5x16xf32>) -> tensor<5x8xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense_resource<torch_tensor_4_torch.float32> : tensor<4xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_4_16_torch.float32> : tensor<4x16xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_4_16_8_torch.float32> : tensor<4x16x8xf32>
    %expanded = tensor.expand_shape %cst_3 [[0], [1], [2, 3]] output_shape [4, 16, 8, 1] : tensor<4x16x8xf32> into tensor<4x16x8x1xf32>
    %expanded_4 = tensor.expand_shape %arg0 [[0, 1], [2]] output_shape [1, 5, 16] : tensor<5x16xf32> into tensor<1x5x16xf32>
    %0 = tensor.empty() : tensor<16x4x8x1xf32>
    %transposed = linalg.transpose ins(%expanded : tensor<4x16x8x1xf32>) outs(%0 : tensor<16x4x8x1xf32>) permutation = [1, 0, 2, 3] 
    %collapsed = tensor.collapse_shape %transposed [[0], [1, 2, 3]] : tensor<16x4x8x1xf32> into tensor<16x32xf32>
    %expanded_5 = tensor.expand_shape %collapsed [[0, 1], [2]] output_shape [1, 16, 32] : tensor<16x32xf32> into tensor<1x16x32xf32>
    %1 = tensor.empty() : tensor<1x5x32xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<1x5x32xf32>) -> tensor<1x5x32xf32>
    %3 = linalg.batch_matmul ins(%expanded_4, %expanded_5 : tensor<1x5x16xf32>, tensor<1x16x32xf32>) outs(%2 : tensor<1x5x32xf32>) -> tensor<1x5x32xf32>
    %collapsed_6 = tensor.collapse_shape %3 [[0, 1], [2]] : tensor<1x5x32xf32> into tensor<5x32xf32>
    %expanded_7 = tensor.expand_shape %collapsed_6 [[0], [1, 2, 3]] output_shape [5, 1, 4, 8] : tensor<5x32xf32> into tensor<5x1x4x8xf32>
    %4 = tensor.empty() : tensor<4x5x8x1xf32>
    %transposed_8 = linalg.transpose ins(%expanded_7 : tensor<5x1x4x8xf32>) outs(%4 : tensor<4x5x8x1xf32>) permutation = [2, 0, 3, 1] 
    %collapsed_9 = tensor.collapse_shape %transposed_8 [[0], [1], [2, 3]] : tensor<4x5x8x1xf32> into tensor<4x5x8xf32>
    %5 = tensor.empty() : tensor<16x4xf32>
    %transposed_10 = linalg.transpose ins(%cst_2 : tensor<4x16xf32>) outs(%5 : tensor<16x4xf32>) permutation = [1, 0] 
    %6 = tensor.empty() : tensor<5x4xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<5x4xf32>) -> tensor<5x4xf32>
    %8 = linalg.matmul ins(%arg0, %transposed_10 : tensor<5x16xf32>, tensor<16x4xf32>) outs(%7 : tensor<5x4xf32>) -> tensor<5x4xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_1 : tensor<4xf32>) outs(%6 : tensor<5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<5x4xf32>
    %10 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%8, %9 : tensor<5x4xf32>, tensor<5x4xf32>) outs(%6 : tensor<5x4xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %27 = arith.addf %in, %in_16 : f32
      linalg.yield %27 : f32
    } -> tensor<5x4xf32>
    %11 = tensor.empty() : tensor<5xi64>
    %12 = linalg.fill ins(%c0_i64 : i64) outs(%11 : tensor<5xi64>) -> tensor<5xi64>
    %13 = tensor.empty() : tensor<5xf32>
    %14 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<5xf32>) -> tensor<5xf32>
    %15:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "reduction"]} ins(%10 : tensor<5x4xf32>) outs(%14, %12 : tensor<5xf32>, tensor<5xi64>) {
    ^bb0(%in: f32, %out: f32, %out_16: i64):
      %27 = linalg.index 1 : index
      %28 = arith.index_cast %27 : index to i64
      %29 = arith.maximumf %in, %out : f32
      %30 = arith.cmpf ogt, %in, %out : f32
      %31 = arith.select %30, %28, %out_16 : i64
      linalg.yield %29, %31 : f32, i64
    } -> (tensor<5xf32>, tensor<5xi64>)
    %expanded_11 = tensor.expand_shape %15#0 [[0, 1]] output_shape [5, 1] : tensor<5xf32> into tensor<5x1xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%10, %expanded_11 : tensor<5x4xf32>, tensor<5x1xf32>) outs(%6 : tensor<5x4xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %27 = arith.subf %in, %in_16 : f32
      linalg.yield %27 : f32
    } -> tensor<5x4xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<5x4xf32>) outs(%6 : tensor<5x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %27 = math.exp %in : f32
      linalg.yield %27 : f32
    } -> tensor<5x4xf32>
    %18 = tensor.empty() : tensor<5x1xf32>
    %19 = linalg.fill ins(%cst : f32) outs(%18 : tensor<5x1xf32>) -> tensor<5x1xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "reduction"]} ins(%17 : tensor<5x4xf32>) outs(%19 : tensor<5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %27 = arith.addf %in, %out : f32
      linalg.yield %27 : f32
    } -> tensor<5x1xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%17, %20 : tensor<5x4xf32>, tensor<5x1xf32>) outs(%6 : tensor<5x4xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %27 = arith.divf %in, %in_16 : f32
      linalg.yield %27 : f32
    } -> tensor<5x4xf32>
    %expanded_12 = tensor.expand_shape %21 [[0], [1, 2]] output_shape [5, 1, 4] : tensor<5x4xf32> into tensor<5x1x4xf32>
    %22 = tensor.empty() : tensor<5x4x8xf32>
    %transposed_13 = linalg.transpose ins(%collapsed_9 : tensor<4x5x8xf32>) outs(%22 : tensor<5x4x8xf32>) permutation = [1, 0, 2] 
    %23 = tensor.empty() : tensor<5x1x8xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<5x1x8xf32>) -> tensor<5x1x8xf32>
    %25 = linalg.batch_matmul ins(%expanded_12, %transposed_13 : tensor<5x1x4xf32>, tensor<5x4x8xf32>) outs(%24 : tensor<5x1x8xf32>) -> tensor<5x1x8xf32>
    %26 = tensor.empty() : tensor<5x8x1xf32>
    %transposed_14 = linalg.transpose ins(%25 : tensor<5x1x8xf32>) outs(%26 : tensor<5x8x1xf32>) permutation = [0, 2, 1] 
    %collapsed_15 = tensor.collapse_shape %transposed_14 [[0], [1, 2]] : tensor<5x8x1xf32> into tensor<5x8xf32>
    return %collapsed_15 : tensor<5x8xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_4_torch.float32: "0x04000000E0A033BD30BEB1BCF032D23D0A3E663E",
      torch_tensor_4_16_torch.float32: "0x040000009CF7AFBD688F9D3DE4AB883DC687023E54240DBE20BA143E16B6173E524E66BE6809533E00C0DE3C643D6E3EA86EACBD66E73BBE00663F3C08EC923D184D783DF02BC2BC003F22BE30458EBC2AD44F3EEC873BBE8C684A3E001117BB30E5A2BD70BCB8BDEE905B3E3E196FBEAA3959BE76F760BE62F953BE8892BF3D208815BE48DC043DD815033E2C3142BE38D9093EA8C873BD24E076BEA416BA3DCA54693E500558BD80812B3B04D1203EA05AE5BD3042313D50F0E83CB8292B3D402BEC3B0A9F47BE268D11BEE07BE3BC64943CBEE825C4BD20626E3D001A5D3A909C603DBCDA02BEC093BE3D981E6BBE56610E3E5805293DACFE2A3ED2240D3E7CA3823D",
      torch_tensor_4_16_8_torch.float32: "0x040000002E08993FE8AE68BF18D6E63E655DB23EEA75A3BFB11D69BE0F54663F6614A7BFB64893BF8609563FCD32EFBEE973C8BF06C19C3FB9EEDABF3A8E44BFA952F3BFAEFE2DBFFB2980BFEDE8923F23E24A3FC9ABEDBE2044643F9661BCBFB5C2353F5330BC3E637211BE3C99A0BDE4D9233F1E02BE3E8EEE6E3EAFD3E03E33F6DD3FD6C4D73E886CB8BF67B85C3E8EBED8BF92A1493F3FDF43BF6EC2A2BFF7A2C43F4BDEB4BE86F6E13E4B512E3F039B363E4A17D33F3890A9BF1F62933E0EE9C93E42F133BE395ED7BE5D45B83D9BEB423D3C17D4BF2D7AB73FA02A203F50D2AF3F926EFFBDBA38D73E2E73DABF9C1636BFB5D5D5BED067903F9AEB8E3F0C2586BFBAFE893F282A613F4A6ACB3E5802F6BE8D0992BF3B241A3D0205A23D522D6FBFDC92983E8C38A6BEB2CD763EBD23BEBF5B4FB83F0FAC263F2FABBD3FFB4410BF9F66B33E0885A43F7F802B3FDC640F3F8894533FD2B31F3ED5D109C01B91B83E3E386F3F1A7F6EBE26ED49BF235EF33EA9B54A3FCABCEBBE3A2EE93E44DF983FFB31473D8865AF3FBAED4A3F3B5E84BFCC7E42BFF9A9AEBF15E4CEBE325B0FC08BDE1AC07CF9993E8D6E0FC08DB5903F6A2EBA3DDD46463F00678BBE0C264FBF917D5ABFFBE3013F4F82F43E89495ABEE4951140BD24923FF8376DBFCBD6DA3FE78C31BDA5158DBE0E48D33FD36E813D27C6A83F64A502C0BEEA2CBFFA27A3BFE0A9F1BF81BBAF3F44E1973FC2F451BF86232A3F35892AC088B619407B4CE0BFDCBF9F3FE7D580BFA319B43E43B301BFF1949ABFD7E6803E3F561AC004C6793FF895CC3F6ECFDF3BC6F6B03F697AB33FBAB027BF985E023FF0FC703FD0DAA0BE20E786BFC2D6223E70CA6D3F79CA8CBD9442D7BFB0EC4EBFF8C94D3E8DB61CC0A81D1BBD34BE34BE3D9447BF28201ABF5D72DF3E30F5133FDF288F3FC92896BDEA70813EFB00813FFFA9173F64D2ACBED5C0DB3EC9D4D1BD8B68103D7610FBBEB1FB6EBE7E5C80BFFE4212BF61F1FDBFEB8263BE20FD44BEFB6FED3E6EA3DBBC2CE004BED52C30BE5F4A6FBF97BEAA3F0EDC98BE268123BFA35684BF946B4BBE214207C0F2249F3FFE14C5BEBB0DB2BF35FCBCBE7487CBBF475D953E6746343F93A860BE3E94B43FF641803F57AAAC3F0645AA3F6673B23D648BDF3E95B3C4BFCB7BD53E1DF8633F35FD753F1998FEBE11D7653B3774563FF31ABA3EC558CB3D213A5FBF98E844BFF9C49D3FCBC6BA3F390B23BE161437BE3BA839BE4AA881BE2F555ABEBCF52E3FE964CD3F98D4933E2ED2363FBB4F18BDDBAF9DBDF6ACD43E7733A13EA4CC2F3EC2C5AF3FA43C22BE330EDBBE896AECBE8999EABEDC8BAB3F26D0583FA0B290BF9917B93F5DB0F83EB27F8BBF63641FBFC0ECAFBEFF4DE93EA569563EC36132BEBB2B01BFF73D883FB3DA603FC926CC3E9FB24C3F413DBABFB5172C3FD1A1B2BFA9CD43BF8EC6BE3F54E2183FFB20FDBECF78273C1241D43F187C993F8ED81A406E33143F2CDD843EB6A3A6BFE983023FEC5CE33DBB5C063F0E7550BF707E433F218D68BF41EEBEBE9AD0BDBF3ECCB63E5F1B9ABFC3B632BF68687EBF98DC603FF39A033F24E0483FA9DCCEBE32F16EBF58C6BB3E54E0DA3FC59E4C3EE262CDBF9B100ABF52E54DBF1A945ABF183204BFB200C83E1F7B07C0AD10333F743F31BF2CAF45BF30D96D3FF2B1083F605AFF3CE86DBCBF75459B3E9F1E17BDBCBA2E3FEEB7ABBB2DB1E23CFAD938BF9DBA253E957234BF08A9B13EA2805C3C7D791D3F6D96503F87B08FBF7B3C52BD7B1CA7BFD35246BF029C30BFEC61C23F1D2FFFBF78B179BFA455A83DC7BF0740B0F2443EC497133F99BB19C0576504C0304B4EBF9668CC3D845E553FE3A330BE938FD33F7FC310C080EC503F4547313F59A7F73E81FDA63E97CF693EC4AB91BFD0DC2C3F7CE863BFD7AAACBF7ABF1ABE05696D3ED938AF3FFCBB5F3F9201ADBFF8DDCFBE7E7F02BFDE9108BF44B320BEB467A13EB852084035D80C408EB3FEBD100E903B5D06BBBFB2EE1F3F035CF23F0139D0BE6246FDBFEA790840DC6F11BF97C3913FB756203FD68BF23B6294CD3E562E56BFFD7D4ABEE8C22BBF0CABD0BF8115A3BF57EDBEBE3D1BF33F0B47D7BCA13D353F6B7D0ABF3B36933E175F973EF0DB9C3FDF06C3BE0C78E9BE5AF353BF95B556BFD36F613FCFE701C050B1B83EE839FFBF4B388B3EB1A57B3F3317C0BE4ACBA73E8E022740BCB25CBE2DA7F43EEA91B83F45087CBFC48984BF997E1ABE0DC0253F5D4A81BF16D8DF3FFF4F5E3E94F722BFF7E401BF4BE77A3F9E9918BFCCE7BA3FE6400BBF2250803F4C4AF8BFFD9F2B3FF466D1BFA5D186BFA4870B3F5EACDEBED8F1043FD251A6BFB0BF64BD4BCC8A3E52E994BD24188FBD88A695BF00D846BECC6421BEFC7BD1BD32B41BBE60AADABFD11575BF1862F13E132988BD8BD9823F565F1E40DC48843FFBD64C3F34CE553FA2FFCC3D716C35BFD9C9DCBEF932F03E7797203F387FC2BFBA01D1BE913A91BE3A02F8BF4E40DA3F367B6DBFE5C29BBEAFC6A8BDEB2B2FBFB03BB53FFDDB04BF3E7532BF08F997BE6F8C153F9E151CC05AA9923F7E94353C1342393FE04991BEFD819F3F398E3DBFE428E13FC5DB1B3E7D6A8A3F0C1345BF1B1D1B40E0FF9EBF2F712BBF40E5D8BEAC0993BF644E1F3F408C1D403ED5AD3FD3ED923B40049A3A125057BB02C87DBE2ACC8F3F6FE6023E3FCBD9BF766B113F6B0D0B3EAB78023FCFFFACBEC06806BF9AF4793E0BBB2DBFD84BC2BFADCB0EBFF6D7B0BEA70BFC3F4A9D99BE731403BE3CDAB53F1264E0BEF735044053C20CBF9673303FB51588BFACF083BFD683913FEB9C85BF81252BBF599057BF42EC54BF9FB7913BC0D7683ED4F7A33F8BF922BF"
    }
  }
#-}
