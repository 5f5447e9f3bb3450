"""An autoencoder: 64 pixels through two numbers and back."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import funnel, keep_view, learnt, stamp

data = learnt("vae")
fig, ax = house.canvas(11.6, 4.9)
order = (0, 3, 4, 6)
encode = funnel(ax, (3.7, 2.6), "编码器", 3.6, 0.8, width=2.2)
decode = funnel(ax, (7.9, 2.6), "解码器", 0.8, 3.6, width=2.2)
code = house.matrix(ax, (5.8, 2.6), rows=2, cols=1, cell=0.5, color=house.TEAL)
house.label(ax, (5.8, 3.4), "$z$", color=house.TEAL)
house.label(ax, (5.8, 1.75), "2 个数", size=house.SMALL, color=house.MUTED)
for k, i in enumerate(order):
    y = 4.3 - 1.13 * k
    a = stamp(ax, (1.3, y), data["originals"][64 * i : 64 * i + 64], 1.0)
    b = stamp(ax, (10.3, y), data["rebuilt_plain"][64 * i : 64 * i + 64], 1.0)
    house.arrow(ax, a.right, (2.55, 2.6 + (y - 2.6) * 0.75), color=house.GREY)
    house.arrow(ax, (9.05, 2.6 + (y - 2.6) * 0.75), b.left, color=house.GREY)
house.arrow(ax, encode.right, code.left)
house.arrow(ax, code.right, decode.left)
house.label(ax, (1.3, 0.18), "64 个像素", size=house.SMALL, color=house.MUTED)
house.label(ax, (10.3, 0.18), "重建", size=house.SMALL, color=house.MUTED)
keep_view(ax)
plt.show()
