"""The gradient of softmax with cross-entropy: the probabilities minus the label."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

z = np.array([2.0, 1.0, 0.2, -0.5])
p = np.exp(z) / np.exp(z).sum()
y = np.array([0, 1, 0, 0])
fig, axes = house.figure(11.6, 4.3, cols=3, sharey=True)
for ax, bars, color, title in [
    (axes[0], p, house.TEAL, "预测 $p$"),
    (axes[1], y, house.GREY, "标签 $y$"),
    (axes[2], p - y, house.RED, "梯度 $p-y$"),
]:
    ax.bar(range(4), bars, color=house.tint(color, 0.4), edgecolor=color, width=0.65)
    ax.axhline(0, color=house.INK, linewidth=1.2)
    for k, v in enumerate(bars):
        at, side = (v + 0.04, "bottom") if v >= 0 else (v - 0.05, "top")
        ax.text(k, at, f"{v:.2f}".replace("-", "−"), ha="center", va=side, fontsize=house.TEXT)
    ax.set_title(title, fontsize=24)
    ax.set(xticks=range(4), xlabel="类别", ylim=(-1.2, 1.25))
    ax.set_xticklabels(["0", "1", "2", "3"])
assert abs((p - y).sum()) < 1e-12
plt.show()
