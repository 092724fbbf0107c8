// RUN: quant-opt %s --quant-plan='input="i8, token, dynamic"' --verify-planned --rtn-round --verify-quantized | FileCheck %s
// CHECK-COUNT-5: lowp.plan = 
// CHECK-NOT: lowp.{{plan|skip}} = 

module {
  ml_program.global private @__hoisted_tensor_8xf32(dense<0.999994993> : tensor<8xf32>) : tensor<8xf32>
  func.func @main(%arg0: tensor<1x3x12x12xf32>) -> (tensor<1x10xf32>) {
    %cst = arith.constant 2.500000e+01 : f32
    %cst_0 = arith.constant dense_resource<torch_tensor_8_torch.float32> : tensor<8xf32>
    %cst_1 = arith.constant dense_resource<torch_tensor_8_3_3_3_torch.float32> : tensor<8x3x3x3xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_8_torch.float32_1> : tensor<8xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_8_torch.float32_3> : tensor<8xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_8_torch.float32_4> : tensor<8xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_8_1_3_3_torch.float32> : tensor<8x1x3x3xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_8_torch.float32_5> : tensor<8xf32>
    %cst_7 = arith.constant dense_resource<torch_tensor_16_8_1_1_torch.float32> : tensor<16x8x1x1xf32>
    %cst_8 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_9 = arith.constant dense_resource<torch_tensor_16_4_3_3_torch.float32> : tensor<16x4x3x3xf32>
    %cst_10 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_11 = arith.constant dense_resource<torch_tensor_10_16_torch.float32> : tensor<10x16xf32>
    %cst_12 = arith.constant dense_resource<torch_tensor_10_torch.float32> : tensor<10xf32>
    %cst_13 = arith.constant 0xFF800000 : f32
    %cst_14 = arith.constant 0.000000e+00 : f32
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x3x12x12xf32> into tensor<3x12x12xf32>
    %padded = tensor.pad %collapsed low[0, 1, 1] high[0, 1, 1] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index):
      tensor.yield %cst_14 : f32
    } : tensor<3x12x12xf32> to tensor<3x14x14xf32>
    %2 = tensor.empty() : tensor<8x12x12xf32>
    %3 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<8xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<8x12x12xf32>
    %4 = linalg.fill ins(%cst_14 : f32) outs(%2 : tensor<8x12x12xf32>) -> tensor<8x12x12xf32>
    %5 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d1 + d4, d2 + d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d3, d4, d5)>, affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%padded, %cst_1 : tensor<3x14x14xf32>, tensor<8x3x3x3xf32>) outs(%4 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.mulf %in, %in_24 : f32
      %42 = arith.addf %out, %41 : f32
      linalg.yield %42 : f32
    } -> tensor<8x12x12xf32>
    %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %3 : tensor<8x12x12xf32>, tensor<8x12x12xf32>) outs(%4 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.addf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<8x12x12xf32>
    %__hoisted_tensor_8xf32 = ml_program.global_load @__hoisted_tensor_8xf32 : tensor<8xf32>
    %7 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_2 : tensor<8x12x12xf32>, tensor<8xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.subf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<8x12x12xf32>
    %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %__hoisted_tensor_8xf32 : tensor<8x12x12xf32>, tensor<8xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.mulf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<8x12x12xf32>
    %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %cst_3 : tensor<8x12x12xf32>, tensor<8xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.mulf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<8x12x12xf32>
    %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %cst_4 : tensor<8x12x12xf32>, tensor<8xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.addf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<8x12x12xf32>
    %11 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<8x12x12xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.cmpf ugt, %in, %cst_14 : f32
      %42 = arith.select %41, %in, %cst_14 : f32
      linalg.yield %42 : f32
    } -> tensor<8x12x12xf32>
    %padded_15 = tensor.pad %11 low[0, 1, 1] high[0, 1, 1] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index):
      tensor.yield %cst_14 : f32
    } : tensor<8x12x12xf32> to tensor<8x14x14xf32>
    %12 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_6 : tensor<8xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<8x12x12xf32>
    %collapsed_16 = tensor.collapse_shape %cst_5 [[0, 1], [2], [3]] : tensor<8x1x3x3xf32> into tensor<8x3x3xf32>
    %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4) -> (d2, d0 + d3, d1 + d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d2, d3, d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d2, d0, d1)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%padded_15, %collapsed_16 : tensor<8x14x14xf32>, tensor<8x3x3xf32>) outs(%4 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.mulf %in, %in_24 : f32
      %42 = arith.addf %out, %41 : f32
      linalg.yield %42 : f32
    } -> tensor<8x12x12xf32>
    %14 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13, %12 : tensor<8x12x12xf32>, tensor<8x12x12xf32>) outs(%4 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.addf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<8x12x12xf32>
    %15 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<8x12x12xf32>) outs(%2 : tensor<8x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.cmpf ugt, %in, %cst_14 : f32
      %42 = arith.select %41, %in, %cst_14 : f32
      linalg.yield %42 : f32
    } -> tensor<8x12x12xf32>
    %16 = tensor.empty() : tensor<16x12x12xf32>
    %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_8 : tensor<16xf32>) outs(%16 : tensor<16x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<16x12x12xf32>
    %collapsed_17 = tensor.collapse_shape %cst_7 [[0], [1, 2, 3]] : tensor<16x8x1x1xf32> into tensor<16x8xf32>
    %18 = linalg.fill ins(%cst_14 : f32) outs(%16 : tensor<16x12x12xf32>) -> tensor<16x12x12xf32>
    %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3, d1, d2)>, affine_map<(d0, d1, d2, d3) -> (d0, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15, %collapsed_17 : tensor<8x12x12xf32>, tensor<16x8xf32>) outs(%18 : tensor<16x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.mulf %in, %in_24 : f32
      %42 = arith.addf %out, %41 : f32
      linalg.yield %42 : f32
    } -> tensor<16x12x12xf32>
    %20 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %17 : tensor<16x12x12xf32>, tensor<16x12x12xf32>) outs(%18 : tensor<16x12x12xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.addf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<16x12x12xf32>
    %21 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<16x12x12xf32>) outs(%16 : tensor<16x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.cmpf ugt, %in, %cst_14 : f32
      %42 = arith.select %41, %in, %cst_14 : f32
      linalg.yield %42 : f32
    } -> tensor<16x12x12xf32>
    %22 = tensor.empty() : tensor<16x10x10xf32>
    %23 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_10 : tensor<16xf32>) outs(%22 : tensor<16x10x10xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<16x10x10xf32>
    %expanded = tensor.expand_shape %cst_9 [[0, 1], [2], [3], [4]] output_shape [4, 4, 4, 3, 3] : tensor<16x4x3x3xf32> into tensor<4x4x4x3x3xf32>
    %expanded_18 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [4, 4, 12, 12] : tensor<16x12x12xf32> into tensor<4x4x12x12xf32>
    %expanded_19 = tensor.expand_shape %23 [[0, 1], [2], [3]] output_shape [4, 4, 10, 10] : tensor<16x10x10xf32> into tensor<4x4x10x10xf32>
    %24 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d4, d2 + d5, d3 + d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d4, d5, d6)>, affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded_18, %expanded : tensor<4x4x12x12xf32>, tensor<4x4x4x3x3xf32>) outs(%expanded_19 : tensor<4x4x10x10xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.mulf %in, %in_24 : f32
      %42 = arith.addf %out, %41 : f32
      linalg.yield %42 : f32
    } -> tensor<4x4x10x10xf32>
    %collapsed_20 = tensor.collapse_shape %24 [[0, 1], [2], [3]] : tensor<4x4x10x10xf32> into tensor<16x10x10xf32>
    %25 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_20 : tensor<16x10x10xf32>) outs(%22 : tensor<16x10x10xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.cmpf ugt, %in, %cst_14 : f32
      %42 = arith.select %41, %in, %cst_14 : f32
      linalg.yield %42 : f32
    } -> tensor<16x10x10xf32>
    %26 = tensor.empty() : tensor<2x2xf32>
    %27 = tensor.empty() : tensor<16x5x5xf32>
    %28 = linalg.fill ins(%cst_13 : f32) outs(%27 : tensor<16x5x5xf32>) -> tensor<16x5x5xf32>
    %29 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3, d4) -> (d0, d1 * 2 + d3, d2 * 2 + d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d3, d4)>, affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%25, %26 : tensor<16x10x10xf32>, tensor<2x2xf32>) outs(%28 : tensor<16x5x5xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.maximumf %out, %in : f32
      linalg.yield %41 : f32
    } -> tensor<16x5x5xf32>
    %30 = tensor.empty() : tensor<16xf32>
    %31 = linalg.fill ins(%cst_14 : f32) outs(%30 : tensor<16xf32>) -> tensor<16xf32>
    %32 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>], iterator_types = ["parallel", "reduction", "reduction"]} ins(%29 : tensor<16x5x5xf32>) outs(%31 : tensor<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.addf %in, %out : f32
      linalg.yield %41 : f32
    } -> tensor<16xf32>
    %33 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%32 : tensor<16xf32>) outs(%30 : tensor<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.divf %in, %cst : f32
      linalg.yield %41 : f32
    } -> tensor<16xf32>
    %expanded_21 = tensor.expand_shape %33 [[0, 1]] output_shape [1, 16] : tensor<16xf32> into tensor<1x16xf32>
    %34 = tensor.empty() : tensor<1x10xf32>
    %35 = linalg.fill ins(%cst_14 : f32) outs(%34 : tensor<1x10xf32>) -> tensor<1x10xf32>
    %36 = linalg.matmul indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%expanded_21, %cst_11 : tensor<1x16xf32>, tensor<10x16xf32>) outs(%35 : tensor<1x10xf32>) -> tensor<1x10xf32>
    %collapsed_22 = tensor.collapse_shape %36 [[0, 1]] : tensor<1x10xf32> into tensor<10xf32>
    %37 = tensor.empty() : tensor<10xf32>
    %38 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%collapsed_22, %cst_12 : tensor<10xf32>, tensor<10xf32>) outs(%37 : tensor<10xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %41 = arith.addf %in, %in_24 : f32
      linalg.yield %41 : f32
    } -> tensor<10xf32>
    %expanded_23 = tensor.expand_shape %38 [[0, 1]] output_shape [1, 10] : tensor<10xf32> into tensor<1x10xf32>
    return %expanded_23 : tensor<1x10xf32>
  }
}
{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8_torch.float32: "0x04000000574C9BBBAD05BFBD8442D3BD58CD843D818EC23D10B03B3E8052A6BDF8AFE8BD",
      torch_tensor_8_3_3_3_torch.float32: "0x04000000879C2D3ED1A214BEA05627BEE05CC9BD18C41F3D0D382E3ED91C023E9665763D0BF10BBD16C9DFBDA4FC433EB17E2CBEA0F007BE3CF4E73D2DBC193E9C2D4F3D1F575CBBBB4FBBBC2A57CD3CA64FC6BD27D5423E63D1443E6D8898BD64D3083E095D3BBDA2F40EBE9055073DEAA716BD82E1233E9A825A3C6AE62CBD1C8B1CBEBFEB003ED887033EFEBDDD3CCC1D8ABC5E0B84BD96B6363D2A1E3D3EB4DF01BDFAD78F3C5BC13BBE6C3D493D5ADEA8BD8CE53ABDB005D1BDE07F363EBD31063E9CBBA9BD3B5541BD6819703D2A51943D508EB9BD1911A03D3BABFA3C2C7DE23DCEFCD4BD0C7DFEBD3F41B73D3010F6BBF7BFABBDE2AB1A3E0260AFBC519C03BE0705E1BC1D9BB6BDFC1E88BD533B22BE234F1D3E55662D3E233F26BEC28EF63DB167663DC1D39FBD833267BD1B5F063D7C3B273D7A4F273E074F3C3EB8F9353C995E393EB319E9BDD589D53A75C222BE49CEBC3D94381D3DF0BFEEBDD15E16BE62851CBD8BDD94BDBE9DA0BDC0A22BBEA71EFBBD1A90233E3ED9C1BD9F6DA03DC6BF563C5C30D7BCF5F0803D7E64143E2EA0753D09E8AA3C2BF71F3EF974823CFE432D3D4E25403E64AA0EBEFF2A0F3E1E56BDBDD9F221BC6019E4BD7908023EB2801EBE4C9DAEBDF432083DB9D796BD3268A93CE2F4343E634E2EBE7A0C00BEC83E19BE66723C3E06503F3D76620EBE92632BBEA10E123EC4FA343EFB7FEEBD3DC0493D58B243BDBBC2E93DAF8CDCBDEE96063E6BC4443EE9B2EE3DEBDE06BDD330CE3C1210AA3D153BE3BD1A9EB7BD3DC740BE4D320B3EB821B7BD4F52293E969C1ABD919F91BD0AACC83D195B99BCFC9905BEB458A93C6286B7BD559D0EBE90AEF8BD60CB883D05B0843C33BE9FBD81B08C3DACC176BD931918BE2B5C873D333786BD4C9569BDFBA60D3E054D133EA6E340BE2804293EBD3C303E001C0EBE997A44BEAED619BE424651BDDAC30DBC6B40593D07013C3DD4B7183D41D919BEFEAC3D3E8BC2293EB206C03DCF2B2C3D0316DCBDC86B663C91A20CBEF721353E8D042FBEFFB9273E8289393E90CEBEBDFBD82FBEBA0B8B3D6F4017BE9BD235BEF373EDBDB84F0B3EBC09F7BD84BD9DBD25D89FBD47100C3ECEB7983D64EBE13D504313BD5B0DE9BD150D8E3D35059F3D5F1D233EDAA838BEA79A10BE4E4B013E7BE64B3D52D5023E465547BD9280443E66089A3D2C8E98BDBF68BEBD631A4F3D",
      torch_tensor_8_torch.float32_1: "0x040000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_8_torch.float32_3: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_8_torch.float32_4: "0x040000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_8_1_3_3_torch.float32: "0x04000000A82E57BE283967BE3A96A83E80ED26BEC39020BEC36A7A3E9FB7873E5F319CBE208016BD0023CD3D76CD503D3E0E42BE388889BED84C76BE6B64E33DC0E91EBED42E9BBEA442A83E9B681C3E96ABCBBD36DE593DEB99F2BDE00261BE9BAE9DBE46805E3EA89A9DBEB3BA80BE4E698E3EC6F756BE6034E5BD00C4C93A5F89A8BE3EF59ABED36F8ABE60D14DBD4611F7BD00807D3E9E915B3EEB0AA63E6EAD93BE1BA322BE3685683E10A8EC3D0B585EBE56EA7F3E38552EBEEB0DA23EE03688BE4BEC303EAB3C9BBC9FB993BE5B9D303EB68BFABDAB13BE3BEB6AD0BD769A98BDEBB7AEBDC33C193E408CDCBCA836693EF0E0093E000E01BBF8D7083E2BA5E5BDCF8383BE96D560BEA6BD69BE70C589BEEB745A3D80F7F2BC327699BE2B1D313E",
      torch_tensor_8_torch.float32_5: "0x040000009B84533E4EFA903ED6F25F3C96EBC7BCDEC2483E270194BEABCDA83CF65B5F3E",
      torch_tensor_16_8_1_1_torch.float32: "0x040000000F8D7A3E65A42A3D6A30F0BC195E013EC3EC993DFB7C42BC2F628F3E31869A3E07AB4DBEBBE8A23E3507BDBD35C79B3DFC38A13E93132BBE35FC283EF47245BD71DE4CBE3254B0BC37BD9A3EE2084A3E7F393BBECBDAA33E0C4E933DD8819A3E2D2EAC3E5FCDD2BDC184903EC2A856BDE199643D7A713C3C0B779F3B10BCE0BCC3EBA5BE8800FC3C2E1AA63E8B7EED3DF942A7BE6F2C873DDE926ABD6B70D53D783DA6BE9F15723DD35E81BE790E4E3D95E6593E2E757D3E62526FBDDDCCA03EF65BAABC755E50BEF237293E55E27A3C53D28EBEF02F663EBE73AE3E0C3E463E409966BDB4DE97BE0D159B3E3CD140BE2B225A3D1CCAA3BEEA555F3E805E913DA453AC3E70B12F3EA3E1ACBE4B0B8F3E784892BE84082DBE95ED3A3EFE0945BE47DEBD3D6927153DDD2CCD3C79A344BEEC5F7D3ED229503DF069063EA99E283D961A34BEED1308BE50FE703E2D239EBEE940FABDE7B3A5BE727058BE059D423D54F4A4BD3D4AF13D9FEE893EF04C983D91EBAB3E9ADB74BA47A3AE3E77A3693D25AE14BC545FCA3D4DBA8EBE859D933E7FA1A53E41339FBE8C7857BE2B118F3E2000B63DA1E202BE316234BE7CE7A5BDCD4888BDFEFCA63E6F205CBEC4A94B3D063CCD3DB49433BE3396B4BCC9E682BDC31D8A3E3784813E35BB8BBC978739BE39D94FBEFA221ABE34099D3ED826933E35FA8F3D10A9A8BE3D3CE73DE29286BD",
      torch_tensor_16_torch.float32: "0x04000000756B4A3E8B2C3C3E9FDC973E3AE7D23C05A7DD3CD9EB273BC61E7A3EE3AF883E25952A3EFDC890BD4B36D2BD87BFA73E85473BBEBA17793DA1A7E33DD8793B3E",
      torch_tensor_16_4_3_3_torch.float32: "0x040000000807CFBD20CB03BDD6869FBB401379BC907912BE4849933DC67D02BED6632CBDCB40513D7332063E6076EDBCD0FCBCBD733598BD00F6C8BAAE9ABABD16A8283D1E529A3D7811213EBA850F3ECB840BBDCB14913D2B21B33C00D4A13D48279BBDF74A203E0044913A2330D83D3B28FD3DC69A10BDA4C6023E80AB30BDF8CDA93DEBE6D3BCAEF706BEE6072EBD309E813D3B54083E6E430BBE0B13C6BD08E6B13DC35FAEBD6B4B0E3C781BEEBD6B802C3C6628A5BD0676183DAE96863DFBEB023D2B3806BE8BEBFF3DF7A70F3E040719BEEAC70B3EDC1813BE7072A03D564421BC6B3D5ABCDE32A6BDCF67063EC0A7DC3CC0DF3DBCD62CC1BB3666F73DB81C293E7873C2BD9F5F17BE48EBE6BDDE53B9BD5B6E0BBED65D76BD7E0C84BDAB2E9CBAF0B0423D9841DB3DA336E1BDAB90F4BD70AD94BDDB8DFBBD5614133CEE6B01BE2BDCFBBBC0D7BABC422904BE9E1A9ABD3B33953D56B543BD77A116BE0AD90A3EBBD654BD0B8EA43CD63E093EF0F5A93D84F209BE7FBF163EB04B3EBD3B242E3D1EF5973DA6486E3D864DE93D8E099ABDBBABFD3D3BFAD83D4CAE15BE96857EBD2F7D133EB058FDBD3C6D1ABE0ECED23D5B8E703DABB2953CE417083E6B75063C9869263E7383E2BD06AD12BE207414BD68EA253E66EB11BEEED18C3DB6CD2E3DE88890BDA3F60BBE0BED8E3DC801803DD6D78EBB00DF863DC8A8BA3D6E68F0BD5C8713BEAB09E3BCEB7DC4BCEB1B83BD1BAD333D92F702BEAED6253E4B6009BD60AABEBD1629DABC0B2407BEC3AD13BEE690453DA6583BBDCBD6B8BDCE6A9D3D9251053EB616993CE617AABD88BEB93DDB186BBD5E019EBD101905BDF0E225BD93C2243E6B09F5BC56AA19BEC6CD58BDD06E7A3DB398933D5BF9E4BD8671F0BD563D42BD409D2E3C4B730CBE5E239D3DC61F00BDE88EC63DC0754B3DF6DFD9BC806F76BC4BDA513D0B60B1BD40F930BD1B379C3D7C5318BE16E807BD501A0E3DC607B0BDFB96A13DBB15A93D36F2C5BC96595BBDB033A53D96D4193CFCF603BE2EB9C43D8E02283E0011123E9B4ABCBDD7721E3E06408EBDDA5301BE386EF43D30B5F0BDF0DE1C3E1E43273EB869E5BDB30CE23DA62D02BD068031BDEB23CF3CBEEB803DDB50E8BD745C273EEB2AEF3DE332C5BDCE2EA13DAB66F23CAB95BB3D005A7EBB76F2663D5BCA3E3DCC7E1F3E6078C03C871C0B3E80E4E13C06E35B3D0B0F98BC364994BC5C4500BEA20C243EF8ACB8BD06A7B23DC0811D3D0E5ADD3D908621BE80BF7EBCA09023BEAB5606BE4611713DC04521BD98FBE33DBBA3FE3DAB12D6397BB64ABDF0C3EC3D5EB9223E3609A53CA46D0EBE60B48E3D20E4E3BCEE7EFBBDBBF5123D00657F3BABDC213B04CB293E6841AD3D407BD73D5693B53A96FB06BD2BFC7F3DD063FFBD7347213EEBB0A93CE4A21EBE301AC5BD6898A43DD68B1D3D0697A83D064D28BE567D57BAFE5FCB3D808FBC3DC04B143C30BD28BEA026153E481B833D7855853DAEB9CD3DF0BBC93D96399ABC2316E23D98F4E73DF017293D488203BE9B7AEE3DC339A7BDC78B113EB899D4BD402C3CBC18FA83BD60E5BABDE62861BDFEFCDB3D208A613D2BD97BBC321209BE0818BDBD46DAC13D6E729FBDA29903BE8836BBBDEB4464BD5BB097BD08A3B43DABBC02BB8417213E4F1C1DBE4862ABBD76C8623D0347D13D7B2A8CBD5689883DAE07BCBDE0BACEBD50A8BA3DEB4626BC50C9F9BD803CD3BB1834163E56DC1B3DF09D08BD6055F7BC366DCBBDC028C23DAB7E343BBB55B0BD563A1E3C1002533D8041E73BC0525FBCC66E20BE80A2A4BB06645ABD56DC0BBBD8ACD1BD56C9803D3356D3BD16985CBDC6EC9CBDCBD5ABBDAB9E1B3B46E297BDA0BF93BD96E68F3CAE758F3DA369A2BD6EF6B53D208D4A3DFEC1033E6B16843C93090C3E93CA19BE80E4463DE0A812BE7B4F903D0BF382BDA0F50BBD8C8D103EC4C61F3EF62F2BBDE67CC4BDD885BA3DBB3297BDB383A0BD545800BE7299293E80F4213CB079053DC37AC6BD431E9F3DEED421BE7B2D46BD16A7D0BC28E2C83DD66B7EBC6B13C43CFF7F023E905D703DF3A60A3ED6A468BD0EFED23DE0A0D3BCD6D445BC46E1113DE28A243EABFA303AE0D091BCD89885BDE09BD7BD7611C43D66A40DBD90F465BDB631143D0B13E93C56A2DDBC9CA10E3E16DBD03DD652263DABB2A1BDAB678DBD6667143EC0EF0C3DE6EF1ABEF6CAB7BC3B95193D704A383D98CC103E2B2DAF3BB689A4BCFB59F13D6BA8C9BC40F25B3D28ABFFBD300E71BD9FBA00BE8BC4873C7ECD05BE8002023EE85697BD46EFE9BD9654243C0EDBA0BDF858CCBD33F2F93DCBA85B3D0BB8DF3C58D8A73DE61D64BD0BE48D3C82AF243E4EA993BDE688893DDC810F3E40D0BEBC436E0C3E505733BD9B4A08BDF0062E3D4019D3BCB04333BD1B1705BDB0B40B3D5B8ABCBDCA5502BE86C005BE62E3273ED681923B43CC983DC07623BED6CAC7BCB47305BE40CF6BBCFB07183EA6B8F73D007E76BDC86BB9BD7BA50BBE3853A8BDBB78693D161ECABD989EBB3D163775BD581E1E3EAB2825BD2BFCF2BCB63BC93DEB47EF3DC670F63DB343F73D845E21BE4E37BC3D8E85B2BD182BF23D74CA043E40B263BCFB636B3DF06D103D03F9953D4EEDE43D1096453D76B064BD56CDD63B2BAE9D3C2A050DBEBB62603D0367DEBDCE77D83D86F0183E00D3B93C20E70E3EAB946B3B98A5D63DEE48AA3D24390EBE9EE108BE00E623BDB3DC873D0B10FEBC5B710ABD8E67CE3DE0EF183E2386903D56574A3DC67BAD3D8BD5B93CE4B319BE204F29BEEFF91EBE321516BED842013E00E040BC189AECBD86BA143D0090653A98CDCCBD164F23BEA6071E3D0011273B1B4472BDD34FBEBD56A334BD4B5D143ED69608BE8E4287BD203759BD5E6E1C3ED666263C03B3E83DE07D87BC8098D5BC0EFEC13D7E5483BD3BFFCA3D0E4C153E76F78A3D18ABD23DEA4204BED4741D3EA3D2CDBDC007C03D0B1A553D2BCE473CF6D1303DF87127BE00FF223EABFF2FBC066E183E2BB5853BE0228BBDABA4D53D560450BBA3C5D8BD408EAB3C2EE029BE98C5D2BD84B00ABED6410C3CC3E9BBBD00456EBB88C601BE0E0A13BE00B39DBC20DBA03CB09EF53D906B69BDBB5A223ED615F4BD60556C3D328A19BE10191A3E1ED480BD9896BD3D168A033CE84289BD46BF22BD00087FBDA3B8D03D784BF93D546D223EE65D22BDF6CC4DBD4E56ABBD80D43ABC101B253DABC160BC638EDCBD",
      torch_tensor_16_torch.float32_1: "0x040000006B6B493CAB42A2BB238308BE76AD39BD007EDFBB6CC125BEEBDEBD3C06753B3D80F77FBCCBA7BCBCABE3823B4B012E3D8B8AA3BD2B257EBC9E00C43D562D48BD",
      torch_tensor_10_16_torch.float32: "0x04000000003CB8B9D0C76CBE2CDD42BE3012C5BC90E8B0BDC0E7783EE01B5BBD70A055BE244B5A3EA67925BEB8E3533E90F3CFBC4012493DE0087BBEAC4C683E004B38BB625F00BE02B136BEA0483A3DA0B371BEAACB3D3EAE4C0C3EC2E35D3E84F2633EA0D316BE98A48ABD16D11C3E30D1233E1E937A3E4492D3BDC834133D20100BBC0A6F133EA8D7FABD6CC2673E349397BD8852FE3D3A29413EE8AE7FBE60C93E3D8C892FBEF07DF63D283A5B3E04BBA2BDA4782DBE3E1D02BE9664473E90E625BD448D3EBEDC88513EF0D5273E50AFDDBC60BCEB3CF075FB3C446E773E527A143EA884383D80B2B63B6CE1A43D5E1F3DBECCCB0A3EE41CD73D6018ED3C1697143E187A45BD20FD69BE461055BE9A5B713E48E2A8BDDAE23ABEF2817A3EF2F734BE720A503E2005643ED00502BD5011153E9EEF433E84DE70BE7C0609BE5030053DA484A03DACC02EBEB0CC52BE3A57753ED84EF1BD6CB579BE7CEAE03D5EA303BE14B0B2BD7492B3BD484F6C3E90D7C23D7AD87A3EBCF2B4BDE28E393E56BC4FBE36071B3E20A3273CE0F5183C6C095A3E80DC9C3C7CC0D9BD0C320DBE78EB253DDC48ABBD166F013EA0CE55BE22082CBEB8445F3EC033C6BD204E7CBE8427373EE0EC8ABD00A1C13AF69C1E3EC0EAAA3DE49C75BE40B5373D820A783E40AA6CBCBE293A3E2C46603EB4AFBC3D809E6CBE989D5B3E50314A3EE07B993D10A0A8BC805430BEE0BE613D84DDB1BD7868653E04357FBEE0C85C3D00E1ACBB00F02B3A7094FEBC4CB1D83D1AD05BBE00635C3D2C772ABEACE4A23D90E0ADBC20F2013DE45B103EBC94CBBD46074EBE68D8EEBD34AC503E4E6250BEA457223E34C9B4BD806A573CBCB4D13D1C83B4BDAE5730BE1C47AD3DC4991A3E70C6BE3D00AC0EBC",
      torch_tensor_10_torch.float32: "0x04000000105FDA3C98F7D63D302AA33DA0C6FDBDDC88383E901009BDE4FCC9BDDC789ABDE0FD073DB27504BE"
    }
  }
#-}
