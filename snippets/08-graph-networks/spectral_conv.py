# /// script
# dependencies = ["torch", "numpy"]
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
# The vectors of an eigenvalue that occurs several times are arbitrary; how much lies in their space is not.
values, space = lam.round(decimals=6).unique(return_inverse=True)


def amounts(x):
    z = U.T @ (x - x.mean())
    return torch.zeros(len(values)).index_add(0, space, z ** 2).sqrt()


def rounded(x):
    return [round(abs(v), 3) for v in x.tolist()]


spectra = {"noisy": rounded(amounts(noisy)), "low": rounded(amounts(low))}
learnt = {"low": rounded(low), "lam": rounded(values), "spectra": spectra}
path = Path(__file__).resolve().parent / "learnt" / "sensors.json"
path.write_text(json.dumps(learnt))
