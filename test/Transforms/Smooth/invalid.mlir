// RUN: not quant-opt %s --smooth="alpha=1.5" 2>&1 | FileCheck %s
// RUN: not quant-opt %s --smooth="pairs=some" 2>&1 | FileCheck %s --check-prefix=PAIRS

// PAIRS: error: smooth: pairs must be all, norms or auto, got 'some'
// CHECK: error: smooth: alpha must lie between 0 and 1, got 1.5
module {
}
