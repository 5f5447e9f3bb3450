# /// script
# dependencies = ["torch", "numpy"]
# ///
"""On a ring, the eigenvectors of the Laplacian are the waves of Fourier."""

import math

import torch

torch.set_default_dtype(torch.float64)

# region ring
n = 24
E = torch.eye(n)
L = 2 * E - E.roll(1, 0) - E.roll(-1, 0)
t = torch.arange(n)
for k in (0, 1, 3, 12):
    angle = 2 * math.pi * k / n
    wave = torch.cos(angle * t)  # k 周期
    lam = 2 - 2 * math.cos(angle)
    a, b = L @ wave, lam * wave
    print(k, f"{lam:.2f}", torch.allclose(a, b))
# endregion ring
assert torch.allclose(L @ wave, lam * wave)
