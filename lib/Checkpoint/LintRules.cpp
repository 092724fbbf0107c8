//===- LintRules.cpp - The rules that a folder is checked against ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LintRules.h"
#include "Formats/Format.h"
#include "StrictJson.h"
#include "quant-opt/Checkpoint/OutputFile.h"
#include "quant-opt/Numerics/Codecs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include <cmath>
#include <set>

using namespace llvm;
using namespace quantopt;

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// Reports the first layer for which `describe` has something to say, and how many there are.
static void checkLayers(const LintInput &input, LintReport report, StringRef remedy,
                        function_ref<std::string(const QuantizedModule &)> describe) {
  std::string first;
  int64_t count = 0;
  for (const QuantizedModule &module : input.model.modules)
    if (std::string text = describe(module); !text.empty() && ++count == 1)
      first = "'" + module.name + "' " + text;
  if (count > 1)
    first += " (and " + std::to_string(count - 1) + " layers more)";
  if (count)
    report(first + "; " + remedy);
}

static void checkScales(const LintInput &input, LintReport report) {
  checkLayers(input, report, "quantize that layer again", [&](const QuantizedModule &module) -> std::string {
    const WeightInfo &info = *input.store.lookup(module.scaleKey);
    double smallest = info.storage == Storage::F16 ? 0x1p-14 : 0x1p-126;
    Expected<WeightBuffer> scales = input.store.read(module.scaleKey, ElementKind::F32);
    if (!scales)
      return toString(scales.takeError());
    for (float scale : scales->as<float>())
      if (!(scale >= smallest) || !std::isfinite(scale))
        return formatv("has the scale {0}, which is not a positive, finite, normal number", scale).str();
    return "";
  });
}

static void checkFloatCodes(const LintInput &input, LintReport report) {
  checkLayers(input, report, "quantize that layer again", [&](const QuantizedModule &module) -> std::string {
    if (module.weight.kind == CodeKind::Integer)
      return "";
    Expected<std::vector<int8_t>> codes = formats::readCodes(input.store, module.codesKey);
    if (!codes)
      return toString(codes.takeError());
    return any_of(*codes, [](int8_t code) { return (code & 0x7F) == nanF8; }) ? "holds NaN among its codes" : "";
  });
}

/// The layers that loaders run as one: they share a parent, and their last names are in one of these sets.
static constexpr StringLiteral kFusedSets[][3] = {{"q_proj", "k_proj", "v_proj"}, {"gate_proj", "up_proj", ""}};

/// Visits each fused set that has a quantized layer: its quantized members and its parent's name.
static void visitFused(const LintInput &input,
                       function_ref<void(ArrayRef<const QuantizedModule *>, StringRef, size_t members)> visit) {
  for (const QuantizedModule &module : input.model.modules) {
    auto [parent, name] = StringRef(module.name).rsplit('.');
    for (const auto &set : kFusedSets) {
      if (name.empty() || !is_contained(set, name))
        continue;
      std::vector<const QuantizedModule *> members;
      size_t present = 0;
      for (StringRef member : set) {
        std::string path = (parent + "." + member).str();
        const QuantizedModule *found = member.empty() ? nullptr : input.store.lookupModule(path);
        present += found || (!member.empty() && input.model.tensors.count(path + ".weight"));
        if (found)
          members.push_back(found);
      }
      if (members.front()->name == module.name)
        visit(members, parent, present);
    }
  }
}

static void checkFusedSchemes(const LintInput &input, LintReport report) {
  visitFused(input, [&](ArrayRef<const QuantizedModule *> members, StringRef parent, size_t present) {
    if (members.size() != present)
      return report("'" + members.front()->name + "' is quantized, but not all layers of '" + parent +
                    "' that run as one with it; quantize all or none of them");
    for (const QuantizedModule *member : members)
      if (member->weight != members.front()->weight || member->input != members.front()->input)
        return report("'" + member->name + "' is " + describeScheme(member->weight) + ", '" + members.front()->name +
                      "', which runs as one with it, " + describeScheme(members.front()->weight) +
                      "; give them one scheme");
  });
}

static std::vector<float> readScale(const WeightStore &store, StringRef key) {
  if (key.empty())
    return {};
  Expected<WeightBuffer> buffer = store.read(key, ElementKind::F32);
  if (!buffer) {
    consumeError(buffer.takeError());
    return {};
  }
  return buffer->as<float>().vec();
}

static void checkFusedScales(const LintInput &input, LintReport report) {
  visitFused(input, [&](ArrayRef<const QuantizedModule *> members, StringRef, size_t) {
    const QuantizedModule &first = *members.front();
    for (const QuantizedModule *member : members) {
      bool differs = (first.weight.blockRows == 0 &&
                      readScale(input.store, member->scaleKey) != readScale(input.store, first.scaleKey)) ||
                     readScale(input.store, member->inputScaleKey) != readScale(input.store, first.inputScaleKey);
      if (differs)
        return report("'" + member->name + "' and '" + first.name +
                      "' have scales of their own, which are replaced by the larger one; share one before rounding");
    }
  });
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static void checkTokenizer(const LintInput &input, LintReport report) {
  if (!sys::fs::exists(getPathIn(input.folder, "tokenizer.json")) &&
      !sys::fs::exists(getPathIn(input.folder, "tokenizer.model")) &&
      !sys::fs::exists(getPathIn(input.folder, "vocab.txt")))
    report("there is no tokenizer.json; copy the tokenizer of the model beside the weights");
}

static void checkIgnored(const LintInput &input, LintReport report) {
  bool isTied = input.config.getBoolean("tie_word_embeddings").value_or(false);
  for (StringRef name : input.model.ignored) {
    // What is no path is a class or a part of a name.
    bool isPath = name.contains('.') && !name.contains('*') && !name.contains(':');
    bool exists = input.model.tensors.count((name + ".weight").str()) || (isTied && name == "lm_head");
    if (isPath && !exists && !input.store.lookupModule(name))
      report("'" + name + "' is listed as not quantized, but there is no such layer; correct its name");
    if (input.store.lookupModule(name))
      report("'" + name + "' is listed as not quantized, but it is; remove it from the list");
  }
}

static void checkTiedHead(const LintInput &input, LintReport report) {
  if (input.config.getBoolean("tie_word_embeddings").value_or(false) && input.store.lookupModule("lm_head"))
    report("'lm_head' is quantized, but tie_word_embeddings makes loaders use the embedding in its place; set it to "
           "false");
}

static void checkStaleFiles(const LintInput &input, LintReport report) {
  constexpr StringLiteral kIndex = "model.safetensors.index.json";
  std::set<std::string> used;
  if (sys::fs::exists(getPathIn(input.folder, kIndex))) {
    Expected<json::Object> index = readJsonFile(getPathIn(input.folder, kIndex));
    if (!index)
      return consumeError(index.takeError());
    if (const json::Object *map = index->getObject("weight_map"))
      for (const auto &[tensor, file] : *map)
        used.insert(file.getAsString().value_or("").str());
  } else {
    used.insert("model.safetensors");
  }
  std::error_code error;
  std::set<std::string> stale;
  for (sys::fs::directory_iterator it(input.folder, error), end; it != end && !error; it.increment(error)) {
    StringRef name = sys::path::filename(it->path());
    if ((name.ends_with(".safetensors") || name.ends_with(".bin")) && !used.count(name.str()))
      stale.insert(name.str());
  }
  for (const std::string &name : stale)
    report("'" + name + "' is not part of the model, and loaders may read it in place of what is; remove it");
}

/// hf_quant_config.json beside config.json: both state the algorithm.
static void checkConfigsAgree(const LintInput &input, LintReport report) {
  std::string path = getPathIn(input.folder, "hf_quant_config.json");
  if (!sys::fs::exists(path))
    return;
  Expected<json::Object> object = readJsonFile(path);
  if (!object)
    return report(toString(object.takeError()));
  const json::Object *nested = object->getObject("quantization");
  for (StringRef key : {"quant_algo", "group_size"}) {
    const json::Value *here = nested ? nested->get(key) : nullptr, *there = input.quantization.get(key);
    if (here && there && *here != *there)
      report("hf_quant_config.json says " + formatv("{0} = {1}", key, *here).str() + ", config.json " +
             formatv("{0}", *there).str() + "; correct one of them");
  }
}

//===----------------------------------------------------------------------===//
// Loaders
//===----------------------------------------------------------------------===//

static bool isWeightOnlyInteger(const QuantizedModule &module) {
  return module.weight.kind == CodeKind::Integer && !module.input;
}

static void checkMarlinGroup(const LintInput &input, LintReport report) {
  checkLayers(input, report, "choose a group size of 32, 64 or 128, or channels", [](const QuantizedModule &module) {
    int64_t group = module.weight.blockCols;
    bool fits = !isWeightOnlyInteger(module) || is_contained({0, 32, 64, 128}, group);
    return fits ? "" : "has groups of " + std::to_string(group) + ", for which there is no kernel";
  });
}

static void checkMarlinShape(const LintInput &input, LintReport report) {
  checkLayers(input, report, "leave the layer float", [](const QuantizedModule &module) {
    bool fits = !isWeightOnlyInteger(module) || (module.rows % 64 == 0 && module.cols % 128 == 0);
    return fits ? ""
                : formatv("is {0} x {1}; kernels want outputs in 64s and inputs in 128s", module.rows, module.cols)
                      .str();
  });
}

static void checkVllmMethod(const LintInput &input, LintReport report) {
  if (input.getMethod() == "modelopt" && input.quantization.getString("quant_algo").value_or("").starts_with("W"))
    report("quant_algo " + *input.quantization.getString("quant_algo") +
           " of modelopt is not in its list; export as "
           "compressed-tensors, gptq or awq");
}

static void checkVllmZeroPoint(const LintInput &input, LintReport report) {
  checkLayers(input, report, "quantize symmetrically", [&](const QuantizedModule &module) {
    bool isGptq = input.getMethod() == "gptq";
    bool fits = module.weight.symmetric || (isWeightOnlyInteger(module) && module.weight.bits == 4 && !isGptq);
    return fits ? "" : "has zero points, for which there is no kernel (" + describeScheme(module.weight) + ")";
  });
}

static void checkTrtllmMethod(const LintInput &input, LintReport report) {
  StringRef method = input.getMethod();
  if (method == "gptq" || method == "awq")
    return report("quant_method " + method + " is read by the older converter alone; export as modelopt");
  if (method == "compressed-tensors")
    checkLayers(input, report, "export as modelopt", [](const QuantizedModule &module) {
      return module.weight.kind == CodeKind::Integer ? "has integer codes, which it rejects or takes for floats" : "";
    });
}

static void checkTrtllmStrategy(const LintInput &input, LintReport report) {
  if (input.getMethod() != "compressed-tensors")
    return;
  checkLayers(
      input, report, "quantize by channel and token, or by blocks of 128x128", [](const QuantizedModule &module) {
        const TensorScheme &weight = module.weight;
        bool isChannel = weight.blockRows == 1 && weight.blockCols == 0 && module.input && module.input->dynamic;
        bool isBlock = weight.blockRows == 128 && weight.blockCols == 128;
        bool fits = weight.kind == CodeKind::Integer || isChannel || isBlock;
        return fits ? "" : "has a weight of " + describeScheme(weight) + ", which it rejects";
      });
}

static void checkTransformersMethod(const LintInput &input, LintReport report) {
  if (input.getMethod().starts_with("modelopt"))
    report("quant_method modelopt is no quantizer of transformers; export as compressed-tensors");
}

static void checkGptqIndex(const LintInput &input, LintReport report) {
  if (input.getMethod() != "gptq")
    return;
  checkLayers(input, report, "export again", [&](const QuantizedModule &module) {
    // Reading takes it with the layer's other tensors; one that is not there is made up by no one.
    return input.quantization.getBoolean("desc_act").value_or(false) && module.weight.blockCols != 1
               ? "lists its groups in order although desc_act says that they are not"
               : "";
  });
}

//===----------------------------------------------------------------------===//
// The rules
//===----------------------------------------------------------------------===//

#define VLLM "vllm: model_executor/layers/quantization/"
#define TRTLLM "TensorRT-LLM: tensorrt_llm/"

static constexpr LintRule kRules[] = {
    {"readable", "", true, "Every file of the folder can be read.", "docs/checkpoints.md", nullptr},
    {"has-modules", "", true, "At least one layer is quantized, and a file says how.", "docs/checkpoints.md", nullptr},
    {"quant-method", "", true, "`quant_method` names a format that is read.", "docs/checkpoints.md", nullptr},
    {"config-keys", "", true, "The keys of the format are there and of their kind.", "the format's configuration class",
     nullptr},
    {"tensors-complete", "", true,
     "Every quantized layer has all its tensors, of the dtypes and shapes that the "
     "configuration implies.",
     "the format's loader", nullptr},
    {"unique-names", "", true, "No two tensors share a name.", "safetensors", nullptr},
    {"code-width", "", true, "Codes have a width that is read: int4, int8, 8-bit floats.", "docs/checkpoints.md",
     nullptr},
    {"group-divides", "", true, "A group or block divides the dimension that it lies along.", "docs/numerics.md, N7",
     nullptr},
    {"scale-range", "", true, "A scale is a positive, finite, normal number of its dtype.", "docs/numerics.md, N8",
     checkScales},
    {"scale-exact", "", true, "A conversion stores every scale exactly.", "docs/checkpoints.md", nullptr},
    {"code-nan", "", true, "No code of an 8-bit float is NaN.", "OCP 8-bit floating point, 5.3", checkFloatCodes},
    {"reread", "", true, "What was written reads back as what was meant.", "docs/checkpoints.md", nullptr},
    {"ignored-exist", "", true, "Every layer that is listed as not quantized exists and is not.",
     "compressed-tensors: quantization/lifecycle/apply.py", checkIgnored},
    {"tied-head", "", true, "A quantized head is not tied to the embedding.", "transformers: modeling_utils.py",
     checkTiedHead},
    {"stale-files", "", true, "No other weights lie beside the model's.", VLLM "../../model_loader/weight_utils.py",
     checkStaleFiles},
    {"tokenizer", "", false, "A tokenizer lies beside the weights.", "transformers", checkTokenizer},
    {"configs-agree", "", true, "config.json and hf_quant_config.json say the same.",
     TRTLLM "quantization/modelopt_config.py", checkConfigsAgree},
    {"ct-scheme", "", true, "A scheme is one that compressed-tensors has.",
     "compressed-tensors: quantization/quant_args.py", nullptr},
    {"ct-targets", "", true, "Every layer with a scale is a target of one group.", "compressed-tensors: utils/match.py",
     nullptr},
    {"ct-g-idx", "", true, "Groups are contiguous; `actorder: group` was removed.",
     "compressed-tensors: quantization/quant_args.py", nullptr},
    {"ct-kv-cache", "", true, "No quantized cache (not read).", "docs/checkpoints.md", nullptr},
    {"ct-transform", "", true, "No transforms (not read).", "docs/checkpoints.md", nullptr},
    {"gptq-scheme", "", true, "All layers have one scheme: integers by channel or group, float inputs.",
     "GPTQModel: quantization/config.py", nullptr},
    {"gptq-shape", "", true, "Inputs and outputs come in 32s.", "GPTQModel: nn_modules/qlinear/__init__.py", nullptr},
    {"gptq-v1-zero", "", true, "Version 1 has no number for the lowest zero point.", "GPTQModel: utils/model.py",
     nullptr},
    {"gptq-zero-label", "", true, "Symmetric zero points are those of the version that the label names.",
     "vllm-project/vllm#38966", nullptr},
    {"gptq-g-idx", "", true, "`g_idx` names groups that exist.", "GPTQModel: nn_modules/qlinear/__init__.py", nullptr},
    {"gptq-desc-act", "", false, "`desc_act` is set only where groups are out of order.", VLLM "auto_gptq.py",
     checkGptqIndex},
    {"gptq-dynamic", "", true, "`dynamic` excludes layers and gives none settings of its own (not read).",
     "GPTQModel: quantization/config.py", nullptr},
    {"awq-4-bit", "", true, "Codes have 4 bits.", "AutoAWQ: modules/linear/gemm.py", nullptr},
    {"awq-scheme", "", true, "All layers have one scheme: by channel or group, float inputs.",
     "AutoAWQ: models/_config.py", nullptr},
    {"awq-shape", "", true, "Outputs come in 8s.", "AutoAWQ: modules/linear/gemm.py", nullptr},
    {"awq-version", "", true, "The version is `gemm`.", "AutoAWQ: models/_config.py", nullptr},
    {"awq-ignore", "", true, "Layers that stay float are parts of names, no patterns.", VLLM "auto_awq.py", nullptr},
    {"modelopt-algorithm", "", true, "`quant_algo` is one that is read, and fits all layers.",
     "Model-Optimizer: export/quant_utils.py", nullptr},
    {"modelopt-shape", "", true, "Outputs of int4 weights come in pairs.", "Model-Optimizer: export/quant_utils.py",
     nullptr},
    {"modelopt-input-scale", "", true, "`pre_quant_scale` is one throughout (another is not read).",
     TRTLLM "_torch/modules/linear.py", nullptr},
    {"modelopt-kv-cache", "", true, "No quantized cache (not read).", "docs/checkpoints.md", nullptr},
    {"modelopt-ignore", "", true, "Layers that stay float are shell wildcards, no expressions.",
     TRTLLM "models/quant_config_utils.py", nullptr},
    {"gguf-scheme", "", true, "Layers are int4 or int8, symmetric, by channel or by groups of whole 32s.",
     "llama.cpp: ggml-quants.c", nullptr},
    {"gguf-source", "", true, "The model was imported from a GGUF, whose metadata and tokenizer it keeps.",
     "docs/checkpoints.md", nullptr},
    {"vllm-method", "vllm", true, "The algorithm of modelopt is one of its list.", VLLM "modelopt.py", checkVllmMethod},
    {"vllm-fused-scheme", "vllm", true, "Layers that run as one (q, k, v; gate, up) are quantized alike.",
     VLLM "compressed_tensors/compressed_tensors.py", checkFusedSchemes},
    {"vllm-fused-scale", "vllm", true, "They share scales of whole tensors; otherwise codes are rounded again.",
     VLLM "utils/w8a8_utils.py", checkFusedScales},
    {"vllm-zero-point", "vllm", true, "Zero points are of int4 weights with float inputs, and not of gptq.",
     VLLM "utils/marlin_utils.py", checkVllmZeroPoint},
    {"vllm-group", "vllm", true, "Groups of integer weights have 32, 64 or 128 inputs, or all.",
     VLLM "utils/marlin_utils.py", checkMarlinGroup},
    {"vllm-shape", "vllm", true, "Integer weights have outputs in 64s and inputs in 128s on every device.",
     VLLM "utils/marlin_utils.py", checkMarlinShape},
    {"trtllm-method", "trtllm", true, "Integer weights come from modelopt alone.", TRTLLM "_torch/model_config.py",
     checkTrtllmMethod},
    {"trtllm-strategy", "trtllm", true, "Floats of compressed-tensors are by channel and token, or by 128x128.",
     TRTLLM "models/quant_config_utils.py", checkTrtllmStrategy},
    {"trtllm-fused-scheme", "trtllm", true, "Layers that run as one (q, k, v; gate, up) are quantized alike.",
     TRTLLM "_torch/modules/linear.py", checkFusedSchemes},
    {"trtllm-fused-scale", "trtllm", true, "They share scales of whole tensors; otherwise codes are rounded again.",
     TRTLLM "_torch/modules/linear.py", checkFusedScales},
    {"transformers-method", "transformers", true, "`quant_method` is one of its quantizers.",
     "transformers: quantizers/auto.py", checkTransformersMethod},
};

#undef VLLM
#undef TRTLLM

ArrayRef<LintRule> quantopt::getLintRules() { return kRules; }
