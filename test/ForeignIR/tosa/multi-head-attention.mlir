// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-COUNT-2: lowp.skip = "both operands are activations"
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2, d3, d4, d5) -> (d1, d3, d5)>
#map1 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4, d5)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (0, 0, 0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
#map8 = affine_map<(d0, d1) -> (0, d1)>
module {
  func.func @main(%arg0: tensor<2x5x16xf32>) -> tensor<2x5x16xf32> {
    %true = arith.constant true
    %cst = arith.constant 1.000000e+00 : f32
    %cst_0 = arith.constant -3.40282347E+38 : f32
    %cst_1 = arith.constant 0.000000e+00 : f32
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<2x4x5x5xf32>
    %cst_3 = arith.constant dense<"0xAFD691BE6F0447BE5AF1793EB8002C3D8B8F57BE282657BD57C4703ED57E9D3CBE0AEFBDE0786D3E144E7ABE220194BEF138953E2F062EBEE7A5933EE381573EE8B06E3E250C91BE98EC3ABE7E3CDD3CE331EABDD85831BEE3CF873E884F593EC2A097BC530FD1BD62EA41BECC99653E97A3133DE42B183EEB1299BE8BAAD73D5031553E109CAFBDAD39DBBD119F8C3E0AAB7E3EFA8C233D0D3D903E751B7EBEAF0F933E5542CC3C3EAAAD3C22C5EB3D899989BE9A9AB8BD5D91443D19F4933D2CB4733E31A4C03BE7B3243E9694C13D3E485DBEC1B06C3EB6B490BEBC84653E511030BE02C0753D538E7F3E25279C3E879592BE11FA3BBBC8BE3FBD9E448EBEB8BE8CBEE46E17BD28FB54BE6A8B4B3E10BB433E3E4B6FBEFAC9A6BD1BA8713E494D97BDFB47413E17708FBD99C97D3E7A1B67BE52D586BE2023293E05230E3EB9C9483EF52AD13D98B70EBE5D93603CB5599A3E04A92DBD1AA32F3D813A78BC724C88BEFE8A963D578337BD853F203D63FD3F3EEE4E84BEDA9C8DBD57C51EBE2109183DB3C10DBEF86863BE1C282CBE07542B3E74BB73BE1F10423E5EB988BE40BF403DAF9FA63DA27527BE164A8DBC4D9ADF3D1D5674BE874AF3BDB88DACBC27D98CBE457989BE3223643E5C8028BDA43009BE3F2619BEDEF926BE478B113E340F8B3D0628453E9E2C413E01C593BDE39F10BDA77ABBBDB670683ED54299BE4A144F3E0076033D92F971BD565C4A3DA70755BE19BE93BE818A463EC30747BD4749B7BD1A5639BED497723E24B1333E9FC6B33DCA2640BE8C7F4A3ECD3686BD834128BEA1B683BE51A0ED3CDD7A853DFA1276BE203F613E5474093EE2541BBE3964813C50C2F23CBC4E233E1F0D823D7C5371BE8F57713E6110093EF6C58D3E0C78193EAE9B1CBE258D34BE2138F23D172B08BE92FB5B3EB8228B3D6F5F8E3DF44420BD0519BF3DB45D493D000CE13921D54A3DE83ECABDAD13623E22ECA0BC3AD6753E38B0A4BDA4451CBE77B21FBE1E398F3EE8EF933DBCE2F8BD44BA593EF45AA5BDE1D24BBD11D174BEA2C0053ECA6AD43D19BF9B3E98651F3CCF129ABE20B6DB3D097058BD949FEC3CB73800BE97E7F43D0BA9103E33F43E3DAC3D7BBD3C0D313EA24B873D0DFD89BE01D1843EEBE1DE3DFC0690BEF5BF383EF8CC8CBD6A136F3CA4B2743E2E58723D1E0E863D1EE7043E143790BEB4FC4F3E6707A5BDCD4A24BEF259B13DE23287BE918022BD0BB75F3E89E2D1BD70FC39BE4D1B9B3D6B3E35BE0294203ECDDB3A3E6C1B923D8972DFBD1A0438BECA55F63D4CA17A3E465ACE3D57C010BE1A34163EC4F97A3ED47399BED57C4CBE289C603E5B4B06BC7246643ED92F0ABE758DC23DAB68AE3DECF41ABE5BE8F03DC6C797BE568F963EEE0A993E34405ABE346865BC71D981BE5D952C3E774ECABD44B18CBEFA1DD8BDD86EB7BD715E653D2F83943ED0452D3B2AA98ABCFFC04F3EF46F8C3E5B1B40BE7F50BDBD0EA452BEE6DF5D3EECA88A3EA161FD3DBA4F18BE7AB0123D11037D3E8E34353EF44062BE08B894BEEBE06CBE50A6A33D6012683E1A76F1BAC8E541BEF3D29EBD9E5CA1BD8944513E7D1E67BED0588FBE3BF22B3E415E6A3EADEC8EBEDDF104BD1E4897BDF70B51BED65D923EAA798CBEA402C23DAC8E10BE5127783E7B89FCBDD32E6CBD4A89E7BC455123BE6A5895BEA91C03BE67B215BED59C0ABEC896203E02503B3E82826A3DDF1C643E1DE1F13CBDDF87BE7D90563E77AC1FBE256E9BBD12F3B8BD321636BEC657033E4CBBA63D659F7FBE94B9303E311A1D3E9B379BBEB45422BEBDF65A3C6C69A3BDE13D593E3E3413BE1C3C7ABEE1B4A5BDC15F34BEB3E349BEBA187A3EE8B08D3D0DD980BE107A573E0801C23DC7558D3D8C62673E57A73D3EB2369A3E275C83BEA689C23D432982BEB663A6BCFBB3A9BD97C7913EB0A287BDC15385BEACF8603D9B4E62BEAFE137BB8A81843EA79B62BEB3C4003EE8AD933D8FB35EBE6B56973E8C766ABE2521A9BDC138B4BBE65517BC1875053EC920183D94A5743E21195E3E5DC1223EF83B89BE935786BEC055553E604228BE70079B3D988B623ECAA87A3EA4F271BEA08E74BDDBDC723EFF6076BE6D62803E4AC823BE016292BE4EE0683E5EA600BE9DC64C3EB236CCBC456A203DCD33423E12D3353E7DFED8BD5282F03D25B803BE32BBFA3DBD3B68BEE94441BE3847133E7F54D6BDC140823C906B9CBED6918CBEF1F614BEBC8D0B3E7032C93DAC4B55BEF748993EAEE63EBECF567C3E42F809BE9191D1BD068381BE59B9873EFB248F3D07CF88BEA385E53D49468CBE1442753EE5D37FBD49D7703EA100BA3D5F1047BD8924B3BDDCAD78BE51FBB63D867796BE4C3173BEA6AE2ABE7E978B3D7425763E780C5BBEE9B36D3CBC120EBE864A8BBE515B803E182D113E13FA913E64FA543D94814C3EA1FCEB3D60374ABE96E74EBE318797BC40EBCABD8F811CBEA176853E1C2C46BED1066ABEF2A28E3DB62CEBBC0817613E488991BE908E64BE3521333E86C1013EFC042DBEA0209FBD1E8B1D3E63E6463E27BB3DBEBF2FDFBD8094C2BDF09C8EBEE969A43DC95BFEBDD094EB3CDD07803E6F14B8BCF300F5BC700B843E7297F2BBD1B95BBDAD2E633E6B7F503ECB66903E51C24FBEF4BD653EAAE59B3EEB215CBEAF521FBDD7E943BE63D11E3EDE84863E06D538BE283BBBBD6F5F26BEAD679C3EDE251BBE171CC03D58A0BA3DBDEF823B48DA8DBD003F1A3D2E37C13D88BB02BD80CFDD3DBF36D5BC8DCDE53D45F586BEE192BB3BB86A47BEBD12363E64A6B83D2FA554BEE392CBBD9508103E59007EBE041E3F3E66FC3BBD41BB753E8CDC6DBE4FD7813E34DA6CBE5101973E1930A8BDF5FB89BE01482DBEDAA77CBD22A7E0BDE1E32B3EEBE64E3ED7C291BE8BE6353EEA7D7B3E2767D6BDC6813C3E403AA5BC4EA268BE37419A3E0E3D2ABDA73E283E5A7E5C3EA29183BC30DB6FBED115AD3C9A44D53D62CE88BDAFF3103E6B9F11BEC2CFC3BD98E48D3D28823BBD7FAEEFBBF533443ED70C93BE2CFD65BEFB6025BEA66D6DBE1B2E883EBA5731BDE85A6D3E492B283E830B813E2EB98FBEC9F71BBE047485BEA8E307BC10ADDE3C8A71C23DEE9DE63D0839893D66223FBE98D653BE37DBA0BDD83F02BE1B607BBE46C5323EBB13DBBDD4BD953E6EEF173E3343893E7DD38FBE1774263CB2404E3EA44785BEDB22563EB94883BE0C4BF7BD1F6B86BC53E1723E530E8FBA8C3890BBE9B526BE7A66D9BD1EF5FF3DA5687D3EBFA1623EC2235A3E2B9E1EBED11B2C3DB612CDBDEDEB41BDE10D9CBD3033A3BCE5800FBE788772BE8B4E693E80A187BEA80DF9BD7FD4353D52720EBE0DB559BE9C619ABED0A365BE14190DBE0D2C2B3E8B191FBD989C9ABE82C9F4BD2A61D43D8206B3BD9F0A103C78C2CA3D32E58BBE76A5933E597514BE41B49E3DF267353EC5F8363E048FD83D98D3C2BCAC264FBED97895BEE2D55CBDA9B863BE4C38883E8BC7A0BD7867233D5F5FE6BD1343A7BD5CEE02BDC4D325BE81006ABEAB4C993E7F7951BDCB558F3E82B0B03DC1D6033C944499BDDBD74F3D4F7465BE014BDABD97D595BEE8B91BBEF0F023BE5CA6033E7F5C863EED05E2BCE383063D4135B63D1560B8BDF49647BE651715BEB972EEBDD76A5DBD6338F93D3CC3B53DBE86813A1A4381BEA099FFBD734183BDDAC7BB3B5F42863E6DFD263E0BCB65BEC05E653E934441BEA9F97E3E70F687BEB746BB3CCFF35B3E4610543EB8A484BEC988253DEEAF95BEEDECFBBC63ADDEBD82308DBEA865483D443B8CBEC9755C3E8A07D93DCC05233BE4670CBE7A0211BD1A9067BEE38FC0BDACED1CBE1C4FF23C55398E3EAC7D9BBEAC989B3EE8CDD33B0BC83A3E2DF5EE3C1EA2AE3DD0F131BEEE3576BE8781F93D5B6DA8BDBA22B23D13EE84BEED10433E8710983E1144233E4415683E0D1088BC5C9AFEBD8453903ED53EBB3CF0ADA23D641459BEDEE58DBE1D10F23BB336943E46C147BDEBCD983E969EC4BDDFC461BE56D328BE15299B3DF9FE213D06F9243EDB339B3D828B01BE5AC592BE00B8DFBDCAD0DC3DBA1A313E7D32B5BD39E785BE92E7213E7B59693EFBBCD0BDB70348BD8EFDE23D130B673E74BB8FBE0943DD3D2FC834BE3E7CA8BD9FB99BBE5C818F3E514B373ED916A3BDA1E725BEF352943E792E123E2FD35FBEC82F97BE54B651BE682502BED1ADA5BD0E9895BE10CC803E61F600BD229944BE708A983DF6B946BE806E9C3EF178423E5231A0BDD5A428BDAE4B94BE554E873D5839E0BCEF805B3E670D0BBEF716983D561030BEB01F8EBDFEFF893EF05504BE"> : tensor<1x16x48xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_48_torch.float32> : tensor<1x1x48xf32>
    %cst_5 = arith.constant dense<0.707106769> : tensor<1x1x1x1xf32>
    %cst_6 = arith.constant dense<0xFFF0000000000000> : tensor<1x1x1x1xf64>
    %cst_7 = arith.constant dense<"0x90EBBFBC4C9AB0BDB0072E3E14EC5B3E141A50BE88957A3D52B0143E58D9063D08528C3D784F6E3ECA0D56BE24A96DBEB411F5BD0AEA5EBEA82320BE76C02FBE521F77BE502B253E5844CABD2CCE1A3E940BB13D08E106BDBE2835BED6386CBE58EB7BBE68067DBEEC0523BEBE160C3E30844ABD704D5C3DD8700B3D7CBE6FBED0091C3D98164B3D2CB99D3D6C313B3EE01005BC583555BD244CCEBD042BA5BD101E49BD680442BDE04B87BDC028A43BE84A03BE68B576BE20AB393C82551F3E0020E1B9C2FD3ABE80C76A3E1CD1763E60DC17BE00C701BEC0EADBBB7037643E28C498BD341CC3BDE28D183EB8311DBD48E0503D46B30C3EA8ED01BE70DD1B3E0C39B53DE4EE573EE8E3AC3DBA9E61BEC24E603EA81794BDD89C16BD90A9A83C0098653D0465B1BD00DB7C3C12BB453E5C5FB8BDACB9C33D880D733D748EEABD2AB91FBEACBC513E20A4583CD042D73D28AD143EF8D1043D40337DBE88C366BDB4DF92BD4006B13BFC43073EE08172BE4024BF3DA63959BE520D3C3E684765BD002FDABA0CC8D43D44437E3E30A4A73CFCC3583E5EC965BEA05B093E7CA1B0BDBA8A69BE62AE6E3ED8A255BE9C71A33D46A0793E08D6053EA4C7033EC8F855BD60B28EBDD89A7A3EC04B7DBED44C1A3EC8C226BD008231BD2240173EC831F73DAC36563EF01ED6BC6087513D1A963D3E764D40BE0AC949BE280FA53DB03DD0BD08D918BE00842A3E7C1A6D3EC07C903D3C431EBED8D621BDCC4B63BEB00B213EB4E7DDBDA02A5B3E62E24EBE08FF5C3DCA97273EA0DECF3C1481E1BD029B2FBE6AA2473E0059113DA4F15DBEC06CE43BAC8E58BE009FB33B0014FC39B0B3B2BC0E1A73BE78C80D3D88BC95BDE046093E7CD180BDECB393BD4C5339BE9434A13DCA807CBE0AEF303E70C17D3ECC592A3ED05BEF3C5A443E3EAA7857BEF8F4953D14E6D4BD145805BE66F9503E60B7B5BDBA237FBE522F2B3EA800193E2860B5BD4832353E30DE11BE20D4A23C5812CFBD946933BE149C56BE50233ABD8C853C3E088C563D700EC5BC20EB2A3C3E0D71BE1497DE3D4E7558BE00F71D3DEABD26BEE0807DBDC8A704BD901D1DBE8C0B43BEC0B6183EBCE0B03D406CF33C6E652B3E8807AEBD9EC0033E38AC3FBEDE2C6F3E4C3C2BBE9C22A1BDC0009F3C90F43F3D5E460FBE766E05BE84DFAEBD547C37BE3E1368BE20D0BD3D70AA5E3E1AC9043E12B47FBE725E173E901B7CBE961C7EBEBAA0163E289DB5BDA26A023E2496CDBDBE9278BE883B34BD607303BE5AB9373E1E3436BED81F8E3D920C343EB6CF2E3EB45BAA3D04E0A9BD08C49ABD54DED0BD785632BDB07CB0BC8CD6EBBD10794A3DB0D872BE269B4ABE8C81193E408BAC3B80B9143D40B992BDAAF9033E3054BA3D8C5FC53D8085FABCDCC5C8BD5AFF673EC08D1ABE3080CF3C6E2D7EBE40F91ABC"> : tensor<1x16x16xf32>
    %cst_8 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<1x16xf32>
    %0 = tensor.empty() : tensor<5x2x16xf32>
    %transposed = linalg.transpose ins(%arg0 : tensor<2x5x16xf32>) outs(%0 : tensor<5x2x16xf32>) permutation = [1, 0, 2] 
    %1 = tensor.empty() : tensor<5x1x1x16x1x48xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst_3 : tensor<1x16x48xf32>) outs(%1 : tensor<5x1x1x16x1x48xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<5x1x1x16x1x48xf32>
    %collapsed = tensor.collapse_shape %2 [[0, 1, 2], [3, 4], [5]] : tensor<5x1x1x16x1x48xf32> into tensor<5x16x48xf32>
    %3 = tensor.empty() : tensor<5x2x48xf32>
    %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %5 = linalg.batch_matmul ins(%transposed, %collapsed : tensor<5x2x16xf32>, tensor<5x16x48xf32>) outs(%4 : tensor<5x2x48xf32>) -> tensor<5x2x48xf32>
    %6 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_4 : tensor<5x2x48xf32>, tensor<1x1x48xf32>) outs(%3 : tensor<5x2x48xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %41 = arith.addf %in, %in_41 : f32
      linalg.yield %41 : f32
    } -> tensor<5x2x48xf32>
    %expanded = tensor.expand_shape %6 [[0, 1], [2], [3, 4]] output_shape [1, 5, 2, 3, 16] : tensor<5x2x48xf32> into tensor<1x5x2x3x16xf32>
    %7 = tensor.empty() : tensor<3x5x2x1x16xf32>
    %transposed_9 = linalg.transpose ins(%expanded : tensor<1x5x2x3x16xf32>) outs(%7 : tensor<3x5x2x1x16xf32>) permutation = [3, 1, 2, 0, 4] 
    %collapsed_10 = tensor.collapse_shape %transposed_9 [[0], [1], [2, 3], [4]] : tensor<3x5x2x1x16xf32> into tensor<3x5x2x16xf32>
    %extracted_slice = tensor.extract_slice %collapsed_10[0, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_11 = tensor.extract_slice %collapsed_10[1, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %extracted_slice_12 = tensor.extract_slice %collapsed_10[2, 0, 0, 0] [1, 5, 2, 16] [1, 1, 1, 1] : tensor<3x5x2x16xf32> to tensor<1x5x2x16xf32>
    %collapsed_13 = tensor.collapse_shape %extracted_slice [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_14 = tensor.expand_shape %collapsed_13 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %8 = tensor.empty() : tensor<8x5x4xf32>
    %transposed_15 = linalg.transpose ins(%expanded_14 : tensor<5x8x4xf32>) outs(%8 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_16 = tensor.collapse_shape %extracted_slice_11 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_17 = tensor.expand_shape %collapsed_16 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_18 = linalg.transpose ins(%expanded_17 : tensor<5x8x4xf32>) outs(%8 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %collapsed_19 = tensor.collapse_shape %extracted_slice_12 [[0, 1], [2, 3]] : tensor<1x5x2x16xf32> into tensor<5x32xf32>
    %expanded_20 = tensor.expand_shape %collapsed_19 [[0], [1, 2]] output_shape [5, 8, 4] : tensor<5x32xf32> into tensor<5x8x4xf32>
    %transposed_21 = linalg.transpose ins(%expanded_20 : tensor<5x8x4xf32>) outs(%8 : tensor<8x5x4xf32>) permutation = [1, 0, 2] 
    %expanded_22 = tensor.expand_shape %transposed_15 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %expanded_23 = tensor.expand_shape %transposed_18 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %9 = tensor.empty() : tensor<2x4x5x4xf32>
    %10 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_22, %cst_5 : tensor<2x4x5x4xf32>, tensor<1x1x1x1xf32>) outs(%9 : tensor<2x4x5x4xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %41 = arith.mulf %in, %in_41 : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x5x4xf32>
    %11 = tensor.empty() : tensor<2x4x4x5xf32>
    %transposed_24 = linalg.transpose ins(%expanded_23 : tensor<2x4x5x4xf32>) outs(%11 : tensor<2x4x4x5xf32>) permutation = [0, 1, 3, 2] 
    %12 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_24, %cst_5 : tensor<2x4x4x5xf32>, tensor<1x1x1x1xf32>) outs(%11 : tensor<2x4x4x5xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %41 = arith.mulf %in, %in_41 : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x4x5xf32>
    %collapsed_25 = tensor.collapse_shape %10 [[0, 1], [2], [3]] : tensor<2x4x5x4xf32> into tensor<8x5x4xf32>
    %collapsed_26 = tensor.collapse_shape %12 [[0, 1], [2], [3]] : tensor<2x4x4x5xf32> into tensor<8x4x5xf32>
    %13 = tensor.empty() : tensor<8x5x5xf32>
    %14 = linalg.fill ins(%cst_1 : f32) outs(%13 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %15 = linalg.batch_matmul ins(%collapsed_25, %collapsed_26 : tensor<8x5x4xf32>, tensor<8x4x5xf32>) outs(%14 : tensor<8x5x5xf32>) -> tensor<8x5x5xf32>
    %expanded_27 = tensor.expand_shape %15 [[0, 1], [2], [3]] output_shape [2, 4, 5, 5] : tensor<8x5x5xf32> into tensor<2x4x5x5xf32>
    %16 = tensor.empty() : tensor<2x4x5xf32>
    %17 = linalg.fill ins(%cst_0 : f32) outs(%16 : tensor<2x4x5xf32>) -> tensor<2x4x5xf32>
    %reduced = linalg.reduce ins(%expanded_27 : tensor<2x4x5x5xf32>) outs(%17 : tensor<2x4x5xf32>) dimensions = [3] 
      (%in: f32, %init: f32) {
        %41 = arith.maximumf %in, %init : f32
        linalg.yield %41 : f32
      }
    %expanded_28 = tensor.expand_shape %reduced [[0], [1], [2, 3]] output_shape [2, 4, 5, 1] : tensor<2x4x5xf32> into tensor<2x4x5x1xf32>
    %18 = tensor.empty() : tensor<2x4x5x5xf32>
    %19 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_27, %expanded_28 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%18 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %41 = arith.subf %in, %in_41 : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x5x5xf32>
    %20 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<2x4x5x5xf32>) outs(%18 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.exp %in : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x5x5xf32>
    %21 = linalg.fill ins(%cst_1 : f32) outs(%16 : tensor<2x4x5xf32>) -> tensor<2x4x5xf32>
    %reduced_29 = linalg.reduce ins(%20 : tensor<2x4x5x5xf32>) outs(%21 : tensor<2x4x5xf32>) dimensions = [3] 
      (%in: f32, %init: f32) {
        %41 = arith.addf %in, %init : f32
        linalg.yield %41 : f32
      }
    %expanded_30 = tensor.expand_shape %reduced_29 [[0], [1], [2, 3]] output_shape [2, 4, 5, 1] : tensor<2x4x5xf32> into tensor<2x4x5x1xf32>
    %22 = tensor.empty() : tensor<2x4x5x1xf32>
    %23 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_30 : tensor<2x4x5x1xf32>) outs(%22 : tensor<2x4x5x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.divf %cst, %in : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x5x1xf32>
    %24 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %23 : tensor<2x4x5x5xf32>, tensor<2x4x5x1xf32>) outs(%18 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %41 = arith.mulf %in, %in_41 : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x5x5xf32>
    %25 = tensor.empty() : tensor<2x4x5x5xf64>
    %26 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_27 : tensor<2x4x5x5xf32>) outs(%25 : tensor<2x4x5x5xf64>) {
    ^bb0(%in: f32, %out: f64):
      %41 = arith.extf %in : f32 to f64
      linalg.yield %41 : f64
    } -> tensor<2x4x5x5xf64>
    %27 = tensor.empty() : tensor<2x4x5x5xi1>
    %28 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %cst_6 : tensor<2x4x5x5xf64>, tensor<1x1x1x1xf64>) outs(%27 : tensor<2x4x5x5xi1>) {
    ^bb0(%in: f64, %in_41: f64, %out: i1):
      %41 = arith.cmpf oeq, %in, %in_41 : f64
      linalg.yield %41 : i1
    } -> tensor<2x4x5x5xi1>
    %29 = tensor.empty() : tensor<2x4x5xi1>
    %30 = linalg.fill ins(%true : i1) outs(%29 : tensor<2x4x5xi1>) -> tensor<2x4x5xi1>
    %reduced_31 = linalg.reduce ins(%28 : tensor<2x4x5x5xi1>) outs(%30 : tensor<2x4x5xi1>) dimensions = [3] 
      (%in: i1, %init: i1) {
        %41 = arith.andi %in, %init : i1
        linalg.yield %41 : i1
      }
    %expanded_32 = tensor.expand_shape %reduced_31 [[0], [1], [2, 3]] output_shape [2, 4, 5, 1] : tensor<2x4x5xi1> into tensor<2x4x5x1xi1>
    %31 = linalg.generic {indexing_maps = [#map6, #map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_32, %cst_2, %24 : tensor<2x4x5x1xi1>, tensor<2x4x5x5xf32>, tensor<2x4x5x5xf32>) outs(%18 : tensor<2x4x5x5xf32>) {
    ^bb0(%in: i1, %in_41: f32, %in_42: f32, %out: f32):
      %41 = arith.select %in, %in_41, %in_42 : f32
      linalg.yield %41 : f32
    } -> tensor<2x4x5x5xf32>
    %collapsed_33 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<2x4x5x5xf32> into tensor<8x5x5xf32>
    %32 = linalg.fill ins(%cst_1 : f32) outs(%8 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %33 = linalg.batch_matmul ins(%collapsed_33, %transposed_21 : tensor<8x5x5xf32>, tensor<8x5x4xf32>) outs(%32 : tensor<8x5x4xf32>) -> tensor<8x5x4xf32>
    %expanded_34 = tensor.expand_shape %33 [[0, 1], [2], [3]] output_shape [2, 4, 5, 4] : tensor<8x5x4xf32> into tensor<2x4x5x4xf32>
    %34 = tensor.empty() : tensor<5x2x4x4xf32>
    %transposed_35 = linalg.transpose ins(%expanded_34 : tensor<2x4x5x4xf32>) outs(%34 : tensor<5x2x4x4xf32>) permutation = [2, 0, 1, 3] 
    %collapsed_36 = tensor.collapse_shape %transposed_35 [[0, 1], [2, 3]] : tensor<5x2x4x4xf32> into tensor<10x16xf32>
    %expanded_37 = tensor.expand_shape %collapsed_36 [[0, 1], [2]] output_shape [1, 10, 16] : tensor<10x16xf32> into tensor<1x10x16xf32>
    %35 = tensor.empty() : tensor<1x10x16xf32>
    %36 = linalg.fill ins(%cst_1 : f32) outs(%35 : tensor<1x10x16xf32>) -> tensor<1x10x16xf32>
    %37 = linalg.batch_matmul ins(%expanded_37, %cst_7 : tensor<1x10x16xf32>, tensor<1x16x16xf32>) outs(%36 : tensor<1x10x16xf32>) -> tensor<1x10x16xf32>
    %collapsed_38 = tensor.collapse_shape %37 [[0, 1], [2]] : tensor<1x10x16xf32> into tensor<10x16xf32>
    %38 = tensor.empty() : tensor<10x16xf32>
    %39 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%collapsed_38, %cst_8 : tensor<10x16xf32>, tensor<1x16xf32>) outs(%38 : tensor<10x16xf32>) {
    ^bb0(%in: f32, %in_41: f32, %out: f32):
      %41 = arith.addf %in, %in_41 : f32
      linalg.yield %41 : f32
    } -> tensor<10x16xf32>
    %expanded_39 = tensor.expand_shape %39 [[0, 1], [2]] output_shape [5, 2, 16] : tensor<10x16xf32> into tensor<5x2x16xf32>
    %40 = tensor.empty() : tensor<2x5x16xf32>
    %transposed_40 = linalg.transpose ins(%expanded_39 : tensor<5x2x16xf32>) outs(%40 : tensor<2x5x16xf32>) permutation = [1, 0, 2] 
    return %transposed_40 : tensor<2x5x16xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_48_torch.float32: "0x04000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    }
  }
#-}

