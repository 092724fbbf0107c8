"""Makes dead.npz: 2 samples of 3 tokens whose second channel is always 0."""
import numpy as np

samples = np.array([[[1, 0], [2, 0], [3, 0]], [[-1, 0], [0, 0], [4, 0]]], np.float32)
np.savez_compressed("dead.npz", in0=samples)
