"""x to u to y: the local derivatives multiply."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD, FORWARD, back, edge

fig, ax = house.canvas(5.4, 4.2)
x = house.node(ax, (0.7, 2.5), "$x$", radius=0.5, size=24)
u = house.node(ax, (2.7, 2.5), "$u$", radius=0.5, size=24)
y = house.node(ax, (4.7, 2.5), "$y$", radius=0.5, color=house.TEAL, size=24)
for shape, value in [(x, 1), (u, 3), (y, 27)]:
    house.label(ax, (shape.center[0], 3.3), str(value), color=FORWARD, bold=True, size=house.TITLE)
edge(ax, x.right, u.left)
edge(ax, u.right, y.left)
house.label(ax, (1.7, 3.75), "$u=2x+1$", size=house.TEXT)
house.label(ax, (3.7, 3.75), "$y=u^3$", size=house.TEXT)
back(ax, (4.5, 1.9), (2.9, 1.9), bend=-0.25)
back(ax, (2.5, 1.9), (0.9, 1.9), bend=-0.25)
house.label(ax, (3.7, 1.2), "$3u^2=27$", color=BACKWARD, size=house.TITLE)
house.label(ax, (1.7, 1.2), "$2$", color=BACKWARD, size=house.TITLE)
house.label(ax, (2.7, 0.45), r"$dy/dx = 27 \times 2 = 54$", size=24)
plt.show()
