"""The edges of the graph of five nodes as two rows: who sends, who receives."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import FIVE_EDGES

columns = [*FIVE_EDGES, *((j, i) for i, j in FIVE_EDGES)]
fig, ax = house.canvas(5.0, 2.3)
m = house.matrix(
    ax, (2.82, 1.2), values=[
        [a for a, _ in columns], [b for _, b in columns],
    ], cell=0.42, marked=[(0, 3), (1, 3)]
)
house.label(ax, (0.35, m.cells[0, 0][1]), "发", color=house.BLUE)
house.label(ax, (0.35, m.cells[1, 0][1]), "收", color=house.BLUE)
house.label(ax, (1.77, 1.95), "5 条边", color=house.MUTED, size=house.SMALL)
house.label(ax, (3.87, 1.95), "再反着写一遍", color=house.MUTED, size=house.SMALL)
house.label(ax, (2.82, 0.4), "一列是一条消息：2 → 3", color=house.ORANGE, size=house.SMALL)
plt.show()
