//===- Rope.cpp - Frequencies of rotary embeddings ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In f32 wherever transformers computes in f32: at position 8000 an error of
// one unit in the last place of a frequency already shows in the logits.
//
//===----------------------------------------------------------------------===//

#include "Rope.h"
#include <algorithm>
#include <cmath>

using namespace quantopt::importer;

/// theta^(2i / rotaryDim).
static std::vector<float> getPeriods(const RopeBase &base) {
  std::vector<float> periods;
  for (int64_t i = 0; i < base.rotaryDim; i += 2)
    periods.push_back(std::pow(float(base.theta), float(i) / float(base.rotaryDim)));
  return periods;
}

static double getOriginalLength(const RopeBase &base, ConfigReader &scaling) {
  if (!scaling.has("original_max_position_embeddings") && base.maxPositions) {
    scaling.ignore("original_max_position_embeddings");
    return double(*base.maxPositions);
  }
  return scaling.getNumber("original_max_position_embeddings");
}

/// Long waves are slowed down by `factor`, short ones kept, those between blended.
static void scaleLlama3(const RopeBase &base, ConfigReader &scaling, std::vector<float> &frequencies) {
  float factor = scaling.getNumber("factor");
  float low = scaling.getNumber("low_freq_factor"), high = scaling.getNumber("high_freq_factor");
  float original = getOriginalLength(base, scaling);
  for (float &frequency : frequencies) {
    float wavelength = float(2 * M_PI) / frequency;
    if (wavelength < original / high)
      continue;
    if (wavelength > original / low) {
      frequency /= factor;
      continue;
    }
    float smooth = (original / wavelength - low) / (high - low);
    frequency = (1 - smooth) * frequency / factor + smooth * frequency;
  }
}

/// The index of the pair that turns `rotations` times over `length` positions.
static double findYarnPair(const RopeBase &base, double rotations, double length) {
  return base.rotaryDim * std::log(length / (rotations * 2 * M_PI)) / (2 * std::log(base.theta));
}

static double getYarnScale(double factor, double multiplier) {
  return factor <= 1 ? 1.0 : 0.1 * multiplier * std::log(factor) + 1.0;
}

static void scaleYarn(const RopeBase &base, ConfigReader &scaling, RopeFeatures &rope) {
  double original = getOriginalLength(base, scaling), factor = scaling.getNumber("factor");
  double fast = scaling.getOptionalNumber("beta_fast").value_or(32);
  double slow = scaling.getOptionalNumber("beta_slow").value_or(1);
  auto attentionFactor = scaling.getOptionalNumber("attention_factor");
  auto scale = scaling.getOptionalNumber("mscale"), scaleAll = scaling.getOptionalNumber("mscale_all_dim");
  if (scale.value_or(0) != 0 && scaleAll.value_or(0) != 0)
    rope.attentionFactor = getYarnScale(factor, *scale) / getYarnScale(factor, *scaleAll);
  else
    rope.attentionFactor = getYarnScale(factor, 1);
  rope.attentionFactor = attentionFactor.value_or(rope.attentionFactor);

  double low = findYarnPair(base, fast, original), high = findYarnPair(base, slow, original);
  if (!scaling.has("truncate") || scaling.getFlag("truncate")) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  scaling.ignore("truncate");
  low = std::max(low, 0.0);
  high = std::min(high, double(base.rotaryDim - 1));
  if (low == high)
    high += 0.001; // keeps the ramp finite
  std::vector<float> periods = getPeriods(base);
  for (size_t i = 0; i < periods.size(); ++i) {
    float ramp = std::clamp(float((double(i) - low) / (high - low)), 0.0f, 1.0f);
    float kept = 1.0f / periods[i], slowed = 1.0f / (float(factor) * periods[i]);
    rope.inverseFrequencies[i] = slowed * ramp + kept * (1 - ramp);
  }
}

RopeFeatures quantopt::importer::buildRope(const RopeBase &base, ConfigReader *scaling) {
  RopeFeatures rope;
  for (float period : getPeriods(base))
    rope.inverseFrequencies.push_back(1.0f / period);
  if (!scaling)
    return rope;

  // "type" is the old spelling; files that carry both agree.
  std::string type = scaling->has("rope_type") ? scaling->getString("rope_type")
                     : scaling->has("type")    ? scaling->getString("type")
                                               : "default";
  scaling->ignore("type");
  if (type == "linear") {
    float factor = scaling->getNumber("factor");
    for (float &frequency : rope.inverseFrequencies)
      frequency /= factor;
  } else if (type == "llama3") {
    scaleLlama3(base, *scaling, rope.inverseFrequencies);
  } else if (type == "yarn") {
    scaleYarn(base, *scaling, rope);
  } else if (type != "default") {
    scaling->fail("key 'rope_type' is '" + type + "'; the importer builds default, linear, llama3 and yarn");
  }
  if (!scaling->hasFailed())
    (void)scaling->finish("rope type '" + type + "'");
  return rope;
}
