// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-2: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<4x16xbf16>) -> (tensor<4x8xbf16>) {
    %cst = arith.constant dense_resource<torch_tensor_32_16_torch.bfloat16> : tensor<32x16xbf16>
    %cst_0 = arith.constant dense_resource<torch_tensor_32_torch.bfloat16> : tensor<32xbf16>
    %cst_1 = arith.constant dense_resource<torch_tensor_8_32_torch.bfloat16> : tensor<8x32xbf16>
    %cst_2 = arith.constant dense_resource<torch_tensor_8_torch.bfloat16> : tensor<8xbf16>
    %cst_3 = arith.constant 5.000000e-01 : bf16
    %cst_4 = arith.constant 2.000000e+00 : bf16
    %cst_5 = arith.constant 1.000000e+00 : bf16
    %cst_6 = arith.constant 0.000000e+00 : f32
    %2 = tensor.empty() : tensor<32xf32>
    %3 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%cst_0 : tensor<32xbf16>) outs(%2 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %23 = arith.extf %in : bf16 to f32
      linalg.yield %23 : f32
    } -> tensor<32xf32>
    %4 = tensor.empty() : tensor<4x32xf32>
    %5 = linalg.fill ins(%cst_6 : f32) outs(%4 : tensor<4x32xf32>) -> tensor<4x32xf32>
    %6 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg0, %cst : tensor<4x16xbf16>, tensor<32x16xbf16>) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
    %7 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<32xf32>) outs(%4 : tensor<4x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4x32xf32>
    %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%6, %7 : tensor<4x32xf32>, tensor<4x32xf32>) outs(%4 : tensor<4x32xf32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %23 = arith.addf %in, %in_7 : f32
      linalg.yield %23 : f32
    } -> tensor<4x32xf32>
    %9 = tensor.empty() : tensor<4x32xbf16>
    %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<4x32xf32>) outs(%9 : tensor<4x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %23 = arith.truncf %in : f32 to bf16
      linalg.yield %23 : bf16
    } -> tensor<4x32xbf16>
    %11 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<4x32xbf16>) outs(%9 : tensor<4x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %23 = math.sqrt %cst_4 : bf16
      %24 = arith.divf %in, %23 : bf16
      %25 = math.erf %24 : bf16
      %26 = arith.addf %25, %cst_5 : bf16
      %27 = arith.mulf %26, %cst_3 : bf16
      %28 = arith.mulf %in, %27 : bf16
      linalg.yield %28 : bf16
    } -> tensor<4x32xbf16>
    %12 = tensor.empty() : tensor<8xf32>
    %13 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%cst_2 : tensor<8xbf16>) outs(%12 : tensor<8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %23 = arith.extf %in : bf16 to f32
      linalg.yield %23 : f32
    } -> tensor<8xf32>
    %14 = tensor.empty() : tensor<4x8xf32>
    %15 = linalg.fill ins(%cst_6 : f32) outs(%14 : tensor<4x8xf32>) -> tensor<4x8xf32>
    %16 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%11, %cst_1 : tensor<4x32xbf16>, tensor<8x32xbf16>) outs(%15 : tensor<4x8xf32>) -> tensor<4x8xf32>
    %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<8xf32>) outs(%14 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<4x8xf32>
    %18 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%16, %17 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%14 : tensor<4x8xf32>) {
    ^bb0(%in: f32, %in_7: f32, %out: f32):
      %23 = arith.addf %in, %in_7 : f32
      linalg.yield %23 : f32
    } -> tensor<4x8xf32>
    %19 = tensor.empty() : tensor<4x8xbf16>
    %20 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%18 : tensor<4x8xf32>) outs(%19 : tensor<4x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %23 = arith.truncf %in : f32 to bf16
      linalg.yield %23 : bf16
    } -> tensor<4x8xbf16>
    return %20 : tensor<4x8xbf16>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_32_16_torch.bfloat16: "0x0200000060BEEABDE7BD5D3E78BECB3C78BE07BCBF3D6FBD793E513A03BE843D053E02BA5B3E22BEDA3D113EFE3DC0B8923D49BE49BE7FBC00BD3E3E3A3E2E3EEBBD49BE70BEB93D67BE80BE01BE58BECABD21BE03BE733E41BD543EB63B04BD96BD37BE4EBE313E9EBD7ABE6B3E983B2BBE49BE57BE60BE683E313EA83C5ABE86BD70BEB03D88BD5BBDA0BDF03D0B3E603D00BDCABC8FBB3FBE7A3EDDBD153E10BEDC3AAF3D6BBEEB3D44BE0F3D4BBD133E793E673DEABBFEBDBF3DF6BDD33DDEBD2E3E443E1D3E243BED3D69BE503E85BDBB3D2DBDACBDF0BD253E0BBE35BD013ECE3C57BE7FBEF9BD6C3E36BE0D3E373ED4BDE2BD38BE203D0FBD473CDE3DD73DA2BD8D3C733DAE3B4D3DCFBD523ED2BC03BD66BE3ABEFF3B1EBD01BE063EB7BCB43D583EEBBDFCBD4EBDADBC00BE76BDECBBE63D6D3E3E3ED93C81BC833D27BC06BDB03D50BE5ABE853A9BBDFDBD6EBE2B3E23BC0ABED1BD873D3ABE843C4ABBAE3DCB3D27BEDD3D413E843C023EC2BD4B3D963DECBD1E3E72BEC0BD17BE18BE1BBE71BE303D4BBD58BED8B82BBDD33D49BE90BD533DD93D9B3C8B3D803EB1BD2E3E5D3E62BE783D113E20BD0D3E0B3C433EB03B24BE423E983D5A3E7E3D083E203E2C3D6EBD533D32BE0C3CA5BD813C4BBE1C3E6CBEDB3D293E6BBE673E3EBE49BD053EA2BD643EE2BD09BD27BEEEBD7A3E413E973CA83C59BE413E1ABDD6BD4CBE523EF33D1A3ED43C2EBED23DEC3CAC3D7FBDF2BD523EAC3DD0BDB73C5FBDAFBC103E4CBE683E2C3E6139D1BD513D29BE263E07BE443D7CBEF53D2D3E403EA73C173EAF3D2C3E103E60BED83CAFBDF4BD333E13BD1F3D213E2C3E093E33BD64BE76BEA13D42BB22BEE03D683E143E10BD0A3D23BEF23D46BE313EEABDCBBD56BE78BDC6BCECBD363E133E62BECDBCAC3D773E75BD1D3E65BCC4BD1D3E64BE563E803E8CBDCA3D7F3E9A3DC83DBC3DD1BD7A3D08BE5B3EDBBD6A3D94BD003E873B0D3E8BBD16BEC43D10BE52BEC63D1ABEC0BD80BD913CB1BDB8BD81BD333E993DF6BD31BEBE3BA43DABBB163E573E963DA93D153EAFBD363D4F3EF5BD9F3CC8BD45BE083E4D3E0ABEC03D9D3DC83D0D3E6F3E423E60BEC9BD083E12BE493DDBBD4B3DFA3DA13D3A3EF6BC0B3EA63DA1BD35BE6A3E99BD413E213E25BC53BEA53CF8BD853DCCBD453E67BE8ABD213DC33C523EA2BD4CBE293E8F3D293E18BE16BECFBD923CAD3D13BEC1BC31BD6A3EB9BD783E1DBED3BD41BE3D3E30BED43DBCBD7F3E103D5EBE303DF93C78BE4E3D743E933DAEBA54BD883DE4BD7C3E5D3EEF3DBFBD70BE13BE793E6BBE74BE94BCA33D7FBE6EBEB23AACBD323E933D5EBE67BE303E36BDE0BDA13D49BDF53D823DDEBD4DBE0B3E1ABEE3BC0C3D15BE0B3E34BE7C3DDB3CBC3D7BBE6D3CFA3D24BE7D3D803A593E59BDE03ADFBD7CBD933D77BE",
      torch_tensor_32_torch.bfloat16: "0x02000000423E383ED93D403E9FBD693D503C31BEC5BDB6BD7DBD63BE34BEC2BC1CBD68BE5B3D0B3E553E573E33BEA4BDF3BD3C3D893D643D163E073E09BE303E2D3E083D",
      torch_tensor_8_32_torch.bfloat16: "0x020000001DBEDEBD4A3D7A3D293EB83D833DC6BBF73D84BD933DACBDD8BAD63DA63D22BD13BBC9BDA83DF43D793D2FBE02BEF23DCFBCDE3D053E54BDD4BD2ABE8A3DBA3DFBBC30BEE9BD1CBCA53D73BDEABDFCBD223E833D13BEE0BD1ABED23C93BD1DBAE5BC1EBE22BE0CBE98BDE13CAABDCEBBADBC263EA5BD2A3E0BBE17BE6B3DD3BDBA3DC8BD0F3E2F3E393C1B3D293ED73D1EBEB9BB23BE0A3E05BDA2BADEBDC5BDBC3C153EB6BD893C243E223E0EBD2A3E843D253EAC3B19BE45BD593DC13D34BE0D3E22BED43D333E323D09BDC73D57BD06BE00BEAA3D0A3EEB3B30BE32BE24BDC33DF1BD433DC6BD133E3EBD17BD1FBE22BE443CEA3CC43D1EBEFE3CD1BCD43DA5BD583D923DB63D78BD693D0EBD433DDFBD10BE14BEE4BD99BDD83C1EBDCEBDC33A65BDDF3D15BE86BDE9BDB33C1E3C27BC343E8ABDD0BC3B3D173E093EA53C89BD6E3DE43D77BBC73D143EC2BD20BD23BE263D013E0DBDE73C673D77BB0D3ED33C32BE15BE33BEEF3BC43DBFBC233E02BD143D233EB73DB9BB2E3ED8BD873DE53DE0BD2ABE683D89BDB7BD103D03BE233E82BC68BD173E4A3D0A3DADBD2D3E5DBD173E55BCB63DFF3D07BEF1BD33BE033E1C3E84BDB1BDF23CC33D333D17BDE6BD1B3EEABD2FBE91BD103D873D8C3DD2BD8BBDA1BDAFBD18BE143D53BD2EBED3BDD9BD9CBDE0BDFBBC823D13BE78BC50BDB9BD21BD99BDBA3B03BE093D263E",
      torch_tensor_8_torch.bfloat16: "0x02000000163EA2BD5F3D2BBE183E34BE22BE22BE"
    }
  }
#-}
