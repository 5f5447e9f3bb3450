"""The VAE: the encoder gives a mean and a spread, a draw goes through the decoder."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import funnel, keep_view, learnt, path, stamp

data = learnt("vae")
fig, ax = house.canvas(11.6, 4.4)
pick = 3
x = stamp(ax, (0.85, 2.4), data["originals"][64 * pick : 64 * pick + 64], 1.1)
out = stamp(ax, (10.8, 2.4), data["rebuilt_vae"][64 * pick : 64 * pick + 64], 1.1)
house.label(ax, (0.85, 1.55), "$x$", color=house.BLUE)
house.label(ax, (10.8, 1.55), r"$\hat{x}$", color=house.TEAL)
encode = funnel(ax, (2.7, 2.4), "编码器", 2.2, 1.1, width=1.7)
decode = funnel(ax, (8.9, 2.4), "解码器", 1.1, 2.2, width=1.7)
mu = house.box(ax, (4.6, 3.1), r"$\mu$", width=0.8, height=0.7, color=house.PURPLE)
sigma = house.box(ax, (4.6, 1.7), r"$\sigma$", width=0.8, height=0.7, color=house.PURPLE)
times = house.node(ax, (5.75, 1.7), "×", radius=0.27, color=house.GREY, size=20)
plus = house.node(ax, (6.3, 2.4), "+", radius=0.27, color=house.GREY, size=20)
z = house.box(ax, (7.3, 2.4), "$z$", width=0.7, height=0.7, color=house.TEAL, filled=True)
eps = house.box(ax, (5.75, 0.55), r"$\epsilon\sim N(0,1)$", width=2.0, height=0.7, color=house.GREY)
house.arrow(ax, x.right, encode.left)
house.arrow(ax, (3.55, 2.65), mu.left)
house.arrow(ax, (3.55, 2.15), sigma.left)
house.arrow(ax, sigma.right, times.left)
house.arrow(ax, eps.top, times.bottom)
house.arrow(ax, (5.94, 1.9), (6.12, 2.2), gap=0)
path(ax, [mu.right, (6.3, 3.1), plus.top])
house.arrow(ax, plus.right, z.left)
house.arrow(ax, z.right, decode.left)
house.arrow(ax, decode.right, out.left)
house.label(ax, (8.4, 0.55), "随机的在这里，梯度不必穿过它", size=house.SMALL, color=house.MUTED, ha="left")
house.arrow(ax, (8.3, 0.55), (6.85, 0.55), color=house.MUTED)
keep_view(ax)
plt.show()
