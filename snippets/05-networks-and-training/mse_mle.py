# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""高斯噪声下，似然最大的参数就是平方误差最小的参数；换成拉普拉斯噪声，就是绝对误差。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.distributions import Laplace, Normal

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% gaussian
torch.manual_seed(0)
y = 2 + torch.randn(25)     # 真值 2，加噪声
theta = torch.linspace(0, 4, 4001)[:, None]

mse = (y - theta).square().mean(1)
lnL = Normal(theta, 1.).log_prob(y).sum(1)
low = theta[mse.argmin()].item()
top = theta[lnL.argmax()].item()
print(f"min MSE  {low:.3f}")
print(f"max ln L {top:.3f}")
print(f"mean     {y.mean():.3f}")

# %% laplace
mae = (y - theta).abs().mean(1)
likelihood_l1 = Laplace(theta, 1.).log_prob(y).sum(1)
print(f"min L1         {theta[mae.argmin()].item():.3f}")
print(f"max likelihood "
      f"{theta[likelihood_l1.argmax()].item():.3f}")
print(f"median         {y.median():.3f}")

# %% drawing
#| label: mse_likelihood
#| fig-alt: 上图均方误差随参数变化，下图对数似然随参数变化，最低点与最高点在同一处
fig, (upper, bottom) = house.figure(4.8, 3.7, rows=2, sharex=True)
best = theta[mse.argmin()].item()
upper.plot(theta, mse, color=house.RED)
upper.plot(best, mse.min(), "o", color=house.RED, markersize=12)
upper.set(ylabel="MSE")
bottom.plot(theta, lnL, color=house.TEAL)
bottom.plot(best, lnL.max(), "s", color=house.TEAL, markersize=12)
bottom.set(ylabel=r"$\ln L$")
for ax in (upper, bottom):
    ax.axvline(best, color=house.INK, linestyle=(0, (4, 3)), linewidth=1.4)
    ax.plot(y, torch.full_like(y, ax.get_ylim()[0]), "|", color=house.BLUE, markersize=16, markeredgewidth=2)
    ax.set(xlim=(-0.5, 4))
    ax.annotate(rf"$\theta={best:.2f}$", (best, 0.5), xycoords=("data", "axes fraction"), xytext=(10, 0),
                textcoords="offset points", fontsize=house.TEXT)
bottom.set(xlabel=r"参数 $\theta$（蓝线：数据）")
plt.show()

# %% claims
n, mean, median = len(y), y.mean().item(), y.median().item()
assert mse.argmin() == lnL.argmax()
assert abs(theta[mse.argmin()].item() - y.mean()) < 1e-3
assert mae.argmin() == likelihood_l1.argmax()
assert abs(theta[mae.argmin()].item() - y.median()) < 1e-3
# ln L = -n/2 * MSE + constant: proportional, not equal.
assert torch.allclose(lnL + n / 2 * mse, (lnL + n / 2 * mse)[0].expand(4001))
