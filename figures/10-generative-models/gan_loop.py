"""Generator and discriminator: a loop in which each learns from the other."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import funnel, learnt, path, stamp, keep_view

digits = learnt("digits")
fig, ax = house.canvas(11.6, 4.9)
z = house.box(ax, (0.95, 3.6), "噪声 $z$", width=1.4, height=0.8, color=house.GREY)
G = funnel(ax, (3.3, 3.6), "生成器 $G$", 0.8, 1.7, width=2.0, color=house.ORANGE)
fake = stamp(ax, (5.75, 3.6), digits["samples"][4 * 12 * 64 : 4 * 12 * 64 + 64], 1.25, -1, 1)
real = stamp(ax, (5.75, 1.2), digits["real"][4 * 12 * 64 : 4 * 12 * 64 + 64], 1.25, -1, 1)
house.label(ax, (5.75, 4.55), "假的 $G(z)$", color=house.ORANGE)
house.label(ax, (4.95, 1.2), "真的 $x$", color=house.BLUE, ha="right")
D = funnel(ax, (8.35, 2.4), "判别器 $D$", 1.8, 0.8, width=2.1, color=house.BLUE)
says = house.box(ax, (10.65, 2.4), "是真的？", width=1.5, height=0.85, color=house.TEAL)
house.arrow(ax, z.right, G.left)
house.arrow(ax, G.right, fake.left)
house.arrow(ax, fake.right, (7.3, 2.8))
house.arrow(ax, real.right, (7.3, 2.0))
house.arrow(ax, D.right, says.left)
path(ax, [(10.65, 2.83), (10.65, 4.75), (3.3, 4.75), (3.3, 4.25)], house.ORANGE, dashed=True)
house.label(ax, (8.6, 4.42), "教 $G$：怎样更像真的", color=house.ORANGE, size=house.SMALL)
path(ax, [(10.65, 1.97), (10.65, 0.75), (8.35, 0.75), (8.35, 1.6)], house.BLUE, dashed=True)
house.label(ax, (9.5, 0.45), "教 $D$：怎样分得更清", color=house.BLUE, size=house.SMALL)
keep_view(ax)
plt.show()
