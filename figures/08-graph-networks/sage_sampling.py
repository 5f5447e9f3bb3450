"""Two hops of sampling around one node: three of its neighbours, two of each of theirs."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import math
import random

from parts import links

dice = random.Random(5)
fig, ax = house.canvas(11.6, 4.7)
center = (4.2, 2.35)
ring = 8
one = [
    (center[0] + 1.5 * math.cos(t) * 1.15, center[1] + 1.25 * math.sin(t))
    for t in (2 * math.pi * (k + 0.3) / ring for k in range(ring))
]
kept = (0, 3, 6)
for k, a in enumerate(one):
    t = 2 * math.pi * (k + 0.3) / ring
    outer = [
        (
            center[0] + 3.3 * math.cos(t + s), center[1] + 2.05 * math.sin(t + s),
        ) for s in (-0.28, -0.09, 0.1, 0.29)
    ]
    for n, b in enumerate(outer):
        used = k in kept and n in (0, 2)
        links(ax, [a, b], [(0, 1)], color=house.TEAL if used else house.HAIRLINE, width=3 if used else 1)
        house.node(ax, b, radius=0.12, color=house.TEAL if used else house.HAIRLINE, filled=used)
    used = k in kept
    links(ax, [center, a], [(0, 1)], color=house.BLUE if used else house.HAIRLINE, width=3.4 if used else 1)
    house.node(ax, a, radius=0.19, color=house.BLUE if used else house.HAIRLINE, filled=used)
house.node(ax, center, radius=0.27, color=house.ORANGE, filled=True)
for y, text, color in (
    (3.7, "要算的节点：1 个", house.ORANGE),
    (2.9, "第一跳：8 个邻居里抽 3 个", house.BLUE),
    (2.1, "第二跳：各自再抽 2 个", house.TEAL),
    (1.2, "1 + 3 + 6 = 10 个，封顶", house.INK),
    (0.6, "全都要：1 + 8 + 32 = 41 个", house.MUTED),
):
    house.label(ax, (8.05, y), text, color=color, ha="left")
plt.show()
