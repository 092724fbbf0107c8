// A file of rules: the first that matches holds; every fault of it is named with its place.

// RUN: split-file %s %t
// RUN: quant-opt %t/in.mlir --quant-plan=rules=%t/rules.mlir | FileCheck %s
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/near.mlir 2>&1 | FileCheck %s --check-prefix=NEAR
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/left.mlir 2>&1 | FileCheck %s --check-prefix=LEFT
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/syntax.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/field.mlir 2>&1 | FileCheck %s --check-prefix=FIELD
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/both.mlir 2>&1 | FileCheck %s --check-prefix=BOTH
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/regex.mlir 2>&1 | FileCheck %s --check-prefix=REGEX
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/kind.mlir 2>&1 | FileCheck %s --check-prefix=KIND
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/missing.mlir 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not quant-opt %t/in.mlir --quant-plan=rules=%t/text.yaml 2>&1 | FileCheck %s --check-prefix=TEXT

// CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "layer.fc1", weight = #lowp.scheme<i8, channel>, input = #lowp.scheme<i8, token, dynamic>, method = "rtn">
// CHECK: linalg.matmul {lowp.site = "layer.fc2", lowp.skip = "a rule leaves it float"}
// CHECK: linalg.matmul {lowp.plan = #lowp.plan<site = "layer.gate", weight = #lowp.scheme<i4, group = 32>, method = "gptq">
// CHECK: linalg.matmul {lowp.site = "other", lowp.skip = "no rule names it"}
// NEAR: error: quant-plan: rule 2, sites = "layer.fc3", matches no site that is left to it; near names: layer.fc1, layer.fc2
// LEFT: error: quant-plan: rule 2, sites = "fc1", matches no site that is left to it
// SYNTAX: syntax.mlir:1:[[#]]: error:
// FIELD: field.mlir:1:1: error: rule 1 of {{.*}}field.mlir: a rule has no weigth; it has sites, skip, weight, input and method
// BOTH: both.mlir:1:1: error: rule 1 of {{.*}}: it has either skip, or a weight and what goes with it
// REGEX: regex.mlir:1:1: error: rule 1 of {{.*}}: sites = "a[" is no regular expression
// KIND: kind.mlir:1:1: error: rule 1 of {{.*}}: weight is no #lowp.scheme
// NONE: none.mlir:1:1: error: {{.*}}none.mlir has no rules; it is a module with the attribute lowp.rules
// MISSING: error: {{.*}}missing.mlir: no such file of rules; write one (docs/recipes.md)
// TEXT: text.yaml is not MLIR; a file of rules is a module with the attribute lowp.rules

//--- rules.mlir
#token = #lowp.scheme<i8, token, dynamic>
module attributes {lowp.rules = [
  {sites = "fc2$", skip},
  {sites = "layer\\.fc", weight = #lowp.scheme<i8, channel>, input = #token},
  {sites = "^layer", weight = #lowp.scheme<i4, group = 32>, method = "gptq"}]} {}
//--- near.mlir
module attributes {lowp.rules = [{sites = "fc1", skip}, {sites = "layer.fc3", skip}]} {}
//--- left.mlir
module attributes {lowp.rules = [{sites = ".*", skip}, {sites = "fc1", weight = #lowp.scheme<i8, channel>}]} {}
//--- syntax.mlir
module attributes {lowp.rules = [{sites = "fc1", skip]} {}
//--- field.mlir
module attributes {lowp.rules = [{sites = "fc1", weigth = #lowp.scheme<i8, channel>}]} {}
//--- both.mlir
module attributes {lowp.rules = [{sites = "fc1", skip, weight = #lowp.scheme<i8, channel>}]} {}
//--- regex.mlir
module attributes {lowp.rules = [{sites = "a[", skip}]} {}
//--- kind.mlir
module attributes {lowp.rules = [{sites = "fc1", weight = "i8, channel"}]} {}
//--- text.yaml
- site: fc1
//--- none.mlir
module {}
//--- in.mlir
func.func @main(%x: tensor<4x64xf32>, %w: tensor<64x64xf32>) -> tensor<4x64xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x64xf32>
  %a = linalg.matmul {lowp.site = "layer.fc1"} ins(%x, %w : tensor<4x64xf32>, tensor<64x64xf32>)
    outs(%zero : tensor<4x64xf32>) -> tensor<4x64xf32>
  %b = linalg.matmul {lowp.site = "layer.fc2"} ins(%a, %w : tensor<4x64xf32>, tensor<64x64xf32>)
    outs(%zero : tensor<4x64xf32>) -> tensor<4x64xf32>
  %c = linalg.matmul {lowp.site = "layer.gate"} ins(%b, %w : tensor<4x64xf32>, tensor<64x64xf32>)
    outs(%zero : tensor<4x64xf32>) -> tensor<4x64xf32>
  %d = linalg.matmul {lowp.site = "other"} ins(%c, %w : tensor<4x64xf32>, tensor<64x64xf32>)
    outs(%zero : tensor<4x64xf32>) -> tensor<4x64xf32>
  return %d : tensor<4x64xf32>
}
