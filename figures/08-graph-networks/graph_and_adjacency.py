"""A graph of five nodes beside its adjacency matrix and its degrees."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import FIVE_EDGES, five, links, spots

fig, ax = house.canvas(11.6, 4.4)
places = five((0.6, 1.4), 1.05)
links(ax, places, FIVE_EDGES, color=house.GREY, width=2.2)
links(ax, places, [(2, 3)], color=house.ORANGE, width=4)
spots(
    ax,
    places,
    house.tint(house.BLUE),
    radius=0.32,
    edge=house.BLUE,
    texts=range(5),
    size=house.TEXT,
    width=1.7,
)
house.label(ax, (2.8, 0.5), "5 个节点，5 条边", color=house.MUTED)
A = [[0] * 5 for _ in range(5)]
for i, j in FIVE_EDGES:
    A[i][j] = A[j][i] = 1
m = house.matrix(ax, (7.9, 2.05), values=A, cell=0.58, size=house.TEXT, marked=[(2, 3), (3, 2)])
house.label(ax, (7.9, 4.1), "邻接矩阵 $A$", color=house.BLUE, bold=True)
for k in range(5):
    house.label(
        ax, (m.left[0] - 0.3, m.cells[k, 0][1]), str(k), color=house.MUTED, size=house.SMALL, mono=True,
    )
    house.label(
        ax, (m.cells[0, k][0], m.top[1] + 0.2), str(k), color=house.MUTED, size=house.SMALL, mono=True,
    )
d = house.matrix(
    ax, (10.5, 2.05), values=[[sum(row)] for row in A], cell=0.58, size=house.TEXT, color=house.TEAL,
)
house.label(ax, (10.5, 4.1), "度", color=house.TEAL, bold=True)
house.arrow(ax, m.right, d.left)
house.label(ax, (10.5, 0.3), "每行求和", color=house.TEAL, size=house.SMALL)
house.label(ax, (7.9, 0.3), "边 2—3 占两格：对称", color=house.ORANGE, size=house.SMALL)
plt.show()
