// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

#map = affine_map<(d0, d1, d2) -> (d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
module {
  func.func @main(%arg0: tensor<?x5x16xf32>) -> tensor<?x5x8xf32> {
    %c0 = arith.constant 0 : index
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense<"0x6532923E43D1C63F711EEFBEBE116FBECAECBCBEA087F4BEB113A13FD026A93F3A259F3FF6339F3D2BF4D9BFAE9EAC3FAC77D3BE923823BF05DD69BF520B2C3F4E132FBF89241C3F5E7F92BE78C8AA3FEB0B13BE87DE54BE20F181BFA75773BF94CAE8BECF3F453F208A9D3E3EB5B4BFB55DCE3FDD933F3F26169ABFB4A0D3BDA5B90E3F4DC86B3F0E7BEBBD9DE56D3E4AF007BF58F0943E431081BE044494BF63DE85BF3F6E2FBD67B5F5BFA9255CBF86EDE9BFCB95213FED29473FD4DF56BF9DD9233E09FA193ECAF450BEDF786B3F6349F03D33D65B3F1682B83D9D615ABDD527B1BFEE6B49BED9D3C9BE2DE3073FFE93223FB3BDCF3F43062C3FC7F5AABECCDF9D3FDF6ACBBE379893BF0F37133E486BDCBE4305A03DCC01153F8C16123C58D0143E80100BBE5CF9D9BE0EE02CBFA675F83E2A7F38BFE725983FD03339BE1CAFACBF9EE946BFEBC228C01C2FB43FB714C2BF6816F83DC4DA82BD0B95493FDE09F63E2FBD96BBC3E25EBE360F83BFF4AB8A3FF744663E52B0523EFEDFA4BE6A092A3F75CE3F3DDC20ECBE6B5CDFBFD35C73BF6BC0BEBF7BE5D8BE99DDA3BE94443EBF4B1DCE3D2A7EC13E55AD2B3E9327683F00D9973D2D3FDABFADD0A1BEACC88ABDA30C4D3F2165BE3FDC22DC3D59FBBE3ED0C8083F577C9A3FB6BDEDBE0E034CBF44C48C3CD31EEE3D9BE3973F368192BFCE4559BEED709B3F7F970340"> : tensor<16x8xf32>
    %cst_1 = arith.constant dense<[-1.4600352, 1.67650008, 0.237965479, 0.749412417, -1.4335326, 1.195171, 0.420493484, 1.80083084]> : tensor<8xf32>
    %dim = tensor.dim %arg0, %c0 : tensor<?x5x16xf32>
    %0 = arith.index_cast %dim : index to i64
    %1 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %1, "negative values not allowed in new dimensions"
    %2 = tensor.empty(%dim) : tensor<?x16x8xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<16x8xf32>) outs(%2 : tensor<?x16x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x16x8xf32>
    %4 = tensor.empty(%dim) : tensor<?x5x8xf32>
    %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<?x5x8xf32>) -> tensor<?x5x8xf32>
    %6 = linalg.batch_matmul ins(%arg0, %3 : tensor<?x5x16xf32>, tensor<?x16x8xf32>) outs(%5 : tensor<?x5x8xf32>) -> tensor<?x5x8xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_1 : tensor<?x5x8xf32>, tensor<8xf32>) outs(%4 : tensor<?x5x8xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %8 = arith.addf %in, %in_2 : f32
      linalg.yield %8 : f32
    } -> tensor<?x5x8xf32>
    return %7 : tensor<?x5x8xf32>
  }
}

