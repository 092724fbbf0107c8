// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (0, 0)>
module {
  func.func @main(%arg0: tensor<4x16xf16>) -> tensor<4x8xf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_torch.float16> : tensor<8xf16>
    %cst_1 = arith.constant dense_resource<torch_tensor_32_torch.float16> : tensor<32xf16>
    %cst_2 = arith.constant dense<"0x97AFEEB33EAFA93240AD20B11328E9ACBF2EFC3244B24F3070306AA65BAE2EB0072C3CAEDC2D6521F731F6AFE031D0303EACFFB0812904A560308F2C61B094B3513229AC54AE1C305D2D16B016B080B0B12EF5AC9EB0C1A8BC2916319C999FACC9335BB1482C213326B37BA2769F59A99CAEE2B291B25FB252AD912B62A52BB3A2B1202E21A8CF20752CCD28BAA502A5E8B24AAE4AB31C30E228BFB195AB2EB1ABB3ACB222B2F126AEADBF294AAFAAAE3A2857267332FEB27CAEA61D702CA2301630E332FE26E532ABB05A33FDA7423208B311B173AA21B3233066B1772FE12E12AE62322F334EAA9427B2AC97293BA9BD2BC2AFEBB182B1D83296307D28B9B0033039B395B1B3B031267E338FB3812534B2E5316F2E4D2CFC30D2B2212E142662B10BA8F8B3C6B2CBB295B3A3B2CF2DC7A5C831DE330FAC4F23FFAA2831D931A831A42F68B28C3313B2D6A46C318F31671C88AC13B2C43390AEEDB043B079ADC3AF1A9F542649B0572C63A73CAC16A869B14AB243AEA93067B1B6B03228FC2C022C97B3522ED133B2ACD6B378A69D970FB1FEADB88DEBB303A7A51E46317FA6482AF6AF59A5C7313EB112326E2CA830D7A8A43225AF9AAEBE321C2EEC2B042C5C30A7B39D2CA43348AE49ADEAB2E92C1FAD6931E6AD27B0062F41AF11A4139DE13093316AAB82A0DB2E29323DA486B289B0D43066A8F9A05029452CBBA55B32533203B1D33379AF033319AE54327320CAA85C33BD2F1F31C1AF212B0CACDC320DB294B0743143A47A320130B9A6DAAF36300233BC2C3A9B4830182EB92869B34E2A3AA886AE3DB034B3CEAA4EB0F31E3E2E65A1EE3201A97B3352202A9D2433343179AEC1323B2ED8B2A528E43019324DB1AFACEEA93BB1F3B21CA7DE2DDC31712D782CA62D0D24B9B01D2EAA2D9DB36B2BA4B13EA844B07BB1A832913129B2AF323FB22B2843B1B432F42B14B233286132E7B0FCB3EE9EF0293FA87531302D41B216B275AEFB2CD4B30730EF33FEB26C33853207B0E130622FF0AED933DD2DE3AFBAB2A7AD53A4772F2BB20AB0722A5F2E51B1A131B933E53016A595B35CB14BAC2A32E62F0330092C182FED215225373379AD26B24A24BFB161ACC92F2E2E96291A33F33180AC48B17B2EBE33432DDAB2A732ED3365329EA8382CAAAEC92BCE253C3317A3822E28B2922C9A2CEB2F1BB160AFB3B00321232D4B3199291E2E1BB02DB207313030A833F6B35E2A90ABF031F5AF093018328CB024B22EB376ACC127E023EE31D0322D2D7AAE5B2E60317492A0B19F2CDCAC96310CAC39315DA8DB2A6BA8BF298332EEB29CAE2EA966AEE9B3E1A7D43350A6673275B361AE6CAEA7AD8332723002AC8FB16E990C328E214929B2AF582B0732B727A933B1AE002C6BAFA2AC60AC063163B134AC2530972C71A3EFA85C2C8A1C712FFD2DE030EEA6"> : tensor<16x32xf16>
    %cst_3 = arith.constant dense<1.000000e+00> : tensor<1x1xf16>
    %cst_4 = arith.constant dense<5.000000e-01> : tensor<1x1xf16>
    %cst_5 = arith.constant dense<7.070310e-01> : tensor<1x1xf16>
    %cst_6 = arith.constant dense<"0x142D7C2DC9ADEFAED6AE6A30DBAFDFB038B163A8402C9CAD22A7252AF6B0812C71207028CEB0F8280FABB2B01123E62EDCA97BB1A42DC42C31A3D0AAA32E1CAC562F98AD9C2379ACEEB07E2856AD9EB19D2B342CB7B02AAC30B1C6B086249630892C76A09DB17B30DD2C8627779850A9CD2E70AD272BD4AD21A513AE4A2D872811A9EFB0592D38B0D3AE7FA8D9AF5CAACDA1312F86A80FA79D9C0C2C4C20372F8A308DA801B162312AB18EB0483184318FB08FB185AEEC28022A43AF0A30182FD2AF7531CF2441265F2D292D9BB133AB9F22812D961EA3A57C3198B1D0A6EE2F7BACC4AECB29122F9CB0C92FC016852D2F2121B000289CAD7DA55DB079AB6A24FF307731BFA0AC2F242ED4996FAF8EB03FA50C12F82D58292F31A528DFAFDCACD3B0CEAE7D31082506B0772C852F99B125AD832EB6303B26CF2C06AF53AB912F3231B7A82431FAAEAC2C1726D3A19731F9A83322A3AB3430D22EDF2CA42A972EF6ACE5ADB9ABF12DCDAFDA30F2AE3B2B182DCBB001A56DB0093042B0092459299A2584AFB02A44B1EEACA0ADBB2E7231FDB0F8A4942CD3A9F7AE972A9DAEBCADB63018B009A4842F7E28D09D952A99AB5F2E93314FAF92ADCB30A3AF2F9E14B1EB30D61745B03E317EAFC3B0382E7BA4F32C55AC7231B0AD0A2E06B1852F3522A1AB792C15AA1CB12FA5EBAF012A322A63AB04B11EA6FA2C392BD1AC781DDFAF"> : tensor<32x8xf16>
    %0 = tensor.empty() : tensor<32xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%cst_1 : tensor<32xf16>) outs(%0 : tensor<32xf32>) {
    ^bb0(%in: f16, %out: f32):
      %30 = arith.extf %in : f16 to f32
      linalg.yield %30 : f32
    } -> tensor<32xf32>
    %2 = tensor.empty() : tensor<4x16xf32>
    %3 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<4x16xf16>) outs(%2 : tensor<4x16xf32>) {
    ^bb0(%in: f16, %out: f32):
      %30 = arith.extf %in : f16 to f32
      linalg.yield %30 : f32
    } -> tensor<4x16xf32>
    %4 = tensor.empty() : tensor<16x32xf32>
    %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<16x32xf16>) outs(%4 : tensor<16x32xf32>) {
    ^bb0(%in: f16, %out: f32):
      %30 = arith.extf %in : f16 to f32
      linalg.yield %30 : f32
    } -> tensor<16x32xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2]] output_shape [1, 4, 16] : tensor<4x16xf32> into tensor<1x4x16xf32>
    %expanded_7 = tensor.expand_shape %5 [[0, 1], [2]] output_shape [1, 16, 32] : tensor<16x32xf32> into tensor<1x16x32xf32>
    %6 = tensor.empty() : tensor<1x4x32xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<1x4x32xf32>) -> tensor<1x4x32xf32>
    %8 = linalg.batch_matmul ins(%expanded, %expanded_7 : tensor<1x4x16xf32>, tensor<1x16x32xf32>) outs(%7 : tensor<1x4x32xf32>) -> tensor<1x4x32xf32>
    %collapsed = tensor.collapse_shape %8 [[0, 1], [2]] : tensor<1x4x32xf32> into tensor<4x32xf32>
    %expanded_8 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 32] : tensor<32xf32> into tensor<1x32xf32>
    %9 = tensor.empty() : tensor<4x32xf32>
    %10 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %expanded_8 : tensor<4x32xf32>, tensor<1x32xf32>) outs(%9 : tensor<4x32xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %30 = arith.addf %in, %in_13 : f32
      linalg.yield %30 : f32
    } -> tensor<4x32xf32>
    %11 = tensor.empty() : tensor<4x32xf16>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<4x32xf32>) outs(%11 : tensor<4x32xf16>) {
    ^bb0(%in: f32, %out: f16):
      %30 = arith.truncf %in : f32 to f16
      linalg.yield %30 : f16
    } -> tensor<4x32xf16>
    %13 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%12, %cst_5 : tensor<4x32xf16>, tensor<1x1xf16>) outs(%11 : tensor<4x32xf16>) {
    ^bb0(%in: f16, %in_13: f16, %out: f16):
      %30 = arith.mulf %in, %in_13 : f16
      linalg.yield %30 : f16
    } -> tensor<4x32xf16>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<4x32xf16>) outs(%11 : tensor<4x32xf16>) {
    ^bb0(%in: f16, %out: f16):
      %30 = math.erf %in : f16
      linalg.yield %30 : f16
    } -> tensor<4x32xf16>
    %15 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%14, %cst_3 : tensor<4x32xf16>, tensor<1x1xf16>) outs(%11 : tensor<4x32xf16>) {
    ^bb0(%in: f16, %in_13: f16, %out: f16):
      %30 = arith.addf %in, %in_13 : f16
      linalg.yield %30 : f16
    } -> tensor<4x32xf16>
    %16 = linalg.generic {indexing_maps = [#map3, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_4, %15 : tensor<1x1xf16>, tensor<4x32xf16>) outs(%11 : tensor<4x32xf16>) {
    ^bb0(%in: f16, %in_13: f16, %out: f16):
      %30 = arith.mulf %in, %in_13 : f16
      linalg.yield %30 : f16
    } -> tensor<4x32xf16>
    %17 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%12, %16 : tensor<4x32xf16>, tensor<4x32xf16>) outs(%11 : tensor<4x32xf16>) {
    ^bb0(%in: f16, %in_13: f16, %out: f16):
      %30 = arith.mulf %in, %in_13 : f16
      linalg.yield %30 : f16
    } -> tensor<4x32xf16>
    %18 = tensor.empty() : tensor<8xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%cst_0 : tensor<8xf16>) outs(%18 : tensor<8xf32>) {
    ^bb0(%in: f16, %out: f32):
      %30 = arith.extf %in : f16 to f32
      linalg.yield %30 : f32
    } -> tensor<8xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<4x32xf16>) outs(%9 : tensor<4x32xf32>) {
    ^bb0(%in: f16, %out: f32):
      %30 = arith.extf %in : f16 to f32
      linalg.yield %30 : f32
    } -> tensor<4x32xf32>
    %21 = tensor.empty() : tensor<32x8xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_6 : tensor<32x8xf16>) outs(%21 : tensor<32x8xf32>) {
    ^bb0(%in: f16, %out: f32):
      %30 = arith.extf %in : f16 to f32
      linalg.yield %30 : f32
    } -> tensor<32x8xf32>
    %expanded_9 = tensor.expand_shape %20 [[0, 1], [2]] output_shape [1, 4, 32] : tensor<4x32xf32> into tensor<1x4x32xf32>
    %expanded_10 = tensor.expand_shape %22 [[0, 1], [2]] output_shape [1, 32, 8] : tensor<32x8xf32> into tensor<1x32x8xf32>
    %23 = tensor.empty() : tensor<1x4x8xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
    %25 = linalg.batch_matmul ins(%expanded_9, %expanded_10 : tensor<1x4x32xf32>, tensor<1x32x8xf32>) outs(%24 : tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
    %collapsed_11 = tensor.collapse_shape %25 [[0, 1], [2]] : tensor<1x4x8xf32> into tensor<4x8xf32>
    %expanded_12 = tensor.expand_shape %19 [[0, 1]] output_shape [1, 8] : tensor<8xf32> into tensor<1x8xf32>
    %26 = tensor.empty() : tensor<4x8xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed_11, %expanded_12 : tensor<4x8xf32>, tensor<1x8xf32>) outs(%26 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %30 = arith.addf %in, %in_13 : f32
      linalg.yield %30 : f32
    } -> tensor<4x8xf32>
    %28 = tensor.empty() : tensor<4x8xf16>
    %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<4x8xf32>) outs(%28 : tensor<4x8xf16>) {
    ^bb0(%in: f32, %out: f16):
      %30 = arith.truncf %in : f32 to f16
      linalg.yield %30 : f16
    } -> tensor<4x8xf16>
    return %29 : tensor<4x8xf16>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_torch.float16: "0x020000003DA5A9B09AB0E62586B1062A36B1DFAF",
      torch_tensor_32_torch.float16: "0x020000008BAFFF32E332D4A618B3D5A33A2459311E20A82C3F2C8AB0F6B026B30598F52C8DA4C4331BAA38B1552981AC63A8C033589FFD324628F4ADDE318FB03C20312B"
    }
  }
#-}

