"""DCGAN's generator: the picture doubles, the channels halve."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 2.6)
z = house.box(ax, (0.3, 1.5), "$z$", width=0.36, height=1.5, color=house.GREY)
house.label(ax, (0.3, 0.3), "100", size=house.SMALL, mono=True, color=house.MUTED)
places = ((1.1, 0.16, 0.9, "512\n4×4"), (1.95, 0.26, 0.75, "256\n8×8"), (2.85, 0.42, 0.55, "128\n16×16"),
          (3.75, 0.6, 0.4, "64\n32×32"), (4.75, 0.76, 0.1, "3\n64×64"))
last = z
for x, size, depth, shape in places:
    block = house.cuboid(ax, (x, 1.5), width=size * 0.7, height=size * 2.2, depth=depth,
                         color=house.TEAL if size > 0.7 else house.BLUE)
    house.label(ax, (x, 0.3), shape, size=house.SMALL, mono=True, color=house.MUTED)
    house.arrow(ax, (last.right[0], 1.5), (block.left[0], 1.5), color=house.ORANGE, gap=1)
    last = block
plt.show()
