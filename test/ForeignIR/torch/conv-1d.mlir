// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-1: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<2x4x10xf32>) -> tensor<2x8x10xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_4_3_torch.float32> : tensor<8x4x3xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_8_torch.float32> : tensor<8xf32>
    %padded = tensor.pad %arg0 low[0, 0, 1] high[0, 0, 1] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index):
      tensor.yield %cst : f32
    } : tensor<2x4x10xf32> to tensor<2x4x12xf32>
    %0 = tensor.empty() : tensor<2x8x10xf32>
    %broadcasted = linalg.broadcast ins(%cst_1 : tensor<8xf32>) outs(%0 : tensor<2x8x10xf32>) dimensions = [0, 2] 
    %1 = linalg.conv_1d_ncw_fcw {dilations = dense<1> : vector<1xi64>, strides = dense<1> : vector<1xi64>} ins(%padded, %cst_0 : tensor<2x4x12xf32>, tensor<8x4x3xf32>) outs(%broadcasted : tensor<2x8x10xf32>) -> tensor<2x8x10xf32>
    return %1 : tensor<2x8x10xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_4_3_torch.float32: "0x04000000866C4A3E5251123E33CBF0BD41B44E3EC49416BEEDB970BE3826B9BD2DB2D9BCD77D3A3E08D8F33D4419D53D0735B3BD1E77653E60148D3EACB17EBE99FC843E23D7673D7A1ECE3D150BE73DD7402C3E833E913B883C98BDF7C9CBBDC6BA3DBE250C36BC6EF025BEC767303E30A353BE2E7B803EF08482BE8528763E92EF053D00538BBEFC45B13D3C503EBEF6296ABE90F6783C4F35A8BDE2E6913D0EC7693ED78C87BEF101933E3EEA23BE16A869BD189D3F3E80F2F6BD5DFC14BE6F518ABD3D15E73DCCD14CBC84A5863E4741FF3D8DDE86BE5CCB54BED856BA3C353335BCA2A9B3BDD16DC23D191DF83DA8942BBE41E26BBD62ACD33D683DD63DFA2DD4BCE09D143E6145D33D42B88ABE55378DBE5F4D1E3C5261CA3D6FB952BE813A18BE5D3C8DBEB6F35F3D9E40563E46F3823E71AF70BE2041643EEDCAECBDCD2B82BED8B43D3E7064783EDEC472BC26D2A9BDD9B9133DE8B20A3EC5B3083EADE014BE429B1D3CF9BBA23D954A2B3D53DA753DFB86863D27B99C3D4A02203E90FC15BE",
      torch_tensor_8_torch.float32: "0x04000000B896743ED9DD97BD41E670BE8138443EF3013CBE841392BEFAABC8BC0A558E3E"
    }
  }
#-}
