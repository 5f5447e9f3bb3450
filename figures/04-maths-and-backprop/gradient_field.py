"""Contours with gradients: across the contours, uphill, longer where it is steeper."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

def L(a, b):
    return a**2 + a * b + 2 * b**2


fig, ax = house.figure(9.6, 5.2)
a, b = np.meshgrid(np.linspace(-3.2, 3.2, 120), np.linspace(-1.8, 1.8, 80))
ax.contourf(a, b, L(a, b), levels=[0, 0.3, 1, 2, 3.5, 5.5, 8, 11, 15, 22], cmap="house", alpha=0.6)
ax.contour(a, b, L(a, b), levels=[0.3, 1, 2, 3.5, 5.5, 8, 11, 15], colors=house.GREY, linewidths=house.THIN)
p, q = np.meshgrid(np.linspace(-2.8, 2.8, 9), np.linspace(-1.5, 1.5, 7))
ax.quiver(p, q, 2 * p + q, p + 4 * q, color=house.ORANGE, width=0.0045, scale=95)
ax.plot(0, 0, "*", color=house.TEAL, markersize=20)
ax.text(-1.15, 0.12, "$\\nabla L=0$", color=house.TEAL, fontsize=house.TITLE)
x, y = 1.0, 0.5
g = np.array([2 * x + y, x + 4 * y])
ax.plot(x, y, "o", color=house.INK, markersize=11, zorder=6)
for sign, color, text, at in [
    (1, house.RED, "$+\\nabla L$ 上坡", (1.75, 1.35)),
    (-1, house.BLUE, "$-\\nabla L$ 下坡", (-0.75, -0.72)),
]:
    end = np.array([x, y]) + sign * 0.27 * g
    look = {"arrowstyle": "-|>,head_width=0.5,head_length=1", "lw": 4, "color": color,
            "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, (x, y), arrowprops=look, zorder=5)
    ax.text(*at, text, color=color, fontsize=house.TITLE, weight="bold",
            bbox={"facecolor": house.PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 2})
ax.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
ax.grid(False)
plt.show()
