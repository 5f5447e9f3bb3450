"""One answer for a picture, or one for each pixel."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from shapes import scenes

from parts import inlay

x, y = scenes(6, torch.Generator().manual_seed(5))
image, truth = x[1, 0], y[1, 0]
fig, ax = house.canvas(11.6, 4.8)
side = 3.5
inlay(ax, image, (2.1, 2.5), side)
house.label(ax, (2.1, 0.4), "一张图：32×32 个像素", color=house.MUTED)
house.arrow(ax, (4.0, 3.4), (5.0, 3.9))
house.arrow(ax, (4.0, 1.6), (7.3, 1.6))
house.box(ax, (6.3, 4.0), "有形状", width=1.9, height=0.9, color=house.ORANGE)
house.label(ax, (8.6, 4.0), "分类：1 个答案", color=house.ORANGE)
inlay(ax, truth, (9.1, 1.7), 3.0, cmap="house", vmin=0, vmax=1.3)
house.label(ax, (5.65, 1.95), "分割：1024 个答案", color=house.BLUE)
house.label(ax, (5.65, 1.2), "每个像素：是，或不是", color=house.MUTED, size=house.SMALL)
ax.set(xlim=(0, 11.6), ylim=(0, 4.8))
plt.show()
