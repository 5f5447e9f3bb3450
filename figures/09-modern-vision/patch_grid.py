"""A picture of 224 x 224 cut into 14 x 14 patches, one of them as a vector."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from depth_scenes import scene

from parts import frame, inlay

image, depth = scene(torch.Generator().manual_seed(11), 224)
image = torch.where(depth >= 8, 0.88, image)  # a bright wall
fig, ax = house.canvas(11.6, 4.9)
side, at = 4.3, (2.6, 2.55)
inlay(ax, image, at, side, vmin=0, vmax=1)
step = side / 14
for k in range(1, 14):
    x = at[0] - side / 2 + k * step
    y = at[1] - side / 2 + k * step
    ax.plot([x, x], [at[1] - side / 2, at[1] + side / 2], color=house.BLUE, linewidth=1.0, zorder=4)
    ax.plot([at[0] - side / 2, at[0] + side / 2], [y, y], color=house.BLUE, linewidth=1.0, zorder=4)
row, col = 7, 7
where = (at[0] - side / 2 + (col + 0.5) * step, at[1] + side / 2 - (row + 0.5) * step)
frame(ax, where, step, house.ORANGE, 3)
inlay(ax, image[row * 16 : row * 16 + 16, col * 16 : col * 16 + 16], (6.3, 2.55), 1.7, vmin=0, vmax=1)
frame(ax, (6.3, 2.55), 1.7, house.ORANGE, 3)
house.arrow(ax, (where[0] + step / 2, where[1]), (5.4, 2.55), color=house.ORANGE)
house.label(ax, (6.3, 3.75), "一块：16×16×3", color=house.ORANGE)
house.label(ax, (6.3, 1.35), "768 个数", color=house.MUTED)
line = house.box(ax, (8.7, 2.55), "线性层", width=1.5, height=0.9, color=house.ORANGE)
house.arrow(ax, (7.2, 2.55), line.left)
token = house.matrix(ax, (10.7, 2.55), rows=7, cols=1, cell=0.45, color=house.TEAL, name="一个词",
    shape="(768,)")
house.arrow(ax, line.right, token.left)
house.label(ax, (2.6, 0.15), "14×14 = 196 块", size=house.SMALL, color=house.MUTED)
ax.set(xlim=(0, 11.6), ylim=(0, 4.9))
plt.show()
