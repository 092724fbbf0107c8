//===- ConvertCheckpoint.cpp - From one checkpoint format to another ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StrictJson.h"
#include "quant-opt/Checkpoint/WriteCheckpoint.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace quantopt;

Expected<CheckpointModel> quantopt::readCheckpoint(StringRef folder, WeightStore &store) {
  SmallString<256> configPath(folder);
  sys::path::append(configPath, "config.json");
  Expected<json::Object> config = readJsonFile(configPath);
  if (!config)
    return config.takeError();
  if (Error error = store.addPath(folder))
    return std::move(error);
  CheckpointModel model;
  StringSet<> parameters;
  for (const std::string &name : store.getModuleNames()) {
    const QuantizedModule &module = *store.lookupModule(name);
    for (StringRef key :
         {module.codesKey, module.scaleKey, module.zeroPointKey, module.inputScaleKey, module.inputZeroPointKey})
      parameters.insert(key);
    model.modules.push_back(module);
  }
  for (const std::string &key : store.getKeys())
    if (!parameters.contains(key))
      model.tensors[key] = key;
  model.ignored = store.getIgnoredModules();
  config->erase("quantization_config");
  model.config = std::move(*config);
  return model;
}

Error quantopt::convertCheckpoint(StringRef source, StringRef target, StringRef format, uint64_t maxShardBytes) {
  if (!sys::fs::is_directory(source))
    return createStringError(source + ": is no folder; give the folder of a quantized model");
  WeightStore store;
  Expected<CheckpointModel> model = readCheckpoint(source, store);
  if (!model)
    return model.takeError();
  Expected<FolderTransaction> folder = FolderTransaction::begin(target);
  if (!folder)
    return folder.takeError();
  if (Error error = carryFiles(source, folder->getPath()))
    return error;
  WriteCheckpointOptions options;
  options.maxShardBytes = maxShardBytes;
  options.mayRoundScales = false;
  options.provenance = json::Object{{"producer", "quant-opt"}, {"converted_from", sys::path::filename(source)}};
  Expected<WriteCheckpointResult> result =
      writeCheckpoint(folder->getPath(), *model, store, format, std::move(options));
  if (!result)
    return createStringError(source + ": " + toString(result.takeError()));
  return folder->commit();
}
