# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""多项式的次数从低到高：欠拟合、合适、过拟合。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

# %% fit
def features(x, degree):
    """1, x, x², …：多项式就是线性层。"""
    return torch.stack([x ** k for k in range(degree + 1)], 1)

torch.manual_seed(2)
def truth(x):
    return torch.sin(3 * x)

def rms(w, x, y):
    """Root of the mean squared error of the polynomial with the coefficients ``w``."""
    return (features(x, len(w) - 1) @ w - y[:, None]).square().mean().sqrt().item()

x, x_test = torch.linspace(-1, 1, 15), torch.rand(400) * 2 - 1
y = truth(x) + 0.25 * torch.randn(15)
y_test = truth(x_test) + 0.25 * torch.randn(400)

train_error, test_error = {}, {}
for degree in range(1, 14):
    w = torch.linalg.lstsq(features(x, degree), y[:, None]).solution
    train_error[degree], test_error[degree] = rms(w, x, y), rms(w, x_test, y_test)

# %% table
for degree in (1, 4, 13):
    print(f"degree {degree:2}  train {train_error[degree]:.2f}"
          f"  test {test_error[degree]:.2f}")

# %% redrawn
def redrawn(degree):
    """How far the average fit is off, and how much fits differ, when the noise is drawn anew."""
    noise = 0.25 * torch.randn(15, redraws, generator=torch.Generator().manual_seed(0))
    w = torch.linalg.lstsq(features(x, degree), truth(x)[:, None] + noise).solution
    grid = torch.linspace(-1, 1, 201)
    curves = features(grid, degree) @ w
    off = curves.mean(1) - truth(grid)
    return off.square().mean().sqrt().item(), curves.var(1).mean().sqrt().item()

redraws = 200
bias, spread = {}, {}
for degree in (1, 4, 13):
    bias[degree], spread[degree] = redrawn(degree)
    print(f"degree {degree:2}  bias {bias[degree]:.2f}  spread {spread[degree]:.2f}")
bias_line, spread_13 = bias[1], spread[13]

# %% fits
#| label: overfitting_fits
#| fig-alt: 同样 15 个点，1 次多项式太直，适中的次数贴近真实曲线，13 次穿过几乎每个点却剧烈摆动
fig, axes = house.figure(11.6, 4.4, cols=3, sharey=True)
t = torch.linspace(-1, 1, 400)
for ax, degree, word in zip(axes, (1, 4, 13), ("欠拟合", "合适", "过拟合")):
    w = torch.linalg.lstsq(features(x, degree), y[:, None]).solution
    ax.plot(t, truth(t), color=house.GREY, linestyle=(0, (4, 3)), label="真实规律")
    ax.plot(t, features(t, degree) @ w, color=house.ORANGE, label="拟合")
    ax.plot(x, y, "o", color=house.BLUE, label="15 个训练点")
    ax.set(title=f"{degree} 次：{word}", xlabel="$x$", ylim=(-2, 2), xlim=(-1.08, 1.08), xticks=[-1, 0, 1])
axes[0].set_ylabel("$y$")
axes[0].legend(loc="upper left", borderpad=0, handlelength=1.4)
plt.show()

# %% capacity
#| label: overfitting_capacity
#| fig-alt: 次数增加时训练误差一直下降，测试误差先降后升
fig, ax = house.figure(5.8, 4.7)
ax.semilogy(list(train_error), list(train_error.values()), marker="o", color=house.BLUE, label="训练误差")
ax.semilogy(list(test_error), list(test_error.values()), marker="s", color=house.RED, linestyle=(0, (5, 2)),
            label="测试误差")
ax.set(title="随模型的容量", xlabel="多项式的次数", ylabel="均方根误差（对数）", xticks=range(1, 14, 2))
ax.legend(loc="upper left")
plt.show()

# %% claims
best = min(test_error, key=test_error.get)
print("best degree", best)
assert best == 4
assert bias[1] > 3 * bias[4] and spread[13] > 5 * spread[4]
assert bias[1] > 2 * spread[1] and spread[13] > 3 * bias[13]
assert train_error[13] < 0.6 * train_error[best] and test_error[13] > 3 * test_error[best]
assert train_error[1] > 2 * train_error[best] and test_error[1] > 1.5 * test_error[best]
