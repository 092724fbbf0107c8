// RUN: quant-opt %s --convert-hopper-to-llvm | FileCheck %s

!sums = !llvm.struct<(f32, f32, f32, f32)>

// CHECK-LABEL: func.func @descriptor(
// CHECK-SAME:    %[[A:.*]]: i64, %[[B:.*]]: i64, %[[P:.*]]: i1, %[[D:.*]]: !llvm.struct
// CHECK:         %[[D0:.*]] = llvm.extractvalue %[[D]][0]
// CHECK:         %[[K:.*]] = llvm.zext %[[P]] : i1 to i32
// CHECK:         %[[R:.*]] = llvm.inline_asm has_side_effects asm_dialect = att "{ .reg .pred p; setp.ne.b32 p, $10, 0; wgmma.mma_async.sync.aligned.m64n8k32.f32.e4m3.e5m2 {$0, $1, $2, $3}, $8, $9, p, 1, 1; }", "=f,=f,=f,=f,0,1,2,3,l,l,r" %[[D0]], {{.*}}, %[[A]], %[[B]], %[[K]]
// CHECK:         %[[R0:.*]] = llvm.extractvalue %[[R]][0]
// CHECK:         llvm.insertvalue %[[R0]], %{{.*}}[0]
// CHECK-NOT:     hopper.
func.func @descriptor(%a: i64, %b: i64, %p: i1, %d: !sums) -> !sums {
  %0 = hopper.wgmma e4m3, e5m2, (%a), %b, %d accumulate %p : (i64), !sums
  return %0 : !sums
}

// 16-bit operands say whether they are transposed; A in registers cannot be. What is added to is known here.
// CHECK-LABEL: func.func @fragment(
// CHECK:         llvm.inline_asm has_side_effects asm_dialect = att "{ .reg .pred p; setp.ne.b32 p, $13, 0; wgmma.mma_async.sync.aligned.m64n8k16.f32.bf16.bf16 {$0, $1, $2, $3}, {$8, $9, $10, $11}, $12, p, 1, 1, 0; }", "=f,=f,=f,=f,0,1,2,3,r,r,r,r,l,n"
// CHECK:         llvm.inline_asm {{.*}} $8, $9, p, 1, 1, 0, 0; }"
func.func @fragment(%a: i32, %w: i64, %b: i64, %d: !sums) -> !sums {
  %true = arith.constant true
  %0 = hopper.wgmma bf16, bf16, (%a, %a, %a, %a), %b, %d accumulate %true : (i32, i32, i32, i32), !sums
  %1 = hopper.wgmma f16, f16, (%w), %b, %0 accumulate %true : (i64), !sums
  return %1 : !sums
}

// CHECK-LABEL: func.func @integers(
// CHECK:         m64n8k32.s32.s8.u8 {$0, $1, $2, $3}, $8, $9, p; }", "=r,=r,=r,=r,0,1,2,3,l,l,r"
func.func @integers(%a: i64, %b: i64, %p: i1, %d: !llvm.struct<(i32, i32, i32, i32)>) -> !llvm.struct<(i32, i32, i32, i32)> {
  %0 = hopper.wgmma s8, u8, (%a), %b, %d accumulate %p : (i64), !llvm.struct<(i32, i32, i32, i32)>
  return %0 : !llvm.struct<(i32, i32, i32, i32)>
}

// CHECK-LABEL: func.func @wait(
// CHECK:         llvm.inline_asm has_side_effects asm_dialect = att "wgmma.wait_group.sync.aligned 1;", "=f,=f,=r,0,1,2,~{memory}"
// CHECK-NOT:     hopper.
func.func @wait(%d: !llvm.struct<(f32, f32)>, %x: i32) -> (!llvm.struct<(f32, f32)>, i32) {
  %0:2 = hopper.wgmma_wait 1, %d, %x : !llvm.struct<(f32, f32)>, i32
  return %0#0, %0#1 : !llvm.struct<(f32, f32)>, i32
}

// CHECK-LABEL: func.func @words(
// CHECK:         llvm.inline_asm asm_dialect = att "lop3.b32 $0, $1, $2, $3, 234;", "=r,r,n,r"
// CHECK:         llvm.inline_asm asm_dialect = att "ld.global.nc.L1::no_allocate.L2::128B.v4.b32 {$0, $1, $2, $3}, [$4];", "=r,=r,=r,=r,l"
func.func @words(%x: i32, %y: i32, %p: !llvm.ptr<1>) -> (i32, vector<4xi32>) {
  %m = arith.constant 983055 : i32
  %0 = hopper.lop3 234, %x, %m, %y : i32
  %1 = hopper.load_stream %p : !llvm.ptr<1> -> vector<4xi32>
  return %0, %1 : i32, vector<4xi32>
}

// CHECK-LABEL: func.func @host(
// CHECK:         hopper.tensor_map
func.func @host(%x: memref<4x576xi8>) -> !hopper.tensor_map {
  %0 = hopper.tensor_map %x box [4, 128] swizzle 128 : memref<4x576xi8>
  return %0 : !hopper.tensor_map
}
