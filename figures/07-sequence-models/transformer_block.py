"""A Transformer block with the norms first: two branches on a straight road."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import path, times

fig, ax = house.canvas(11.6, 4.4)
Y, B = 3.0, 1.2
house.label(ax, (0.45, Y), r"$x$", color=house.TEAL, size=24)
first, second = times(ax, (5.4, Y), "+"), times(ax, (10.2, Y), "+")
path(ax, [(0.75, Y), first.left], house.TEAL, 4)
path(ax, [first.right, second.left], house.TEAL, 4)
path(ax, [second.right, (11.4, Y)], house.TEAL, 4)
norm1 = house.box(ax, (2.1, B), "LayerNorm", width=1.7, height=1.0, color=house.GREY)
heads = house.box(ax, (4.2, B), "多头注意力", width=1.9, height=1.0, color=house.ORANGE, note="词与词之间")
norm2 = house.box(ax, (6.85, B), "LayerNorm", width=1.7, height=1.0, color=house.GREY)
mlp = house.box(ax, (9.0, B), "MLP", width=1.9, height=1.0, color=house.PURPLE, note="每个词自己")
path(ax, [(0.95, Y), (0.95, B), norm1.left])
path(ax, [norm1.right, heads.left])
path(ax, [heads.right, (5.4, B), first.bottom])
path(ax, [(5.8, Y), (5.8, B), norm2.left])
path(ax, [norm2.right, mlp.left])
path(ax, [mlp.right, (10.2, B), second.bottom])
house.label(ax, (3.1, 3.4), "残差：直通的路", color=house.TEAL)
house.label(ax, (7.9, 3.4), "残差：直通的路", color=house.TEAL)
house.label(ax, (5.6, 0.3), "进去 (2, 10, 64)，出来还是 (2, 10, 64)：可以一块接一块", color=house.MUTED)
plt.show()
