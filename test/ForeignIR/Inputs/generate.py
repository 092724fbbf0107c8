#!/usr/bin/env python3
"""Writes the files of test/ForeignIR: IR as other compilers print it, with what quant-plan and rtn-round make of it.

    python3 -m venv v && v/bin/pip install torch torch-mlir onnx jax iree-base-compiler
    v/bin/python generate.py --bin v/bin --quant-opt build/bin/quant-opt --mlir-opt mlir-opt-22 [--only torch/]

A case states how many contractions must be quantized; a file whose count differs is not written. Cases that a front
end cannot express are reported and left out."""
import argparse
import itertools
import pathlib
import re
import subprocess
import tempfile

PLAN = """--quant-plan='input="i8, token, dynamic"'"""
TOSA = ("builtin.module(func.func(tosa-optional-decompositions,canonicalize,tosa-infer-shapes,tosa-make-broadcastable,"
        "tosa-to-linalg-named,canonicalize,tosa-layerwise-constant-fold,tosa-make-broadcastable,tosa-to-linalg,"
        "tosa-to-arith,tosa-to-tensor),canonicalize,cse)")


def run(*command, text=None):
    done = subprocess.run([str(c) for c in command], input=text, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(next((l for l in done.stderr.splitlines() if "error" in l), done.stderr[-200:]))
    return done.stdout


def strip_iree(text):
    """IREE's util and hal shell around linalg, as func and ml_program."""
    text = re.sub(r"module(?: @\S+)?(?: attributes \{.*\})? \{", "module {", text, count=1)
    renamed, arguments, results, lines = {}, {}, {}, []
    for line in text.split("\n"):
        if re.match(r"\s*util\.global private @__device", line):
            continue
        if m := re.match(r"\s*(%\S+) = hal\.tensor\.import .*?(%arg\d+).* -> (tensor<.*>)", line):
            arguments[m[2]] = m[3]
            renamed[m[1]] = m[2]
        elif m := re.match(r"\s*(%\S+) = iree_tensor_ext\.compute_barrier\.\w+ (%\S+) : .*", line):
            renamed[m[1]] = m[2]
        elif m := re.match(r"\s*(%\S+) = hal\.tensor\.export (%\S+) .*: (tensor<.*?>)(?:\{.*\})? ->", line):
            renamed[m[1]] = m[2]
            results[m[1]] = m[3]
        elif m := re.match(r"(\s*%\S+ = )hal\.buffer_view\.dim<(%arg\d+) .*>\[(\d+)\] : index", line):
            constant = f"%dim_{m[2][1:]}_{m[3]}"
            lines += [f"    {constant} = arith.constant {m[3]} : index", f"{m[1]}tensor.dim {m[2]}, {constant} : DIM{m[2]}"]
        elif m := re.match(r"\s*util\.global private (@\S+)(?: \{.*?\})? = (.*) : (.*)", line):
            lines.append(f"  ml_program.global private {m[1]}({m[2]} : {m[3]}) : {m[3]}")
        else:
            lines.append(re.sub(r"util\.global\.load (?:immutable )?", "ml_program.global_load ", line))

    def resolve(value):
        return resolve(renamed[value]) if value in renamed else value

    returned = re.search(r"util\.return (.*?) : ", text)[1].split(", ")
    types = ", ".join(results[value] for value in returned)
    names = sorted(arguments, key=lambda name: int(name[4:]))
    head = f"func.func @main({', '.join(f'{n}: {arguments[n]}' for n in names)}) -> ({types}) {{"
    body = "\n".join(re.sub(r"%[\w#]+", lambda m: resolve(m[0]), line) for line in lines)
    body = re.sub(r"DIM(%arg\d+)", lambda m: arguments[m[1]], body)
    body = re.sub(r"util\.func public @.*\{", head, body, count=1)
    return re.sub(r"util\.return (.*?) : .*", lambda m: f"return {m[1]} : {types}", body)


def iree(tools, text, kind):
    with tempfile.NamedTemporaryFile("w", suffix=".mlir") as file:
        file.write(text)
        file.flush()
        return strip_iree(run(tools.bin / "iree-compile", file.name, f"--iree-input-type={kind}",
                              "--iree-hal-target-device=local", "--iree-hal-local-target-device-backends=llvm-cpu",
                              "--compile-to=global-optimization", "-o", "-"))


def torch_text(case, output="LINALG_ON_TENSORS", **more):
    from torch_mlir import fx
    from torch_mlir.compiler_utils import OutputType
    module, inputs, layers, options = case
    return str(fx.export_and_import(module.eval(), *inputs, output_type=OutputType[output], func_name="main",
                                    **options, **more)), layers


def from_torch(tools, case):
    return torch_text(case)


def from_torch_undecomposed(tools, case):
    return torch_text(case, decomposition_table={})


def from_tosa(tools, case):
    text, layers = torch_text(case, "TOSA")
    return run(tools.mlir_opt, f"--pass-pipeline={TOSA}", text=text), layers


def from_iree_torch(tools, case):
    text, layers = torch_text(case)
    return iree(tools, text, "none"), layers


def from_onnx(tools, case):
    import onnx
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        onnx.save(case[0], file.name)
        text = run(tools.bin / "torch-mlir-import-onnx", file.name)
    return run(tools.bin / "torch-mlir-opt", "--torch-onnx-to-torch-backend-pipeline",
               "--torch-backend-to-linalg-on-tensors-backend-pipeline", text=text), case[1]


def stablehlo(case):
    import jax
    function, arguments, layers = case
    return str(jax.jit(function).lower(*arguments).compiler_ir("stablehlo")), layers


def from_jax(tools, case):
    text, layers = stablehlo(case)
    text = run(tools.bin / "torch-mlir-opt", "--stablehlo-legalize-to-linalg", "--canonicalize", "--cse", text=text)
    if "stablehlo." in text:
        raise RuntimeError("stablehlo remains")
    return text, layers


def from_iree_jax(tools, case):
    text, layers = stablehlo(case)
    return iree(tools, text, "stablehlo"), layers


# A layer more or less than in the source: grouped convolutions as slices (TOSA), folded first steps (IREE).
EXPECTED = {"tosa/conv-net": 8, "iree-torch/lstm": 3, "iree-torch/gru": 3}
SOURCES = {
    "torch": ("cases_torch", from_torch),
    "torch-undecomposed": ("cases_torch", from_torch_undecomposed),
    "tosa": ("cases_torch", from_tosa),
    "iree-torch": ("cases_torch", from_iree_torch),
    "onnx": ("cases_onnx", from_onnx),
    "jax": ("cases_jax", from_jax),
    "iree-jax": ("cases_jax", from_iree_jax),
}


def checks(tools, text):
    """The decisions in program order, and how many are plans."""
    planned = run(tools.quant_opt, '--quant-plan=input="i8, token, dynamic"', text=text)
    found = re.findall(r"lowp\.(plan) = |lowp\.skip = \"([^\"]*)\"", planned)
    decisions = ["lowp.plan = " if plan else f'lowp.skip = "{reason}"' for plan, reason in found]
    lines = [f"// RUN: quant-opt %s {PLAN} --verify-planned --rtn-round --verify-quantized | FileCheck %s"]
    for decision, group in itertools.groupby(decisions):
        lines.append(f"// CHECK-COUNT-{len(list(group))}: {decision}")
    lines.append("// CHECK-NOT: lowp.{{plan|skip}} = ")
    return "\n".join(lines) + "\n\n", decisions.count("lowp.plan = ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--quant-opt", required=True)
    parser.add_argument("--mlir-opt", required=True)
    parser.add_argument("--only", default="")
    tools = parser.parse_args()
    folder = pathlib.Path(__file__).resolve().parent.parent
    for source, (module, make) in SOURCES.items():
        for name, case in __import__(module).CASES.items():
            full = f"{source}/{name}"
            if not full.startswith(tools.only):
                continue
            try:
                text, layers = make(tools, case)
                layers = EXPECTED.get(full, layers)
                header, count = checks(tools, text)
            except Exception as error:
                print(f"{full}: left out: {str(error)[:150]}", flush=True)
                continue
            if count != layers:
                print(f"{full}: WRONG COUNT {count}, not {layers}", flush=True)
                continue
            path = folder / f"{full}.mlir"
            same = folder / f"torch/{name}.mlir"
            if source != "torch" and same.exists() and same.read_text().endswith(text):
                print(f"{full}: left out: the same as torch/{name}", flush=True)
                continue
            path.parent.mkdir(exist_ok=True)
            path.write_text(header + text)
            print(f"{full}: {count}", flush=True)


if __name__ == "__main__":
    main()
