"""usage: make-npz.py OUT.npz NAME DTYPE SHAPE VALUES

Writes one array: DTYPE as numpy spells it (<f4), SHAPE and VALUES as Python lists; one value fills the shape.
"""
import ast
import math
import sys

import npz

path, name, dtype, shape, values = sys.argv[1:]
shape, values = ast.literal_eval(shape), eval(values, {"nan": math.nan})
npz.save(path, {name: (dtype, shape, values if isinstance(values, list) else [values] * math.prod(shape))})
