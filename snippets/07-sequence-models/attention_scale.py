# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Why scores are divided by the root of d: else softmax becomes one-hot."""

import math

import torch

torch.set_default_dtype(torch.float64)

# region scale
torch.manual_seed(0)
for d in (4, 64, 1024):
    q, k = torch.randn(500, d), torch.randn(500, 10, d)
    scores = (k @ q[..., None])[..., 0]       # (500, 10)
    raw = scores.softmax(-1).amax(-1).mean()
    scaled = (scores / math.sqrt(d)).softmax(-1)
    print(f"{d:4}  std {scores.std():5.1f}"
          f"  max {raw:.2f} -> {scaled.amax(-1).mean():.2f}")
# endregion scale
largest_raw, largest_scaled = float(raw), float(scaled.amax(-1).mean())
assert abs(scores.std() / math.sqrt(d) - 1) < 0.1 and raw > 0.95 and largest_scaled < 0.5
