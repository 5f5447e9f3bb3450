"""Equivariance: both ways round the square end in the same place."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from torch.nn import functional as F
from shapes import mask

from parts import inlay

x = mask(*[torch.tensor([v]) for v in (2, 10.0, 12.0, 8.0)])[0].float()
kernel = torch.tensor([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]])[None, None]


def f(im):
    return F.conv2d(F.pad(im[None, None], (1,) * 4, mode="circular"), kernel)[0, 0].abs()


moved = x.roll((6, 11), (0, 1))
fig, ax = house.canvas(12.4, 5.0)
side = 1.75
spots = {"x": (3.2, 3.85), "fx": (8.4, 3.85), "tx": (3.2, 1.1), "both": (8.4, 1.1)}
inlay(ax, x, spots["x"], side, cmap="house", vmin=0, vmax=1.3)
inlay(ax, f(x), spots["fx"], side, cmap="house", vmin=0, vmax=3)
inlay(ax, moved, spots["tx"], side, cmap="house", vmin=0, vmax=1.3)
inlay(ax, f(moved), spots["both"], side, cmap="house", vmin=0, vmax=3)
house.arrow(ax, (4.2, 3.85), (7.4, 3.85), "f：卷积", size=house.TEXT)
house.arrow(ax, (4.2, 1.1), (7.4, 1.1), "f：卷积", size=house.TEXT)
house.arrow(ax, (3.2, 2.92), (3.2, 2.05), gap=0)
house.arrow(ax, (8.4, 2.92), (8.4, 2.05), gap=0)
house.label(ax, (3.0, 2.48), "T：平移", ha="right")
house.label(ax, (8.6, 2.48), "T：平移", ha="left")
house.label(ax, (5.8, 2.48), "两条路，同一个终点", color=house.TEAL)
house.label(ax, (2.1, 3.85), r"$x$", size=24, ha="right")
house.label(ax, (2.1, 1.1), r"$T(x)$", size=24, ha="right")
house.label(ax, (9.5, 3.85), r"$f(x)$", size=24, ha="left")
house.label(ax, (9.5, 1.1), r"$f(T(x))=T(f(x))$", size=20, ha="left")
ax.set(xlim=(0, 12.4), ylim=(0, 5.0))
plt.show()
