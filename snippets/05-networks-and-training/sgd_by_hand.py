# /// script
# dependencies = ["torch", "matplotlib"]
# [tool.deckwright.vary]
# mu = [0.3, 0.7, 0.9, 0.97]
# ///
"""手写 SGD 与动量，走五步，与 torch.optim.SGD 一模一样。"""

# %% imports
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.optim import SGD

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
start = torch.tensor([1., 1.])
curvature = torch.tensor([10., 1.])


def J(w):
    """A long valley: steep in one direction, flat in the other."""
    return (curvature * w ** 2).sum() / 2


# %% by_hand
def by_hand(momentum, lr=0.05, steps=5):
    w, v = start, torch.zeros(2)
    for _ in range(steps):
        g = curvature * w     # 这个 J 的梯度
        v = momentum * v + g  # 记住从前的方向
        w = w - lr * v
    return w

# %% by_torch
def by_torch(momentum, lr=0.05, steps=5):
    w = start.clone().requires_grad_()
    optimizer = SGD([w], lr, momentum)
    for _ in range(steps):
        optimizer.zero_grad()
        J(w).backward()
        optimizer.step()
    return w

# %% compare
for m in (0.0, 0.9):
    a, b = by_hand(m), by_torch(m)
    print(f"{m} ({a[0]:.3f}, {a[1]:.3f})", torch.allclose(a, b))

# %% drawing
#| label: momentum_path
#| fig-alt: 狭长山谷里，学习率较大时普通 SGD 在两壁间来回摆，动量沿谷底更快前进
mu = 0.7
fig, ax = house.figure(4.8, 3.4)
a, b = torch.meshgrid(torch.linspace(-1.1, 1.3, 121), torch.linspace(-1.1, 1.3, 121), indexing="xy")
height = (10 * a**2 + b**2) / 2
ax.contour(a, b, height, levels=[0.05, 0.2, 0.5, 1.2, 2.5, 5], colors=house.GREY, linewidths=house.THIN)
for m, color, marker, name in ((0.0, house.BLUE, "o", "SGD"), (mu, house.ORANGE, "s", f"动量 {mu}")):
    path = torch.stack([start, *[by_hand(m, 0.04, k) for k in range(1, 21)]])
    ax.plot(*path.T, color=color, marker=marker, markersize=6, linewidth=1.8, label=name)
ax.plot(0, 0, marker="*", markersize=20, color=house.INK, linestyle="")
ax.set(xlabel="$w_1$（陡）", ylabel="$w_2$（平）", xlim=(-1.1, 1.3), ylim=(-1.1, 1.3))
ax.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
ax.legend(loc="lower right", borderpad=0.1)
ax.grid(False)
plt.show()

# %% claims
assert torch.allclose(by_hand(0.0), by_torch(0.0)) and torch.allclose(by_hand(0.9), by_torch(0.9))
