# /// script
# dependencies = ["matplotlib", "numpy"]
# [tool.deckwright.vary]
# shear = [-0.7, 0.0, 0.7]
# ///
"""同一批点，经过 XW + b 之前与之后：直线仍是直线，原点搬了家。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

shear = 0.7
W = np.array([[1.2, 0.2], [shear, 0.9]])
b = np.array([1.6, 0.6])


def transform(points):
    """行向量的写法：每个点是一行。"""
    return points @ W + b


fig, axes = house.figure(11, 4.8, cols=2, sharex=True, sharey=True)
steps = np.linspace(-2, 2, 9)
square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
for ax, move, title in zip(axes, (lambda p: p, transform), ("变换之前：$X$", "变换之后：$XW+b$")):
    for s in steps:
        for line in (np.column_stack([steps, np.full(9, s)]), np.column_stack([np.full(9, s), steps])):
            ax.plot(*move(line).T, color=house.BLUE, linewidth=house.THIN, alpha=0.45)
    grid = move(np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2))
    ax.scatter(*grid.T, s=12, color=house.BLUE, zorder=3)
    ax.fill(*move(square).T, color=house.tint(house.ORANGE, 0.4), zorder=2)
    ax.plot(*move(square).T, color=house.ORANGE, zorder=4)
    ax.plot(*move(np.zeros((1, 2))).T, "o", color=house.RED, zorder=5)
    ax.set(title=title, aspect="equal", xlim=(-2.6, 5.8), ylim=(-2.4, 3.2))
axes[1].annotate(
    "原点到了 $b$", b, (3.4, -1.5), color=house.RED, arrowprops={"arrowstyle": "-", "color": house.RED}
)
plt.show()
