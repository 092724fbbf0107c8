"""Makes correlated.npz: 4 samples of 16 tokens whose 64 channels are correlated, as activations are, and bad.npz with a NaN."""
import numpy as np

rng = np.random.default_rng(0)
mix = rng.normal(size=(64, 64)) / 8 + np.eye(64) * 0.3
samples = (rng.normal(size=(4, 16, 64)) @ mix).astype(np.float32)
np.savez_compressed("correlated.npz", in0=samples)
samples[2, 3, 5] = np.nan
np.savez_compressed("bad.npz", in0=samples)
