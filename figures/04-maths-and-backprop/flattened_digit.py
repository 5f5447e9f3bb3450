"""A picture of a digit, its rows one behind the other: a vector of 784 numbers."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle
from sklearn.datasets import load_digits
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

small = torch.tensor(load_digits().images[3], dtype=torch.float32) / 16
image = F.interpolate(small[None, None], size=(28, 28), mode="bilinear")[0, 0]
vector = image.reshape(-1)

fig, ax = house.canvas(11.6, 5.2)
left, bottom, size = 0.4, 0.75, 3.9
ax.imshow(image, extent=(left, left + size, bottom, bottom + size), cmap="house", zorder=2)
ax.set(xlim=(0, 11.6), ylim=(0, 5.2))
cell = size / 28
rows = [(10, house.ORANGE), (11, house.TEAL)]
for row, color in rows:
    y = bottom + size - (row + 1) * cell
    ax.add_patch(Rectangle((left, y), size, cell, fill=False, edgecolor=color, linewidth=2.4, zorder=4))
house.label(ax, (left + size / 2, 0.35), "28 × 28 个像素", color=house.MUTED, size=house.TEXT)
house.arrow(ax, (4.4, 2.7), (5.2, 2.7), width=2.4)
house.label(ax, (4.8, 3.0), "reshape", mono=True, size=house.SMALL)

width = 5.5 / 56
for k, (row, color) in enumerate(rows):
    for j in range(28):
        x = 5.7 + (k * 28 + j) * width
        shade = house.SEQUENTIAL(image[row, j].item())
        ax.add_patch(Rectangle((x, 2.3), width, 0.8, facecolor=shade, edgecolor="none", zorder=2))
    corner = (5.7 + k * 28 * width, 2.3)
    ax.add_patch(Rectangle(corner, 28 * width, 0.8, fill=False, edgecolor=color, linewidth=2.4, zorder=4))
    house.label(ax, (5.7 + (k + 0.5) * 28 * width, 3.45), f"第 {row} 行", color=color)
    house.label(ax, (5.7 + (k + 0.5) * 28 * width, 1.95), f"$x_{{{row * 28}}} \\ldots x_{{{row * 28 + 27}}}$",
                color=color)
house.label(ax, (5.45, 2.7), "…", size=20)
house.label(ax, (11.44, 2.7), "…", size=20)
numbers = "  ".join(f"{v:.2f}" for v in vector[10 * 28 + 9 : 10 * 28 + 15].tolist())
house.label(ax, (8.5, 0.95), numbers, mono=True, size=house.TEXT)
house.label(ax, (8.5, 0.5), "就是这样一串数（0 白，1 黑）", color=house.MUTED, size=house.SMALL)
house.label(ax, (8.5, 4.55), "784 维的向量：一行接一行", bold=True, size=house.TITLE)
plt.show()
