#!/usr/bin/env bash
# Compiles the kernels of this folder to ptx/NAME.ARCH.ptx with nvcc (CUDA 13.0 made the committed files).
#   compile.sh [NAME...]     default: all
set -euo pipefail
cd "$(dirname "$0")"
nvcc=${NVCC:-/usr/local/cuda/bin/nvcc}
toolkit=$(dirname "$(dirname "$(readlink -f "$nvcc")")")
mkdir -p ptx

compile() {
  local name=$1 arch=$2 suffix=$3
  shift 3
  local out=ptx/$name.$arch$suffix.ptx
  "$nvcc" -ptx -std=c++17 -arch="$arch" "$@" "$name.cu" -o "$out"
  # Paths of this machine are no part of a test.
  sed -i -e "s#$PWD/##g" -e "s#$toolkit/#cuda/#g" -e '/^$/d' "$out"
}

for source in *.cu; do
  name=${source%.cu}
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  [ "$name" = cluster ] || compile "$name" sm_80 ""
  compile "$name" sm_90a ""
  case $name in
  softmax | reduce) compile "$name" sm_90a .lineinfo -lineinfo ;;
  calls | control) compile "$name" sm_80 .debug -G ;;
  esac
done
