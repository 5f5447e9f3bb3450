"""封面：损失的曲面，曲面下是它的等高线；真的梯度下降走到谷底。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house


def loss(a, b):
    """一个长而弯的山谷。"""
    return 0.55 * a**2 + 0.22 * (b - 0.3 * a**2) ** 2


def gradient(a, b):
    """上面那个函数的梯度。"""
    slope = 0.44 * (b - 0.3 * a**2)
    return 1.1 * a - 0.6 * slope * a, slope


def place(a, b, height):
    """从斜上方看：空间里的一点画在页面的哪里。"""
    return 2.6 + 1.15 * a + 0.3 * b, height + 0.42 * b - 0.12 * a


path = [(-1.25, 1.7)]
for _ in range(24):
    a, b = path[-1]
    slope_a, slope_b = gradient(a, b)
    path.append((a - 0.3 * slope_a, b - 0.3 * slope_b))
a, b = np.array(path).T

fig, ax = house.canvas(5.2, 7.2)
steps, fine = np.linspace(-1.6, 1.6, 13), np.linspace(-1.6, 1.6, 60)
for s in steps:
    for x, y in ((fine, np.full(60, s)), (np.full(60, s), fine)):
        ax.plot(*place(x, y * 1.2, 4.0 + loss(x, y * 1.2)), color=house.BLUE, linewidth=house.EDGE, alpha=0.7)
x, y = np.meshgrid(np.linspace(-1.7, 1.7, 80), np.linspace(-2.8, 3, 80))
contours = ax.contour(
    *place(x, y, 1.3),
    loss(x, y),
    levels=[0.06, 0.2, 0.45, 0.8, 1.2],
    colors=house.TEAL,
    linewidths=house.EDGE,
)
contours.set_alpha(0.8)
ax.plot(*place(a, b, 4.0 + loss(a, b)), color=house.ORANGE, linewidth=house.LINE, marker="o", zorder=5)
ax.plot(*place(a, b, 1.3), color=house.ORANGE, linewidth=house.LINE, marker="o", markersize=6, zorder=5)
for k in (0, -1):
    (left, top), (_, bottom) = place(a[k], b[k], 4.0 + loss(a[k], b[k])), place(a[k], b[k], 1.3)
    ax.plot([left, left], [bottom, top], color=house.MUTED, linewidth=house.EDGE, linestyle=":", zorder=4)
plt.show()
