"""The normalised matrix of the path of three nodes, entry by entry."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import links, spots

fig, ax = house.canvas(11.6, 4.6)
places = [(0.8, 3.6), (1.9, 3.6), (3.0, 3.6)]
links(ax, places, [(0, 1), (1, 2)], color=house.GREY, width=2.2)
spots(
    ax,
    places,
    house.tint(house.BLUE),
    radius=0.28,
    edge=house.BLUE,
    texts=range(3),
    size=house.TEXT,
    width=1.7,
)
for place, degree in zip(places, (2, 3, 2)):
    ax.add_patch(
        plt.Circle(
            (place[0], place[1] + 0.42), 0.17, facecolor="none", edgecolor=house.ORANGE, linewidth=1.7,
        ),
    )
    house.label(ax, (place[0], place[1] - 0.55), f"度 {degree}", size=house.SMALL, color=house.ORANGE)
house.label(ax, (1.9, 2.45), "自环算进度里", color=house.ORANGE, size=house.SMALL)
A = [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
D = (2, 3, 2)
m = house.matrix(ax, (1.9, 1.15), values=A, cell=0.6, size=house.TEXT)
house.label(ax, (0.5, 1.15), r"$\tilde A=$")
cell = 1.1
roots = [
    [rf"$\frac{{{A[i][j]}}}{{\sqrt{{{D[i]}\cdot {D[j]}}}}}$" if A[i][j] else "0" for j in range(3)]
    for i in range(3)
]
mid = house.matrix(ax, (5.6, 2.15), rows=3, cols=3, cell=cell, color=house.ORANGE)
end = house.matrix(
    ax,
    (9.7, 2.15),
    values=[
        [f"{A[i][j] / (D[i] * D[j]) ** 0.5:.3f}" if A[i][j] else "0" for j in range(3)] for i in range(3)
    ],
    cell=cell,
    color=house.TEAL,
    size=house.TEXT,
)
for (i, j), at in mid.cells.items():
    house.label(ax, at, roots[i][j], size=24 if A[i][j] else house.TEXT)
house.label(ax, (5.6, 4.15), r"每格除以 $\sqrt{\tilde d_i\,\tilde d_j}$", color=house.ORANGE)
house.label(ax, (9.7, 4.15), r"$\tilde D^{-1/2}\tilde A\tilde D^{-1/2}$", color=house.TEAL)
house.arrow(ax, (3.15, 2.15), mid.left)
house.arrow(ax, mid.right, end.left)
plt.show()
