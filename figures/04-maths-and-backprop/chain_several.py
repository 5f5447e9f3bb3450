"""t reaches z by two paths; what comes back along both is added."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD

fig, ax = house.canvas(5.4, 4.1)
t = house.node(ax, (0.7, 2.05), "$t$", radius=0.48, size=24)
x = house.node(ax, (2.7, 3.15), "$x$", radius=0.48, size=24, color=house.PURPLE)
y = house.node(ax, (2.7, 0.95), "$y$", radius=0.48, size=24, color=house.GOLD)
z = house.node(ax, (4.7, 2.05), "$z$", radius=0.48, size=24, color=house.TEAL)
for start, end in [(t, x), (t, y), (x, z), (y, z)]:
    house.arrow(ax, start.center, end.center, gap=37)
house.label(ax, (1.45, 3.0), r"$\frac{dx}{dt}$", color=BACKWARD, size=25)
house.label(ax, (1.45, 1.1), r"$\frac{dy}{dt}$", color=BACKWARD, size=25)
house.label(ax, (3.95, 3.0), r"$\frac{\partial z}{\partial x}$", color=BACKWARD, size=25)
house.label(ax, (3.95, 1.1), r"$\frac{\partial z}{\partial y}$", color=BACKWARD, size=25)
house.label(ax, (2.7, 2.05), "沿路相乘\n汇合相加", color=house.INK, size=house.TEXT, bold=True)
house.label(ax, (2.7, 3.85), "$x=t^2$", size=house.TEXT)
house.label(ax, (2.7, 0.25), r"$y=\sin t$", size=house.TEXT)
plt.show()
