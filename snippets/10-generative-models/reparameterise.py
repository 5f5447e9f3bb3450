# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Gradients through a sample: none with sample, the right one with mu + sigma * eps."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.distributions import Normal

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

# region gradient
mu = torch.tensor(1.5, requires_grad=True)
sigma = torch.tensor(0.5, requires_grad=True)

z = Normal(mu, sigma).sample((200_000,))
print("sample ", z.requires_grad)

eps = torch.randn(200_000)
z = mu + sigma * eps              # 随机的只有 eps
z.pow(2).mean().backward()
print(f"d/dmu    {mu.grad:.2f}")  # 2 mu
print(f"d/dsigma {sigma.grad:.2f}")  # 2 sigma
# endregion gradient
again = Normal(mu, sigma).rsample((5,))
print("rsample", again.requires_grad)

# %% claims
by_mu, by_sigma = mu.grad.item(), sigma.grad.item()
assert again.requires_grad
assert abs(by_mu - 2 * mu.item()) < 0.02 and abs(by_sigma - 2 * sigma.item()) < 0.02

# %% slopes
#| label: reparam_slopes
fig, axes = house.figure(5.0, 2.5, cols=2, sharey=True)
m, s = mu.item(), sigma.item()
for ax, name, at, slope, color, values in (
    (axes[0], r"$\mu$", m, mu.grad.item(), house.BLUE, torch.linspace(0, 2.4, 9)),
    (axes[1], r"$\sigma$", s, sigma.grad.item(), house.ORANGE, torch.linspace(0, 2, 9)),
):
    means = [((v + s * eps) if ax is axes[0] else (m + v * eps)).pow(2).mean() for v in values]
    ax.plot(values, means, color=color)
    near = torch.tensor([at - 0.5, at + 0.5])
    ax.plot(near, m**2 + s**2 + slope * (near - at), color=house.INK, linestyle="--", zorder=4)
    ax.plot(at, m**2 + s**2, "o", color=house.INK, zorder=5)
    ax.set(xlabel=name, ylim=(0, 6.5), title=f"斜率 {slope:.2f}", xticks=(0, 1, 2))
axes[0].set_ylabel("$z^2$ 的平均")
plt.show()
