//===- AwqTest.cpp --------------------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The oracle has no second moments: it multiplies every token with the weight
// and its rounded form, in double, as AWQ's authors do.
//
//===----------------------------------------------------------------------===//

#include "quant-opt/Numerics/Awq.h"

#include "TestData.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>

using namespace quantopt;
using namespace quantopt::test;

namespace {

constexpr int numCases = 200;

/// A group of weights that share an input, of shapes, signs and oddities that depend on the seed.
struct Case {
  int64_t channels, tokens, group;
  BlockScheme scheme;
  std::vector<int64_t> rows;
  std::vector<std::vector<float>> weights;
  std::vector<float> inputs;
  std::vector<unsigned> classes;

  explicit Case(uint64_t seed) {
    Random random(seed * 977 + 5);
    group = int64_t(1) << (2 + random.next() % 3);
    channels = group * int64_t(1 + random.next() % 5);
    tokens = int64_t(1 + random.next() % 40);
    scheme.range = CodeRange::integer(3 + random.next() % 2);
    scheme.asymmetric = random.next() % 2;
    scheme.blockCols = random.next() % 4 ? group : 0;
    for (uint64_t i = 0, count = 1 + random.next() % 3; i != count; ++i) {
      rows.push_back(int64_t(1 + random.next() % 80));
      weights.push_back(makeMatrix(rows[i], channels, seed + i + 1, float(std::exp(3 * random.uniform() - 2))));
    }
    inputs = makeActivations(tokens, channels, seed);
    spoil(random);
    for (int64_t i = 0; i != channels; ++i)
      classes.push_back(random.next() % 3 && !classes.empty() ? getClassCount() : 0);
  }

  unsigned getClassCount() const { return *std::max_element(classes.begin(), classes.end()) + 1; }

  /// Dead channels, outliers, zero rows, equal rows.
  void spoil(Random &random) {
    int64_t channel = int64_t(random.next() % channels);
    float factor = random.next() % 3 == 0 ? 0.0f : random.next() % 2 ? 1e4f : 1.0f;
    for (int64_t token = 0; token != tokens; ++token)
      inputs[token * channels + channel] *= factor;
    std::vector<float> &weight = weights.front();
    if (random.next() % 4 == 0)
      std::fill_n(weight.begin(), channels, 0.0f);
    if (random.next() % 4 == 0 && rows.front() > 1)
      std::copy_n(weight.begin(), channels, weight.begin() + channels);
    if (random.next() % 4 == 0)
      weight[random.next() % weight.size()] *= 1e4f;
  }

  MatrixRef getInputs() const { return {inputs.data(), tokens, channels}; }
  MatrixRef getWeight(size_t i) const { return {weights[i].data(), rows[i], channels}; }
  std::vector<AwqWeight> getGroup() const {
    std::vector<AwqWeight> result;
    for (size_t i = 0; i != weights.size(); ++i)
      result.push_back({getWeight(i), scheme});
    return result;
  }
  OutputError getMoments() const {
    HessianAccumulator accumulator(channels);
    accumulator.add(getInputs(), 1);
    return OutputError(accumulator.take(), channels);
  }
  std::vector<AwqCandidate> getCandidates(const AwqOptions &options) const {
    return makeAwqCandidates(getChannelMeanMagnitude(getInputs(), 1), getRelativeMagnitude(getGroup()), classes,
                             options);
  }

  /// Mean over tokens of |x (change - weight)^T|^2, of columns [begin, end).
  double getTrueError(MatrixRef weight, MatrixRef change, int64_t begin, int64_t end) const {
    double error = 0;
    for (int64_t token = 0; token != tokens; ++token)
      for (int64_t row = 0; row != weight.rows; ++row) {
        double output = 0;
        for (int64_t i = begin; i != end; ++i)
          output += double(inputs[token * channels + i]) * (double(change.row(row)[i]) - double(weight.row(row)[i]));
        error += output * output;
      }
    return error / double(tokens);
  }
  double getTrueError(MatrixRef weight, const std::vector<float> &change) const {
    return getTrueError(weight, {change.data(), weight.rows, channels}, 0, channels);
  }
  double getEnergy(MatrixRef weight) const {
    return getTrueError(weight, std::vector<float>(weight.rows * channels, 0.0f));
  }

  /// Q(w s) / s by the rules, one value at a time.
  std::vector<float> fakeQuantize(MatrixRef weight, const std::vector<float> &scales) const {
    std::vector<float> result(weight.rows * channels);
    int64_t block = scheme.blockCols ? scheme.blockCols : channels;
    for (int64_t row = 0; row != weight.rows; ++row)
      for (int64_t begin = 0; begin != channels; begin += block) {
        float low = 0, high = 0;
        for (int64_t i = begin; i != begin + block; ++i) {
          low = std::min(low, weight.row(row)[i] * scales[i]);
          high = std::max(high, weight.row(row)[i] * scales[i]);
        }
        ScaleZero params = chooseScaleZero(low, high, scheme.range, scheme.asymmetric, ScaleStorage::F32);
        for (int64_t i = begin; i != begin + block; ++i) {
          int8_t code = quantizeValue(weight.row(row)[i] * scales[i], params.scale, params.zeroPoint, scheme.range);
          result[row * channels + i] = dequantizeValue(code, params.scale, params.zeroPoint, scheme.range) / scales[i];
        }
      }
    return result;
  }
  double getGroupError(const std::vector<float> &scales) const {
    double sum = 0;
    for (size_t i = 0; i != weights.size(); ++i)
      if (double energy = getEnergy(getWeight(i)); energy > 0)
        sum += getTrueError(getWeight(i), fakeQuantize(getWeight(i), scales)) / energy;
    return sum;
  }
};

TEST(Awq, MomentsGiveTheErrorOfTheOutput) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    Case c(seed);
    OutputError moments = c.getMoments();
    std::vector<float> ones(c.channels, 1.0f);
    for (size_t i = 0; i != c.weights.size(); ++i) {
      MatrixRef weight = c.getWeight(i);
      std::vector<float> rounded = c.fakeQuantize(weight, ones);
      double energy = c.getEnergy(weight), error = c.getTrueError(weight, rounded);
      EXPECT_NEAR(moments.getEnergy(weight, 1), energy, 1e-4 * energy);
      // fp32 products: 1e-5 of what the error could be.
      EXPECT_NEAR(moments.getError(weight, {rounded.data(), weight.rows, c.channels}, 1), error,
                  1e-3 * error + 1e-6 * energy);
    }
  }
}

TEST(Awq, CandidatesFollowTheFormula) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    Case c(seed);
    std::vector<float> x = getChannelMeanMagnitude(c.getInputs(), 1), w = getRelativeMagnitude(c.getGroup());
    std::vector<AwqCandidate> candidates = c.getCandidates({});
    EXPECT_EQ(candidates.front().scales, std::vector<float>(c.channels, 1.0f));
    if (c.getClassCount() == 1) {
      EXPECT_EQ(candidates.size(), 1u);
      continue;
    }
    ASSERT_EQ(candidates.size(), 1u + 20 + 21);
    for (const AwqCandidate &candidate : candidates) {
      std::vector<double> wanted;
      double low = INFINITY, high = 0;
      for (int64_t i = 0; i != c.channels; ++i) {
        double xs = 0, ws = 0, count = 0;
        for (int64_t k = 0; k != c.channels; ++k)
          if (c.classes[k] == c.classes[i]) {
            xs += x[k];
            ws += w[k];
            count += 1;
          }
        double scale = std::pow(xs / count, candidate.exponent);
        if (candidate.family == AwqFamily::Duo)
          scale /= std::pow(ws / count, 1 - candidate.exponent) + 1e-4;
        bool isDead = xs == 0 || ws == 0;
        wanted.push_back(isDead ? 0 : std::max(scale, 1e-4));
        low = isDead ? low : std::min(low, wanted.back());
        high = std::max(high, wanted.back());
      }
      for (int64_t i = 0; i != c.channels; ++i)
        EXPECT_NEAR(candidate.scales[i], wanted[i] == 0 ? 1.0 : wanted[i] / std::sqrt(low * high),
                    1e-5 * candidate.scales[i]);
    }
  }
}

TEST(Awq, N21FindsTheBestCandidate) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    Case c(seed);
    AwqOptions options;
    options.gridSteps = 5;
    options.exhaustive = true;
    std::vector<AwqCandidate> candidates = c.getCandidates(options);
    llvm::Expected<AwqResult> result = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options);
    ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
    double best = INFINITY;
    for (const AwqCandidate &candidate : candidates)
      best = std::min(best, c.getGroupError(candidate.scales));
    double plain = c.getGroupError(candidates.front().scales), found = c.getGroupError(result->best.scales);
    EXPECT_LE(found, best * 1.001 + 1e-6);
    EXPECT_LE(result->error, result->plainError);
    EXPECT_NEAR(result->plainError, plain, 1e-3 * plain + 1e-5);
    EXPECT_NEAR(result->error, found, 1e-3 * found + 1e-5);
  }
}

TEST(Awq, N21ACoarseSearchIsNeverWorseThanNone) {
  int same = 0;
  constexpr int fewCases = 40;
  for (int seed = 0; seed != fewCases; ++seed) {
    SCOPED_TRACE(seed);
    Case c(seed);
    AwqOptions options;
    std::vector<AwqCandidate> candidates = c.getCandidates(options);
    auto coarse = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options);
    options.exhaustive = true;
    auto whole = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options);
    ASSERT_TRUE(coarse && whole);
    EXPECT_LE(coarse->error, coarse->plainError);
    EXPECT_LE(whole->error, coarse->error);
    same += coarse->error <= 1.05 * whole->error;
  }
  // These layers have tens of weights, so their errors are rugged; still most of the search's gain is found.
  EXPECT_GE(same, fewCases / 2);
}

TEST(Awq, AJudgeHasTheLastWord) {
  uint64_t seed = 3;
  while (Case(seed).getClassCount() < 4)
    ++seed;
  Case c(seed);
  AwqOptions options;
  std::vector<AwqCandidate> candidates = c.getCandidates(options);
  int heard = 0;
  // Likes every candidate more than the one before: the first one, which changes nothing, is heard last where it ranks
  // low, and wins.
  auto judge = [&](llvm::ArrayRef<std::vector<float>>) -> llvm::Expected<double> { return 10.0 - double(++heard); };
  auto result = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options, judge, 3);
  ASSERT_TRUE(bool(result));
  EXPECT_EQ(result->error, 10.0 - heard);
  EXPECT_GE(heard, 3);
  EXPECT_LE(heard, 4);
  auto fails = [](llvm::ArrayRef<std::vector<float>>) -> llvm::Expected<double> {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "no");
  };
  auto failed = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options, fails, 3);
  EXPECT_FALSE(bool(failed));
  EXPECT_EQ(llvm::toString(failed.takeError()), "no");
}

TEST(Awq, ClipsAreTheBestOfEachGroupAndNeverWorseInARow) {
  for (int seed = 0; seed != numCases; ++seed) {
    SCOPED_TRACE(seed);
    Case c(seed);
    AwqOptions options;
    options.clipSteps = 5;
    OutputError moments = c.getMoments();
    MatrixRef weight = c.getWeight(0);
    llvm::Expected<std::vector<uint8_t>> steps = searchClips({weight, c.scheme}, moments, options);
    ASSERT_TRUE(bool(steps)) << llvm::toString(steps.takeError());
    int64_t block = c.scheme.blockCols ? c.scheme.blockCols : c.channels, groups = c.channels / block;
    ASSERT_EQ(int64_t(steps->size()), weight.rows * groups);
    std::vector<float> ones(c.channels, 1.0f), plain = c.fakeQuantize(weight, ones);
    for (int64_t row = 0; row != weight.rows; ++row) {
      MatrixRef one(weight.row(row), 1, c.channels);
      auto round = [&](llvm::ArrayRef<uint8_t> rowSteps) {
        std::vector<float> clipped(one.data, one.data + c.channels);
        applyClips(clipped, rowSteps, c.scheme.asymmetric, options.clipSteps);
        return c.fakeQuantize({clipped.data(), 1, c.channels}, ones);
      };
      llvm::ArrayRef<uint8_t> found = llvm::ArrayRef(*steps).slice(row * groups, groups);
      std::vector<float> rounded = round(found);
      MatrixRef before(plain.data() + row * c.channels, 1, c.channels), after(rounded.data(), 1, c.channels);
      double plainError = c.getTrueError(one, before, 0, c.channels);
      double energy = c.getTrueError(one, {ones.data(), 1, c.channels}, 0, c.channels);
      EXPECT_LE(c.getTrueError(one, after, 0, c.channels), plainError * 1.001 + 1e-6 * energy);
      if (llvm::all_of(found, [](uint8_t step) { return step == 0; }))
        continue;
      for (int64_t group = 0; group != groups; ++group)
        for (uint8_t step = 0; step <= options.clipSteps; ++step) {
          std::vector<uint8_t> other(found.begin(), found.end());
          other[group] = step;
          std::vector<float> otherRounded = round(other);
          double otherError =
              c.getTrueError(one, {otherRounded.data(), 1, c.channels}, group * block, (group + 1) * block);
          double error = c.getTrueError(one, after, group * block, (group + 1) * block);
          EXPECT_LE(error, otherError * 1.001 + 1e-6 * energy) << "row " << row << " group " << group;
        }
    }
  }
}

TEST(Awq, N10SameBytesForAnyThreads) {
  Case c(11);
  std::vector<AwqCandidate> candidates = c.getCandidates({});
  AwqOptions options;
  auto one = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options);
  auto clips = searchClips(c.getGroup()[0], c.getMoments(), options);
  ASSERT_TRUE(one && clips);
  for (unsigned threads : {2u, 3u}) {
    options.threads = threads;
    auto other = searchAwqScales(c.getGroup(), c.getMoments(), candidates, options);
    auto otherClips = searchClips(c.getGroup()[0], c.getMoments(), options);
    ASSERT_TRUE(other && otherClips);
    EXPECT_EQ(one->error, other->error);
    EXPECT_EQ(one->best.scales, other->best.scales);
    EXPECT_EQ(*clips, *otherClips);
    EXPECT_EQ(getChannelMeanMagnitude(c.getInputs(), 1), getChannelMeanMagnitude(c.getInputs(), threads));
  }
}

TEST(Awq, RefusesNonFiniteWeights) {
  Case c(2);
  c.weights[0][3] = NAN;
  AwqOptions options;
  auto result = searchAwqScales(c.getGroup(), c.getMoments(), c.getCandidates(options), options);
  ASSERT_FALSE(bool(result));
  EXPECT_EQ(llvm::toString(result.takeError()), "NaN at row 0, column 3 of a matrix to quantize");
  auto clips = searchClips(c.getGroup()[0], c.getMoments(), options);
  ASSERT_FALSE(bool(clips));
  llvm::consumeError(clips.takeError());
  BlockScheme square = c.scheme;
  square.blockRows = 0;
  c.weights[0][3] = 1;
  auto refused = searchClips({c.getWeight(0), square}, c.getMoments(), options);
  EXPECT_TRUE(bool(refused) == (c.rows[0] == 1));
  if (!refused)
    EXPECT_EQ(llvm::toString(refused.takeError()), "clips need blocks of one row");
}

} // namespace
