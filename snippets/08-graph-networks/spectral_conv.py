# /// script
# dependencies = ["torch"]
# ///
"""Spectral convolution: transform, filter, transform back."""

# %% imports
import json
from pathlib import Path

import torch

from sensors import L, noisy, truth

# region filter
lam, U = torch.linalg.eigh(L)

def convolve(x, g):
    z = U.T @ x         # 变换
    z = g(lam) * z      # 各频率乘一个数
    return U @ z        # 变回来

def low_pass(lam):
    return 1 / (1 + 0.3 * lam)

for g in (torch.ones_like, low_pass):
    y = convolve(noisy, g)
    print(f"x'Lx {y @ L @ y:4.0f}"
          f"  error {(y - truth).std():.2f}")
# endregion filter
same, low = convolve(noisy, torch.ones_like), y
error_before, error_after = (noisy - truth).std().item(), (low - truth).std().item()
assert torch.allclose(same, noisy) and low @ L @ low < 0.2 * (noisy @ L @ noisy)
assert error_after < 0.7 * error_before

# %% save
spectra = {
    name: [round(v, 3) for v in (U.T @ (x - x.mean())).abs().tolist()]
    for name, x in (("noisy", noisy), ("low", low))
}
path = Path(__file__).resolve().parent / "learnt" / "sensors.json"
lam, low = ([round(abs(v), 3) for v in values.tolist()] for values in (lam, low))
path.write_text(json.dumps({"low": low, "lam": lam, "spectra": spectra}))
