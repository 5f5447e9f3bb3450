"""A pixel, a word and a person: who are the neighbours?"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links, spots

fig, ax = house.canvas(11.6, 4.6)
grid = {(r, c): (0.7 + 0.62 * c, 0.9 + 0.62 * r) for r in range(5) for c in range(5)}
keys = list(grid)
pairs = [
    (a, b) for a in keys for b in keys if (b[0] - a[0], b[1] - a[1]) in ((0, 1), (1, 0), (1, 1), (1, -1))
]
links(ax, grid, pairs)
near = [(r, c) for r in (1, 2, 3) for c in (1, 2, 3)]
spots(
    ax,
    [grid[k] for k in keys],
    [
        house.ORANGE if k == (2, 2) else house.tint(
            house.BLUE, 0.4,
        ) if k in near else house.tint(house.GREY, 0.8)
        for k in keys
    ],
)
house.label(ax, (1.94, 4.25), "图像：网格", bold=True)
house.label(ax, (1.94, 0.3), "8 个邻居，方位固定", color=house.MUTED, size=house.SMALL)

words = "今天天气很好"
row = [(4.65 + 0.56 * k, 2.14) for k in range(6)]
links(ax, row, [(k, k + 1) for k in range(5)])
spots(
    ax,
    row,
    [
        house.ORANGE if k == 3 else house.tint(
            house.BLUE, 0.4,
        ) if k in (2, 4) else house.tint(house.GREY, 0.8)
        for k in range(6)
    ],
    radius=0.22,
)
for place, word in zip(row, words):
    house.label(ax, (place[0], place[1] + 0.5), word)
house.label(ax, (6.05, 4.25), "句子：链", bold=True)
house.label(ax, (6.05, 0.3), "2 个邻居，一前一后", color=house.MUTED, size=house.SMALL)

people = [(8.6, 2.9), (8.9, 1.5), (9.7, 2.3), (9.6, 3.5), (10.7, 3.2), (10.9, 2.1), (10.2, 1.2), (11.2, 1.2)]
edges = [(0, 2), (1, 2), (0, 1), (3, 2), (4, 2), (5, 2), (4, 5), (5, 6), (6, 7), (5, 7), (3, 0)]
links(ax, people, edges)
spots(
    ax,
    people,
    [
        house.ORANGE if k == 2 else house.tint(
            house.BLUE, 0.4,
        ) if k in (0, 1, 3, 4, 5) else house.tint(house.GREY, 0.8)
        for k in range(8)
    ],
    radius=0.2,
)
house.label(ax, (9.9, 4.25), "朋友：图", bold=True)
house.label(ax, (9.9, 0.3), "几个都行，不分方位", color=house.MUTED, size=house.SMALL)
plt.show()
