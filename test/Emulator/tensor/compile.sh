#!/usr/bin/env bash
# Compiles the kernels of this folder to ptx/NAME.ptx with nvcc (CUDA 13.0 made the committed files).
set -euo pipefail
cd "$(dirname "$0")"
nvcc=${NVCC:-/usr/local/cuda/bin/nvcc}
generated=$(mktemp -d)
trap 'rm -rf "$generated"' EXIT
python3 wgmma.py >"$generated/wgmma.cuh"
mkdir -p ptx
for source in *.cu; do
  name=${source%.cu}
  arch=sm_90a
  [ "$name" != cp_async ] || arch=sm_80
  "$nvcc" -ptx -std=c++17 -arch=$arch -I"$generated" "$source" -o "ptx/$name.ptx"
  sed -i -e '/^$/d' -e '/^\t\/\/ \(begin\|end\) inline asm$/d' "ptx/$name.ptx"
done
