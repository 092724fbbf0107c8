//===- BadInputTests.cpp - Every refusal of the importer ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is missing, unknown or contradictory in a model is refused in one line:
// file, key, rule, remedy.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "quant-opt/Import/Import.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace quantopt;
namespace fs = llvm::sys::fs;

namespace {

class BadInput : public testing::Test {
protected:
  void SetUp() override { ASSERT_FALSE(fs::createUniqueDirectory("quant-opt-import", folder)); }
  void TearDown() override { fs::remove_directories(folder); }

  std::string at(llvm::StringRef name) { return (folder + "/" + name).str(); }

  void writeConfig(llvm::StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream(at("config.json"), error) << text;
    ASSERT_FALSE(error);
  }

  /// Copies the tensors of `model` and its configuration with `edits`; a null value removes the key. "a.b" reaches
  /// into an object.
  void copyModel(llvm::StringRef model, std::vector<std::pair<llvm::StringRef, llvm::json::Value>> edits) {
    std::string source = (QUANTOPT_MODELS "/" + model).str();
    ASSERT_FALSE(fs::copy_file(source + "/model.safetensors", at("model.safetensors")));
    auto buffer = llvm::MemoryBuffer::getFile(source + "/config.json");
    ASSERT_TRUE(bool(buffer));
    llvm::json::Value config = llvm::cantFail(llvm::json::parse((*buffer)->getBuffer()));
    for (auto &[path, value] : edits) {
      auto [parent, key] = path.rsplit('.');
      llvm::json::Object *place = config.getAsObject();
      if (key.empty())
        key = parent;
      else
        place = place->getObject(parent);
      if (value.kind() == llvm::json::Value::Null)
        place->erase(key);
      else
        (*place)[key] = value;
    }
    std::string text;
    llvm::raw_string_ostream(text) << config;
    writeConfig(text);
  }

  /// The one error of importing `path`, the folder's name cut out.
  std::string importError(llvm::StringRef path) {
    std::vector<std::string> errors;
    mlir::ScopedDiagnosticHandler handler(&context,
                                          [&](mlir::Diagnostic &diagnostic) { errors.push_back(diagnostic.str()); });
    EXPECT_TRUE(mlir::failed(importModel(path, &context)));
    EXPECT_EQ(errors.size(), 1u);
    if (errors.empty())
      return "";
    EXPECT_EQ(errors[0].find('\n'), std::string::npos);
    size_t place = errors[0].find(folder.c_str());
    return place == std::string::npos ? errors[0] : errors[0].erase(place, folder.size());
  }
  std::string importError() { return importError(folder); }

  void expectError(llvm::StringRef model, llvm::StringRef key, llvm::json::Value value, llvm::StringRef message) {
    copyModel(model, {{key, std::move(value)}});
    EXPECT_EQ(importError(), message.str());
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  llvm::SmallString<128> folder;
};

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

TEST_F(BadInput, MissingKey) {
  expectError("llama", "hidden_size", nullptr,
              "/config.json: key 'hidden_size' is missing; add it (a positive integer)");
}

TEST_F(BadInput, UnknownKey) {
  expectError("llama", "logit_scale", 0.5,
              "/config.json: key 'logit_scale' is not understood for model_type 'llama' and may change what is "
              "computed; remove it if it does not, or teach it to the importer (docs/import.md)");
}

TEST_F(BadInput, KeyOfAnotherFamily) {
  expectError("llama", "attn_logit_softcapping", 30,
              "/config.json: key 'attn_logit_softcapping' is not understood for model_type 'llama' and may change "
              "what is computed; remove it if it does not, or teach it to the importer (docs/import.md)");
}

TEST_F(BadInput, FeatureThatMustBeOff) {
  expectError("gemma2", "use_bidirectional_attention", true,
              "/config.json: key 'use_bidirectional_attention' is not understood for model_type 'gemma2' and may "
              "change what is computed; remove it if it does not, or teach it to the importer (docs/import.md)");
}

TEST_F(BadInput, WrongKind) {
  expectError("llama", "num_hidden_layers", -2,
              "/config.json: key 'num_hidden_layers' must be a positive integer, got -2; correct it");
}

TEST_F(BadInput, FlagThatIsNone) {
  expectError("llama", "attention_bias", "yes",
              "/config.json: key 'attention_bias' must be true or false, got \"yes\"; correct it");
}

TEST_F(BadInput, UnknownModelType) {
  expectError("llama", "model_type", "mamba",
              "/config.json: key 'model_type' is 'mamba'; the importer builds llama, mistral, qwen2, qwen3, gemma, "
              "gemma2, gemma3_text, granite, olmo2, stablelm, bert (docs/import.md shows how to add one)");
}

TEST_F(BadInput, UnknownActivation) {
  expectError("llama", "hidden_act", "xielu",
              "/config.json: key 'hidden_act' is 'xielu'; the importer builds silu, gelu, gelu_pytorch_tanh, "
              "gelu_new, quick_gelu, relu, relu2 and tanh");
}

TEST_F(BadInput, HeadsThatDoNotDivide) {
  expectError("llama", "num_key_value_heads", 3,
              "/config.json: key 'num_attention_heads' (4) must be a multiple of 'num_key_value_heads' (3); correct "
              "one");
}

TEST_F(BadInput, HeadSizeThatDoesNotFollow) {
  copyModel("llama", {{"head_dim", nullptr}, {"num_attention_heads", 6}});
  EXPECT_EQ(importError(), "/config.json: key 'hidden_size' (32) must be a multiple of 'num_attention_heads' (6) where "
                           "'head_dim' is not given; give it");
}

TEST_F(BadInput, EncoderPositions) {
  expectError("bert", "position_embedding_type", "relative_key",
              "/config.json: key 'position_embedding_type' is not 'absolute'; the importer builds no other positions");
}

//===----------------------------------------------------------------------===//
// Layers and rotation
//===----------------------------------------------------------------------===//

TEST_F(BadInput, UnknownLayerType) {
  expectError("gemma2", "layer_types", llvm::json::Array{"full_attention", "chunked_attention"},
              "/config.json: key 'layer_types' has 'chunked_attention'; the importer builds full_attention and "
              "sliding_attention");
}

TEST_F(BadInput, LayerTypesOfAnotherLength) {
  expectError("gemma2", "layer_types", llvm::json::Array{"full_attention"},
              "/config.json: key 'layer_types' has 1 entries for 2 layers; give one a layer");
}

TEST_F(BadInput, SlidingWithoutWindow) {
  copyModel("qwen2", {{"use_sliding_window", false}});
  EXPECT_EQ(importError(),
            "/config.json: key 'layer_types' has sliding layers but 'sliding_window' is not set; set it");
}

TEST_F(BadInput, UnknownRopeType) {
  expectError("llama", "rope_parameters.rope_type", "longrope",
              "/config.json: rope_parameters: key 'rope_type' is 'longrope'; the importer builds default, linear, "
              "llama3 and yarn");
}

TEST_F(BadInput, MissingRopeKey) {
  expectError("llama", "rope_parameters.factor", nullptr,
              "/config.json: rope_parameters: key 'factor' is missing; add it (a number)");
}

TEST_F(BadInput, UnknownRopeKey) {
  expectError("llama", "rope_parameters.short_factor", llvm::json::Array{1},
              "/config.json: rope_parameters: key 'short_factor' is not understood for rope type 'llama3' and may "
              "change what is computed; remove it if it does not, or teach it to the importer (docs/import.md)");
}

TEST_F(BadInput, OddHeadDim) {
  expectError("llama", "head_dim", 13,
              "/config.json: rotating 13 of 13 elements of a head is impossible; 'head_dim' must be even and "
              "'partial_rotary_factor' in (0, 1]");
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

TEST_F(BadInput, MissingTensor) {
  expectError("llama", "num_hidden_layers", 3,
              ": tensor 'model.layers.2.input_layernorm.weight' is missing, which the configuration asks for with "
              "shape [32]; complete the checkpoint or correct the configuration");
}

TEST_F(BadInput, TensorOfAnotherShape) {
  expectError("llama", "intermediate_size", 48,
              ": tensor 'model.layers.0.mlp.gate_proj.weight' has shape [40, 32] but the configuration asks for [48, "
              "32]; use the configuration that belongs to this checkpoint");
}

TEST_F(BadInput, TensorWithoutPlace) {
  expectError("llama", "mlp_bias", false,
              ": tensor 'model.layers.0.mlp.down_proj.bias' has no place in the architecture that the configuration "
              "states, so the result would not be this model's; correct the configuration or remove the tensor");
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

TEST_F(BadInput, NoModel) {
  EXPECT_EQ(importError(), ": not a model: there is no config.json; give a Hugging Face folder or a .gguf file");
}

TEST_F(BadInput, NoFolder) {
  EXPECT_EQ(importError(at("nowhere")),
            "/nowhere: not a model: there is no config.json; give a Hugging Face folder or a .gguf file");
}

TEST_F(BadInput, ConfigIsNoJson) {
  writeConfig("{\"model_type\":");
  EXPECT_EQ(importError().substr(0, 23), "/config.json: not JSON:");
}

TEST_F(BadInput, ConfigIsNoObject) {
  writeConfig("[]");
  EXPECT_EQ(importError(), "/config.json: must hold a JSON object, the model's configuration");
}

} // namespace
