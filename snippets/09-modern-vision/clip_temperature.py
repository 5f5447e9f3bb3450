# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The temperature decides how much a small difference of similarities counts."""

import torch

# region rows
sims = torch.tensor([0.30, 0.25, 0.20, 0.00])
shares = {}
for tau in (1.0, 0.07, 0.01):
    p = (sims / tau).softmax(0).tolist()
    print(tau, *(f"{v:.2f}" for v in p))
    shares[tau] = p
# endregion rows
flat, usual, sharp = (shares[t][0] for t in (1.0, 0.07, 0.01))
assert flat < 0.3 < usual < 0.6 < sharp
