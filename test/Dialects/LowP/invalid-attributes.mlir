// RUN: quant-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{element of a scheme must be i2 to i8, f8E4M3FN or f8E5M2, got 'f32'}}
module attributes {test.a = #lowp.scheme<f32>} {}

// -----

// expected-error @below {{element of a scheme must be i2 to i8, f8E4M3FN or f8E5M2, got 'ui4'}}
module attributes {test.a = #lowp.scheme<ui4>} {}

// -----

// expected-error @below {{a float scheme has no zero point: drop 'asymmetric'}}
module attributes {test.a = #lowp.scheme<f8E4M3FN, asymmetric>} {}

// -----

// expected-error @below {{group size must be positive, got 0}}
module attributes {test.a = #lowp.scheme<i4, group = 0>} {}

// -----

// expected-error @below {{block rows must be positive, got 0}}
module attributes {test.a = #lowp.scheme<i8, block = 0x4>} {}

// -----

// expected-error @below {{token scales are known only at run time: add 'dynamic'}}
module attributes {test.a = #lowp.scheme<i8, token>} {}

// -----

// expected-error @below {{expected a granularity (tensor, channel, token, group, block), asymmetric or dynamic, got 'row'}}
module attributes {test.a = #lowp.scheme<i8, row>} {}

// -----

// expected-error @below {{a block has two lengths, rows x columns}}
module attributes {test.a = #lowp.scheme<i8, block = 4x4x4>} {}

// -----

// expected-error @below {{expected '='}}
module attributes {test.a = #lowp.scheme<i4, group 64>} {}

// -----

// expected-error @below {{a plan needs a site: reports and errors name the contraction by it}}
module attributes {test.a = #lowp.plan<site = "", weight = #lowp.scheme<i4>, method = "rtn">} {}

// -----

// expected-error @below {{a plan needs a method: the name of what rounds the weight}}
module attributes {test.a = #lowp.plan<site = "a", weight = #lowp.scheme<i4>, method = "">} {}

// -----

// expected-error @below {{a weight's scheme is static, its values are known: drop 'dynamic'}}
module attributes {test.a = #lowp.plan<site = "a", weight = #lowp.scheme<i4, channel, dynamic>, method = "rtn">} {}
