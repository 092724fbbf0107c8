//===- GgufNames.cpp - Tensors of GGUF under Hugging Face names -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GgufNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace quantopt;

namespace {

struct Architecture {
  StringLiteral name;
  /// Rows of q and k lie in the order of the interleaved rotation.
  bool interleaved;
  StringLiteral ffnNorm;
};

struct Rename {
  StringLiteral gguf, key;
};

} // namespace

// ggml-org/llama.cpp: gguf-py/gguf/constants.py, convert_hf_to_gguf.py.
static constexpr Architecture architectures[] = {
    {"llama", true, "post_attention_layernorm"},    {"qwen2", false, "post_attention_layernorm"},
    {"qwen3", false, "post_attention_layernorm"},   {"gemma2", false, "pre_feedforward_layernorm"},
    {"gemma3", false, "pre_feedforward_layernorm"},
};

static constexpr Rename topNames[] = {
    {"token_embd", "model.embed_tokens"},
    {"output_norm", "model.norm"},
    {"output", "lm_head"},
};

static constexpr Rename blockNames[] = {
    {"attn_norm", "input_layernorm"},    {"attn_q", "self_attn.q_proj"},
    {"attn_k", "self_attn.k_proj"},      {"attn_v", "self_attn.v_proj"},
    {"attn_output", "self_attn.o_proj"}, {"attn_q_norm", "self_attn.q_norm"},
    {"attn_k_norm", "self_attn.k_norm"}, {"post_attention_norm", "post_attention_layernorm"},
    {"ffn_gate", "mlp.gate_proj"},       {"ffn_up", "mlp.up_proj"},
    {"ffn_down", "mlp.down_proj"},       {"post_ffw_norm", "post_feedforward_layernorm"},
};

static StringRef lookupName(ArrayRef<Rename> names, StringRef gguf) {
  const auto *found = find_if(names, [&](const Rename &name) { return name.gguf == gguf; });
  return found == names.end() ? StringRef() : StringRef(found->key);
}

/// llama.cpp puts the two elements of a rotated pair side by side: its row 2j + half of a head is row
/// half * headDim / 2 + j here.
static std::vector<int64_t> getRowOrder(int64_t heads, int64_t rows) {
  int64_t headDim = rows / heads, pairs = headDim / 2;
  std::vector<int64_t> order;
  for (int64_t head = 0; head < heads; ++head)
    for (int64_t half = 0; half < 2; ++half)
      for (int64_t pair = 0; pair < pairs; ++pair)
        order.push_back(head * headDim + 2 * pair + half);
  return order;
}

Expected<GgufTranslation> quantopt::translateGgufTensor(const GgufFile &file, const GgufTensor &tensor) {
  StringRef name = file.getString("general.architecture").value_or("");
  const auto *architecture = find_if(architectures, [&](const Architecture &a) { return a.name == name; });
  if (architecture == std::end(architectures))
    return GgufTranslation{tensor.name, {}};

  auto [stem, suffix] = StringRef(tensor.name).rsplit('.');
  if (StringRef key = lookupName(topNames, stem); !key.empty())
    return GgufTranslation{(key + "." + suffix).str(), {}};
  StringRef rest = stem;
  unsigned block;
  if (!rest.consume_front("blk.") || rest.consumeInteger(10, block) || !rest.consume_front("."))
    return GgufTranslation{tensor.name, {}};
  StringRef key = rest == "ffn_norm" ? StringRef(architecture->ffnNorm) : lookupName(blockNames, rest);
  if (key.empty())
    return GgufTranslation{tensor.name, {}};

  GgufTranslation translation{("model.layers." + Twine(block) + "." + key + "." + suffix).str(), {}};
  if (!architecture->interleaved || tensor.bytes.empty() || (rest != "attn_q" && rest != "attn_k"))
    return translation;
  int64_t queryHeads = file.getInteger((name + ".attention.head_count").str()).value_or(0);
  int64_t heads =
      rest == "attn_q" ? queryHeads : file.getInteger((name + ".attention.head_count_kv").str()).value_or(queryHeads);
  int64_t rows = tensor.shape.empty() ? 0 : tensor.shape.front();
  if (heads <= 0 || rows % 2 != 0 || rows / 2 % heads != 0)
    return createStringError("tensor '" + tensor.name + "' has " + Twine(rows) + " rows for " + Twine(heads) +
                             " heads, which must divide them evenly in pairs; convert the model again");
  translation.rowOrder = getRowOrder(heads, rows);
  return translation;
}
