# /// script
# dependencies = ["torch"]
# ///
"""Sampling with the exact prediction of the noise gives the data's mean and spread."""

import torch

from diffusion import abar, ddpm_sample

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# region exact
m, s = 3.0, 0.5                      # 数据：N(3, 0.25)

def exact(x, t):                     # 最好的猜测，有公式
    a = abar[t]
    variance = a * s**2 + 1 - a
    return (1 - a).sqrt() * (x - a.sqrt() * m) / variance

torch.manual_seed(0)
x = ddpm_sample(exact, torch.randn(20_000, 1))
print(f"mean {x.mean():.2f}  std {x.std():.2f}")
# endregion exact

# %% claims
# E[eps | x_t] by regression: eps and x_t are jointly normal
torch.manual_seed(1)
t = 400
a = abar[t]
x0, eps = m + s * torch.randn(400_000), torch.randn(400_000)
xt = a.sqrt() * x0 + (1 - a).sqrt() * eps
slope = ((xt - xt.mean()) * eps).mean() / xt.var()
assert abs(slope - (1 - a).sqrt() / (a * s**2 + 1 - a)) < 0.01
mean, std = x.mean().item(), x.std().item()
assert abs(mean - m) < 0.02 and abs(std - s) < 0.02
