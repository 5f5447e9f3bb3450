"""The cover: a scene with depth, cut into patches, and the row of tokens that it becomes."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from depth_scenes import scene

from parts import inlay

image, depth = scene(torch.Generator().manual_seed(11), 128)
image = torch.where(depth >= 8, 0.88, image)  # a bright wall
fig, ax = house.canvas(5.2, 7.2)
side, gap, n = 0.52, 0.09, 8
for row in range(n):
    for col in range(n):
        at = (0.5 + side / 2 + col * (side + gap) - 0.3, 6.6 - row * (side + gap))
        piece = slice(row * 16, row * 16 + 16), slice(col * 16, col * 16 + 16)
        if row < 4 or col < 4:
            inlay(ax, image[piece], at, side, vmin=0, vmax=1)
        else:
            inlay(ax, 1 / depth[piece], at, side, cmap="house", vmin=0, vmax=0.6)
for k in range(n):
    x = 0.5 + side / 2 + k * (side + gap) - 0.3
    color = house.ORANGE if k == 0 else house.BLUE
    house.box(ax, (x, 1.0), width=0.3, height=0.9, color=color, filled=k == 0)
ax.set(xlim=(0, 5.2), ylim=(0, 7.2))
plt.show()
