"""Makes small.npz: 4 samples of 3 tokens and 2 channels; maxima double, minima are smaller."""
import numpy as np

first = np.array([[1, -1], [0.5, 0.25], [-0.5, 1]], np.float32)
samples = np.stack([first, first * 2, first * 4, first * 8])
samples[1, 0, 1] = samples[1, 0, 1] / 2
samples[2, 0, 1] = samples[2, 0, 1] / 2
samples[3, 0, 1] = samples[3, 0, 1] / 2
samples[3, 2, 1] = 4
samples[2, 2, 0] = -1
samples[3, 2, 0] = -1
np.savez_compressed("small.npz", in0=samples)
