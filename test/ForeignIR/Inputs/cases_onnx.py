"""ONNX graphs, each with the number of layers a quantizer should find in its IR."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper

node, F = helper.make_node, TensorProto.FLOAT
random = np.random.RandomState(1)
r = lambda *shape: random.randn(*shape).astype(np.float32)
codes = random.randint(-100, 100, (16, 8)).astype(np.int8)
scalar = lambda value, kind=np.float32: kind(value)


def graph(nodes, inputs, output, weights):
    values = [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in [*inputs, output]]
    inits = [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()]
    body = helper.make_graph(nodes, "main", values[:-1], values[-1:], inits)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


x2, x3 = ("x", F, [4, 16]), ("x", F, [2, 5, 16])
y2, y3 = ("y", F, [4, 8]), ("y", F, [2, 5, 8])
image, features = ("x", F, [1, 3, 8, 8]), ("y", F, [1, 8, 8, 8])
sequence = ("x", F, [3, 2, 8])
states = ("y", F, [3, 1, 2, 6])

# name: (model, layers)
CASES = {
    "matmul-3d": (graph([node("MatMul", ["x", "w"], ["h"]), node("Add", ["h", "b"], ["g"]), node("Relu", ["g"], ["a"]),
                         node("MatMul", ["a", "v"], ["y"])], [x3], y3, dict(w=r(16, 32), b=r(32), v=r(32, 8))), 2),
    "gemm": (graph([node("Gemm", ["x", "w", "b"], ["y"], transB=1, alpha=0.5)], [x2], y2, dict(w=r(8, 16), b=r(8))), 1),
    "conv": (graph([node("Conv", ["x", "w", "b"], ["h"], pads=[1] * 4), node("Relu", ["h"], ["a"]),
                    node("Conv", ["a", "d", "b"], ["y"], group=8, pads=[1] * 4)], [image], features,
                   dict(w=r(8, 3, 3, 3), b=r(8), d=r(8, 1, 3, 3))), 2),
    "lstm": (graph([node("LSTM", ["x", "w", "u", "b"], ["y"], hidden_size=6)], [sequence], states,
                   dict(w=r(1, 24, 8), u=r(1, 24, 6), b=r(1, 48))), 8),
    "gru": (graph([node("GRU", ["x", "w", "u", "b"], ["y"], hidden_size=6, linear_before_reset=1)], [sequence], states,
                  dict(w=r(1, 18, 8), u=r(1, 18, 6), b=r(1, 36))), 6),
    "layer-norm": (graph([node("LayerNormalization", ["x", "g", "c"], ["n"], epsilon=1e-5),
                          node("MatMul", ["n", "w"], ["y"])], [x3], y3, dict(g=r(16), c=r(16), w=r(16, 8))), 1),
    "transposed": (graph([node("Transpose", ["w"], ["t"], perm=[1, 0]), node("MatMul", ["x", "t"], ["y"])], [x3], y3,
                         dict(w=r(8, 16))), 1),
    "concat": (graph([node("Concat", ["v", "u"], ["w"], axis=1), node("MatMul", ["x", "w"], ["y"])], [x3], y3,
                     dict(v=r(16, 5), u=r(16, 3))), 1),
    "tied-head": (graph([node("Gather", ["e", "ids"], ["x"]), node("MatMul", ["x", "u"], ["h"]),
                         node("Transpose", ["e"], ["t"], perm=[1, 0]), node("MatMul", ["h", "t"], ["y"])],
                        [("ids", TensorProto.INT64, [1, 5])], ("y", F, [1, 5, 50]), dict(e=r(50, 16), u=r(16, 16))), 1),
    "left-weight": (graph([node("MatMul", ["w", "x"], ["y"])], [("x", F, [16, 4])], ("y", F, [8, 4]),
                          dict(w=r(8, 16))), 1),
    "dynamic-batch": (graph([node("MatMul", ["x", "w"], ["h"]), node("Add", ["h", "b"], ["y"])],
                            [("x", F, ["n", 5, 16])], ("y", F, ["n", 5, 8]), dict(w=r(16, 8), b=r(8))), 1),
    "int8-qdq-weight": (graph([node("DequantizeLinear", ["w", "s", "z"], ["f"]), node("MatMul", ["x", "f"], ["y"])],
                              [x2], y2, dict(w=codes, s=scalar(0.02), z=scalar(0, np.int8))), 0),
    "int8-qlinear": (graph([node("QuantizeLinear", ["x", "s", "z"], ["q"]),
                            node("QLinearMatMul", ["q", "s", "z", "w", "v", "k", "o", "p"], ["m"]),
                            node("DequantizeLinear", ["m", "o", "p"], ["y"])], [x2], y2,
                           dict(w=codes, s=scalar(0.1), z=scalar(3, np.int8), v=scalar(0.02), k=scalar(0, np.int8),
                                o=scalar(0.2), p=scalar(1, np.int8))), 0),
    "int8-dynamic": (graph([node("DynamicQuantizeLinear", ["x"], ["q", "s", "z"]),
                            node("MatMulInteger", ["q", "w", "z"], ["i"]), node("Cast", ["i"], ["f"], to=1),
                            node("Mul", ["f", "s"], ["y"])], [x2], y2, dict(w=codes)), 0),
}
