# /// script
# dependencies = ["torch", "matplotlib"]
# ///
"""Three generators that fool any discriminator; only one of them forgets its input."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)

torch.manual_seed(0)
# region three
x = torch.randn(4000, 2)      # 马：N(0, I)
other = torch.randn(4000, 2)  # 与 x 无关
R = torch.tensor([[0., -1.], [1., 0.]])
ways = {"same": (lambda x: x, lambda y: y),
        "turn": (lambda x: x @ R,
                 lambda y: y @ R.T),
        "noise": (lambda x: other,
                  lambda y: 0 * y)}
for name, (G, F) in ways.items():
    y = G(x)                  # 也是 N(0, I)
    cycle = (F(y) - x).abs().sum(1).mean()
    print(f"{name:6}{y.std():.2f} {cycle:5.2f}")
# endregion three
assert cycle > 1.5                      # F = 0 is the best answer when y says nothing about x
assert abs(other.std() - x.std()) < 0.03
ignored = cycle.item()

# %% clouds
#| label: cycle_clouds
fig, axes = house.figure(5.0, 2.7, cols=3, sharex=True, sharey=True)
right = x[:600, 0] > 0
for ax, (name, (G, F)) in zip(axes, ways.items()):
    y = G(x)[:600]
    ax.scatter(*y[~right].T, s=7, color=house.BLUE, marker="o", alpha=0.6)
    ax.scatter(*y[right].T, s=11, color=house.ORANGE, marker="^", alpha=0.8)
    ax.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), xticks=(-2, 0, 2), yticks=(-2, 0, 2), aspect="equal")
    ax.set_title(name, family="monospace", fontsize=house.TEXT, weight="normal")
axes[0].set_ylabel("$y_2$")
axes[1].set_xlabel("$y_1$（橙色：$x_1>0$）")
plt.show()
