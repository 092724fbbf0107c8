// With bits for one of two sites to have the larger scheme it is the one that this serves best; the rules that are
// written make the same plans again. Groups of 32 take 5 bits a weight with their scales, channels of 64 take 8.5.

// DEFINE: %{data} = calib-data=%S/../GptqRound/Inputs/correlated.npz
// DEFINE: %{choose} = candidates='i4, group = 32; i8, channel; i4, group = 48' bits
// RUN: quant-opt %s --quant-plan --choose-schemes="%{data} %{choose}=7 rules-out=%t.rules.mlir" | FileCheck %s
// RUN: quant-opt %s --quant-plan --choose-schemes="%{data} %{choose}=6.7" | FileCheck %s --check-prefix=FOUR
// RUN: quant-opt %s --quant-plan --choose-schemes="%{data} %{choose}=8.5 method=gptq" | FileCheck %s --check-prefix=EIGHT
// RUN: quant-opt %s --quant-plan --choose-schemes="%{data} candidates='float; i8, channel | i8, token, dynamic' bits=21" | FileCheck %s --check-prefix=FLOAT
// RUN: FileCheck %s --check-prefix=RULES < %t.rules.mlir
// RUN: quant-opt %s --quant-plan=rules=%t.rules.mlir | FileCheck %s
// RUN: not quant-opt %s --quant-plan --choose-schemes="%{data} %{choose}=4" 2>&1 | FileCheck %s --check-prefix=LEAST
// RUN: not quant-opt %s --quant-plan --choose-schemes="%{data}" 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not quant-opt %s --quant-plan --choose-schemes="%{data} candidates='i4, grup = 32' bits=5" 2>&1 | FileCheck %s --check-prefix=SCHEME
// RUN: not quant-opt %s --quant-plan --choose-schemes="%{data} candidates='i8, channel | i8, tensor' bits=5" 2>&1 | FileCheck %s --check-prefix=STATIC
// RUN: not quant-opt %s --quant-plan --choose-schemes="%{data} candidates='i4, group = 48' bits=5" 2>&1 | FileCheck %s --check-prefix=FIT
// RUN: not quant-opt %s --quant-plan --choose-schemes="%{data} %{choose}=7 rules-out=%t/no/folder" 2>&1 | FileCheck %s --check-prefix=OUT

// CHECK: site = "one", weight = #lowp.scheme<[[FIRST:i4, group = 32|i8, channel]]>
// CHECK: site = "two", weight = #lowp.scheme<{{i4, group = 32|i8, channel}}>
// FOUR-COUNT-2: weight = #lowp.scheme<i4, group = 32>, method = "rtn">
// EIGHT-COUNT-2: weight = #lowp.scheme<i8, channel>, method = "gptq">
// FLOAT-DAG: input = #lowp.scheme<i8, token, dynamic>
// FLOAT-DAG: lowp.skip = "choose-schemes leaves it float"
// RULES: module attributes {lowp.rules = [
// RULES-NEXT: {sites = "^one$", weight = #lowp.scheme<{{.*}}>, method = "rtn"},
// RULES-NEXT: {sites = "^two$", weight = #lowp.scheme<{{.*}}>, method = "rtn"}]} {
// LEAST: error: choose-schemes: bits=4.{{0*e\+00}} over 8192 weights: the budget is 4096 bytes, and the smallest schemes take 5120; give more bits or smaller candidates
// BITS: error: choose-schemes: give bits=NUMBER
// SCHEME: error: choose-schemes: candidate "i4, grup = 32" is no scheme: {{.*}}; write it as inside #lowp.scheme<...>
// STATIC: error: choose-schemes: candidate "i8, channel | i8, tensor": a static input scheme has no range yet
// FIT: error: 'linalg.matmul' op no candidate fits one: {{.*}}group size 48 does not divide the reduction length 64; add one, or float
// OUT: error: choose-schemes: rules-out: {{.*}}folder
lowp.store @w "../GptqRound/Inputs/fc.safetensors" id = "a5b5258eefe07ea2"
func.func @main(%x: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %w = lowp.weight @w::@"fc.weight" : tensor<64x64xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16x64xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<16x64xf32>) -> tensor<16x64xf32>
  %y = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>] {lowp.site = "one"}
      ins(%x, %w : tensor<16x64xf32>, tensor<64x64xf32>) outs(%init : tensor<16x64xf32>) -> tensor<16x64xf32>
  %z = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                                      affine_map<(m, n, k) -> (m, n)>] {lowp.site = "two"}
      ins(%y, %w : tensor<16x64xf32>, tensor<64x64xf32>) outs(%init : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %z : tensor<16x64xf32>
}
