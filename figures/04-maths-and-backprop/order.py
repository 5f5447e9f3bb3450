"""The letter F, turned and sheared, and sheared and turned."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

R = np.array([[0, -1], [1, 0]])
S = np.array([[1, 1], [0, 1]])
F = np.array(
    [[0, 0], [0, 2], [1.2, 2], [1.2, 1.6], [0.4, 1.6], [0.4, 1.2], [1, 1.2], [1, 0.8], [0.4, 0.8], [0.4, 0]]
)
fig, axes = house.figure(5.2, 5.4, rows=2)
for ax, steps, title in [
    (axes[0], (np.eye(2), R, S @ R), "$SR$：先转，后推"),
    (axes[1], (np.eye(2), S, R @ S), "$RS$：先推，后转"),
]:
    for k, (M, color) in enumerate(zip(steps, (house.GREY, house.BLUE, house.ORANGE))):
        shape = F @ M.T
        shape = shape - shape.min(0) + [k * 4.1, 0]
        ax.fill(*shape.T, facecolor=house.tint(color, 0.6), edgecolor=color, linewidth=2)
        if k:
            tip = (k * 4.1 - 0.2, 1.7)
            ax.annotate("", tip, (tip[0] - 0.9, 1.7), arrowprops={"arrowstyle": "-|>", "lw": 2, "color": house.INK})
    ax.set(xlim=(-0.3, 11.4), ylim=(-0.3, 3.4), aspect="equal", title=title)
    ax.axis("off")
plt.show()
