"""外延是一批带标签的点，内涵是学出来的一条分界线。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

torch.manual_seed(0)
centre = torch.tensor([2.0, 1.0])
X = torch.cat([torch.randn(100, 2) + centre, torch.randn(100, 2) - centre])
y = torch.cat([torch.ones(100), torch.zeros(100)])
w, b = torch.zeros(2), torch.zeros(())
for _ in range(100):
    error = torch.sigmoid(X @ w + b) - y
    w -= 0.1 * X.T @ error / len(X)
    b -= 0.1 * error.mean()

fig, axes = house.figure(11, 4.6, cols=2, sharex=True, sharey=True)
for ax, title in zip(axes, ("外延：一个个例子", "内涵：一条规则")):
    for label, color, marker, name in ((1, house.BLUE, "o", "是“人”"), (0, house.ORANGE, "s", "不是")):
        at = X[y == label]
        ax.scatter(
            *at.T,
            s=34,
            color=color,
            marker=marker,
            label=name,
            alpha=0.9 if ax is axes[0] else 0.28,
            linewidths=0,
        )
    ax.set(title=title, xlabel="特征 1", xlim=(-5.4, 5.4), ylim=(-4.2, 4.2))
axes[0].set_ylabel("特征 2")
axes[0].legend(loc="upper left", handletextpad=0.2)

PLATE = {"facecolor": house.PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 4}
across = torch.tensor([-5.4, 5.4])
border = -(w[0] * across + b) / w[1]
axes[1].plot(across, border, color=house.INK)
axes[1].fill_between(across, border, 9, color=house.tint(house.BLUE), zorder=0)
axes[1].fill_between(across, border, -9, color=house.tint(house.ORANGE), zorder=0)
axes[1].text(
    -5.1, -3.7, f"${w[0]:.2f}\\,x_1 + {w[1]:.2f}\\,x_2 {b:+.2f} = 0$", fontsize=house.TEXT, bbox=PLATE
)
plt.show()
