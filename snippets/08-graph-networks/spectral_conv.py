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

same = convolve(noisy, torch.ones_like)
print(torch.allclose(same, noisy))

low = convolve(noisy,
               lambda v: 1 / (1 + 0.3 * v))
for x in (noisy, low):
    print(f"x'Lx {x @ L @ x:5.0f}"
          f"  error {(x - truth).std():.2f}")
# endregion filter
error_before, error_after = (noisy - truth).std().item(), (low - truth).std().item()
assert torch.allclose(same, noisy) and low @ L @ low < 0.2 * (noisy @ L @ noisy)
assert error_after < 0.7 * error_before

# %% save
spectra = {
    name: [round(v, 4) for v in (U.T @ (x - x.mean())).abs().tolist()]
    for name, x in (("noisy", noisy), ("low", low))
}
path = Path(__file__).resolve().parent / "learnt" / "sensors.json"
lam, low = ([round(abs(v), 4) for v in values.tolist()] for values in (lam, low))
path.write_text(json.dumps({"low": low, "lam": lam, "spectra": spectra}))
