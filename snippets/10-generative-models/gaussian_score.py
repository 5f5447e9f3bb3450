# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Sampling with the exact prediction of the noise gives the data's mean and spread."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
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

# %% histogram
#| label: gaussian_samples
grid = torch.linspace(1, 5, 200)
fig, ax = house.figure(5.0, 3.1)
ax.hist(x[:, 0].numpy(), 60, density=True, color=house.tint(house.BLUE, 0.55), label="采出来的")
ax.plot(grid, torch.exp(-((grid - m) ** 2) / (2 * s**2)) / (s * (2 * torch.pi) ** 0.5), color=house.ORANGE,
        label="数据的密度")
ax.set(xlabel="$x_0$", ylabel="密度", xlim=(1, 5), ylim=(0, 1.15))
ax.legend(loc="upper left", fontsize=house.SMALL)
plt.show()

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
