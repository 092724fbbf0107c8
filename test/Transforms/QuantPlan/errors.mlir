// RUN: split-file %s %t
// RUN: not quant-opt %t/in.mlir --quant-plan='weight="i4, group = 48"' 2>&1 | FileCheck %s --check-prefix=GROUP
// RUN: quant-opt %t/in.mlir --quant-plan='weight="i4, group = 48" skip-indivisible=true' | FileCheck %s --check-prefix=SKIP
// RUN: not quant-opt %t/in.mlir --quant-plan='ignore=layer.fc3' 2>&1 | FileCheck %s --check-prefix=NEAR
// RUN: not quant-opt %t/in.mlir --quant-plan='ignore=a[' 2>&1 | FileCheck %s --check-prefix=REGEX
// RUN: not quant-opt %t/in.mlir --quant-plan='weight="i4, grup = 48"' 2>&1 | FileCheck %s --check-prefix=SCHEME
// RUN: not quant-opt %t/in.mlir --quant-plan='weight="i4, token, dynamic"' 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// RUN: not quant-opt %t/none.mlir --quant-plan='ignore=x' 2>&1 | FileCheck %s --check-prefix=NONE

// GROUP: in.mlir:[[#]]:{{.*}} error: 'linalg.matmul' op at site 'layer.fc1' and 1 more: group size 48 does not divide the reduction length 64; 2, 4, 8, 16, 32, 64 would divide, or skip with skip-indivisible or ignore
// GROUP-NOT: error
// SKIP: lowp.skip = "group size 48 does not divide the reduction length 64; 2, 4, 8, 16, 32, 64 would divide"
// NEAR: error: quant-plan: ignore=layer.fc3 matches no site; near names: layer.fc1, layer.fc2
// REGEX: error: quant-plan: ignore=a[ is no regular expression:
// SCHEME: error: quant-plan: option weight="i4, grup = 48" is no scheme: {{.*}}expected a granularity {{.*}}; write it as inside #lowp.scheme<...>, such as "i4, group = 64"
// DYNAMIC: error: quant-plan: a weight scheme is fixed before the run: drop 'dynamic' from "i4, token, dynamic"
// NONE: error: quant-plan: ignore=x matches no site; there is no contraction with a weight here

//--- in.mlir
func.func @main(%x: tensor<4x64xf32>, %w: tensor<64x64xf32>) -> tensor<4x64xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x64xf32>
  %y = linalg.matmul {lowp.site = "layer.fc1"} ins(%x, %w : tensor<4x64xf32>, tensor<64x64xf32>)
    outs(%zero : tensor<4x64xf32>) -> tensor<4x64xf32>
  %z = linalg.matmul {lowp.site = "layer.fc2"} ins(%y, %w : tensor<4x64xf32>, tensor<64x64xf32>)
    outs(%zero : tensor<4x64xf32>) -> tensor<4x64xf32>
  return %z : tensor<4x64xf32>
}
//--- none.mlir
func.func @main(%x: tensor<4x64xf32>) -> tensor<4x64xf32> {
  return %x : tensor<4x64xf32>
}
