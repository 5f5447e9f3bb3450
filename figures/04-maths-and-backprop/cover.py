"""A field of gradients over contours, and the path that goes against it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

def J(a, b):
    return 0.5 * a**2 + 0.25 * a * b + 0.4 * b**2 + 0.55 * np.sin(1.6 * a) * np.cos(1.3 * b)


def slope(p, h=1e-6):
    a, b = p
    return np.array([J(a + h, b) - J(a - h, b), J(a, b + h) - J(a, b - h)]) / (2 * h)


fig = plt.figure(figsize=(5, 6.6))
ax = fig.add_axes((0.02, 0.02, 0.96, 0.96))
a, b = np.meshgrid(np.linspace(-2.6, 2.6, 120), np.linspace(-3.4, 3.4, 150))
ax.contourf(a, b, J(a, b), levels=14, cmap="house", alpha=0.75)
ax.contour(a, b, J(a, b), levels=14, colors=house.PAPER, linewidths=1)
grid = np.array([(p, q) for p in np.linspace(-2.2, 2.2, 7) for q in np.linspace(-3, 3, 9)])
field = np.array([slope(p) for p in grid])
field /= np.linalg.norm(field, axis=1, keepdims=True) + 0.4
ax.quiver(*grid.T, *-field.T, color=house.BLUE, width=0.007, scale=11, alpha=0.75)
path = [np.array([2.2, 2.9])]
for _ in range(40):
    path.append(path[-1] - 0.16 * slope(path[-1]))
ax.plot(*np.array(path).T, color=house.ORANGE, marker="o", markersize=8, linewidth=3)
ax.axis("off")
plt.show()
