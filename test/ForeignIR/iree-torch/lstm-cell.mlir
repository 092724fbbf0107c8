// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-4: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  func.func @main(%arg0: tensor<2x3x8xf32>, %arg1: tensor<2x6xf32>, %arg2: tensor<2x6xf32>) -> (tensor<2x6xf32>) {
    %cst = arith.constant dense_resource<torch_tensor_24_6_torch.float32> : tensor<24x6xf32>
    %cst_0 = arith.constant dense_resource<torch_tensor_24_torch.float32> : tensor<24xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_24_8_torch.float32> : tensor<24x8xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_24_torch.float32_1> : tensor<24xf32>
    %cst_3 = arith.constant 1.000000e+00 : f32
    %cst_4 = arith.constant 0.000000e+00 : f32
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0] [2, 1, 8] [1, 1, 1] : tensor<2x3x8xf32> to tensor<2x8xf32>
    %6 = tensor.empty() : tensor<2x24xf32>
    %7 = linalg.fill ins(%cst_4 : f32) outs(%6 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %8 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%arg1, %cst : tensor<2x6xf32>, tensor<24x6xf32>) outs(%7 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%cst_0 : tensor<24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x24xf32>
    %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8, %9 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x24xf32>
    %11 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%extracted_slice, %cst_1 : tensor<2x8xf32>, tensor<24x8xf32>) outs(%7 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %12 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x24xf32>
    %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%11, %12 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x24xf32>
    %14 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%10, %13 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x24xf32>
    %extracted_slice_5 = tensor.extract_slice %14[0, 0] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %extracted_slice_6 = tensor.extract_slice %14[0, 6] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %extracted_slice_7 = tensor.extract_slice %14[0, 12] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %extracted_slice_8 = tensor.extract_slice %14[0, 18] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %15 = tensor.empty() : tensor<2x6xf32>
    %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_5 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.negf %in : f32
      %42 = math.exp %41 : f32
      %43 = arith.addf %42, %cst_3 : f32
      %44 = arith.divf %cst_3, %43 : f32
      linalg.yield %44 : f32
    } -> tensor<2x6xf32>
    %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_6 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.negf %in : f32
      %42 = math.exp %41 : f32
      %43 = arith.addf %42, %cst_3 : f32
      %44 = arith.divf %cst_3, %43 : f32
      linalg.yield %44 : f32
    } -> tensor<2x6xf32>
    %18 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_7 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.tanh %in : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_8 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.negf %in : f32
      %42 = math.exp %41 : f32
      %43 = arith.addf %42, %cst_3 : f32
      %44 = arith.divf %cst_3, %43 : f32
      linalg.yield %44 : f32
    } -> tensor<2x6xf32>
    %20 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%17, %arg2 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.mulf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %21 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%16, %18 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.mulf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%20, %21 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %23 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%22 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.tanh %in : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %24 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%19, %23 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.mulf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %extracted_slice_9 = tensor.extract_slice %arg0[0, 1, 0] [2, 1, 8] [1, 1, 1] : tensor<2x3x8xf32> to tensor<2x8xf32>
    %25 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%24, %cst : tensor<2x6xf32>, tensor<24x6xf32>) outs(%7 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %26 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%25, %9 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x24xf32>
    %27 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%extracted_slice_9, %cst_1 : tensor<2x8xf32>, tensor<24x8xf32>) outs(%7 : tensor<2x24xf32>) -> tensor<2x24xf32>
    %28 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%27, %12 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x24xf32>
    %29 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%26, %28 : tensor<2x24xf32>, tensor<2x24xf32>) outs(%6 : tensor<2x24xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x24xf32>
    %extracted_slice_10 = tensor.extract_slice %29[0, 0] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %extracted_slice_11 = tensor.extract_slice %29[0, 6] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %extracted_slice_12 = tensor.extract_slice %29[0, 12] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %extracted_slice_13 = tensor.extract_slice %29[0, 18] [2, 6] [1, 1] : tensor<2x24xf32> to tensor<2x6xf32>
    %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_10 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.negf %in : f32
      %42 = math.exp %41 : f32
      %43 = arith.addf %42, %cst_3 : f32
      %44 = arith.divf %cst_3, %43 : f32
      linalg.yield %44 : f32
    } -> tensor<2x6xf32>
    %31 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_11 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.negf %in : f32
      %42 = math.exp %41 : f32
      %43 = arith.addf %42, %cst_3 : f32
      %44 = arith.divf %cst_3, %43 : f32
      linalg.yield %44 : f32
    } -> tensor<2x6xf32>
    %32 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_12 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.tanh %in : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %33 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice_13 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.negf %in : f32
      %42 = math.exp %41 : f32
      %43 = arith.addf %42, %cst_3 : f32
      %44 = arith.divf %cst_3, %43 : f32
      linalg.yield %44 : f32
    } -> tensor<2x6xf32>
    %34 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%31, %22 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.mulf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %35 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%30, %32 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.mulf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %36 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%34, %35 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %37 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%36 : tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.tanh %in : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    %38 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%33, %37 : tensor<2x6xf32>, tensor<2x6xf32>) outs(%15 : tensor<2x6xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.mulf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x6xf32>
    return %38 : tensor<2x6xf32>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_24_6_torch.float32: "0x04000000285DE43AE45FA73EDBFF97BE68D082BD6C14CABE34456CBE3E62A63E33696DBEBF7F753E529A51BE19AEAB3E2E9527BDC576C1BD0CD5C23E3D3D88BDE02C963ECB80963DD10C9D3E9A200CBED2C402BDE2F425BE2CA16CBE5173B5BE2A4457BDB721CD3E8A0F763D1AC0183E066FBDBD950542BDE9F0933ED0C9B8BE29D05ABC9E5CA3BEE81A68BE7CA6983EDB05563ED49973BEEC6F2A3EED487E3ED78774BE21E43D3E83C7ABBE61939BBD86B1843DD93300BD3E283ABE45868FBE1DE0CEBD579462BE62778DBEF62EE93DC0D0013E47C3A6BEB4112BBEE93F6FBEEC2834BE2C64123D9BC379BEAE55CB3E48FEF93DAB0B223E1885EB3D18F189BE72A010BC98FAB4BEE2D761BE5D83333E0039A2BE0432B73EE2E12F3E5F2CD23CFE6F3E3C7C3D10BEF2128D3DC9F42C3E854A28BE9AC14CBE7DF8CCBD992F2EBE83D7A1BEA8A09EBE3CCE0CBEC9D68A3E801A8B3E687632BE21D0C53E2C4A52BE0EED953CB67CC33EF2ECB33D03404FBE2081BA3DF4DCAFBEDBF6073E4FB4A1BEB8D69C3EA13600BEF20190BCED229DBDE1EABFBED455B43ECF526E3E2646963E6E35BD3EAC50C93EC1E1BE3EBB60313EEED6FB3D2DABC2BE3D16F13D22E0753C18B95ABD87A9513D6577F3BD6B07C43E67FD33BD247BC3BEEB9EBD3DFCC8BE3E427D7EBE749045BD196B2ABDBCBFC2BEDF9A0C3E3D328ABE4ECDD9BD9E610ABEB949733EA7F8BEBE855AB13DAB74813E0590383EDB144EBEDF29AD3D5AC3103E7BB7B23ED5BE1B3E32F2BF3CB37C7DBE3F1F2D3E3C827E3D90CBAD3E81A5BC3E2C82853E",
      torch_tensor_24_torch.float32: "0x04000000F4B28FBEDFA3C9BE57E77ABE7F63BEBE25B7843E54F8C73EEF3AAE3EEDC55ABE19C2D2BB5F0F6ABEFDC815BE3723EC3DAAFDAF3EFA63103E42E5493DA7EAA9BDDC66303E66A35CBD383DADBE0D61043D8897B13E714D923E4C780CBD8F9785BE",
      torch_tensor_24_8_torch.float32: "0x04000000676C163EF560AEBE378828BE3F064BBD4E43CBBE27AF94BEB55AED3D3C58BFBE9E646E3EEC66C03E98481ABC4EE298BD0EE035BDE33108BEC08CC83ECE146ABE2C659EBE34392EBE032D3FBDBA2B74BE1A0FD3BDDE6501BE90CFAB3E682738BEC734173D140187BCC72E2ABDC20899BEF5C41A3EAFFD863EF6AF10BCBB77C4BD36E1133EAC67763C78734EBD197BEA3DFF6F543ED677433E96D85CBE198ED13D50C42FBEC4B1A53D59B214BE6CBA07BC3CF6E13DB94682BCE522AFBE311197BE34FD00BED0FF7DBEA462C5BEF90DA1BED0C830BEFB1784BE93E5493E3FA42D3E392ACABE9395DABC85F91ABD79FA973B7BAA4E3E11AE29BE620BCF3E0195663ED2CCCBBE4AD5903D844D453E6921C5BC074FF43DABCF0ABDE900553E4BC292BEB92B4C3DA2C3C53E1F79773ED88AC6BEEA08573EDA3A563D61F5F8BDE727853E86EF833E5265603EB90C8ABEDE8E97BED396763D59ABB03EF4D058BE88518E3EA615BB3B3A72B0BDCE4F6CBE08197A3E72DA183E5A13B7BE7181923EB37A2BBEA383BABE174F023DB72AA43EEC07BB3EB18166BE8960D83D30271C3EB6CB583EF71C92BEE6F3B8BE826F7DBE925251BDBB4E5FBE0F008B3E94C4C4BE7F11873E148FE0BD34769D3EF4BDC6BEB98C23BDEDD98CBE064DCCBEC5E82C3E459CB63E132C18BE62D411BECE913CBE4FAAB9BE6968963EB02CE03B8B0909BDC3CE383E7F5C2CBC75FAF8BDF6EDA8BE5D1A1EBEAA58613E74B12B3E24A7483E3B0F8ABEB154C9BE1A6294BD58BFB8BE1E699D3D6722423EB5E03E3E0F0DA2BE98ECBB3DCBE2803E4BE3D1BDF2ACC43E0CF76B3E29998FBEFE9DBF3D0163B03EB1FF09BE25FB0F3EBE86393D506A233E687557BD92F49EBE0E6E593D6A35573E54DB05BE0EBA133E4B22093C798458BE431287BED7D357BE3135893E0AA30B3DEC04333E1D71B53D359657BE6ED6B83BB9E018BCBF540A3EE535BEBEAE9E40BE11FC823E0166B9BE1DB8953D3C63673E9B932E3E1903293E74510F3EFFF446BE0E5B713D2BF44A3E6DBC94BEE06CAD3E188F51BE38316D3ADD7C5EBDF39404BC575DD03E",
      torch_tensor_24_torch.float32_1: "0x04000000EE805B3D3F2B80BE928DC53EE688A6BE112F0CBD32C630BECDD5853E913BAD3E80568CBE75C10E3E488CA53E41FD8EBE5D2A41BEFF92ABBEC3E90DBE03F03BBE23DC913E234E3D3D4A0144BEC5E299BEB9869B3D935E963D76705FBEA31AD23D"
    }
  }
#-}
