// RUN: not quant-opt %s --smooth="alpha=1.5" 2>&1 | FileCheck %s

// CHECK: error: smooth: alpha must lie between 0 and 1, got 1.5
module {
}
