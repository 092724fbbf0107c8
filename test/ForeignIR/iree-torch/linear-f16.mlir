// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<4x16xf16>) -> (tensor<4x8xf16>) {
    %cst = arith.constant dense_resource<torch_tensor_32_16_torch.float16> : tensor<32x16xf16>
    %cst_0 = arith.constant dense_resource<torch_tensor_32_torch.float16> : tensor<32xf16>
    %cst_1 = arith.constant dense_resource<torch_tensor_8_32_torch.float16> : tensor<8x32xf16>
    %cst_2 = arith.constant dense_resource<torch_tensor_8_torch.float16> : tensor<8xf16>
    %cst_3 = arith.constant 5.000000e-01 : f16
    %cst_4 = arith.constant 2.000000e+00 : f16
    %cst_5 = arith.constant 1.000000e+00 : f16
    %cst_6 = arith.constant 0.000000e+00 : f32
    %2 = tensor.empty() : tensor<32xf32>
    %3 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%cst_0 : tensor<32xf16>) outs(%2 : tensor<32xf32>) {
    ^bb0(%in: f16, %out: f32):
      %23 = arith.extf %in : f16 to f32
      linalg.yield %23 : f32
    } -> tensor<32xf32>
    %4 = tensor.empty() : tensor<4x32xf32>
    %5 = linalg.fill ins(%cst_6 : f32) outs(%4 : tensor<4x32xf32>) -> tensor<4x32xf32>
    %6 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg0, %cst : tensor<4x16xf16>, tensor<32x16xf16>) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
    %7 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<32xf32>) outs(%4 : tensor<4x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4x32xf32>
    %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%6, %7 : tensor<4x32xf32>, tensor<4x32xf32>) outs(%4 : tensor<4x32xf32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %23 = arith.addf %in, %in_7 : f32
      linalg.yield %23 : f32
    } -> tensor<4x32xf32>
    %9 = tensor.empty() : tensor<4x32xf16>
    %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<4x32xf32>) outs(%9 : tensor<4x32xf16>) {
    ^bb0(%in: f32, %out: f16):
      %23 = arith.truncf %in : f32 to f16
      linalg.yield %23 : f16
    } -> tensor<4x32xf16>
    %11 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<4x32xf16>) outs(%9 : tensor<4x32xf16>) {
    ^bb0(%in: f16, %out: f16):
      %23 = math.sqrt %cst_4 : f16
      %24 = arith.divf %in, %23 : f16
      %25 = math.erf %24 : f16
      %26 = arith.addf %25, %cst_5 : f16
      %27 = arith.mulf %26, %cst_3 : f16
      %28 = arith.mulf %in, %27 : f16
      linalg.yield %28 : f16
    } -> tensor<4x32xf16>
    %12 = tensor.empty() : tensor<8xf32>
    %13 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%cst_2 : tensor<8xf16>) outs(%12 : tensor<8xf32>) {
    ^bb0(%in: f16, %out: f32):
      %23 = arith.extf %in : f16 to f32
      linalg.yield %23 : f32
    } -> tensor<8xf32>
    %14 = tensor.empty() : tensor<4x8xf32>
    %15 = linalg.fill ins(%cst_6 : f32) outs(%14 : tensor<4x8xf32>) -> tensor<4x8xf32>
    %16 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%11, %cst_1 : tensor<4x32xf16>, tensor<8x32xf16>) outs(%15 : tensor<4x8xf32>) -> tensor<4x8xf32>
    %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<8xf32>) outs(%14 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4x8xf32>
    %18 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%16, %17 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%14 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %23 = arith.addf %in, %in_7 : f32
      linalg.yield %23 : f32
    } -> tensor<4x8xf32>
    %19 = tensor.empty() : tensor<4x8xf16>
    %20 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%18 : tensor<4x8xf32>) outs(%19 : tensor<4x8xf16>) {
    ^bb0(%in: f32, %out: f16):
      %23 = arith.truncf %in : f32 to f16
      linalg.yield %23 : f16
    } -> tensor<4x8xf16>
    return %20 : tensor<4x8xf16>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_32_16_torch.float16: "0x0200000097AF5132A2B116300330A831022C5C3053324E2A712D41B24BACCE25C127A7ADEEB329AC202EE33239B3A42F97B3A7B303B13AA8782C16B22A323C33E02383323EAF54AE21A8FE2695B168B2522E9D2CD33386AEA62D75AEE62F17A3EE317230A9321C30CF20E532B3B08C33D133A43379AF3DB00D24FB2C0330822ED03202AC40AD5D2D752CABB0312613B2B2AC48AE033334B3B9B0D4B3092C28B22D2D8FB120B116B0CD285A337E33D6A4D6B349AD19AECEAA1D2E0730182F922C7AAE6E99132816B0BAA5FDA78FB36C3178A6EAB254324EB0AA2DEF33ED219A2C5B2E0C32E9AC80B002A5423281258F319D97E92C7320F31E9DB3FEB25225EB2F60318E21BF2EB12EE8B208B334B2671C0FB11FADCAA83E2E6B2B6C3337331BB174924929FC32F5AC4AAE11B1E53188ACFEAD69315C3365A1A4B1853279AD60AFA0B1B2AF44B29EB04AB373AA6F2E13B2B88DE6ADBD2FEE323EA807B026B2B3B09F2C582B4F30C1A81C3021B34D2CC433EBB327B01F3101A944B0E1304A240321DCAC07327030BC29E2282330FC3090AE03A7062FC1AF7B337BB1622FBFB1232D9631B7276AA61631BFB166B1D2B2EDB0A51E41AF212B5220A832F0AE61AC4B310CACA9335BAE9C9995AB772F212E43B0463111A40CAC2A9D9131D933C92F99293931B1AE2EB09FAC2EB1E12E142679AD7FA6139DDC32243329B2DD2D2E2E1E2E5DA8002C072CC933ABB312AE62B1C3AF482AE1300DB23431AF32E3AF96291BB0DB2A6BAF3CAE5BB1ACB262320BA81A9FF6AF933194B079AE3FB2BAB21A332DB26BA8A2ACDC2D482C22B22F33F8B3542659A56AAB7431C1322B28A7ADF3310731BF2960AC65212133F1264EAAC6B249B0C73182A043A43B2E43B153A480AC303083320631F73126B3AEAD9427CBB2572C3EB1DB2E7A32D8B2B432772F48B1A833EEB263B1F6AF7BA2BF29B2AC95B363A7123229320130A528F42B2BB27B2EF6B39CAE34ACE031769F4AAF9729A3B23CAC6E2C3DA4B9A6E43014B20AB0BE335E2A2EA92530D03059A9AAAE3BA9CF2D16A8A83086B2DAAF19323328722A432D90AB66AE972C3EAC9CAE3A28BD2BC7A569B1D7A889B036304DB161325F2EDAB2F031E9B371A3FFB0E2B25726C2AFC8314AB2A432D4300233AFACE7B051B1A732F5AFE1A7EFA8812991B27332EBB1DE3343AE25AF66A8BC2CEEA9FCB3A131ED330930D4335C2C04A55FB2FEB282B10FACA9309AAEF9A03A9B3BB1EE9EB9336532183250A68A1C603052AD7CAED8324F2367B1BE3250294830F3B2F029E5309EA88CB06732712F8F2C912BA61D9630FFAAB6B01C2E452C182E1CA73FA816A5382C24B275B3FD2D61B062A5702C7D2828313228EC2BBBA5B928DE2D753195B3AAAE2EB361AEE03094B32BB3A230B9B0D931FC2C042C5B3269B3DC31302D5CB1C92B76AC6CAEEEA6",
      torch_tensor_32_torch.float16: "0x020000008BAFFF32E332D4A618B3D5A33A2459311E20A82C3F2C8AB0F6B026B30598F52C8DA4C4331BAA38B1552981AC63A8C033589FFD324628F4ADDE318FB03C20312B",
      torch_tensor_8_32_torch.float16: "0x02000000142D38B17120DCA9562F9D2B892CCD2E11A9CDA18A308FB0D2AF9F227BAC2F21FF303FA5D3B025AD3231F9A8F6AC182D9A25FDB0B6305F2EEB30F32CA1AB63AB7C2D63A870287BB198AD342C76A070ADEFB0312F8DA88FB17531812DC4AE21B077310C12CEAE832EB7A83322E5ADCBB084AFF8A418B09331D61755AC792C04B1C9AD402CCEB0A42D9C23B7B09DB1272B592D86A801B185AECF24961ECB290028BFA0F82D7D31B6302431A3ABB9AB01A5B02A942C09A44FAF45B0723115AA1EA6EFAE9CADF828C42C79AC2AAC7B30D4AD38B00FA76231EC284126A3A5122F9CADAC2F582908253B26FAAE3430F12D6DB044B1D3A9842F92AD3E31B0AD1CB1FA2CD6AE22A70FAB31A3EEB030B1DD2C21A5D3AE9D9C2AB1022A5F2D7C319CB07DA5242E2F3106B0CF2CAC2CD22ECDAF0930EEACF7AE7E28CB307EAF0A2E2FA5392B6A30252AB2B0D0AA7E28C6B0862713AE7FA80C2C8EB043AF292D98B1C92F5DB0D499A528772C06AF1726DF2CDA3042B0A0AD972AD09DA3AFC3B006B1EBAFD1ACDBAFF6B01123A32E56AD862477984A2DD9AF4C2048310A309BB1D0A6C01679AB6FAFDFAF852F53ABD3A1A42AF2AE0924BB2E9DAE952A2F9E382E852F012A781DDFB0812CE62E1CAC9EB1963050A987285CAA372F8431182F33ABEE2F852D6A248EB0DCAC99B1912F9731972E3B2B59297231BCAD99AB14B17BA43522322ADFAF",
      torch_tensor_8_torch.float16: "0x020000003DA5A9B09AB0E62586B1062A36B1DFAF"
    }
  }
#-}
