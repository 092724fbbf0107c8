// RUN: quant-opt %s -split-input-file -verify-diagnostics

!sums = !llvm.struct<(f32, f32, f32, f32)>
func.func @elements(%a: i64, %b: i64, %p: i1, %d: !sums) {
  // expected-error @+1 {{multiplies two 8-bit floats, two 8-bit integers, or two of one 16-bit type, got f16 and bf16}}
  %0 = hopper.wgmma f16, bf16, (%a), %b, %d accumulate %p : (i64), !sums
  return
}

// -----

!sums = !llvm.struct<(f32, f32, f32, f32)>
func.func @registers(%a: i32, %b: i64, %p: i1, %d: !sums) {
  // expected-error @+1 {{a must be one i64 descriptor or four i32 registers}}
  %0 = hopper.wgmma f16, f16, (%a, %a), %b, %d accumulate %p : (i32, i32), !sums
  return
}

// -----

!sums = !llvm.struct<(f32, f32, f32, f32)>
func.func @sums(%a: i64, %b: i64, %p: i1, %d: !sums) {
  // expected-error @+1 {{sums of s8 are i32, got '!llvm.struct<(f32, f32, f32, f32)>'}}
  %0 = hopper.wgmma s8, s8, (%a), %b, %d accumulate %p : (i64), !sums
  return
}

// -----

!sums = !llvm.struct<(f32, f32)>
func.func @columns(%a: i64, %b: i64, %p: i1, %d: !sums) {
  // expected-error @+1 {{wgmma computes a multiple of 8 columns up to 256, not 4}}
  %0 = hopper.wgmma e4m3, e4m3, (%a), %b, %d accumulate %p : (i64), !sums
  return
}

// -----

!sums = !llvm.struct<(i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32)>
func.func @integer_columns(%a: i64, %b: i64, %p: i1, %d: !sums) {
  // expected-error @+1 {{wgmma of integers computes 8, 24 or a multiple of 16 columns, not 40}}
  %0 = hopper.wgmma s8, s8, (%a), %b, %d accumulate %p : (i64), !sums
  return
}

// -----

func.func @pending(%d: i32) {
  // expected-error @+1 {{waits until 0 to 7 groups are pending, got 8}}
  %0 = hopper.wgmma_wait 8, %d : i32
  return
}

// -----

func.func @nothing() {
  // expected-error @+1 {{needs the sums of the groups that it ends}}
  "hopper.wgmma_wait"() {pending = 0 : i32} : () -> ()
  return
}

// -----

func.func @members(%d: !llvm.struct<(f32, i64)>) {
  // expected-error @+1 {{registers are f32 or i32, got '!llvm.struct<(f32, i64)>'}}
  %0 = hopper.wgmma_wait 0, %d : !llvm.struct<(f32, i64)>
  return
}

// -----

func.func @table(%x: i32) {
  // expected-error @+1 {{the table has 8 bits, got 256}}
  %0 = hopper.lop3 256, %x, %x, %x : i32
  return
}

// -----

func.func @layout(%x: memref<4x576xi8, strided<[1152, 1]>>) {
  // expected-error @+1 {{needs a contiguous buffer of 1 to 5 dimensions}}
  %0 = hopper.tensor_map %x box [4, 128] swizzle 128 : memref<4x576xi8, strided<[1152, 1]>>
  return
}

// -----

func.func @nibbles(%x: memref<4x576xi4>) {
  // expected-error @+1 {{elements must be whole bytes, got 'i4'}}
  %0 = hopper.tensor_map %x box [4, 128] swizzle 128 : memref<4x576xi4>
  return
}

// -----

func.func @rank(%x: memref<4x576xi8>) {
  // expected-error @+1 {{box must have 2 lengths, got 1}}
  %0 = hopper.tensor_map %x box [128] swizzle 128 : memref<4x576xi8>
  return
}

// -----

func.func @long(%x: memref<4x576xi8>) {
  // expected-error @+1 {{lengths of a box are 1 to 256, got 257}}
  %0 = hopper.tensor_map %x box [257, 128] swizzle 128 : memref<4x576xi8>
  return
}

// -----

func.func @swizzle(%x: memref<4x576xi8>) {
  // expected-error @+1 {{swizzle must be 0, 32, 64 or 128, got 16}}
  %0 = hopper.tensor_map %x box [4, 16] swizzle 16 : memref<4x576xi8>
  return
}

// -----

func.func @span(%x: memref<4x576xbf16>) {
  // expected-error @+1 {{the last length of the box must be 128 bytes, got 256}}
  %0 = hopper.tensor_map %x box [4, 128] swizzle 128 : memref<4x576xbf16>
  return
}

// -----

func.func @stride(%x: memref<4x570xi8>) {
  // expected-error @+1 {{strides must be known multiples of 16 bytes}}
  %0 = hopper.tensor_map %x box [4, 128] swizzle 128 : memref<4x570xi8>
  return
}

// -----

func.func @dynamic(%x: memref<4x?xi8>) {
  // expected-error @+1 {{strides must be known multiples of 16 bytes}}
  %0 = hopper.tensor_map %x box [4, 128] swizzle 128 : memref<4x?xi8>
  return
}
