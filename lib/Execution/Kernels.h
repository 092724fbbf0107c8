//===- Kernels.h - Contractions by BLAS, softmax -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_LIB_EXECUTION_KERNELS_H
#define QUANTOPT_LIB_EXECUTION_KERNELS_H

#include <cstdint>

namespace quantopt::execution {

/// c[..] (+)= sum a[..] * b[..] over a nest of `rank` loops. `layout` holds 4 * rank numbers: the trip counts, then the
/// stride of each loop in a, in b and in c, in elements; 0 where an operand does not move. Loops that c does not move
/// along are summed over. Overwrites c unless `accumulate`.
void contractF32(int64_t rank, const int64_t *layout, const float *a, const float *b, float *c, bool accumulate);

/// Softmax along the last of `rank` dimensions. `layout` holds 3 * rank numbers: sizes, strides of `in`, strides of
/// `out`. Masked (-inf) entries give 0; a row of -inf only gives NaN, as the definition does.
void softmaxF32(int64_t rank, const int64_t *layout, const float *in, float *out);

} // namespace quantopt::execution

#endif // QUANTOPT_LIB_EXECUTION_KERNELS_H
