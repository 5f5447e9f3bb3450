"""CycleGAN: two generators, two discriminators, and the way there and back."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import path

fig, ax = house.canvas(11.6, 4.7)
x = house.box(ax, (2.0, 2.5), "马 $x$", width=1.7, height=1.1, color=house.BLUE)
y = house.box(ax, (6.0, 2.5), "像斑马 $G(x)$", width=2.3, height=1.1, color=house.TEAL)
back = house.box(ax, (10.1, 2.5), "变回来 $F(G(x))$", width=2.6, height=1.1, color=house.BLUE)
house.arrow(ax, x.right, y.left, "$G$", color=house.ORANGE, width=2.4, size=house.TEXT)
house.arrow(ax, y.right, back.left, "$F$", color=house.ORANGE, width=2.4, size=house.TEXT)
D = house.box(ax, (6.0, 4.2), "$D_Y$：像不像斑马？", width=3.0, height=0.75, color=house.GREY)
house.arrow(ax, y.top, D.bottom)
path(ax, [x.bottom, (2.0, 0.95), (10.1, 0.95), back.bottom], house.RED, 2.2, dashed=True)
house.label(ax, (6.0, 1.28), r"循环损失 $|F(G(x))-x|$", color=house.RED)
house.label(ax, (6.0, 0.4), "反过来也一样：斑马到马再到斑马，由 $D_X$ 来判", color=house.MUTED,
            size=house.SMALL)
plt.show()
