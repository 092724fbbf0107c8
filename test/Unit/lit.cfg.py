"""lit runs each gtest case of the binaries in build/test/Unit as a test of its own."""
import lit.formats

config.name = "quant-opt-unit"
config.suffixes = []
config.excludes = []
config.test_exec_root = config.test_source_root = config.quantopt_build_dir + "/test/Unit"
config.test_format = lit.formats.GoogleTest(".", "Tests")
config.environment["OPENBLAS_NUM_THREADS"] = "1"
