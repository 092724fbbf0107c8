//===- Awq.h - Scales of channels that lower the rounding error --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Activation-aware weight quantization (Lin et al. 2023): x W^T is computed as
// (x / s) Q(W s)^T, with one factor s_j a channel that several weights share.
// Factors come from a family with one or two parameters; the one of least
// output error is taken. For inputs with the second moment H the error of a weight is
//
//   tr(D H D^T),  D = Q(W s) / s - W
//
// so that no candidate needs the inputs again (rule N21).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTOPT_NUMERICS_AWQ_H
#define QUANTOPT_NUMERICS_AWQ_H

#include "quant-opt/Numerics/Rounding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace quantopt {

/// The families of factors. x is the mean magnitude of a channel's activation, w the mean of its weights' magnitudes,
/// each relative to the largest of its group.
enum class AwqFamily : uint8_t {
  Activation, ///< x^r, the paper's
  Duo,        ///< x^r / w^(1-r), AutoAWQ's duo scaling
  Both,       ///< candidates of either
};

struct AwqOptions {
  AwqFamily family = AwqFamily::Both;
  /// Exponents r = 0, 1 / gridSteps, ..., 1 of each family.
  unsigned gridSteps = 20;
  /// Rank every candidate. Otherwise every fifth of the grid or so of each family, then the neighbours of the best one
  /// at halved distances down to one step, which finds the same where the error has one valley.
  bool exhaustive = false;
  /// Clips to try for each group of a row: 1 - i / (2 clipSteps), i = 0 .. clipSteps.
  unsigned clipSteps = 10;
  unsigned threads = 1;
};

/// A weight [out, channels] and how it will be quantized.
struct AwqWeight {
  MatrixRef weight;
  BlockScheme scheme;
};

/// Mean of |x| over the tokens of all samples [tokens, channels], by channel. The same bytes for any thread count.
std::vector<float> getChannelMeanMagnitude(llvm::ArrayRef<MatrixRef> samples, unsigned threads);

/// Mean over the rows of all `weights` of |w| relative to the largest magnitude of its block in the row, by channel.
std::vector<float> getRelativeMagnitude(llvm::ArrayRef<AwqWeight> weights);

struct AwqCandidate {
  AwqFamily family = AwqFamily::Activation;
  double exponent = 0;
  /// By channel; their largest times their smallest is 1.
  std::vector<float> scales;
};

/// All candidates, first the one that changes nothing. Channels of one class (numbered from 0) have one factor, of
/// their mean magnitudes. Dead channels keep the factor 1 (rule N14).
std::vector<AwqCandidate> makeAwqCandidates(llvm::ArrayRef<float> activation, llvm::ArrayRef<float> weight,
                                            llvm::ArrayRef<unsigned> classes, const AwqOptions &options);

/// What W is after its scaled form was rounded plainly: Q(W s) / s, dense. Fails where roundMatrix does.
llvm::Expected<std::vector<float>> roundScaled(const AwqWeight &weight, llvm::ArrayRef<float> scales, unsigned threads);

/// Second moments of a layer's inputs in fp32, for errors of many weight changes.
class OutputError {
public:
  /// `hessian` is [channels, channels] (Hessian.h).
  OutputError(llvm::ArrayRef<double> hessian, int64_t channels);
  /// d H d^T of each row d of `change` - `weight`, both [rows, channels].
  std::vector<double> getRowErrors(MatrixRef weight, MatrixRef change, unsigned threads) const;
  /// Their sum.
  double getError(MatrixRef weight, MatrixRef change, unsigned threads) const;
  /// tr(W H W^T), the error of an output of zeros.
  double getEnergy(MatrixRef weight, unsigned threads) const;
  /// The same for inputs that were divided by `scales`.
  OutputError divideBy(llvm::ArrayRef<float> scales) const;
  llvm::ArrayRef<float> getMoments() const { return moments; }
  int64_t getChannels() const { return channels; }

private:
  OutputError() = default;
  int64_t channels = 0;
  std::vector<float> moments;
};

struct AwqResult {
  AwqCandidate best;
  /// Error of the best candidate and of the first one, which changes nothing.
  double error = 0, plainError = 0;
};

/// Judges the weights of a group after rounding, dense and in their order. Fails as it likes.
using AwqObjective = llvm::function_ref<llvm::Expected<double>(llvm::ArrayRef<std::vector<float>> rounded)>;

/// The first candidate of least error. Candidates, as makeAwqCandidates orders them, are ranked by the sum over
/// `weights` of the output error relative to the output, so that weights whose outputs differ in size count alike;
/// where `judge` is given, it judges the `shortlist` best of these and the first candidate instead.
llvm::Expected<AwqResult> searchAwqScales(llvm::ArrayRef<AwqWeight> weights, const OutputError &objective,
                                          llvm::ArrayRef<AwqCandidate> candidates, const AwqOptions &options,
                                          AwqObjective judge = nullptr, unsigned shortlist = 0);

/// The clip of each group of `weight` of least error d_g H_gg d_g^T, as steps, [rows, groups]; all 0 for a row where
/// together, by the whole of H, they are no better than none. Needs blocks of one row. Fails where roundMatrix does.
llvm::Expected<std::vector<uint8_t>> searchClips(const AwqWeight &weight, const OutputError &objective,
                                                 const AwqOptions &options);

/// Clamps each block of a row to what its scale holds when it shrinks by 1 - step / (2 clipSteps): a symmetric one to
/// that share of its largest magnitude, an asymmetric one to that share of its range. `steps` as searchClips gives
/// them, `weight` dense.
void applyClips(llvm::MutableArrayRef<float> weight, llvm::ArrayRef<uint8_t> steps, bool asymmetric,
                unsigned clipSteps);

} // namespace quantopt

#endif // QUANTOPT_NUMERICS_AWQ_H
