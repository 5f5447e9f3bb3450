"""One graph, two numberings, two matrices."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import FIVE_EDGES, five, links, spots

fig, ax = house.canvas(5.0, 3.05)
for row, names in enumerate(([0, 1, 2, 3, 4], [3, 1, 4, 0, 2])):
    bottom = 1.62 - 1.55 * row
    places = five((0.3, bottom + 0.14), 0.58)
    links(ax, places, FIVE_EDGES, color=house.GREY)
    spots(ax, places, house.tint(house.BLUE), radius=0.2, edge=house.BLUE, texts=names, width=1.3)
    A = [[0] * 5 for _ in range(5)]
    for i, j in FIVE_EDGES:
        A[names[i]][names[j]] = A[names[j]][names[i]] = 1
    filled = [(r, c) for r in range(5) for c in range(5) if A[r][c]]
    house.matrix(ax, (4.15, bottom + 0.61), rows=5, cols=5, cell=0.26, marked=filled)
plt.show()
