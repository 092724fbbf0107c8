//===- Vectorize.h - Elementwise loops at the machine's width ----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The build targets baseline x86-64; a function marked QUANTOPT_VECTORIZED is
// compiled for wider units too and chosen at load time. Files that use it are built
// without contraction to FMA, so every version gives the same bits (rule N11).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_VECTORIZE_H
#define QUANTOPT_NUMERICS_VECTORIZE_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define QUANTOPT_NO_CLONES
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || !defined(__x86_64__)
#define QUANTOPT_NO_CLONES
#endif

// Resolvers run before the sanitizer's runtime is up, so such builds keep the one version.
#ifdef QUANTOPT_NO_CLONES
#define QUANTOPT_VECTORIZED
#else
#define QUANTOPT_VECTORIZED __attribute__((target_clones("avx512f", "avx2", "default")))
#endif

#endif // QUANTOPT_NUMERICS_VECTORIZE_H
