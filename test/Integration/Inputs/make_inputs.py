"""usage: make_inputs.py OUT.npz: 37 rows for ../int8-linear.mlir, an int8 weight, scales and a bias."""
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Inputs"))
import npz

random.seed(3)


def floats(count, scale):
    return [random.uniform(-scale, scale) for _ in range(count)]


npz.save(sys.argv[1], {
    "in0": ("<f4", (37, 20), floats(37 * 20, 3.0)),
    "in1": ("|i1", (20, 20), [random.randint(-127, 127) for _ in range(400)]),
    "in2": ("<f4", (20, 1), floats(20, 0.01)),
    "in3": ("<f4", (20,), floats(20, 1.0)),
})
