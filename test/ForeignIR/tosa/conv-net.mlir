// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-8: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2, d3) -> (d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0) -> (0)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1) -> (d0, 0)>
module {
  func.func @main(%arg0: tensor<1x3x12x12xf32>) -> tensor<1x10xf32> {
    %cst = arith.constant 3.40282347E+38 : f32
    %cst_0 = arith.constant -3.40282347E+38 : f32
    %cst_1 = arith.constant 0.000000e+00 : f32
    %cst_2 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_8_torch.float32_5> : tensor<8xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_8_torch.float32_2> : tensor<8xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_8_torch.float32> : tensor<8xf32>
    %cst_7 = arith.constant dense<"0x879C2D3E16C9DFBD2A57CD3CD1A214BEA4FC433EA64FC6BDA05627BEB17E2CBE27D5423EE05CC9BDA0F007BE63D1443E18C41F3D3CF4E73D6D8898BD0D382E3E2DBC193E64D3083ED91C023E9C2D4F3D095D3BBD9665763D1F575CBBA2F40EBE0BF10BBDBB4FBBBC9055073DEAA716BD5E0B84BDB005D1BD82E1233E96B6363DE07F363E9A825A3C2A1E3D3EBD31063E6AE62CBDB4DF01BD9CBBA9BD1C8B1CBEFAD78F3C3B5541BDBFEB003E5BC13BBE6819703DD887033E6C3D493D2A51943DFEBDDD3C5ADEA8BD508EB9BDCC1D8ABC8CE53ABD1911A03D3BABFA3C519C03BEB167663D2C7DE23D0705E1BCC1D39FBDCEFCD4BD1D9BB6BD833267BD0C7DFEBDFC1E88BD1B5F063D3F41B73D533B22BE7C3B273D3010F6BB234F1D3E7A4F273EF7BFABBD55662D3E074F3C3EE2AB1A3E233F26BEB8F9353C0260AFBCC28EF63D995E393EB319E9BDBE9DA0BD7E64143ED589D53AC0A22BBE2EA0753D75C222BEA71EFBBD09E8AA3C49CEBC3D1A90233E2BF71F3E94381D3D3ED9C1BDF974823CF0BFEEBD9F6DA03DFE432D3DD15E16BEC6BF563C4E25403E62851CBD5C30D7BC64AA0EBE8BDD94BDF5F0803DFF2A0F3E1E56BDBDE2F4343EC4FA343ED9F221BC634E2EBEFB7FEEBD6019E4BD7A0C00BE3DC0493D7908023EC83E19BE58B243BDB2801EBE66723C3EBBC2E93D4C9DAEBD06503F3DAF8CDCBDF432083D76620EBEEE96063EB9D796BD92632BBE6BC4443E3268A93CA10E123EE9B2EE3DEBDE06BD969C1ABD60CB883DD330CE3C919F91BD05B0843C1210AA3D0AACC83D33BE9FBD153BE3BD195B99BC81B08C3D1A9EB7BDFC9905BEACC176BD3DC740BEB458A93C931918BE4D320B3E6286B7BD2B5C873DB821B7BD559D0EBE333786BD4F52293E90AEF8BD4C9569BDFBA60D3EDAC30DBC0316DCBD054D133E6B40593DC86B663CA6E340BE07013C3D91A20CBE2804293ED4B7183DF721353EBD3C303E41D919BE8D042FBE001C0EBEFEAC3D3EFFB9273E997A44BE8BC2293E8289393EAED619BEB206C03D90CEBEBD424651BDCF2B2C3DFBD82FBEBA0B8B3DCEB7983D4E4B013E6F4017BE64EBE13D7BE64B3D9BD235BE504313BD52D5023EF373EDBD5B0DE9BD465547BDB84F0B3E150D8E3D9280443EBC09F7BD35059F3D66089A3D84BD9DBD5F1D233E2C8E98BD25D89FBDDAA838BEBF68BEBD47100C3EA79A10BE631A4F3D"> : tensor<8x3x3x3xf32>
    %cst_8 = arith.constant dense<9.99999974E-6> : tensor<1xf32>
    %cst_9 = arith.constant dense_resource<torch_tensor_8_torch.float32_1> : tensor<1x8x1x1xf32>
    %cst_10 = arith.constant dense_resource<torch_tensor_8_torch.float32_3> : tensor<1x8x1x1xf32>
    %cst_11 = arith.constant dense_resource<torch_tensor_8_torch.float32_4> : tensor<1x8x1x1xf32>
    %cst_12 = arith.constant dense<[[[[-0.210138917], [0.100164413], [0.152742788], [0.278147161], [0.247558594], [-0.170246959], [-0.10176643], [-0.112131439]], [[-0.225803971], [0.0509771928], [-0.0994483679], [-0.209929556], [0.214422673], [0.316512436], [-0.0745133609], [-2.568650e-01]], [[0.329271138], [-0.189507455], [0.0531904325], [-0.111916304], [0.324302047], [-0.266043663], [-0.0853117331], [-0.219564766]]], [[[-0.163015366], [-0.268617392], [-0.118457638], [0.00153934956], [-0.288432539], [0.172776386], [0.14964585], [-0.228262514]], [[-0.156802222], [-0.240527511], [-0.21973753], [-0.329173058], [-0.158825323], [-0.0189498272], [-0.0269223452], [-0.269084454]], [[0.244547889], [0.111031376], [-0.307972759], [-0.302652299], [0.227070659], [-0.288525552], [0.22774756], [0.0533341579]]], [[[0.265072793], [-0.15518856], [0.217286199], [-0.270384401], [0.115554929], [0.172475263], [0.134647131], [-0.0296590328]], [[-0.305064172], [-0.303091645], [-0.307820559], [-0.0502485037], [-0.217132732], [-0.12233679], [-0.00196921825], [-0.299729884]], [[-0.0367432833], [0.328633428], [-0.251424402], [-0.120638415], [0.249917358], [0.00580068445], [0.133636355], [0.172962829]]]]> : tensor<3x3x8x1xf32>
    %cst_13 = arith.constant dense<"0x0F8D7A3E65A42A3D6A30F0BC195E013EC3EC993DFB7C42BC2F628F3E31869A3E07AB4DBEBBE8A23E3507BDBD35C79B3DFC38A13E93132BBE35FC283EF47245BD71DE4CBE3254B0BC37BD9A3EE2084A3E7F393BBECBDAA33E0C4E933DD8819A3E2D2EAC3E5FCDD2BDC184903EC2A856BDE199643D7A713C3C0B779F3B10BCE0BCC3EBA5BE8800FC3C2E1AA63E8B7EED3DF942A7BE6F2C873DDE926ABD6B70D53D783DA6BE9F15723DD35E81BE790E4E3D95E6593E2E757D3E62526FBDDDCCA03EF65BAABC755E50BEF237293E55E27A3C53D28EBEF02F663EBE73AE3E0C3E463E409966BDB4DE97BE0D159B3E3CD140BE2B225A3D1CCAA3BEEA555F3E805E913DA453AC3E70B12F3EA3E1ACBE4B0B8F3E784892BE84082DBE95ED3A3EFE0945BE47DEBD3D6927153DDD2CCD3C79A344BEEC5F7D3ED229503DF069063EA99E283D961A34BEED1308BE50FE703E2D239EBEE940FABDE7B3A5BE727058BE059D423D54F4A4BD3D4AF13D9FEE893EF04C983D91EBAB3E9ADB74BA47A3AE3E77A3693D25AE14BC545FCA3D4DBA8EBE859D933E7FA1A53E41339FBE8C7857BE2B118F3E2000B63DA1E202BE316234BE7CE7A5BDCD4888BDFEFCA63E6F205CBEC4A94B3D063CCD3DB49433BE3396B4BCC9E682BDC31D8A3E3784813E35BB8BBC978739BE39D94FBEFA221ABE34099D3ED826933E35FA8F3D10A9A8BE3D3CE73DE29286BD"> : tensor<16x1x1x8xf32>
    %cst_14 = arith.constant dense<"0x0807CFBD7332063EBA850F3E3B28FD3D20CB03BD6076EDBCCB840BBDC69A10BDD6869FBBD0FCBCBDCB14913DA4C6023E401379BC733598BD2B21B33C80AB30BD907912BE00F6C8BA00D4A13DF8CDA93D4849933DAE9ABABD48279BBDEBE6D3BCC67D02BE16A8283DF74A203EAEF706BED6632CBD1E529A3D0044913AE6072EBDCB40513D7811213E2330D83D309E813D3B54083E0676183D7072A03DB81C293E6E430BBEAE96863D564421BC7873C2BD0B13C6BDFBEB023D6B3D5ABC9F5F17BE08E6B13D2B3806BEDE32A6BD48EBE6BDC35FAEBD8BEBFF3DCF67063EDE53B9BD6B4B0E3CF7A70F3EC0A7DC3C5B6E0BBE781BEEBD040719BEC0DF3DBCD65D76BD6B802C3CEAC70B3ED62CC1BB7E0C84BD6628A5BDDC1813BE3666F73DAB2E9CBAF0B0423DC0D7BABCD63E093E8E099ABD9841DB3D422904BEF0F5A93DBBABFD3DA336E1BD9E1A9ABD84F209BE3BFAD83DAB90F4BD3B33953D7FBF163E4CAE15BE70AD94BD56B543BDB04B3EBD96857EBDDB8DFBBD77A116BE3B242E3D2F7D133E5614133C0AD90A3E1EF5973DB058FDBDEE6B01BEBBD654BDA6486E3D3C6D1ABE2BDCFBBB0B8EA43C864DE93D0ECED23D5B8E703D66EB11BEC8A8BA3D4B6009BDABB2953CEED18C3D6E68F0BD60AABEBDE417083EB6CD2E3D5C8713BE1629DABC6B75063CE88890BDAB09E3BC0B2407BE9869263EA3F60BBEEB7DC4BCC3AD13BE7383E2BD0BED8E3DEB1B83BDE690453D06AD12BEC801803D1BAD333DA6583BBD207414BDD6D78EBB92F702BECBD6B8BD68EA253E00DF863DAED6253ECE6A9D3D9251053E6B09F5BC4B730CBE40F930BDB616993C56AA19BE5E239D3D1B379C3DE617AABDC6CD58BDC61F00BD7C5318BE88BEB93DD06E7A3DE88EC63D16E807BDDB186BBDB398933DC0754B3D501A0E3D5E019EBD5BF9E4BDF6DFD9BCC607B0BD101905BD8671F0BD806F76BCFB96A13DF0E225BD563D42BD4BDA513DBB15A93D93C2243E409D2E3C0B60B1BD36F2C5BC96595BBD06408EBD068031BDAB95BB3DB033A53DDA5301BEEB23CF3C005A7EBB96D4193C386EF43DBEEB803D76F2663DFCF603BE30B5F0BDDB50E8BD5BCA3E3D2EB9C43DF0DE1C3E745C273ECC7E1F3E8E02283E1E43273EEB2AEF3D6078C03C0011123EB869E5BDE332C5BD871C0B3E9B4ABCBDB30CE23DCE2EA13D80E4E13CD7721E3EA62D02BDAB66F23C06E35B3D0B0F98BC80BF7EBCF0C3EC3DABDC213B364994BCA09023BE5EB9223E04CB293E5C4500BEAB5606BE3609A53C6841AD3DA20C243E4611713DA46D0EBE407BD73DF8ACB8BDC04521BD60B48E3D5693B53A06A7B23D98FBE33D20E4E3BC96FB06BDC0811D3DBBA3FE3DEE7EFBBD2BFC7F3D0E5ADD3DAB12D639BBF5123DD063FFBD908621BE7BB64ABD00657F3B7347213EEBB0A93C808FBC3D2316E23D18FA83BDE4A21EBEC04B143C98F4E73D60E5BABD301AC5BD30BD28BEF017293DE62861BD6898A43DA026153E488203BEFEFCDB3DD68B1D3D481B833D9B7AEE3D208A613D0697A83D7855853DC339A7BD2BD97BBC064D28BEAEB9CD3DC78B113E321209BE567D57BAF0BBC93DB899D4BD0818BDBDFE5FCB3D96399ABC402C3CBC46DAC13D6E729FBD4862ABBD50C9F9BDBB55B0BDA29903BE76C8623D803CD3BB563A1E3C8836BBBD0347D13D1834163E1002533DEB4464BD7B2A8CBD56DC1B3D8041E73B5BB097BD5689883DF09D08BDC0525FBC08A3B43DAE07BCBD6055F7BCC66E20BEABBC02BBE0BACEBD366DCBBD80A2A4BB8417213E50A8BA3DC028C23D06645ABD4F1C1DBEEB4626BCAB7E343B56DC0BBBD8ACD1BD96E68F3C80E4463DD885BA3D56C9803DAE758F3DE0A812BEBB3297BD3356D3BDA369A2BD7B4F903DB383A0BD16985CBD6EF6B53D0BF382BD545800BEC6EC9CBD208D4A3DA0F50BBD7299293ECBD5ABBDFEC1033E8C8D103E80F4213CAB9E1B3B6B16843CC4C61F3EB079053D46E297BD93090C3EF62F2BBDC37AC6BDA0BF93BD93CA19BEE67CC4BD431E9F3DEED421BED6A468BDE09BD7BDD652263D7B2D46BD0EFED23D7611C43DABB2A1BD16A7D0BCE0A0D3BC66A40DBDAB678DBD28E2C83DD6D445BC90F465BD6667143ED66B7EBC46E1113DB631143DC0EF0C3D6B13C43CE28A243E0B13E93CE6EF1ABEFF7F023EABFA303A56A2DDBCF6CAB7BC905D703DE0D091BC9CA10E3E3B95193DF3A60A3ED89885BD16DBD03D704A383D98CC103E8BC4873CCBA85B3D40D0BEBC2B2DAF3B7ECD05BE0BB8DF3C436E0C3EB689A4BC8002023E58D8A73D505733BDFB59F13DE85697BDE61D64BD9B4A08BD6BA8C9BC46EFE9BD0BE48D3CF0062E3D40F25B3D9654243C82AF243E4019D3BC28ABFFBD0EDBA0BD4EA993BDB04333BD300E71BDF858CCBDE688893D1B1705BD9FBA00BE33F2F93DDC810F3EB0B40B3D5B8ABCBD40CF6BBC989EBB3D845E21BECA5502BEFB07183E163775BD4E37BC3D86C005BEA6B8F73D581E1E3E8E85B2BD62E3273E007E76BDAB2825BD182BF23DD681923BC86BB9BD2BFCF2BC74CA043E43CC983D7BA50BBEB63BC93D40B263BCC07623BE3853A8BDEB47EF3DFB636B3DD6CAC7BCBB78693DC670F63DF06D103DB47305BE161ECABDB343F73D03F9953D4EEDE43D86F0183EB3DC873DE4B319BE1096453D00D3B93C0B10FEBC204F29BE76B064BD20E70E3E5B710ABDEFF91EBE56CDD63BAB946B3B8E67CE3D321516BE2BAE9D3C98A5D63DE0EF183ED842013E2A050DBEEE48AA3D2386903D00E040BCBB62603D24390EBE56574A3D189AECBD0367DEBD9EE108BEC67BAD3D86BA143DCE77D83D00E623BD8BD5B93C0090653A98CDCCBD8E4287BD3BFFCA3D2BCE473C164F23BE203759BD0E4C153EF6D1303DA6071E3D5E6E1C3E76F78A3DF87127BE0011273BD666263C18ABD23D00FF223E1B4472BD03B3E83DEA4204BEABFF2FBCD34FBEBDE07D87BCD4741D3E066E183E56A334BD8098D5BCA3D2CDBD2BB5853B4B5D143E0EFEC13DC007C03DE0228BBDD69608BE7E5483BD0B1A553DABA4D53D560450BB88C601BE328A19BE784BF93DA3C5D8BD0E0A13BE10191A3E546D223E408EAB3C00B39DBC1ED480BDE65D22BD2EE029BE20DBA03C9896BD3DF6CC4DBD98C5D2BDB09EF53D168A033C4E56ABBD84B00ABE906B69BDE84289BD80D43ABCD6410C3CBB5A223E46BF22BD101B253DC3E9BBBDD615F4BD00087FBDABC160BC00456EBB60556C3DA3B8D03D638EDCBD"> : tensor<16x3x3x4xf32>
    %cst_15 = arith.constant dense<4.000000e-02> : tensor<1x1xf32>
    %cst_16 = arith.constant dense<"0x003CB8B9625F00BE0A6F133E448D3EBE187A45BDA484A03D36071B3EE0EC8ABD805430BEE45B103ED0C76CBE02B136BEA8D7FABDDC88513E20FD69BEACC02EBE20A3273C00A1C13AE0BE613DBC94CBBD2CDD42BEA0483A3D6CC2673EF0D5273E461055BEB0CC52BEE0F5183CF69C1E3E84DDB1BD46074EBE3012C5BCA0B371BE349397BD50AFDDBC9A5B713E3A57753E6C095A3EC0EAAA3D7868653E68D8EEBD90E8B0BDAACB3D3E8852FE3D60BCEB3C48E2A8BDD84EF1BD80DC9C3CE49C75BE04357FBE34AC503EC0E7783EAE4C0C3E3A29413EF075FB3CDAE23ABE6CB579BE7CC0D9BD40B5373DE0C85C3D4E6250BEE01B5BBDC2E35D3EE8AE7FBE446E773EF2817A3E7CEAE03D0C320DBE820A783E00E1ACBBA457223E70A055BE84F2633E60C93E3D527A143EF2F734BE5EA303BE78EB253D40AA6CBC00F02B3A34C9B4BD244B5A3EA0D316BE8C892FBEA884383D720A503E14B0B2BDDC48ABBDBE293A3E7094FEBC806A573CA67925BE98A48ABDF07DF63D80B2B63B2005643E7492B3BD166F013E2C46603E4CB1D83DBCB4D13DB8E3533E16D11C3E283A5B3E6CE1A43DD00502BD484F6C3EA0CE55BEB4AFBC3D1AD05BBE1C83B4BD90F3CFBC30D1233E04BBA2BD5E1F3DBE5011153E90D7C23D22082CBE809E6CBE00635C3DAE5730BE4012493D1E937A3EA4782DBECCCB0A3E9EEF433E7AD87A3EB8445F3E989D5B3E2C772ABE1C47AD3DE0087BBE4492D3BD3E1D02BEE41CD73D84DE70BEBCF2B4BDC033C6BD50314A3EACE4A23DC4991A3EAC4C683EC834133D9664473E6018ED3C7C0609BEE28E393E204E7CBEE07B993D90E0ADBC70C6BE3D004B38BB20100BBC90E625BD1697143E5030053D56BC4FBE8427373E10A0A8BC20F2013D00AC0EBC"> : tensor<1x16x10xf32>
    %cst_17 = arith.constant dense_resource<torch_tensor_10_torch.float32> : tensor<1x10xf32>
    %0 = tensor.empty() : tensor<1x12x12x3xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<1x3x12x12xf32>) outs(%0 : tensor<1x12x12x3xf32>) permutation = [0, 2, 3, 1] 
    %padded = tensor.pad %transposed low[0, 1, 1, 0] high[0, 1, 1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst_1 : f32
    } : tensor<1x12x12x3xf32> to tensor<1x14x14x3xf32>
    %1 = tensor.empty() : tensor<1x12x12x8xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_6 : tensor<8xf32>) outs(%1 : tensor<1x12x12x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x12x12x8xf32>
    %3 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%padded, %cst_7 : tensor<1x14x14x3xf32>, tensor<8x3x3x3xf32>) outs(%2 : tensor<1x12x12x8xf32>) -> tensor<1x12x12x8xf32>
    %4 = tensor.empty() : tensor<1x8x12x12xf32>
    %transposed_18 = linalg.transpose ins(%3 : tensor<1x12x12x8xf32>) outs(%4 : tensor<1x8x12x12xf32>) permutation = [0, 3, 1, 2] 
    %5 = tensor.empty() : tensor<8xf32>
    %6 = linalg.generic {indexing_maps = [#map2, #map3, #map3], iterator_types = ["parallel"]} ins(%cst_8, %cst_5 : tensor<1xf32>, tensor<8xf32>) outs(%5 : tensor<8xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.addf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<8xf32>
    %7 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<8xf32>) outs(%5 : tensor<8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = math.rsqrt %in : f32
      linalg.yield %49 : f32
    } -> tensor<8xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_18, %cst_9 : tensor<1x8x12x12xf32>, tensor<1x8x1x1xf32>) outs(%4 : tensor<1x8x12x12xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.subf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x8x12x12xf32>
    %expanded = tensor.expand_shape %7 [[0, 1, 2, 3]] output_shape [1, 8, 1, 1] : tensor<8xf32> into tensor<1x8x1x1xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded : tensor<1x8x12x12xf32>, tensor<1x8x1x1xf32>) outs(%4 : tensor<1x8x12x12xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.mulf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x8x12x12xf32>
    %10 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %cst_10 : tensor<1x8x12x12xf32>, tensor<1x8x1x1xf32>) outs(%4 : tensor<1x8x12x12xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.mulf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x8x12x12xf32>
    %11 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %cst_11 : tensor<1x8x12x12xf32>, tensor<1x8x1x1xf32>) outs(%4 : tensor<1x8x12x12xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.addf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x8x12x12xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x8x12x12xf32>) outs(%4 : tensor<1x8x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.minimumf %in, %cst : f32
      %50 = arith.maximumf %49, %cst_1 : f32
      linalg.yield %50 : f32
    } -> tensor<1x8x12x12xf32>
    %transposed_19 = linalg.transpose ins(%12 : tensor<1x8x12x12xf32>) outs(%1 : tensor<1x12x12x8xf32>) permutation = [0, 2, 3, 1] 
    %padded_20 = tensor.pad %transposed_19 low[0, 1, 1, 0] high[0, 1, 1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index):
      tensor.yield %cst_1 : f32
    } : tensor<1x12x12x8xf32> to tensor<1x14x14x8xf32>
    %13 = tensor.empty() : tensor<1x12x12x8x1xf32>
    %14 = linalg.fill ins(%cst_1 : f32) outs(%13 : tensor<1x12x12x8x1xf32>) -> tensor<1x12x12x8x1xf32>
    %15 = linalg.depthwise_conv_2d_nhwc_hwcm {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%padded_20, %cst_12 : tensor<1x14x14x8xf32>, tensor<3x3x8x1xf32>) outs(%14 : tensor<1x12x12x8x1xf32>) -> tensor<1x12x12x8x1xf32>
    %collapsed = tensor.collapse_shape %15 [[0], [1], [2], [3, 4]] : tensor<1x12x12x8x1xf32> into tensor<1x12x12x8xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_4, %collapsed : tensor<8xf32>, tensor<1x12x12x8xf32>) outs(%1 : tensor<1x12x12x8xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.addf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x12x12x8xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<1x12x12x8xf32>) outs(%1 : tensor<1x12x12x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.minimumf %in, %cst : f32
      %50 = arith.maximumf %49, %cst_1 : f32
      linalg.yield %50 : f32
    } -> tensor<1x12x12x8xf32>
    %18 = tensor.empty() : tensor<1x12x12x16xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_3 : tensor<16xf32>) outs(%18 : tensor<1x12x12x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x12x12x16xf32>
    %20 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%17, %cst_13 : tensor<1x12x12x8xf32>, tensor<16x1x1x8xf32>) outs(%19 : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x12x12x16xf32>) outs(%18 : tensor<1x12x12x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.minimumf %in, %cst : f32
      %50 = arith.maximumf %49, %cst_1 : f32
      linalg.yield %50 : f32
    } -> tensor<1x12x12x16xf32>
    %extracted_slice = tensor.extract_slice %21[0, 0, 0, 0] [1, 12, 12, 4] [1, 1, 1, 1] : tensor<1x12x12x16xf32> to tensor<1x12x12x4xf32>
    %extracted_slice_21 = tensor.extract_slice %cst_14[0, 0, 0, 0] [4, 3, 3, 4] [1, 1, 1, 1] : tensor<16x3x3x4xf32> to tensor<4x3x3x4xf32>
    %extracted_slice_22 = tensor.extract_slice %cst_2[0] [4] [1] : tensor<16xf32> to tensor<4xf32>
    %22 = tensor.empty() : tensor<1x10x10x4xf32>
    %23 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_22 : tensor<4xf32>) outs(%22 : tensor<1x10x10x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x10x10x4xf32>
    %24 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%extracted_slice, %extracted_slice_21 : tensor<1x12x12x4xf32>, tensor<4x3x3x4xf32>) outs(%23 : tensor<1x10x10x4xf32>) -> tensor<1x10x10x4xf32>
    %extracted_slice_23 = tensor.extract_slice %21[0, 0, 0, 4] [1, 12, 12, 4] [1, 1, 1, 1] : tensor<1x12x12x16xf32> to tensor<1x12x12x4xf32>
    %extracted_slice_24 = tensor.extract_slice %cst_14[4, 0, 0, 0] [4, 3, 3, 4] [1, 1, 1, 1] : tensor<16x3x3x4xf32> to tensor<4x3x3x4xf32>
    %extracted_slice_25 = tensor.extract_slice %cst_2[4] [4] [1] : tensor<16xf32> to tensor<4xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_25 : tensor<4xf32>) outs(%22 : tensor<1x10x10x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x10x10x4xf32>
    %26 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%extracted_slice_23, %extracted_slice_24 : tensor<1x12x12x4xf32>, tensor<4x3x3x4xf32>) outs(%25 : tensor<1x10x10x4xf32>) -> tensor<1x10x10x4xf32>
    %extracted_slice_26 = tensor.extract_slice %21[0, 0, 0, 8] [1, 12, 12, 4] [1, 1, 1, 1] : tensor<1x12x12x16xf32> to tensor<1x12x12x4xf32>
    %extracted_slice_27 = tensor.extract_slice %cst_14[8, 0, 0, 0] [4, 3, 3, 4] [1, 1, 1, 1] : tensor<16x3x3x4xf32> to tensor<4x3x3x4xf32>
    %extracted_slice_28 = tensor.extract_slice %cst_2[8] [4] [1] : tensor<16xf32> to tensor<4xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_28 : tensor<4xf32>) outs(%22 : tensor<1x10x10x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x10x10x4xf32>
    %28 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%extracted_slice_26, %extracted_slice_27 : tensor<1x12x12x4xf32>, tensor<4x3x3x4xf32>) outs(%27 : tensor<1x10x10x4xf32>) -> tensor<1x10x10x4xf32>
    %extracted_slice_29 = tensor.extract_slice %21[0, 0, 0, 12] [1, 12, 12, 4] [1, 1, 1, 1] : tensor<1x12x12x16xf32> to tensor<1x12x12x4xf32>
    %extracted_slice_30 = tensor.extract_slice %cst_14[12, 0, 0, 0] [4, 3, 3, 4] [1, 1, 1, 1] : tensor<16x3x3x4xf32> to tensor<4x3x3x4xf32>
    %extracted_slice_31 = tensor.extract_slice %cst_2[12] [4] [1] : tensor<16xf32> to tensor<4xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_31 : tensor<4xf32>) outs(%22 : tensor<1x10x10x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x10x10x4xf32>
    %30 = linalg.conv_2d_nhwc_fhwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>} ins(%extracted_slice_29, %extracted_slice_30 : tensor<1x12x12x4xf32>, tensor<4x3x3x4xf32>) outs(%29 : tensor<1x10x10x4xf32>) -> tensor<1x10x10x4xf32>
    %31 = tensor.empty() : tensor<1x10x10x16xf32>
    %inserted_slice = tensor.insert_slice %24 into %31[0, 0, 0, 0] [1, 10, 10, 4] [1, 1, 1, 1] : tensor<1x10x10x4xf32> into tensor<1x10x10x16xf32>
    %inserted_slice_32 = tensor.insert_slice %26 into %inserted_slice[0, 0, 0, 4] [1, 10, 10, 4] [1, 1, 1, 1] : tensor<1x10x10x4xf32> into tensor<1x10x10x16xf32>
    %inserted_slice_33 = tensor.insert_slice %28 into %inserted_slice_32[0, 0, 0, 8] [1, 10, 10, 4] [1, 1, 1, 1] : tensor<1x10x10x4xf32> into tensor<1x10x10x16xf32>
    %inserted_slice_34 = tensor.insert_slice %30 into %inserted_slice_33[0, 0, 0, 12] [1, 10, 10, 4] [1, 1, 1, 1] : tensor<1x10x10x4xf32> into tensor<1x10x10x16xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice_34 : tensor<1x10x10x16xf32>) outs(%31 : tensor<1x10x10x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.minimumf %in, %cst : f32
      %50 = arith.maximumf %49, %cst_1 : f32
      linalg.yield %50 : f32
    } -> tensor<1x10x10x16xf32>
    %33 = tensor.empty() : tensor<1x5x5x16xf32>
    %34 = linalg.fill ins(%cst_0 : f32) outs(%33 : tensor<1x5x5x16xf32>) -> tensor<1x5x5x16xf32>
    %35 = tensor.empty() : tensor<2x2xf32>
    %36 = linalg.pooling_nhwc_max {dilations = dense<1> : vector<2xi64>, strides = dense<2> : vector<2xi64>} ins(%32, %35 : tensor<1x10x10x16xf32>, tensor<2x2xf32>) outs(%34 : tensor<1x5x5x16xf32>) -> tensor<1x5x5x16xf32>
    %37 = tensor.empty() : tensor<1x16x5x5xf32>
    %transposed_35 = linalg.transpose ins(%36 : tensor<1x5x5x16xf32>) outs(%37 : tensor<1x16x5x5xf32>) permutation = [0, 3, 1, 2] 
    %38 = tensor.empty() : tensor<1x16x5xf32>
    %39 = linalg.fill ins(%cst_1 : f32) outs(%38 : tensor<1x16x5xf32>) -> tensor<1x16x5xf32>
    %reduced = linalg.reduce ins(%transposed_35 : tensor<1x16x5x5xf32>) outs(%39 : tensor<1x16x5xf32>) dimensions = [2] 
      (%in: f32, %init: f32) {
        %49 = arith.addf %in, %init : f32
        linalg.yield %49 : f32
      }
    %expanded_36 = tensor.expand_shape %reduced [[0], [1], [2, 3]] output_shape [1, 16, 1, 5] : tensor<1x16x5xf32> into tensor<1x16x1x5xf32>
    %40 = tensor.empty() : tensor<1x16x1xf32>
    %41 = linalg.fill ins(%cst_1 : f32) outs(%40 : tensor<1x16x1xf32>) -> tensor<1x16x1xf32>
    %reduced_37 = linalg.reduce ins(%expanded_36 : tensor<1x16x1x5xf32>) outs(%41 : tensor<1x16x1xf32>) dimensions = [3] 
      (%in: f32, %init: f32) {
        %49 = arith.addf %in, %init : f32
        linalg.yield %49 : f32
      }
    %collapsed_38 = tensor.collapse_shape %reduced_37 [[0], [1, 2]] : tensor<1x16x1xf32> into tensor<1x16xf32>
    %42 = tensor.empty() : tensor<1x16xf32>
    %43 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel"]} ins(%collapsed_38, %cst_15 : tensor<1x16xf32>, tensor<1x1xf32>) outs(%42 : tensor<1x16xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.mulf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x16xf32>
    %expanded_39 = tensor.expand_shape %43 [[0, 1], [2]] output_shape [1, 1, 16] : tensor<1x16xf32> into tensor<1x1x16xf32>
    %44 = tensor.empty() : tensor<1x1x10xf32>
    %45 = linalg.fill ins(%cst_1 : f32) outs(%44 : tensor<1x1x10xf32>) -> tensor<1x1x10xf32>
    %46 = linalg.batch_matmul ins(%expanded_39, %cst_16 : tensor<1x1x16xf32>, tensor<1x16x10xf32>) outs(%45 : tensor<1x1x10xf32>) -> tensor<1x1x10xf32>
    %collapsed_40 = tensor.collapse_shape %46 [[0, 1], [2]] : tensor<1x1x10xf32> into tensor<1x10xf32>
    %47 = tensor.empty() : tensor<1x10xf32>
    %48 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%collapsed_40, %cst_17 : tensor<1x10xf32>, tensor<1x10xf32>) outs(%47 : tensor<1x10xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %49 = arith.addf %in, %in_41 : f32
      linalg.yield %49 : f32
    } -> tensor<1x10xf32>
    return %48 : tensor<1x10xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_16_torch.float32_1: "0x040000006B6B493CAB42A2BB238308BE76AD39BD007EDFBB6CC125BEEBDEBD3C06753B3D80F77FBCCBA7BCBCABE3823B4B012E3D8B8AA3BD2B257EBC9E00C43D562D48BD",
      torch_tensor_16_torch.float32: "0x04000000756B4A3E8B2C3C3E9FDC973E3AE7D23C05A7DD3CD9EB273BC61E7A3EE3AF883E25952A3EFDC890BD4B36D2BD87BFA73E85473BBEBA17793DA1A7E33DD8793B3E",
      torch_tensor_8_torch.float32_5: "0x040000009B84533E4EFA903ED6F25F3C96EBC7BCDEC2483E270194BEABCDA83CF65B5F3E",
      torch_tensor_8_torch.float32_2: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_8_torch.float32: "0x04000000574C9BBBAD05BFBD8442D3BD58CD843D818EC23D10B03B3E8052A6BDF8AFE8BD",
      torch_tensor_8_torch.float32_1: "0x040000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_8_torch.float32_3: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_8_torch.float32_4: "0x040000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_10_torch.float32: "0x04000000105FDA3C98F7D63D302AA33DA0C6FDBDDC88383E901009BDE4FCC9BDDC789ABDE0FD073DB27504BE"
    }
  }
#-}

