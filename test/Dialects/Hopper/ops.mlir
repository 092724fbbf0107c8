// RUN: quant-opt %s | quant-opt | FileCheck %s

!sums = !llvm.struct<(f32, f32, f32, f32)>

// CHECK-LABEL: func.func @products(
func.func @products(%a: i64, %b: i64, %r: i32, %p: i1, %d: !sums) -> (!sums, !sums, i32) {
  // CHECK: hopper.wgmma e4m3, e5m2, (%{{.*}}), %{{.*}}, %{{.*}} accumulate %{{.*}} : (i64), !llvm.struct<(f32, f32, f32, f32)>
  %0 = hopper.wgmma e4m3, e5m2, (%a), %b, %d accumulate %p : (i64), !sums
  // CHECK: hopper.wgmma bf16, bf16, (%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}), %{{.*}}, %{{.*}} accumulate %{{.*}} : (i32, i32, i32, i32)
  %1 = hopper.wgmma bf16, bf16, (%r, %r, %r, %r), %b, %d accumulate %p : (i32, i32, i32, i32), !sums
  // CHECK: hopper.wgmma_wait 1, %{{.*}}, %{{.*}}, %{{.*}} : !llvm.struct<(f32, f32, f32, f32)>, !llvm.struct<(f32, f32, f32, f32)>, i32
  %2:3 = hopper.wgmma_wait 1, %0, %1, %r : !sums, !sums, i32
  return %2#0, %2#1, %2#2 : !sums, !sums, i32
}

// CHECK-LABEL: func.func @words(
func.func @words(%x: i32, %m: i32, %p: !llvm.ptr<1>) -> (i32, vector<4xi32>) {
  // CHECK: hopper.lop3 234, %{{.*}}, %{{.*}}, %{{.*}} : i32
  %0 = hopper.lop3 234, %x, %m, %m : i32
  // CHECK: hopper.load_stream %{{.*}} : <1> -> vector<4xi32>
  %1 = hopper.load_stream %p : !llvm.ptr<1> -> vector<4xi32>
  return %0, %1 : i32, vector<4xi32>
}

// CHECK-LABEL: func.func @map(
func.func @map(%x: memref<?x576xi8>, %y: memref<3x8xbf16>) -> (!hopper.tensor_map, !hopper.tensor_map) {
  // CHECK: hopper.tensor_map %{{.*}} box [128, 128] swizzle 128 : memref<?x576xi8>
  %0 = hopper.tensor_map %x box [128, 128] swizzle 128 : memref<?x576xi8>
  // CHECK: hopper.tensor_map %{{.*}} box [64, 8] swizzle 0 : memref<3x8xbf16>
  %1 = hopper.tensor_map %y box [64, 8] swizzle 0 : memref<3x8xbf16>
  return %0, %1 : !hopper.tensor_map, !hopper.tensor_map
}
