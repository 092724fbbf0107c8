// RUN: quant-opt %s | quant-opt | FileCheck %s
// RUN: quant-opt %s --emit-bytecode | quant-opt | FileCheck %s
// RUN: quant-opt %s --mlir-print-op-generic | quant-opt | FileCheck %s

// CHECK: lowp.store @weights "model.weights" id = "6f1d9a0c55e0b7d2"
lowp.store @weights "model.weights" id = "6f1d9a0c55e0b7d2"

// CHECK-LABEL: func @weight
// CHECK: lowp.weight @weights::@layers.3.up_proj.weight : tensor<1536x576xf32>
// CHECK: lowp.weight @weights::@layers.3.up_proj.weight.codes : tensor<1536x576xi4>
// CHECK: lowp.dequantize %{{.*}}, %{{.*}} : tensor<1536x576xi4>, tensor<1536x9xf32> -> tensor<1536x576xf32>
func.func @weight() -> (tensor<1536x576xf32>, tensor<1536x576xf32>) {
  %w = lowp.weight @weights::@"layers.3.up_proj.weight" : tensor<1536x576xf32>
  %q = lowp.weight @weights::@"layers.3.up_proj.weight.codes" : tensor<1536x576xi4>
  %s = lowp.weight @weights::@"layers.3.up_proj.weight.scale" : tensor<1536x9xf32>
  %d = lowp.dequantize %q, %s : tensor<1536x576xi4>, tensor<1536x9xf32> -> tensor<1536x576xf32>
  return %w, %d : tensor<1536x576xf32>, tensor<1536x576xf32>
}

// CHECK-LABEL: func @quantize
// CHECK: lowp.quantize %{{.*}}, %{{.*}} : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xi8>
// CHECK: lowp.quantize %{{.*}}, %{{.*}}, %{{.*}} : tensor<4x64xf32>, tensor<4x2xf32>, tensor<4x2xi4> -> tensor<4x64xi4>
// CHECK: lowp.quantize %{{.*}}, %{{.*}} : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xf8E5M2>
// CHECK: lowp.quantize %{{.*}}, %{{.*}} : tensor<?x?xf32>, tensor<?x1xf32> -> tensor<?x?xi8>
func.func @quantize(%x: tensor<4x64xf32>, %s1: tensor<4x1xf32>, %s2: tensor<4x2xf32>, %z: tensor<4x2xi4>,
                    %xd: tensor<?x?xf32>, %sd: tensor<?x1xf32>) {
  %0 = lowp.quantize %x, %s1 : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xi8>
  %1 = lowp.quantize %x, %s2, %z : tensor<4x64xf32>, tensor<4x2xf32>, tensor<4x2xi4> -> tensor<4x64xi4>
  %2 = lowp.quantize %x, %s1 : tensor<4x64xf32>, tensor<4x1xf32> -> tensor<4x64xf8E5M2>
  %3 = lowp.quantize %xd, %sd : tensor<?x?xf32>, tensor<?x1xf32> -> tensor<?x?xi8>
  return
}

// CHECK-LABEL: func @dynamic_input
// CHECK: %[[S:.*]] = lowp.choose_params %{{.*}} : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
// CHECK: lowp.quantize %{{.*}}, %[[S]]
// CHECK: lowp.dequantize %{{.*}}, %[[S]]
// CHECK: lowp.choose_params %{{.*}} : tensor<?x576xf32> as #lowp.scheme<i8, group = 64, asymmetric> -> tensor<?x9xf32>, tensor<?x9xi8>
func.func @dynamic_input(%x: tensor<?x576xf32>, %w: tensor<576x64xf32>, %o: tensor<?x64xf32>) -> tensor<?x64xf32> {
  %s = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, token, dynamic> -> tensor<?x1xf32>
  %q = lowp.quantize %x, %s : tensor<?x576xf32>, tensor<?x1xf32> -> tensor<?x576xi8>
  %d = lowp.dequantize %q, %s : tensor<?x576xi8>, tensor<?x1xf32> -> tensor<?x576xf32>
  %s2, %z2 = lowp.choose_params %x : tensor<?x576xf32> as #lowp.scheme<i8, group = 64, asymmetric>
    -> tensor<?x9xf32>, tensor<?x9xi8>
  %y = linalg.matmul ins(%d, %w : tensor<?x576xf32>, tensor<576x64xf32>) outs(%o : tensor<?x64xf32>) -> tensor<?x64xf32>
  return %y : tensor<?x64xf32>
}

// CHECK-LABEL: func @fake_quant
// CHECK: lowp.fake_quant %{{.*}}, %{{.*}} as i8 : tensor<4x64xf32>, tensor<4x1xf32>
// CHECK: lowp.fake_quant %{{.*}}, %{{.*}}, %{{.*}} as i4 : tensor<4x64xf32>, tensor<4x1xf32>, tensor<4x1xi4>
// CHECK: lowp.observe %{{.*}} at "layers.0.q_proj" : tensor<4x64xf32>
func.func @fake_quant(%x: tensor<4x64xf32>, %s: tensor<4x1xf32>, %z: tensor<4x1xi4>) {
  %0 = lowp.fake_quant %x, %s as i8 : tensor<4x64xf32>, tensor<4x1xf32>
  %1 = lowp.fake_quant %0, %s, %z as i4 : tensor<4x64xf32>, tensor<4x1xf32>, tensor<4x1xi4>
  lowp.observe %1 at "layers.0.q_proj" : tensor<4x64xf32>
  return
}

// CHECK-LABEL: func @plan
// CHECK: lowp.plan = #lowp.plan<site = "layers.0.up_proj", weight = #lowp.scheme<i8, channel>, input = #lowp.scheme<i8, token, dynamic>, method = "rtn">
// CHECK: lowp.plan = #lowp.plan<site = "layers.0.q_proj", weight = #lowp.scheme<i4, group = 64>, method = "gptq">
func.func @plan(%x: tensor<?x576xf32>, %w: tensor<576x1536xf32>, %o: tensor<?x1536xf32>) {
  %0 = linalg.matmul {lowp.plan = #lowp.plan<site = "layers.0.up_proj",
      weight = #lowp.scheme<i8, channel>, input = #lowp.scheme<i8, token, dynamic>, method = "rtn">}
    ins(%x, %w : tensor<?x576xf32>, tensor<576x1536xf32>) outs(%o : tensor<?x1536xf32>) -> tensor<?x1536xf32>
  %1 = linalg.matmul {lowp.plan = #lowp.plan<site = "layers.0.q_proj",
      weight = #lowp.scheme<i4, group = 64>, method = "gptq">}
    ins(%x, %w : tensor<?x576xf32>, tensor<576x1536xf32>) outs(%o : tensor<?x1536xf32>) -> tensor<?x1536xf32>
  return
}

// Defaults are spelled out, so two spellings of one scheme are one attribute.
// CHECK: module @schemes
// CHECK-SAME: block = #lowp.scheme<f8E4M3FN, block = 128x64>
// CHECK-SAME: default = #lowp.scheme<i4, tensor>
// CHECK-SAME: group = #lowp.scheme<i4, group = 128, asymmetric>
// CHECK-SAME: symmetric = #lowp.scheme<i8, channel>
module @schemes attributes {
  test.block = #lowp.scheme<f8E4M3FN, block = 128x64>, test.default = #lowp.scheme<i4>,
  test.group = #lowp.scheme<i4, asymmetric, group = 128>, test.symmetric = #lowp.scheme<i8, channel, symmetric>} {}
