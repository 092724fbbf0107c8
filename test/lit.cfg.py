"""lit configuration of the quant-opt suite."""
import ctypes
import os
import shutil

import lit.formats
from lit.llvm import llvm_config

config.name = "quant-opt"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["CMakeLists.txt", "Inputs", "data", "lit.cfg.py", "lit.site.cfg.py", "lib", "Unit"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.quantopt_build_dir, "test")

llvm_config.use_default_substitutions()
tools = ["ptx-emu", "quant-opt", "quant-run", "quant-translate", "quant-lsp-server", "mlir-opt", "not", "split-file"]
llvm_config.add_tool_substitutions(
    [tool for tool in tools], [config.quantopt_tools_dir, config.llvm_tools_dir])
config.substitutions.append(("%source_dir", config.quantopt_source_dir))
config.substitutions.append(("%build_dir", config.quantopt_build_dir))
# Scripts of several tests; tiny models with the logits that transformers computes.
config.substitutions.append(("%inputs", os.path.join(config.test_source_root, "Inputs")))
config.substitutions.append(("%models", os.path.join(config.test_source_root, "Import/Inputs")))
if config.quantopt_sanitizers == "ON":
    # Tests that load our code into programs built without sanitizers ask for their absence.
    config.available_features.add("sanitizers")
# Variables of one FileCheck label block are not visible in the next, so a typo in a name cannot match by luck.
config.environment["FILECHECK_OPTS"] = "--enable-var-scope"
for variable in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]
config.environment["OPENBLAS_NUM_THREADS"] = "1"

# The CUDA assembler, where write-ptx looks for it: its tests are UNSUPPORTED without.
toolkits = [os.environ.get("CUDA_HOME"), os.environ.get("CUDA_PATH"), "/usr/local/cuda"]
if shutil.which("ptxas") or any(t and os.access(os.path.join(t, "bin/ptxas"), os.X_OK) for t in toolkits):
    config.available_features.add("ptxas")
for variable in ("CUDA_HOME", "CUDA_PATH"):
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]

try:
    ctypes.CDLL("libcuda.so.1")
    config.available_features.add("nvidia-driver")
except OSError:
    pass
