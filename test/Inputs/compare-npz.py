"""usage: compare-npz.py A.npz B.npz [TOLERANCE [norm]]

Exit 1 unless both hold arrays of the same names, dtypes and shapes whose values differ by at most TOLERANCE (default 0)
times the largest magnitude in B's array. NaN differs from everything. With `norm`, the bound is on the root of the sum of
squares of the differences, against that of B.
"""
import math
import sys

import npz

left, right = npz.load(sys.argv[1]), npz.load(sys.argv[2])
tolerance = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
if sorted(left) != sorted(right):
    sys.exit(f"arrays {sorted(left)} against {sorted(right)}")
for name, (dtype, shape, values) in right.items():
    if left[name][:2] != (dtype, shape):
        sys.exit(f"{name}: {left[name][:2]} against {(dtype, shape)}")
    if sys.argv[4:] == ["norm"]:
        error = math.dist(left[name][2], values) / math.hypot(*values)
        if not error <= tolerance:
            sys.exit(f"{name}: relative error {error}")
        continue
    bound = tolerance * max((abs(value) for value in values), default=0)
    for index, (a, b) in enumerate(zip(left[name][2], values)):
        if not abs(a - b) <= bound:
            sys.exit(f"{name}: element {index} is {a} against {b}, more than {bound} apart")
