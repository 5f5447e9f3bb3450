"""A signal on the path of three nodes, and what changes along its two edges."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links

fig, ax = house.canvas(5.0, 2.3)
x = [3, 1, 4]
places = [(0.9, 0.3), (2.5, 0.3), (4.1, 0.3)]
links(ax, places, [(0, 1), (1, 2)], color=house.GREY, width=2.2)
tops = [(p[0], 0.3 + 0.38 * v) for p, v in zip(places, x)]
for place, top, v in zip(places, tops, x):
    links(ax, [place, top], [(0, 1)], color=house.BLUE, width=5)
    house.node(ax, place, radius=0.14, color=house.BLUE)
    house.label(ax, (top[0], top[1] + 0.22), str(v), color=house.BLUE)
for a, b, text in ((tops[0], tops[1], "差 2"), (tops[1], tops[2], "差 3")):
    links(ax, [a, b], [(0, 1)], color=house.ORANGE, width=1.6)
    house.label(
        ax,
        ((a[0] + b[0]) / 2 + (0.35 if text == "差 2" else -0.35), (a[1] + b[1]) / 2 + 0.15),
        text,
        color=house.ORANGE,
    )
plt.show()
