"""Why the order matters: a node may go on only when all that it will get has come."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD

fig, ax = house.canvas(5.2, 5.2)
x = house.node(ax, (0.7, 2.6), "$x$", radius=0.46, color=house.ORANGE, size=24)
a = house.node(ax, (2.2, 2.6), "$a$", radius=0.46, size=24)
b = house.node(ax, (3.4, 4.1), "$b$", radius=0.46, size=24)
c = house.node(ax, (3.4, 1.1), "$c$", radius=0.46, size=24)
L = house.node(ax, (4.6, 2.6), "$L$", radius=0.46, color=house.RED, size=24)
for start, end in [(x, a), (a, b), (a, c), (b, L), (c, L)]:
    house.arrow(ax, start.center, end.center, gap=36)
for shape, number, shift in [(L, 1, 0.72), (c, 2, -0.74), (b, 3, 0.72), (a, 4, 0.72), (x, 5, 0.72)]:
    px, py = shape.center
    house.label(ax, (px - 0.05, py + shift), str(number), color=BACKWARD, bold=True, size=24)
house.label(ax, (1.3, 4.5), "$a$ 要等 $b$、$c$\n两份梯度都到", color=BACKWARD, size=house.TEXT)
house.label(ax, (1.35, 0.9), "红色：反向的次序", color=house.MUTED, size=house.SMALL)
plt.show()
